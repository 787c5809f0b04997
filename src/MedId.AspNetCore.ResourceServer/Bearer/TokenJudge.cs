using MedId.Core;
using MedId.OAuth;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>This server's own view of an active token (RFC 7662 §4: the asker checks what the answer lets it check). Pure.</summary>
internal static class TokenJudge
{
    public static MedIdError? Refuse(IntrospectionResponse response, IntrospectionBearerOptions options, DateTimeOffset now)
    {
        if (!response.Active)
        {
            return new(ResourceServerErrorCodes.TokenInactive, ErrorCategory.State, "RFC 7662 §2.2");
        }

        if (response.Issuer is not null && !string.Equals(response.Issuer, options.Issuer, StringComparison.Ordinal))
        {
            return new(ResourceServerErrorCodes.IssuerMismatch, ErrorCategory.Untrusted, "RFC 7662 §2.2");
        }

        // RFC 8707 §2, RFC 9068 §4: a token for another resource, or for anybody, is none for this one.
        if (!response.Audience.Contains(options.Audience, StringComparer.Ordinal))
        {
            return new(ResourceServerErrorCodes.AudienceMismatch, ErrorCategory.Untrusted, "RFC 9068 §4");
        }

        // RFC 6749 §7.1: a type that is not understood is not taken; of DPoP, only with the key that it is bound to (RFC 9449 §6.2).
        if (response.TokenType is not null && !response.TokenType.Equals(TokenTypes.Bearer, StringComparison.OrdinalIgnoreCase)
            && !(response.TokenType.Equals(TokenTypes.DPoP, StringComparison.OrdinalIgnoreCase) && response.Confirmation?.KeyThumbprint is not null))
        {
            return new(ResourceServerErrorCodes.TokenTypeNotBearer, ErrorCategory.Unsupported, "RFC 6749 §7.1");
        }

        return (response.ExpiresAt is { } end && now >= end + options.ClockSkew) || response.NotBefore > now + options.ClockSkew
            ? new(ResourceServerErrorCodes.TokenNotInTime, ErrorCategory.State, "RFC 7662 §4")
            : null;
    }
}
