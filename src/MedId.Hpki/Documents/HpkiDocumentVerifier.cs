using MedId.Core;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Hpki;

/// <summary>Verifies documents that are signed with HPKI certificates (row B4): the signature, the certificate, and whether the signer's role signs documents of this type. Pure.</summary>
public sealed class HpkiDocumentVerifier
{
    private readonly HpkiDocumentPolicy _policy;
    private readonly HpkiVerifier _certificates;
    private readonly SignaturePolicy _signatures;

    /// <summary>Makes a verifier.</summary>
    /// <param name="policy">What has to hold.</param>
    /// <exception cref="ArgumentException">The certificate policy is not for signatures: an authentication certificate signs no document.</exception>
    public HpkiDocumentVerifier(HpkiDocumentPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy.Certificates.Use == HpkiUse.Signature ? policy : throw new ArgumentException("Documents are signed with signature certificates.", nameof(policy));
        _certificates = new(policy.Certificates);
        _signatures = new()
        {
            Algorithms = policy.Certificates.Algorithms,
            Anchors = policy.Certificates.Anchors,
            Path = policy.Certificates.ToPathPolicy(),
            Timestamps = policy.Timestamps,
            MinimumLevel = policy.MinimumLevel,
            MaxSigners = policy.MaxSigners,
        };
    }

    /// <summary>Verifies an XML document (XAdES), e.g. an electronic prescription.</summary>
    /// <param name="document">The whole document in UTF-8.</param>
    /// <param name="coverage">What every judged signature has to cover.</param>
    /// <param name="documentType">The type, for the role of the signer; null when the role is the caller's to judge.</param>
    /// <param name="evidence">CA certificates, CRLs and ARLs that were gathered; the document's own are added.</param>
    /// <param name="at">The time of verification.</param>
    /// <param name="options">How the document is read; name the signature (<c>PrescriptionSign</c>) where a document holds those of several types.</param>
    public HpkiDocumentDecision VerifyXml(
        ReadOnlyMemory<byte> document, XmlCoverage coverage, string? documentType, PathEvidence evidence, DateTimeOffset at, XmlVerificationOptions? options = null) =>
        Judge(XmlSignatureVerifier.Verify(document, coverage, _signatures, new() { Gathered = evidence }, at, options), documentType);

    /// <summary>Verifies a CMS signature (CAdES).</summary>
    /// <param name="signature">The whole structure.</param>
    /// <param name="detachedContent">What was signed, where it does not lie inside; null where it does.</param>
    /// <param name="documentType">The type, for the role of the signer; null when the role is the caller's to judge.</param>
    /// <param name="evidence">CA certificates, CRLs and ARLs that were gathered; the document's own are added.</param>
    /// <param name="at">The time of verification.</param>
    public HpkiDocumentDecision VerifyCms(
        ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte>? detachedContent, string? documentType, PathEvidence evidence, DateTimeOffset at) =>
        Judge(CmsVerifier.Verify(signature, detachedContent, _signatures, new() { Gathered = evidence }, at), documentType);

    private HpkiDocumentDecision Judge(DocumentVerification verification, string? documentType)
    {
        var evidence = new PathEvidence
        {
            Certificates = [.. verification.Evidence.Gathered.Certificates, .. verification.Evidence.Embedded.Certificates],
            Crls = [.. verification.Evidence.Gathered.Crls, .. verification.Evidence.Embedded.Crls],
            OcspResponses = [.. verification.Evidence.Gathered.OcspResponses, .. verification.Evidence.Embedded.OcspResponses],
        };
        var (outcome, error) = (verification.Outcome, verification.Error);
        var signers = new List<HpkiDocumentSigner>(verification.Signers.Count);
        foreach (var report in verification.Signers)
        {
            var (signer, signerOutcome, signerError) = Judge(report, documentType, evidence);
            signers.Add(signer);

            // Refused beats undetermined beats accepted; of two alike, the first says why.
            if (signerOutcome != VerificationOutcome.Accepted && (outcome == VerificationOutcome.Accepted || (outcome == VerificationOutcome.Undetermined && signerOutcome == VerificationOutcome.Refused)))
            {
                (outcome, error) = (signerOutcome, signerError);
            }
        }

        return new() { Outcome = outcome, Error = error, Signatures = verification, Signers = signers };
    }

    private (HpkiDocumentSigner Signer, VerificationOutcome Outcome, MedIdError? Error) Judge(SignerReport report, string? documentType, PathEvidence evidence)
    {
        // A signature that does not stand says nothing about the certificate beside it.
        if (report.Outcome == VerificationOutcome.Refused || report is not { Certificate: { } certificate, JudgedAt: { } at })
        {
            return (new(report, null, null), report.Outcome, report.Error);
        }

        // The certificate at the time that the signature is judged for: what a time-stamp proves, else now.
        var decision = _certificates.Verify(certificate, evidence, at);
        if (!decision.IsAccepted)
        {
            return (new(report, decision, null), decision.Outcome, decision.Error);
        }

        if (documentType is null)
        {
            return (new(report, decision, null), report.Outcome, report.Error);
        }

        var role = _policy.Documents.Decide(documentType, decision.Evidence, at);
        return role.Succeeded
            ? (new(report, decision, role.Value), report.Outcome, report.Error)
            : (new(report, decision, null), VerificationOutcome.Refused, role.Error);
    }
}
