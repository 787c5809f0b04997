using System.Buffers;
using MedId.Core;
using MedId.OAuth;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>Takes the access token out of a request: from one Authorization header, from nowhere else (RFC 6750 §2.1, RFC 9449 §7.1; FAPI 1.0 baseline §6.2.1).</summary>
internal static class AccessTokenHeader
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/");

    public static MedIdResult<PresentedToken> Read(HttpRequest request)
    {
        // RFC 6750 §5.3: URLs end in logs; a token that came by one is burnt, whatever else is there.
        if (request.Query.ContainsKey("access_token"))
        {
            return new MedIdError(ResourceServerErrorCodes.TokenInUrl, ErrorCategory.Protocol, "RFC 6750 §2.3");
        }

        var headers = request.Headers.Authorization;
        if (headers.Count == 0)
        {
            return new MedIdError(ResourceServerErrorCodes.TokenMissing, ErrorCategory.Protocol, "RFC 6750 §3");
        }

        return headers is [{ } header] && header.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space && SchemeOf(header.AsSpan(0, space)) is { } scheme
            && IsToken(header.AsSpan(space + 1))
            ? new PresentedToken(scheme, header[(space + 1)..])
            : new MedIdError(ResourceServerErrorCodes.TokenMalformed, ErrorCategory.Malformed, "RFC 6750 §2.1");
    }

    private static string? SchemeOf(ReadOnlySpan<char> text) =>
        text.Equals(TokenTypes.Bearer, StringComparison.OrdinalIgnoreCase) ? TokenTypes.Bearer
        : text.Equals(TokenTypes.DPoP, StringComparison.OrdinalIgnoreCase) ? TokenTypes.DPoP
        : null;

    /// <summary>b64token: characters, then any number of <c>=</c>.</summary>
    private static bool IsToken(ReadOnlySpan<char> text)
    {
        var body = text.TrimEnd('=');
        return !body.IsEmpty && !body.ContainsAnyExcept(Characters);
    }
}
