using MedId.Core;

namespace MedId.Cryptography;

/// <summary>The checks of the claims, in the order in which they are made.</summary>
internal static class JwtClaimChecks
{
    public static MedIdError? Refuse(JwtClaims claims, JwtClaimExpectations expected) =>
        RefuseIssuer(claims, expected) ?? RefuseAudience(claims, expected) ?? RefuseTime(claims, expected) ?? RefuseLifetime(claims, expected) ?? RefuseSubject(claims, expected) ?? RefuseMissing(claims, expected);

    public static ReplayKey? ReplayKeyOf(JwtClaims claims, JwtClaimExpectations expected)
    {
        if (claims.JwtId is null)
        {
            return null;
        }

        // The end that comes first refuses the token; exp is there unless the age bounds it, and then iat is.
        var byAge = expected.Lifetime.MaxAge is { } age ? Add(claims.IssuedAt!.Value, age) : DateTimeOffset.MaxValue;
        var byExpiry = claims.ExpiresAt ?? DateTimeOffset.MaxValue;
        return new(claims.Issuer!, claims.JwtId, Add(byAge < byExpiry ? byAge : byExpiry, expected.ClockSkew));
    }

    public static MedIdError Missing(string claim) => new(CryptographyErrorCodes.JoseClaimMissing, ErrorCategory.Protocol, "RFC 7519 §4", claim);

    private static MedIdError? RefuseIssuer(JwtClaims claims, JwtClaimExpectations expected)
    {
        // RFC 7519 §4.1.1, RFC 8725 §3.8.
        if (claims.Issuer is null)
        {
            return Missing("iss");
        }

        return string.Equals(claims.Issuer, expected.Issuer, StringComparison.Ordinal)
            ? null
            : new(CryptographyErrorCodes.JoseIssuerMismatch, ErrorCategory.Untrusted, "RFC 8725 §3.8");
    }

    /// <summary>RFC 7519 §4.1.3, RFC 8725 §3.9. No audience at all is a wrong one.</summary>
    private static MedIdError? RefuseAudience(JwtClaims claims, JwtClaimExpectations expected) => expected.Audience.Accepts(claims.Audience, claims.AudienceIsArray)
        ? null
        : new(CryptographyErrorCodes.JoseAudienceMismatch, ErrorCategory.Untrusted, "RFC 8725 §3.9");

    private static MedIdError? RefuseTime(JwtClaims claims, JwtClaimExpectations expected)
    {
        // §4.1.4: the time must be before exp.
        if (claims.ExpiresAt is { } end && expected.Now >= Add(end, expected.ClockSkew))
        {
            return new(CryptographyErrorCodes.JoseExpired, ErrorCategory.State, "RFC 7519 §4.1.4");
        }

        // §4.1.5: the time must be nbf or after.
        var latest = Add(expected.Now, expected.ClockSkew);
        if (claims.NotBefore > latest)
        {
            return new(CryptographyErrorCodes.JoseNotYetValid, ErrorCategory.State, "RFC 7519 §4.1.5");
        }

        // §4.1.6 leaves iat to the application; a token from the future has no honest explanation (FAPI 2.0 §5.3.2.1).
        return claims.IssuedAt > latest ? new(CryptographyErrorCodes.JoseIssuedInFuture, ErrorCategory.State, "RFC 7519 §4.1.6") : null;
    }

    private static MedIdError? RefuseLifetime(JwtClaims claims, JwtClaimExpectations expected)
    {
        var rule = expected.Lifetime;
        if (rule.MustExpire && claims.ExpiresAt is null)
        {
            return Missing("exp");
        }

        if (rule.MaxLifetime is { } longest && claims.ExpiresAt > Add(Begin(claims) ?? Add(expected.Now, expected.ClockSkew), longest))
        {
            return new(CryptographyErrorCodes.JoseLifetimeTooLong, ErrorCategory.Policy, "RFC 7523 §3 rule 4");
        }

        if (rule.MaxAge is not { } oldest)
        {
            return null;
        }

        if (claims.IssuedAt is not { } issued)
        {
            return Missing("iat");
        }

        return expected.Now >= Add(Add(issued, oldest), expected.ClockSkew) ? new(CryptographyErrorCodes.JoseExpired, ErrorCategory.State, "RFC 7519 §4.1.6") : null;
    }

    private static MedIdError? RefuseSubject(JwtClaims claims, JwtClaimExpectations expected)
    {
        if (expected.Subject is null || string.Equals(claims.Subject, expected.Subject, StringComparison.Ordinal))
        {
            return null;
        }

        return claims.Subject is null ? Missing("sub") : new(CryptographyErrorCodes.JoseSubjectMismatch, ErrorCategory.Untrusted, "RFC 7519 §4.1.2");
    }

    private static MedIdError? RefuseMissing(JwtClaims claims, JwtClaimExpectations expected) =>
        expected.RequiredClaims.FirstOrDefault(c => !claims.Has(c)) is { } missing ? Missing(missing) : null;

    private static DateTimeOffset? Begin(JwtClaims claims) =>
        claims.IssuedAt is { } issued && claims.NotBefore is { } notBefore ? (issued > notBefore ? issued : notBefore) : claims.IssuedAt ?? claims.NotBefore;

    /// <summary>A sum that stops at the end of time instead of overflowing.</summary>
    private static DateTimeOffset Add(DateTimeOffset time, TimeSpan span) => DateTimeOffset.MaxValue - time > span ? time + span : DateTimeOffset.MaxValue;
}
