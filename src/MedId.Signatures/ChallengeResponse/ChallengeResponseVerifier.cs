using MedId.Core;
using MedId.Cryptography;

namespace MedId.Signatures;

/// <summary>Verifies that a key answered a sign-in challenge. Whose key it is, and whether its certificate is good, is said by the verifier of the certificate (JPKI, HPKI). Pure.</summary>
public static class ChallengeResponseVerifier
{
    internal const string Section = "MedIdSdk card sign-in";

    /// <summary>Verifies an answer.</summary>
    /// <param name="challenge">The challenge as it was issued, out of the caller's own store.</param>
    /// <param name="label">The kind of sign-in; another kind's challenge is refused.</param>
    /// <param name="audience">This service; another's challenge is refused.</param>
    /// <param name="key">The certificate's key.</param>
    /// <param name="signature">What the card signed, in the encoding of an algorithm that the policy allows for <see cref="SignatureUse.JpkiSignIn"/>; SHA-1 is none of them by default.</param>
    /// <param name="algorithms">The policy.</param>
    /// <param name="at">Now.</param>
    /// <returns>What the caller consumes once; or <c>challenge.foreign</c>, <c>challenge.not_yet_valid</c>, <c>challenge.expired</c>, <c>challenge.signature</c>.</returns>
    public static MedIdResult<ReplayKey> Verify(
        SignInChallenge challenge, string label, string audience, PublicKey key, ReadOnlySpan<byte> signature, AlgorithmPolicy algorithms, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ArgumentException.ThrowIfNullOrEmpty(label);
        ArgumentException.ThrowIfNullOrEmpty(audience);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(algorithms);

        // 1. Issued by this service, for this kind of sign-in.
        if (!string.Equals(challenge.Label, label, StringComparison.Ordinal) || !string.Equals(challenge.Audience, audience, StringComparison.Ordinal))
        {
            return Refuse(SignaturesErrorCodes.ChallengeForeign, ErrorCategory.Untrusted);
        }

        // 2. In its time. It was issued in whole seconds by the same clock, so there is no skew.
        if (challenge.IssuedAt > at)
        {
            return Refuse(SignaturesErrorCodes.ChallengeNotYetValid, ErrorCategory.State);
        }

        if (at >= challenge.ExpiresAt)
        {
            return Refuse(SignaturesErrorCodes.ChallengeExpired, ErrorCategory.State);
        }

        // 3. Signed by the key. Cards do not say which algorithm they used, so every allowed one that fits the key is tried; PKCS#1 v1.5 names its hash in what is signed.
        var signed = challenge.ToBytes();
        var rule = algorithms.For(SignatureUse.JpkiSignIn, at);
        foreach (var algorithm in rule.Algorithms)
        {
            if (rule.Allows(algorithm, key) && key.Verify(algorithm, signed, signature))
            {
                return challenge.ReplayKey;
            }
        }

        return Refuse(SignaturesErrorCodes.ChallengeSignature, ErrorCategory.Untrusted);
    }

    private static MedIdError Refuse(string code, ErrorCategory category) => new(code, category, Section);
}
