using MedId.Core;

namespace MedId.Signatures;

/// <summary>Verifies the signatures of PDF files (EN 319 142-1) with path, revocation and time-stamps, and refuses what was changed after them. Pure: no clock, no network.</summary>
public static class PdfSignatureVerifier
{
    /// <summary>Verifies a file and every signature in it.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="allowance">What may have been added after a signature; nothing unless it is named.</param>
    /// <param name="policy">What has to hold.</param>
    /// <param name="evidence">Certificates and revocation data; the document's own are added.</param>
    /// <param name="at">The time of verification.</param>
    /// <param name="limits">How much is read; null: <see cref="PdfLimits.Default"/>.</param>
    /// <returns>One report for each signature with the ranges and bytes that it covers. Document time-stamps are reported with the signatures that they cover.</returns>
    /// <exception cref="ArgumentException">The policy has no anchors.</exception>
    public static DocumentVerification Verify(
        ReadOnlyMemory<byte> file, PdfUpdateAllowance allowance, SignaturePolicy policy, ValidationEvidence evidence, DateTimeOffset at, PdfLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(evidence);
        var document = PdfSignatureReader.Read(file, limits);
        return document.Succeeded ? Verify(document.Value, allowance, policy, evidence, at) : DocumentVerification.Unreadable(document.Error);
    }

    /// <inheritdoc cref="Verify(ReadOnlyMemory{byte}, PdfUpdateAllowance, SignaturePolicy, ValidationEvidence, DateTimeOffset, PdfLimits?)"/>
    /// <param name="document">The document as <see cref="PdfSignatureReader"/> read it.</param>
    /// <param name="allowance">What may have been added after a signature; nothing unless it is named.</param>
    /// <param name="policy">What has to hold.</param>
    /// <param name="evidence">Certificates and revocation data; the document's own are added.</param>
    /// <param name="at">The time of verification.</param>
    public static DocumentVerification Verify(
        PdfSignedDocument document, PdfUpdateAllowance allowance, SignaturePolicy policy, ValidationEvidence evidence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(evidence);
        var signatures = document.Signatures.Where(s => s.Kind == PdfSignatureKind.Signature).ToList();
        if (signatures.Count == 0)
        {
            return DocumentVerification.Unreadable(new(SignaturesErrorCodes.PdfNoSignature, ErrorCategory.Untrusted, "ISO 32000-2 §12.7.5.5", "there are time-stamps only"));
        }

        if (signatures.Count > policy.MaxSigners)
        {
            return DocumentVerification.Unreadable(new(SignaturesErrorCodes.TooManySigners, ErrorCategory.Policy, "ISO 32000-2 §12.8.1"));
        }

        var all = evidence.WithEmbedded(document.ValidationData);
        var stamps = document.Signatures.Where(s => s.Kind == PdfSignatureKind.DocumentTimestamp)
            .Select(s => (s.Revision, Report: TimestampVerifier.Verify(s.Value, TimestampKind.Document, s.SignedBytes, policy.Timestamps, all, at))).ToList();
        var reports = new List<SignerReport>();
        var joined = all;
        foreach (var signature in signatures)
        {
            // A time-stamp over this revision or a later one proves that the signature was there.
            var (report, own) = Judge(signature, allowance, policy, all, at, [.. stamps.Where(s => s.Revision > signature.Revision).Select(s => s.Report)]);
            reports.Add(report);
            joined = own ?? joined;
        }

        return DocumentVerification.Of(reports, joined);
    }

    private static (SignerReport Report, ValidationEvidence? Evidence) Judge(
        PdfSignature signature, PdfUpdateAllowance allowance, SignaturePolicy policy, ValidationEvidence evidence, DateTimeOffset at, IReadOnlyList<TimestampReport> stamps)
    {
        // EN 319 142-1 §6.3: a CMS structure without content, with one signer.
        var cms = CmsSignedData.Parse(signature.Value, policy.CmsLimits);
        if (!cms.Succeeded)
        {
            return (Refused(cms.Error), null);
        }

        if (cms.Value.Signers.Count != 1)
        {
            return (Refused(new(SignaturesErrorCodes.PdfSignatureMalformed, ErrorCategory.Malformed, "EN 319 142-1 §6.3", "there is not exactly one signer")), null);
        }

        var verification = CmsVerifier.Verify(cms.Value, signature.SignedBytes, policy, evidence, at, stamps);
        if (verification.Signers is not [var signer])
        {
            return (Refused(verification.Error!), null);
        }

        signer = signer with
        {
            ClaimedSigningTime = signer.ClaimedSigningTime ?? signature.ClaimedSigningTime,
            Covered = [.. signer.Covered.Select(c => c with { Kind = CoveredContentKind.PdfRevision, Reference = signature.FieldName, Ranges = signature.Ranges, IsWholeDocument = signature.CoversWholeFile })],
        };

        // ISO 32000-2 §12.8.1, §12.8.2: what came later is what a reader sees, and not what was signed.
        var update = signature.Updates.FirstOrDefault(u => !u.IsWithin(allowance));
        return (update is null || signer.Outcome == VerificationOutcome.Refused ? signer : WithUpdate(signer, update), verification.Evidence);
    }

    private static SignerReport WithUpdate(SignerReport signer, PdfUpdate update)
    {
        var detail = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"revision {update.Revision}: {update.Other ?? update.Added.ToString()}");
        var error = new MedIdError(SignaturesErrorCodes.PdfUpdate, ErrorCategory.Untrusted, "ISO 32000-2 §12.8.1", detail);
        return signer with
        {
            Outcome = VerificationOutcome.Refused,
            Error = error,
            Indication = Indications.Of(error, signer.Path, null),
            Steps = [.. signer.Steps, new("ISO 32000-2 §12.8.1", "nothing added after the signature but what is allowed", VerificationOutcome.Refused)],
        };
    }

    private static SignerReport Refused(MedIdError error) => new() { Outcome = VerificationOutcome.Refused, Error = error, Indication = Indications.Of(error, null, null) };
}
