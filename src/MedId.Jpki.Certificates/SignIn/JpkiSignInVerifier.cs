using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Jpki.Certificates;

/// <summary>Verifies answers to sign-in challenges locally (mission row B2). Pure; consuming the challenge is the caller's.</summary>
/// <remarks>What the card signs is <see cref="SignInChallenge.ToBytes"/>. A card shows nothing to its holder, so the challenge names its audience and is short-lived.</remarks>
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
    public JpkiSignInDecision Verify(SignInChallenge challenge, string audience, ReadOnlySpan<byte> signature, Certificate certificate, PathEvidence evidence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ArgumentException.ThrowIfNullOrEmpty(audience);
        ArgumentNullException.ThrowIfNull(certificate);

        // 1. By what right; a challenge that is ours and in its time; what kind of certificate: never a signing one.
        var refusal = JpkiVerifier.StandingRefusal(_verifier.Policy)
            ?? SignInRules.Judge(challenge, audience, at)
            ?? _verifier.Policy.Rules.Judge(certificate, JpkiCertificateKind.Authenticate).Error;
        if (refusal is not null)
        {
            return Decide(VerificationOutcome.Refused, refusal);
        }

        // 2. The challenge is signed by the key. The profile's check has read the key.
        var key = certificate.ReadPublicKey().Value!;
        var answered = ChallengeResponseVerifier.Verify(challenge, JpkiSignInChallenge.Label, audience, key, signature, _verifier.Policy.Algorithms, at);
        if (!answered.Succeeded)
        {
            return Decide(VerificationOutcome.Refused, SignInRules.Explain(answered.Error, key, challenge, signature));
        }

        // 3. The certificate: path and revocation.
        var decision = _verifier.Verify(certificate, JpkiCertificateKind.Authenticate, evidence, at);
        return decision.IsAccepted
            ? new()
            {
                Outcome = VerificationOutcome.Accepted,
                Standing = decision.Standing,
                Certificate = decision,
                SignIn = new(decision.Evidence, decision.Evidence.SubjectKey(_subjectKeys), challenge.Audience, answered.Value),
            }
            : Decide(decision.Outcome, decision.Error, decision);
    }

    private JpkiSignInDecision Decide(VerificationOutcome outcome, MedIdError error, JpkiDecision? certificate = null) =>
        new() { Outcome = outcome, Error = error, Standing = _verifier.Policy.Standing, Certificate = certificate };
}
