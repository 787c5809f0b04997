using MedId.Core;
using MedId.Cryptography;
using MedId.Signatures;

namespace MedId.Jpki.Certificates;

/// <summary>What both ways of verifying a sign-in share.</summary>
internal static class SignInRules
{
    public static TimeSpan Lifetime(TimeSpan? lifetime)
    {
        var good = lifetime ?? ChallengeResponseVerifier.DefaultLifetime;
        ArgumentOutOfRangeException.ThrowIfLessThan(good, TimeSpan.FromSeconds(10), nameof(lifetime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(good, TimeSpan.FromMinutes(10), nameof(lifetime));
        return good;
    }

    /// <summary>Null when the challenge is ours and in its time; the same steps as <see cref="ChallengeResponseVerifier"/>, where the signature is checked elsewhere.</summary>
    public static MedIdError? Judge(SignInChallenge challenge, string audience, DateTimeOffset at, TimeSpan lifetime) =>
        !string.Equals(challenge.Audience, audience, StringComparison.Ordinal) ? new(SignaturesErrorCodes.ChallengeForeign, ErrorCategory.Untrusted, JpkiSections.SignIn)
        : challenge.IssuedAt > at ? new(SignaturesErrorCodes.ChallengeNotYetValid, ErrorCategory.State, JpkiSections.SignIn)
        : at - challenge.IssuedAt >= lifetime ? new(SignaturesErrorCodes.ChallengeExpired, ErrorCategory.State, JpkiSections.SignIn)
        : null;

    /// <summary>Says what is wrong where a reader still makes SHA-1 digests: a card signs whatever it is given. A refusal either way.</summary>
    public static MedIdError Explain(MedIdError error, PublicKey key, SignInChallenge challenge, ReadOnlySpan<byte> signature) =>
        error.Code == SignaturesErrorCodes.ChallengeSignature && key.Kind == KeyKind.Rsa && key.Verify(SignatureAlgorithm.RsaSha1, challenge.ToBytes(), signature)
            ? new(JpkiErrorCodes.HashNotAccepted, ErrorCategory.Policy, JpkiSections.Signature, "SHA-1")
            : error;

    /// <summary>The same key that <see cref="ChallengeResponseVerifier"/> gives, so that a challenge is consumed once whichever way it went.</summary>
    public static ReplayKey ReplayKey(SignInChallenge challenge, TimeSpan lifetime) => new("card sign-in " + challenge.Audience, challenge.Id, challenge.IssuedAt + lifetime);
}
