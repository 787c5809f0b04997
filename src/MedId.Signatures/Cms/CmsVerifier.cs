using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Verifies CMS and CAdES signatures (RFC 5652, EN 319 122-1) with path, revocation and time-stamps. Pure: no clock, no network.</summary>
public static class CmsVerifier
{
    /// <summary>Verifies a signature structure and every signer in it.</summary>
    /// <param name="signature">The whole structure in BER or DER, nothing after it.</param>
    /// <param name="detachedContent">What was signed, where it does not lie inside; null where it does.</param>
    /// <param name="policy">What has to hold.</param>
    /// <param name="evidence">Certificates and revocation data; the document's own are added.</param>
    /// <param name="at">The time of verification.</param>
    /// <returns>One report for each signer; none is passed over.</returns>
    public static DocumentVerification Verify(
        ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte>? detachedContent, SignaturePolicy policy, ValidationEvidence evidence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var parsed = CmsSignedData.Parse(signature, policy.CmsLimits);
        return parsed.Succeeded ? Verify(parsed.Value, detachedContent, policy, evidence, at) : DocumentVerification.Unreadable(parsed.Error);
    }

    /// <inheritdoc cref="Verify(ReadOnlyMemory{byte}, ReadOnlyMemory{byte}?, SignaturePolicy, ValidationEvidence, DateTimeOffset)"/>
    public static DocumentVerification Verify(
        CmsSignedData signature, ReadOnlyMemory<byte>? detachedContent, SignaturePolicy policy, ValidationEvidence evidence, DateTimeOffset at) =>
        Verify(signature, detachedContent, policy, evidence, at, []);

    /// <summary>As <see cref="Verify(CmsSignedData, ReadOnlyMemory{byte}?, SignaturePolicy, ValidationEvidence, DateTimeOffset)"/>, with time-stamps that lie outside and cover the signature.</summary>
    internal static DocumentVerification Verify(
        CmsSignedData signature,
        ReadOnlyMemory<byte>? detachedContent,
        SignaturePolicy policy,
        ValidationEvidence evidence,
        DateTimeOffset at,
        IReadOnlyList<TimestampReport> outerTimestamps)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(evidence);
        if (policy.Anchors.Count == 0)
        {
            throw new ArgumentException("A policy without anchors accepts nobody.", nameof(policy));
        }

        // RFC 5652 §5.2: the content is inside or outside. Two contents are two things that one signature could be taken for.
        if (signature.Content is not null && detachedContent is not null)
        {
            return DocumentVerification.Unreadable(Error(SignaturesErrorCodes.CmsContentTwice, ErrorCategory.Untrusted, "RFC 5652 §5.2"));
        }

        if ((signature.Content ?? detachedContent) is not { } content)
        {
            return new()
            {
                Outcome = VerificationOutcome.Undetermined,
                Error = Error(SignaturesErrorCodes.CmsContentMissing, ErrorCategory.State, "RFC 5652 §5.2"),
                Indication = new(MainIndication.Indeterminate, SubIndications.SignedDataNotFound),
            };
        }

        if (signature.Signers.Count == 0)
        {
            return DocumentVerification.Unreadable(Error(SignaturesErrorCodes.CmsNoSigner, ErrorCategory.Untrusted, "RFC 5652 §5.1"));
        }

        if (signature.Signers.Count > policy.MaxSigners)
        {
            return DocumentVerification.Unreadable(Error(SignaturesErrorCodes.TooManySigners, ErrorCategory.Policy, "RFC 5652 §5.1"));
        }

        var all = evidence.WithEmbedded(signature.Evidence);
        SignerReport[] reports = [.. signature.Signers.Select(s => Judge(signature, s, content, policy, all, at, outerTimestamps))];

        // One act is one signer, however often it is listed: whoever counts signers must not count it twice.
        return signature.Signers.Zip(reports, IdentifyAct).Distinct(StringComparer.Ordinal).Count() == reports.Length
            ? DocumentVerification.Of(reports, all)
            : DocumentVerification.Unreadable(Error(SignaturesErrorCodes.CmsSignerRepeated, ErrorCategory.Untrusted, "RFC 5652 §5.1"));
    }

    private static SignerReport Judge(
        CmsSignedData data,
        CmsSignerInfo signer,
        ReadOnlyMemory<byte> content,
        SignaturePolicy policy,
        ValidationEvidence evidence,
        DateTimeOffset at,
        IReadOnlyList<TimestampReport> outerTimestamps)
    {
        var check = new CmsSignerCheck(data, signer, content, SignatureUse.DocumentSignature, policy.CmsLeniency);
        var draft = new SignerReport { Outcome = VerificationOutcome.Refused, Indication = ValidationIndication.Passed, NotJudged = NotJudged(data, signer) };

        // Form, certificate, attributes, digest (RFC 5652 §5.3 to §5.6, §11; RFC 5035 §4).
        var isSound = check.CheckStructure(evidence.All.Certificates);
        draft = draft with
        {
            Certificate = check.Certificate,
            Algorithm = check.Algorithm,
            ClaimedSigningTime = check.ClaimedSigningTime,
            Covered = check.Covered is { } covered ? [covered] : [],
        };
        if (!isSound)
        {
            return SignerPath.Complete(draft, check.Steps, null);
        }

        if (!HasFewTimestamps(signer, policy.CmsLimits))
        {
            check.Steps.Add("EN 319 122-1 §5.3", "number of time-stamps", CmsReader.TooLarge("more time-stamps than the limit"));
            return SignerPath.Complete(draft, check.Steps, null);
        }

        // Time-stamps first: they say at which time the rest is judged (EN 319 102-1 §5.5.4).
        List<TimestampReport> timestamps =
        [
            .. ContentTimestamps(signer).Select(t => TimestampVerifier.Verify(t, TimestampKind.Content, content, policy.Timestamps, evidence, at)),
            .. signer.UnsignedValues(CmsOids.SignatureTimestamp).Select(t => TimestampVerifier.Verify(t, TimestampKind.Signature, signer.Signature, policy.Timestamps, evidence, at)),
            .. outerTimestamps,
        ];
        var times = new SignerTimes(policy, timestamps, at);
        draft = draft with { Timestamps = timestamps };
        check.Steps.Then("EN 319 102-1 §5.5.4", "order of times", () => times.CheckOrder(check.ClaimedSigningTime));
        if (check.Steps.Error is not null || !check.CheckSignature(policy.Algorithms, times.JudgedAt, times.OnTimeBound))
        {
            return SignerPath.Complete(draft with { JudgedAt = times.JudgedAt }, check.Steps, times);
        }

        draft = draft with { UsedWeakAlgorithm = check.UsedWeakAlgorithm };
        return SignerPath.Judge(draft, check.Steps, check.Certificate!, check.NamesCertificate, times, policy, evidence);
    }

    /// <summary>
    /// The key and what it signed. Not the signature: of an ECDSA signature anybody makes a second one that verifies. Not the attributes as they lie there: their order may be changed.
    /// </summary>
    private static string IdentifyAct(CmsSignerInfo signer, SignerReport report)
    {
        var signed = DerTranscoder.TryTranscode(signer.AttributesAsSet(), out var der) ? der : signer.RawSignedAttributes.Span;
        var key = report.Certificate is { } certificate ? certificate.SubjectPublicKeyInfo.Span : signer.RawData.Span;
        return Convert.ToHexString(SHA256.HashData(key)) + Convert.ToHexString(SHA256.HashData(signed));
    }

    private static bool HasFewTimestamps(CmsSignerInfo signer, CmsLimits limits) =>
        ContentTimestamps(signer).Concat(signer.UnsignedValues(CmsOids.SignatureTimestamp)).Count() <= limits.MaxTimestamps;

    private static IEnumerable<ReadOnlyMemory<byte>> ContentTimestamps(CmsSignerInfo signer) =>
        (signer.SignedAttributes ?? []).Where(a => string.Equals(a.Oid, CmsOids.ContentTimestamp, StringComparison.Ordinal)).SelectMany(a => a.Values);

    /// <summary>What a reader of the report must not take for proven: every attribute that decides nothing here, and what could not be read.</summary>
    private static List<UnjudgedElement> NotJudged(CmsSignedData data, CmsSignerInfo signer) =>
    [
        .. (signer.SignedAttributes ?? []).Concat(signer.UnsignedAttributes).Where(a => !CmsOids.IsJudged(a.Oid)).Select(a => new UnjudgedElement(a.Oid, CmsOids.NameOf(a.Oid))),
        .. data.NotRead,
    ];

    private static MedIdError Error(string code, ErrorCategory category, string section) => new(code, category, section);
}
