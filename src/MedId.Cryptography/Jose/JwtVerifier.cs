using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Decides whether a signed JWT is what was expected (RFC 7519 §7.2, RFC 8725). Pure: the same arguments give the same answer at any time.</summary>
public static class JwtVerifier
{
    /// <summary>Verifies a token. Single use is the caller's: it consumes <see cref="VerifiedJwt.ReplayKey"/>.</summary>
    /// <param name="token">The compact token.</param>
    /// <param name="expectations">What it has to be.</param>
    /// <exception cref="ArgumentException">The clock skew is negative.</exception>
    public static MedIdResult<VerifiedJwt> Verify(string token, JwtExpectations expectations)
    {
        ArgumentNullException.ThrowIfNull(expectations);
        ArgumentOutOfRangeException.ThrowIfLessThan(expectations.ClockSkew, TimeSpan.Zero, nameof(expectations));

        // RFC 7519 §7.2 steps 1 to 6: form and header.
        var jws = CompactJws.Parse(token, expectations.MaxLength);
        if (!jws.Succeeded)
        {
            return jws.Error;
        }

        // RFC 8725 §3.1: the algorithm is one that the caller allows, before any key is touched.
        var algorithm = jws.Value.FindAlgorithm(expectations.Algorithms);
        if (!algorithm.Succeeded)
        {
            return algorithm.Error;
        }

        // RFC 8725 §3.11: the kind of token is the one asked for.
        if (!expectations.Type.Accepts(jws.Value.Header.Type))
        {
            return new MedIdError(CryptographyErrorCodes.JoseTypeNotAccepted, ErrorCategory.Protocol, "RFC 8725 §3.11");
        }

        // Step 7, RFC 7515 §5.2 step 8: key, then signature.
        var key = jws.Value.Verify(expectations.Keys, expectations.Algorithms);
        if (!key.Succeeded)
        {
            return key.Error;
        }

        // Step 10: the payload is a JSON object. Step 8 (nested tokens): not done, no kind used here nests.
        var claims = JwtClaims.Parse(jws.Value.Payload);
        if (!claims.Succeeded)
        {
            return claims.Error;
        }

        return JwtClaimChecks.Refuse(claims.Value, expectations) is { } refusal
            ? refusal
            : new VerifiedJwt(jws.Value.Header, key.Value, algorithm.Value, claims.Value, JwtClaimChecks.ReplayKeyOf(claims.Value, expectations));
    }

    /// <summary>
    /// Reads the issuer of a token that nobody has verified, so that the caller can fetch this party's keys and expectations. It proves nothing.
    /// </summary>
    /// <param name="token">The compact token.</param>
    /// <param name="maxLength">The most characters accepted.</param>
    public static MedIdResult<string> PeekUnverifiedIssuer(string token, int maxLength = CompactJws.DefaultMaxLength) =>
        CompactJws.Parse(token, maxLength).Then(jws => JwtClaims.Parse(jws.Payload)).Then<string>(claims => claims.Issuer is { } issuer
            ? issuer
            : JwtClaimChecks.Missing("iss"));
}
