using MedId.Core;
using MedId.Cryptography;
using MedId.Signatures;

namespace MedId.Jpki.Certificates;

/// <summary>Sign-in over the contract that both ways of checking share: here, or at a platform operator.</summary>
public sealed class JpkiSignInService
{
    private readonly IJpkiIdentityVerifier _verifier;
    private readonly KeyedDigest _subjectKeys;
    private readonly TimeProvider _time;

    /// <summary>A service; one for the deployment.</summary>
    /// <param name="verifier">Who checks.</param>
    /// <param name="subjectKeys">The deployment's key for subject keys.</param>
    /// <param name="time">The clock.</param>
    public JpkiSignInService(IJpkiIdentityVerifier verifier, KeyedDigest subjectKeys, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        ArgumentNullException.ThrowIfNull(subjectKeys);
        ArgumentNullException.ThrowIfNull(time);
        (_verifier, _subjectKeys, _time) = (verifier, subjectKeys, time);
    }

    /// <summary>Verifies an answer.</summary>
    /// <param name="challenge">The challenge as it was issued, out of our own store.</param>
    /// <param name="audience">Who we are.</param>
    /// <param name="signature">What the card signed over <see cref="SignInChallenge.ToBytes"/>.</param>
    /// <param name="certificate">The authentication certificate in DER; not kept.</param>
    /// <param name="hash">The hash that the client used; that of the key's card generation when null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JpkiSignInDecision> VerifyAsync(
        SignInChallenge challenge,
        string audience,
        ReadOnlyMemory<byte> signature,
        ReadOnlyMemory<byte> certificate,
        DigestAlgorithm? hash = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ArgumentException.ThrowIfNullOrEmpty(audience);
        if (SignInRules.Judge(challenge, audience, _time.GetUtcNow()) is { } stale)
        {
            return new() { Outcome = VerificationOutcome.Refused, Error = stale, Standing = _verifier.Standing };
        }

        JpkiIdentityRequest request = new()
        {
            Use = JpkiCertificateKind.Authenticate,
            Message = challenge.ToBytes(),
            Signature = signature,
            Certificate = certificate,
            Hash = hash,
        };
        var decision = await _verifier.VerifyAsync(request, cancellationToken).ConfigureAwait(false);
        return decision.IsAccepted
            ? new()
            {
                Outcome = VerificationOutcome.Accepted,
                Standing = decision.Standing,
                Certificate = decision,
                SignIn = new(decision.Evidence, decision.Evidence.SubjectKey(_subjectKeys), challenge.Audience, challenge.ReplayKey),
            }
            : new() { Outcome = decision.Outcome, Error = decision.Error, Standing = decision.Standing, Certificate = decision };
    }
}
