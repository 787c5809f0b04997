using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>The contract answered here: gather, then decide.</summary>
public sealed class LocalJpkiIdentityVerifier : IJpkiIdentityVerifier
{
    private readonly JpkiVerifier _verifier;
    private readonly IJpkiEvidenceSource _evidence;
    private readonly TimeProvider _time;

    /// <summary>A verifier; one for the deployment.</summary>
    /// <param name="policy">What has to hold.</param>
    /// <param name="evidence">Where revocation information comes from.</param>
    /// <param name="time">The clock.</param>
    public LocalJpkiIdentityVerifier(JpkiVerifierPolicy policy, IJpkiEvidenceSource evidence, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(time);
        _verifier = new(policy);
        _evidence = evidence;
        _time = time;
    }

    /// <inheritdoc/>
    public JpkiStanding Standing => _verifier.Policy.Standing;

    /// <inheritdoc/>
    public async Task<JpkiDecision> VerifyAsync(JpkiIdentityRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        // Whoever has no right to check asks nobody about the certificate either: the question itself is charged and reported.
        if (JpkiVerifier.StandingRefusal(_verifier.Policy) is { } noRight)
        {
            return JpkiDecision.Of(Standing, noRight);
        }

        var certificate = Certificate.Parse(request.Certificate);
        if (!certificate.Succeeded)
        {
            return JpkiDecision.Of(Standing, certificate.Error);
        }

        // What is refused without revocation information is not asked about: every question costs.
        var at = _time.GetUtcNow();
        var profile = _verifier.Policy.Rules.Judge(certificate.Value, request.Use);
        if (!profile.Succeeded)
        {
            return JpkiDecision.Of(Standing, profile.Error);
        }

        var use = request.Use == JpkiCertificateKind.Sign ? SignatureUse.DocumentSignature : SignatureUse.JpkiSignIn;
        var rule = _verifier.Policy.Algorithms.For(use, at);
        var key = certificate.Value.ReadPublicKey().Value!;
        if (CardSignature.Verify(key, request.Hash ?? CardSignature.DefaultHash(key), request.Message.Span, request.Signature.Span, rule) is { } unsigned)
        {
            return JpkiDecision.Of(Standing, unsigned);
        }

        var evidence = await _evidence.GatherAsync(certificate.Value, JpkiCheckPurpose.Signature, at, cancellationToken).ConfigureAwait(false);
        return _verifier.Verify(certificate.Value, request.Use, evidence, at);
    }
}
