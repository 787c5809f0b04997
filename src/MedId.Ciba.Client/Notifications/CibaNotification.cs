using System.Buffers;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>
/// What an OP sent to the client notification endpoint (CIBA Core §10.2, §10.3, §12), read and not yet believed: a ping, pushed tokens or a pushed error. Its text form shows neither id nor token.
/// </summary>
public sealed record CibaNotification
{
    /// <summary>The largest body that is read.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxIdLength = 1024;

    // CIBA Core §7.3.
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");

    private CibaNotification(string authReqId) => AuthReqId = authReqId;

    /// <summary>The request that it is about, by its own word.</summary>
    public string AuthReqId { get; }

    /// <summary>What kind it is.</summary>
    public CibaNotificationKind Kind { get; private init; }

    /// <summary>The error of a pushed one: <see cref="OAuthErrorCodes.AccessDenied"/>, <see cref="OAuthErrorCodes.ExpiredToken"/>, <see cref="OAuthErrorCodes.TransactionFailed"/>; any other ends the request as well.</summary>
    public MedIdError? Error { get; private init; }

    internal TokenResponse? Tokens { get; private init; }

    /// <summary>Reads a body. Members that the standard does not name are ignored.</summary>
    /// <param name="utf8">The body, at most <see cref="MaxBytes"/>.</param>
    /// <returns>The notification; <see cref="CibaClientErrorCodes.NotificationMalformed"/>, or what a token answer with the same defect is refused with.</returns>
    public static MedIdResult<CibaNotification> Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            return Malformed("more than 65536 bytes");
        }

        var json = StrictJson.ParseObject(utf8);
        if (!json.Succeeded)
        {
            return json.Error;
        }

        var members = new JsonMembers(json.Value);
        var id = members.NeededString(OAuthParameters.AuthReqId, MaxIdLength);
        var isError = members.Has("error");
        var isTokens = members.Has("access_token") || members.Has("id_token") || members.Has("token_type") || members.Has("refresh_token");
        if (id.AsSpan().ContainsAnyExcept(IdCharacters))
        {
            members.Reject(OAuthParameters.AuthReqId);
        }

        if (members.Wrong is { } wrong)
        {
            return Malformed(wrong);
        }

        // §12: an error payload has no tokens.
        return isError && isTokens ? Malformed("error")
            : isError ? OAuthError.Parse(utf8).Then<CibaNotification>(error => new CibaNotification(id) { Kind = CibaNotificationKind.PushedError, Error = error.ToMedIdError("CIBA Core §12") })
            : isTokens ? TokenResponse.Parse(utf8).Then<CibaNotification>(tokens => new CibaNotification(id) { Kind = CibaNotificationKind.PushedTokens, Tokens = tokens })
            : new CibaNotification(id) { Kind = CibaNotificationKind.Ping };
    }

    /// <inheritdoc/>
    public override string ToString() => Kind.ToString();

    private static MedIdError Malformed(string detail) => new(CibaClientErrorCodes.NotificationMalformed, ErrorCategory.Malformed, "CIBA Core §10.2", detail);
}
