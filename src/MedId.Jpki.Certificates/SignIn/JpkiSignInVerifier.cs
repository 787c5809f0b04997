using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>Verifies answers to sign-in challenges locally (mission row B2). Pure; consuming the challenge is the caller's.</summary>
public sealed class JpkiSignInVerifier
{
    private readonly JpkiVerifier _verifier;
    private readonly KeyedDigest _subjectKeys;

    /// <summary>A verifier; one for the deployment.</summary>
    /// <param name="policy">What has to hold for the certificate.</param>
    /// <param name="subjectKeys">The deployment's key for subject keys.</param>
    public JpkiSignInVerifier(JpkiVerifierPolicy policy, KeyedDigest subjectKeys)
    {
        ArgumentNullException.ThrowIfNull(subjectKeys);
        _verifier = new(policy);
        _subjectKeys = subjectKeys;
    }

    /// <summary>Verifies an answer.</summary>
    /// <param name="challenge">The challenge as it was issued to this browser or terminal, out of our own store.</param>
    /// <param name="audience">Who we are: the audience that the challenge has to name.</param>
    /// <param name="signature">RSASSA-PKCS1-v1_5 as long as the modulus, or ECDSA in DER.</param>
    /// <param name="certificate">The authentication certificate.</param>
    /// <param name="evidence">What was gathered.</param>
    /// <param name="at">Now.</param>
    /// <param name="hash">The hash that the client used; SHA-256 for RSA and SHA-384 for P-384 when null.</param>
    public JpkiSignInDecision Verify(
        JpkiSignInChallenge challenge,
        string audience,
        ReadOnlySpan<byte> signature,
        Certificate certificate,
        PathEvidence evidence,
        DateTimeOffset at,
        DigestAlgorithm? hash = null)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ArgumentException.ThrowIfNullOrEmpty(audience);
        ArgumentNullException.ThrowIfNull(certificate);

        // 1. The challenge is ours and in its time.
        if (JudgeChallenge(challenge, audience, at) is { } stale)
        {
            return Refuse(stale);
        }

        // 2. The certificate: standing, profile (authentication only), path, revocation.
        var decision = _verifier.Verify(certificate, JpkiCertificateKind.Authenticate, evidence, at);
        if (!decision.IsAccepted)
        {
            return new() { Outcome = decision.Outcome, Error = decision.Error, Standing = decision.Standing, Certificate = decision };
        }

        // 3. The signature over the challenge's bytes. The profile's check has read the key.
        var key = certificate.ReadPublicKey().Value!;
        var rule = _verifier.Policy.Algorithms.For(SignatureUse.JpkiSignIn, at);
        if (CardSignature.Verify(key, hash ?? DefaultHash(key), challenge.ToBytes(), signature, rule) is { } unsigned)
        {
            return Refuse(unsigned, decision);
        }

        return new()
        {
            Outcome = VerificationOutcome.Accepted,
            Standing = decision.Standing,
            Certificate = decision,
            SignIn = new(decision.Evidence, decision.Evidence.SubjectKey(_subjectKeys), challenge.Audience, challenge.ReplayKey),
        };
    }

    internal static MedIdError? JudgeChallenge(JpkiSignInChallenge challenge, string audience, DateTimeOffset at) =>
        !string.Equals(challenge.Audience, audience, StringComparison.Ordinal) ? new(JpkiErrorCodes.AudienceMismatch, ErrorCategory.Untrusted, JpkiSections.SignIn)
        : at < challenge.IssuedAt ? new(JpkiErrorCodes.ChallengeNotYetValid, ErrorCategory.State, JpkiSections.SignIn)
        : at >= challenge.ExpiresAt ? new(JpkiErrorCodes.ChallengeExpired, ErrorCategory.State, JpkiSections.SignIn)
        : null;

    internal static DigestAlgorithm DefaultHash(PublicKey key) => key.Kind == KeyKind.P384 ? DigestAlgorithm.Sha384 : DigestAlgorithm.Sha256;

    private JpkiSignInDecision Refuse(MedIdError error, JpkiDecision? certificate = null) =>
        new() { Outcome = VerificationOutcome.Refused, Error = error, Standing = _verifier.Policy.Standing, Certificate = certificate };
}
