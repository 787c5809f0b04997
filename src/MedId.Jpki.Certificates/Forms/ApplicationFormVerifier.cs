using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Jpki.Certificates;

/// <summary>Verifies a signed application form locally: the signature, the signer's certificate, and what the form states against the basic four attributes (mission row B1).</summary>
public sealed class ApplicationFormVerifier
{
    private readonly JpkiVerifier _verifier;
    private readonly ApplicationFormPolicy _forms;
    private readonly FormJudge _judge;

    /// <summary>A verifier; one for the deployment.</summary>
    /// <param name="policy">What has to hold for the certificate.</param>
    /// <param name="forms">What has to hold for the form; null for the usual.</param>
    public ApplicationFormVerifier(JpkiVerifierPolicy policy, ApplicationFormPolicy? forms = null)
    {
        _verifier = new(policy);
        _forms = forms ?? new();
        _judge = new(_forms);
    }

    /// <summary>Verifies a form.</summary>
    /// <param name="form">The form with its signature.</param>
    /// <param name="evidence">What was gathered; what CMS and XML bring themselves is added.</param>
    /// <param name="at">The reference time: now, at receipt.</param>
    public ApplicationFormDecision Verify(SignedApplicationForm form, PathEvidence evidence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(evidence);

        // 1. By what right; before anything of the form is touched.
        if (JpkiVerifier.StandingRefusal(_verifier.Policy) is { } noRight)
        {
            return Refuse(noRight);
        }

        return form.Format == FormSignatureFormat.Pkcs1 ? VerifyBare(form, evidence, at) : VerifyDocument(form, evidence, at);
    }

    private ApplicationFormDecision VerifyBare(SignedApplicationForm form, PathEvidence evidence, DateTimeOffset at)
    {
        if (form is not { Document: { } document, Certificate: { } certificate })
        {
            throw new ArgumentException("A bare signature needs the document and the certificate beside it.", nameof(form));
        }

        // 2. The certificate: a signing certificate, its path, its revocation.
        var decision = _verifier.Verify(certificate, JpkiCertificateKind.Sign, evidence, at);
        if (!decision.IsAccepted)
        {
            return Refuse(decision.Error, decision.Outcome, decision);
        }

        // 3. The signature over the document.
        var key = certificate.ReadPublicKey().Value!;
        var rule = _verifier.Policy.Algorithms.For(SignatureUse.DocumentSignature, at);
        return CardSignature.Verify(key, form.Hash ?? CardSignature.DefaultHash(key), document.Span, form.Signature.Span, rule) is { } unsigned
            ? Refuse(unsigned, certificate: decision)
            : _judge.Judge(form, document, decision, at);
    }

    private ApplicationFormDecision VerifyDocument(SignedApplicationForm form, PathEvidence evidence, DateTimeOffset at)
    {
        // Nobody is trusted: what the path would say, before a signature is looked at.
        if (_verifier.Policy.Anchors.Count == 0)
        {
            return Refuse(new(PkiErrorCodes.NoPath, ErrorCategory.Untrusted, "RFC 5280 §6.1"));
        }

        // 2. The signature, over exactly what it covers. Revocation is asked in step 3, where its reason is turned into what to do.
        ValidationEvidence gathered = new() { Gathered = evidence };
        var signature = form.Format == FormSignatureFormat.Cms
            ? CmsVerifier.Verify(form.Signature, form.Document is { IsEmpty: true } ? default(ReadOnlyMemory<byte>?) : form.Document, SignaturePolicy(), gathered, at)
            : XmlSignatureVerifier.Verify(form.Signature, _forms.XmlCoverage, SignaturePolicy(), gathered, at);
        if (signature.Signers.Count != 1)
        {
            // No signer, or more than the one that the policy lets through: the error says which.
            return Refuse(signature.Error!, signature.Outcome, signature: signature);
        }

        // 3. The signer's certificate. Asked also when the signature is refused for its path: a revoked certificate asks for something.
        var signer = signature.Signers[0];
        var decision = signer.Certificate is { } certificate
            ? _verifier.Verify(certificate, JpkiCertificateKind.Sign, Everything(signature.Evidence), at)
            : null;
        if (decision is { IsAccepted: false } && (signer.Path is not null || signature.IsAccepted))
        {
            return Refuse(decision.Error, decision.Outcome, decision, signature);
        }

        if (!signature.IsAccepted || decision is not { IsAccepted: true })
        {
            return Refuse(signature.Error ?? new(JpkiErrorCodes.SignatureInvalid, ErrorCategory.Untrusted, JpkiSections.Form), signature.Outcome == VerificationOutcome.Undetermined ? VerificationOutcome.Undetermined : VerificationOutcome.Refused, decision, signature);
        }

        // 4. The octets that are covered, and no others.
        var covered = signer.Covered.Where(c => c.Kind is not CoveredContentKind.SignedProperties).ToList();
        return covered.Count == 1
            ? _judge.Judge(form, covered[0].Octets, decision, at, signature)
            : Refuse(new(JpkiErrorCodes.FormUnreadable, ErrorCategory.Malformed, JpkiSections.Form, "the signature covers several things"), certificate: decision, signature: signature);
    }

    private SignaturePolicy SignaturePolicy() => new()
    {
        Algorithms = _verifier.Policy.Algorithms,
        Anchors = _verifier.Policy.Anchors,
        Path = _verifier.Policy.PathPolicy(policyOid: null) with { Revocation = RevocationRequirement.NotRequired },
        MinimumLevel = _forms.MinimumLevel,
        CmsLeniency = _forms.CmsLeniency,
        MaxSigners = 1,
    };

    private static PathEvidence Everything(ValidationEvidence evidence) => new()
    {
        Certificates = [.. evidence.Embedded.Certificates, .. evidence.Gathered.Certificates],
        Crls = [.. evidence.Embedded.Crls, .. evidence.Gathered.Crls],
        OcspResponses = [.. evidence.Embedded.OcspResponses, .. evidence.Gathered.OcspResponses],
    };

    private ApplicationFormDecision Refuse(
        MedIdError error, VerificationOutcome outcome = VerificationOutcome.Refused, JpkiDecision? certificate = null, DocumentVerification? signature = null) => new()
        {
            Outcome = outcome,
            Error = error,
            Standing = _verifier.Policy.Standing,
            Certificate = certificate,
            Signature = signature,
        };
}
