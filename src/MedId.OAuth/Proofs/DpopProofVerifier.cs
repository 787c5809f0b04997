using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>Verifies DPoP proofs by the steps of RFC 9449 §4.3. Pure: the same arguments give the same answer; single use is the caller's (<see cref="VerifiedDpopProof.ReplayKey"/>).</summary>
public static class DpopProofVerifier
{
    /// <summary>The most characters that a proof may have.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>The most characters that a <c>jti</c> may have.</summary>
    public const int MaxJwtIdLength = 256;

    internal const string ProofType = "dpop+jwt";
    private static readonly decimal MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Verifies the proof of a request.</summary>
    /// <param name="headers">Every <c>DPoP</c> header of the request, in order.</param>
    /// <param name="expected">The request, and what is asked of the proof.</param>
    /// <param name="keys">Keys of proofs seen before, to spare their import; null imports each time. The answer is the same.</param>
    /// <returns>The proof; refused with <c>oauth.dpop_*</c>, the first step that fails naming the code.</returns>
    public static MedIdResult<VerifiedDpopProof> Verify(IReadOnlyList<string?> headers, DpopExpectations expected, DpopKeyCache? keys = null)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(expected);

        // §4.3 step 1: one header.
        return headers is [{ } proof]
            ? Verify(proof, expected, keys)
            : new MedIdError(OAuthErrorCodes.DpopMalformed, ErrorCategory.Malformed, "RFC 9449 §4.3 step 1", "one DPoP header");
    }

    /// <summary>Verifies the proof of a request whose headers were counted already.</summary>
    /// <param name="proof">The value of the one <c>DPoP</c> header.</param>
    /// <param name="expected">The request, and what is asked of the proof.</param>
    /// <param name="keys">Keys of proofs seen before; null imports each time.</param>
    /// <returns>The proof; refused with <c>oauth.dpop_*</c>.</returns>
    public static MedIdResult<VerifiedDpopProof> Verify(string proof, DpopExpectations expected, DpopKeyCache? keys = null)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(expected);

        // Step 2: one well-formed JWT; two headers joined by a comma are none.
        var parsed = CompactJws.Parse(proof, MaxLength);
        if (!parsed.Succeeded)
        {
            return Refused(OAuthErrorCodes.DpopMalformed, ErrorCategory.Malformed, "step 2", parsed.Error.Code);
        }

        var jws = parsed.Value;
        var payload = StrictJson.ParseObject(jws.Payload, maxBytes: MaxLength);
        if (!payload.Succeeded)
        {
            return Refused(OAuthErrorCodes.DpopMalformed, ErrorCategory.Malformed, "step 2", payload.Error.Code);
        }

        // Step 3: the claims of §4.2, each of its type; ath with a token, nonce with nonces.
        var claims = DpopClaims.Read(payload.Value, MaxSeconds, out var missing);
        if (claims is null || (expected.AccessToken is not null && claims.AccessTokenHash is null))
        {
            return Refused(OAuthErrorCodes.DpopClaimMissing, ErrorCategory.Protocol, "step 3", missing ?? "ath");
        }

        // Step 4.
        if (!string.Equals(jws.Header.Type, ProofType, StringComparison.Ordinal))
        {
            return Refused(OAuthErrorCodes.DpopTypeWrong, ErrorCategory.Protocol, "step 4");
        }

        // Step 5: the table has asymmetric algorithms only, neither none nor a MAC (§11.6); the policy chooses of them.
        if (jws.FindAlgorithm(expected.Algorithms) is not { Succeeded: true, Value: var algorithm })
        {
            return Refused(OAuthErrorCodes.DpopAlgorithmNotAllowed, ErrorCategory.Policy, "step 5", $"allowed: {expected.Algorithms}");
        }

        // Step 7 before step 6: a public key and nothing private; then the signature by it.
        var key = FindKey(jws, keys);
        if (!key.Succeeded)
        {
            return Refused(OAuthErrorCodes.DpopKeyUnusable, ErrorCategory.Malformed, "step 7", key.Error.Code);
        }

        if (!key.Value.Supports(algorithm) || !expected.Algorithms.Allows(algorithm, key.Value.Key))
        {
            return Refused(OAuthErrorCodes.DpopKeyUnusable, ErrorCategory.Policy, "step 6", "the key is not one for the algorithm");
        }

        if (!key.Value.Key.Verify(algorithm, jws.SigningInput.Span, jws.Signature.Span))
        {
            return Refused(OAuthErrorCodes.DpopSignatureInvalid, ErrorCategory.Untrusted, "step 6");
        }

        keys?.Keep(jws.Header, key.Value);
        return (JudgeRequest(claims, expected) ?? JudgeToken(claims, key.Value.Key, expected)) is { } error
            ? error
            : new VerifiedDpopProof(key.Value.Key, algorithm, claims.IssuedAt, new("dpop:" + key.Value.Key.Thumbprint, claims.JwtId, Add(Add(claims.IssuedAt, expected.MaxAge), expected.ClockSkew)));
    }

    /// <summary>The <c>ath</c> of an access token (RFC 9449 §4.2): base64url of SHA-256 over its ASCII octets.</summary>
    /// <param name="accessToken">The access token as it stands in the Authorization header.</param>
    public static string HashOf(string accessToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessToken);
        return StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(accessToken)));
    }

    /// <summary>Steps 8 to 11: made for this request, now.</summary>
    private static MedIdError? JudgeRequest(DpopClaims claims, DpopExpectations expected)
    {
        // Step 8: methods are case-sensitive (RFC 9110 §9.1).
        if (!string.Equals(claims.Method, expected.Method, StringComparison.Ordinal))
        {
            return Refused(OAuthErrorCodes.DpopMethodMismatch, ErrorCategory.Untrusted, "step 8");
        }

        // Step 9: without query and fragment, after normalisation (RFC 3986 §6.2.2, §6.2.3).
        if (!string.Equals(claims.Uri, expected.Uri, StringComparison.Ordinal)
            && (DpopTargetUri.Normalize(claims.Uri) is not { } uri || !string.Equals(uri, DpopTargetUri.Normalize(expected.Uri), StringComparison.Ordinal)))
        {
            return Refused(OAuthErrorCodes.DpopUriMismatch, ErrorCategory.Untrusted, "step 9");
        }

        // Step 10. Before the time, so that a client whose clock is wrong learns the nonce first.
        if (expected.Nonces is { } nonces && !nonces.Accepts(claims.Nonce, expected.Now))
        {
            return Refused(OAuthErrorCodes.DpopNonceNeeded, ErrorCategory.State, "step 10");
        }

        // Step 11: by iat, also where a nonce says that the proof is new: then the earlier end of the two counts.
        return expected.Now >= Add(Add(claims.IssuedAt, expected.MaxAge), expected.ClockSkew) || claims.IssuedAt > Add(expected.Now, expected.ClockSkew)
            ? Refused(OAuthErrorCodes.DpopNotInTime, ErrorCategory.State, "step 11")
            : null;
    }

    /// <summary>Step 12: made for this token, by the key that the token is bound to.</summary>
    private static MedIdError? JudgeToken(DpopClaims claims, PublicKey key, DpopExpectations expected)
    {
        if (expected.AccessToken is { } token && !SecretDigest.FixedTimeEquals(HashOf(token), claims.AccessTokenHash!))
        {
            return Refused(OAuthErrorCodes.DpopTokenMismatch, ErrorCategory.Untrusted, "step 12 a");
        }

        return expected.KeyThumbprint is { } bound && !string.Equals(bound, key.Thumbprint, StringComparison.Ordinal)
            ? Refused(OAuthErrorCodes.DpopKeyMismatch, ErrorCategory.Untrusted, "step 12 b")
            : null;
    }

    private static MedIdResult<JsonWebKey> FindKey(CompactJws jws, DpopKeyCache? keys)
    {
        if (keys?.Find(jws.Header) is { } known)
        {
            return known;
        }

        return jws.Header.Members.TryGetProperty("jwk"u8, out var jwk)
            ? JsonWebKey.Parse(jwk)
            : new MedIdError(CryptographyErrorCodes.KeyMalformed, ErrorCategory.Malformed, "RFC 9449 §4.2");
    }

    private static MedIdError Refused(string code, ErrorCategory category, string step, string? detail = null) => new(code, category, "RFC 9449 §4.3 " + step, detail);

    /// <summary>A sum that stops at the end of time instead of overflowing.</summary>
    private static DateTimeOffset Add(DateTimeOffset time, TimeSpan span) => DateTimeOffset.MaxValue - time > span ? time + span : DateTimeOffset.MaxValue;
}
