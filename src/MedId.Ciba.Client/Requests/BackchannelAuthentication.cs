using System.Buffers;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>A request that the OP has taken (CIBA Core §7.3). May be kept and polled after a restart. Its text form does not show the auth_req_id.</summary>
public sealed record BackchannelAuthentication
{
    /// <summary>The pace where the OP names none (CIBA Core §7.3).</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(5);

    private const int MaxIdLength = 1024;
    private const int MaxSeconds = 24 * 60 * 60;

    // CIBA Core §7.3.
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");

    /// <summary><c>auth_req_id</c>: whoever has it and the client's credentials gets the tokens.</summary>
    public required string AuthReqId { get; init; }

    /// <summary>When the request was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When it can no longer be decided: <c>expires_in</c> from the answer on.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The least time from one poll's sending to the next; grows by each <c>slow_down</c>.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>The classes that were asked for.</summary>
    public IReadOnlyList<string> AcrValues { get; init; } = [];

    /// <summary>The scopes that were asked for, space-delimited: what a token answer without <c>scope</c> grants.</summary>
    public required string RequestedScope { get; init; }

    /// <summary><c>client_notification_token</c> by which the OP shows that a notification is its own; null for a client that polls. A secret.</summary>
    public string? NotificationToken { get; init; }

    /// <summary>
    /// Whether a notification carries the token of this very request (CIBA Core §10.2, §10.3): one <c>Authorization</c> header with <c>Bearer</c> and the token, compared in a time that does not tell
    /// where they differ. False for a request of a client that polls.
    /// </summary>
    /// <param name="authorization">The header; null when absent.</param>
    public bool IsNotifiedBy(string? authorization) => NotificationToken is not null && NotificationBearer.Matches(authorization, NotificationToken);

    /// <inheritdoc/>
    public override string ToString() => $"backchannel request until {ExpiresAt:O}, every {Interval}";

    internal static MedIdResult<BackchannelAuthentication> Parse(ReadOnlyMemory<byte> utf8, BackchannelRequest request, string? notificationToken, DateTimeOffset sentAt, DateTimeOffset now)
    {
        var json = StrictJson.ParseObject(utf8);
        if (!json.Succeeded)
        {
            return json.Error;
        }

        var members = new JsonMembers(json.Value);
        var id = members.NeededString(OAuthParameters.AuthReqId, MaxIdLength);
        var expiresIn = members.Integer("expires_in", 1, MaxSeconds);
        var interval = members.Integer("interval", 1, MaxSeconds);
        if (expiresIn is null)
        {
            members.Reject("expires_in");
        }

        if (id.AsSpan().ContainsAnyExcept(IdCharacters))
        {
            members.Reject(OAuthParameters.AuthReqId);
        }

        return members.Wrong is { } wrong
            ? new MedIdError(CibaClientErrorCodes.AcknowledgementMalformed, ErrorCategory.Malformed, "CIBA Core §7.3", wrong)
            : new BackchannelAuthentication
            {
                AuthReqId = id,
                SentAt = sentAt,
                ExpiresAt = now + TimeSpan.FromSeconds(expiresIn!.Value),
                Interval = interval is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultInterval,
                AcrValues = request.AcrValues,
                RequestedScope = request.ScopeText,
                NotificationToken = notificationToken,
            };
    }
}
