using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Decides whether a JWT by a shared secret is what was expected (RFC 7519 §7.2, RFC 7518 §3.2, RFC 8725). Pure, as <see cref="JwtVerifier"/> is.</summary>
public static class HmacJwtVerifier
{
    /// <summary>Verifies a token. Single use is the caller's: it consumes <see cref="VerifiedHmacJwt.ReplayKey"/>.</summary>
    /// <param name="token">The compact token.</param>
    /// <param name="expectations">What it has to be.</param>
    /// <exception cref="ArgumentException">The clock skew is negative.</exception>
    public static MedIdResult<VerifiedHmacJwt> Verify(string token, HmacJwtExpectations expectations)
    {
        ArgumentNullException.ThrowIfNull(expectations);
        ArgumentOutOfRangeException.ThrowIfLessThan(expectations.ClockSkew, TimeSpan.Zero, nameof(expectations));

        // RFC 7519 §7.2 steps 1 to 6: form and header.
        var jws = CompactJws.Parse(token, expectations.MaxLength);
        if (!jws.Succeeded)
        {
            return jws.Error;
        }

        // RFC 8725 §3.1: the algorithm is one that the caller allows, and an HMAC.
        if (!HmacAlgorithm.TryFromJose(jws.Value.Header.Algorithm, out var algorithm) || !expectations.Algorithms.Contains(algorithm))
        {
            return new MedIdError(CryptographyErrorCodes.JoseAlgorithmNotAllowed, ErrorCategory.Policy, "RFC 8725 §3.1", $"allowed: {string.Join(' ', expectations.Algorithms)}");
        }

        // RFC 8725 §3.11: the kind of token is the one asked for.
        if (!expectations.Type.Accepts(jws.Value.Header.Type))
        {
            return new MedIdError(CryptographyErrorCodes.JoseTypeNotAccepted, ErrorCategory.Protocol, "RFC 8725 §3.11");
        }

        // Step 7, RFC 7518 §3.2: a secret that is as long as the hash made the code.
        if (!expectations.Secrets.Any(secret => algorithm.Supports(secret.Span)))
        {
            return new MedIdError(CryptographyErrorCodes.JoseKeyNotFound, ErrorCategory.Untrusted, "RFC 7518 §3.2", "no secret is long enough");
        }

        var made = false;
        foreach (var secret in expectations.Secrets)
        {
            made |= algorithm.Verify(secret.Span, jws.Value.SigningInput.Span, jws.Value.Signature.Span);
        }

        if (!made)
        {
            return new MedIdError(CryptographyErrorCodes.JoseSignatureInvalid, ErrorCategory.Untrusted, "RFC 7515 §5.2 step 8");
        }

        // Step 10: the payload is a JSON object.
        var claims = JwtClaims.Parse(jws.Value.Payload);
        if (!claims.Succeeded)
        {
            return claims.Error;
        }

        return JwtClaimChecks.Refuse(claims.Value, expectations) is { } refusal
            ? refusal
            : new VerifiedHmacJwt(jws.Value.Header, algorithm, claims.Value, JwtClaimChecks.ReplayKeyOf(claims.Value, expectations));
    }
}
