using MedId.Core;
using MedId.Cryptography;
using MedId.Signatures;

namespace MedId.Jpki.Certificates;

/// <summary>What both ways of verifying a sign-in share.</summary>
internal static class SignInRules
{
    /// <summary>Null when the challenge is ours and in its time: the steps of <see cref="ChallengeResponseVerifier"/> where the signature is checked elsewhere.</summary>
    public static MedIdError? Judge(SignInChallenge challenge, string audience, DateTimeOffset at) =>
        challenge.Label != JpkiSignInChallenge.Label ? new(SignaturesErrorCodes.ChallengeForeign, ErrorCategory.Untrusted, JpkiSections.SignIn)
        : !string.Equals(challenge.Audience, audience, StringComparison.Ordinal) ? new(JpkiErrorCodes.AudienceMismatch, ErrorCategory.Untrusted, JpkiSections.SignIn)
        : challenge.IssuedAt > at ? new(SignaturesErrorCodes.ChallengeNotYetValid, ErrorCategory.State, JpkiSections.SignIn)
        : at >= challenge.ExpiresAt ? new(SignaturesErrorCodes.ChallengeExpired, ErrorCategory.State, JpkiSections.SignIn)
        : null;

    /// <summary>Says what is wrong where a reader still makes SHA-1 digests: a card signs whatever it is given. A refusal either way.</summary>
    public static MedIdError Explain(MedIdError error, PublicKey key, SignInChallenge challenge, ReadOnlySpan<byte> signature) =>
        error.Code == SignaturesErrorCodes.ChallengeSignature && key.Kind == KeyKind.Rsa && key.Verify(SignatureAlgorithm.RsaSha1, challenge.ToBytes(), signature)
            ? new(JpkiErrorCodes.HashNotAccepted, ErrorCategory.Policy, JpkiSections.Signature, "SHA-1")
            : error;
}
