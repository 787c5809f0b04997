using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>A successful answer of a token endpoint (RFC 6749 §5.1, OIDC Core §3.1.3.3, SMART App Launch 2.2.0). Its text form shows no token.</summary>
public sealed record TokenResponse
{
    private const int MaxTokenLength = 16 * 1024;

    /// <summary><c>access_token</c>; opaque to the client.</summary>
    public required string AccessToken { get; init; }

    /// <summary><c>token_type</c> as sent: <c>Bearer</c> or <c>DPoP</c>, in any case, or <c>N_A</c> of a token exchange.</summary>
    public required string TokenType { get; init; }

    /// <summary><c>expires_in</c>, counted from the answer; null when absent.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary><c>id_token</c>, not verified.</summary>
    public string? IdToken { get; init; }

    /// <summary><c>refresh_token</c>.</summary>
    public string? RefreshToken { get; init; }

    /// <summary><c>scope</c>; null means exactly what was asked for (RFC 6749 §5.1).</summary>
    public string? Scope { get; init; }

    /// <summary><c>patient</c>: the FHIR id of the patient at the resource.</summary>
    public string? Patient { get; init; }

    /// <summary><c>issued_token_type</c> of a token exchange (RFC 8693 §2.2.1).</summary>
    public string? IssuedTokenType { get; init; }

    /// <summary>Reads a token answer.</summary>
    /// <param name="utf8">The body of an answer with status 200.</param>
    /// <param name="boundByDpop">Whether the request carried a DPoP proof: then the token has to be bound to its key, else it must not be.</param>
    public static MedIdResult<TokenResponse> Parse(ReadOnlyMemory<byte> utf8, bool boundByDpop = false)
    {
        var json = StrictJson.ParseObject(utf8);
        if (!json.Succeeded)
        {
            return json.Error;
        }

        var members = new JsonMembers(json.Value);
        var response = new TokenResponse
        {
            AccessToken = members.NeededString("access_token", MaxTokenLength),
            TokenType = members.NeededString("token_type"),
            ExpiresIn = members.Integer("expires_in", 0, int.MaxValue) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            IdToken = members.String("id_token", MaxTokenLength),
            RefreshToken = members.String("refresh_token", MaxTokenLength),
            Scope = members.String("scope", 4096),
            Patient = members.String("patient"),
            IssuedTokenType = members.String("issued_token_type"),
        };
        if (members.Wrong is { } wrong)
        {
            return new MedIdError(OAuthErrorCodes.TokenResponseMalformed, ErrorCategory.Malformed, "RFC 6749 §5.1", wrong);
        }

        // RFC 9449 §5: a server that does not know DPoP gives a Bearer token; whoever sent a proof wants none that a thief could use.
        if (boundByDpop)
        {
            return response.TokenType.Equals(TokenTypes.DPoP, StringComparison.OrdinalIgnoreCase)
                ? response
                : new MedIdError(OAuthErrorCodes.TokenNotBound, ErrorCategory.Policy, "RFC 9449 §5");
        }

        // RFC 6749 §7.1: a client does not use a token whose type it does not understand. Types compare without case (§5.1).
        return response.TokenType.Equals(TokenTypes.Bearer, StringComparison.OrdinalIgnoreCase) || response.TokenType.Equals(TokenTypes.NotApplicable, StringComparison.OrdinalIgnoreCase)
            ? response
            : new MedIdError(OAuthErrorCodes.TokenTypeUnsupported, ErrorCategory.Unsupported, "RFC 6749 §7.1");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{TokenType} token, expires in {ExpiresIn}, scope {Scope}, ID token: {IdToken is not null}, refresh token: {RefreshToken is not null}";
}
