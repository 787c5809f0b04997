using MedId.Core;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Hpki;

/// <summary>Verifies answers to sign-in challenges by HPKI cards (row B4). Pure; consuming the challenge is the caller's duty.</summary>
public sealed class HpkiSignInVerifier
{
    /// <summary>The label of challenges for HPKI cards: the first line of what the card signs.</summary>
    public const string Label = "medid-hpki-sign-in-1";

    private readonly HpkiPolicy _policy;
    private readonly HpkiVerifier _certificates;

    /// <summary>Makes a verifier.</summary>
    /// <param name="policy">What certificates have to fulfil; <see cref="HpkiPolicy.Use"/> is <see cref="HpkiUse.Authentication"/>.</param>
    /// <exception cref="ArgumentException">The policy is for another use: a signature certificate never signs anybody in.</exception>
    public HpkiSignInVerifier(HpkiPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy.Use == HpkiUse.Authentication ? policy : throw new ArgumentException("People sign in with authentication certificates.", nameof(policy));
        _certificates = new(policy);
    }

    /// <summary>A fresh challenge.</summary>
    /// <param name="audience">This service.</param>
    /// <param name="at">Now.</param>
    /// <param name="lifetime">How long it is good; five minutes when null.</param>
    /// <exception cref="ArgumentException">The audience is no printable ASCII, or the lifetime is not within 10 seconds and 10 minutes.</exception>
    public static SignInChallenge CreateChallenge(string audience, DateTimeOffset at, TimeSpan? lifetime = null) => SignInChallenge.Create(Label, audience, at, lifetime);

    /// <summary>Verifies an answer.</summary>
    /// <param name="challenge">The challenge as it was issued to this terminal, out of the caller's own store.</param>
    /// <param name="audience">This service.</param>
    /// <param name="signature">What the card signed: RSASSA-PKCS1-v1_5 as long as the modulus.</param>
    /// <param name="certificate">The authentication certificate.</param>
    /// <param name="evidence">What was gathered.</param>
    /// <param name="at">Now.</param>
    public HpkiSignInDecision Verify(
        SignInChallenge challenge, string audience, ReadOnlySpan<byte> signature, Certificate certificate, PathEvidence evidence, DateTimeOffset at)
    {
        // 1. The certificate: path, use, level, key usage, revocation.
        var decision = _certificates.Verify(certificate, evidence, at);
        if (!decision.IsAccepted)
        {
            return new() { Outcome = decision.Outcome, Error = decision.Error, Certificate = decision };
        }

        // 2. The challenge: ours, in its time, signed by the certificate's key.
        var answer = ChallengeResponseVerifier.Verify(challenge, Label, audience, decision.Evidence.Key, signature, _policy.Algorithms, at);
        return answer.Succeeded
            ? new() { Outcome = VerificationOutcome.Accepted, SignIn = new(decision.Evidence, audience, answer.Value), Certificate = decision }
            : new() { Outcome = VerificationOutcome.Refused, Error = answer.Error, Certificate = decision };
    }
}
