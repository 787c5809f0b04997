using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido.Uaf;

/// <summary>Check 21: full-basic and surrogate attestation. UAF 1.1 protocol §3.4.6.5.</summary>
/// <remarks>
/// The certificates of the metadata are anchors (metadata statement §4): a root, an intermediate, or the attestation certificate itself. Where the attestation
/// certificate is one of them it is trusted as it is; otherwise a path to one of them has to hold by RFC 5280 §6.1.
/// </remarks>
internal static class AttestationVerification
{
    public static MedIdError? Verify(
        UafRegistrationExpectations expected,
        UafMetadataStatement model,
        in RegistrationAssertion assertion,
        SignatureAlgorithm algorithm,
        AlgorithmRule rule,
        PublicKey newKey,
        StepTrace trace,
        out AttestationTrust trust)
    {
        trust = new AttestationTrust(default, null, UafRisks.Unattested);
        if (assertion.Attestation.Type == UafAttestationType.BasicSurrogate)
        {
            return UafPublicKey.Verify(newKey, algorithm, assertion.SignedBytes, assertion.Attestation.Signature, trace.Tolerance) ? null : SignatureInvalid(trace);
        }

        if (model.AttestationRootCertificates.Count == 0)
        {
            return Untrusted(trace, "the metadata names no certificate");
        }

        if (Certificate.Parse(assertion.Attestation.Certificates[0]) is not { Succeeded: true, Value: { } leaf })
        {
            return Untrusted(trace, PkiErrorCodes.CertificateMalformed);
        }

        if (Anchor(expected, model, leaf, assertion.Attestation.Certificates, trace, out trust) is { } untrusted)
        {
            return untrusted;
        }

        return leaf.ReadPublicKey() is { Succeeded: true, Value: { } key } && rule.Allows(algorithm, key)
            && UafPublicKey.Verify(key, algorithm, assertion.SignedBytes, assertion.Attestation.Signature, trace.Tolerance)
            ? null
            : SignatureInvalid(trace);
    }

    private static MedIdError? Anchor(
        UafRegistrationExpectations expected,
        UafMetadataStatement model,
        Certificate leaf,
        IReadOnlyList<byte[]> certificates,
        StepTrace trace,
        out AttestationTrust trust)
    {
        var risks = leaf.IsValidAt(expected.Now) ? UafRisks.None : UafRisks.AttestationCertificateNotValid;
        trust = default;

        // The certificate itself stands in the metadata: an anchor, of which neither version nor dates nor issuer are asked.
        foreach (var root in model.AttestationRootCertificates)
        {
            if (root.Span.SequenceEqual(leaf.RawData.Span))
            {
                trust = Trust(leaf, root.Span, risks);
                return null;
            }
        }

        if (leaf.Version != 3 && !expected.DangerouslyAcceptOldAttestationCertificates)
        {
            return Untrusted(trace, "the attestation certificate is not of X.509 version 3");
        }

        var decision = PathValidator.Validate(
            leaf,
            Anchors(model, expected.DangerouslyAcceptOldAttestationCertificates),
            new PathEvidence { Certificates = Intermediates(certificates) },
            new PathPolicy
            {
                Algorithms = expected.Algorithms,

                // Attestation authorities publish no CRLs that are relied upon; what is revoked is said by the status reports of the metadata (check 12).
                Revocation = RevocationRequirement.NotRequired,
            },
            expected.DangerouslyJudgeAttestationAt ?? expected.Now);
        if (!decision.IsAccepted)
        {
            return Untrusted(trace, decision.Error.Code);
        }

        trust = Trust(leaf, decision.Anchor.Certificate!.RawData.Span, risks | (decision.UsedWeakAlgorithm ? UafRisks.WeakAlgorithm : UafRisks.None));
        return null;
    }

    // An attestation certificate that the metadata pins stands for itself and issues nothing; a version 1 certificate cannot say which it is.
    private static List<TrustAnchor> Anchors(UafMetadataStatement model, bool acceptsOld)
    {
        var anchors = new List<TrustAnchor>(model.AttestationRootCertificates.Count);
        foreach (var root in model.AttestationRootCertificates)
        {
            if (Certificate.Parse(root) is { Succeeded: true, Value: { } certificate }
                && (certificate.Extensions.BasicConstraints is { IsCa: true } || (acceptsOld && certificate.Version != 3)))
            {
                anchors.Add(TrustAnchor.FromCertificate(certificate));
            }
        }

        return anchors;
    }

    // The path goes over what the authenticator sent, in any order. What cannot be read is no part of it.
    private static List<Certificate> Intermediates(IReadOnlyList<byte[]> certificates)
    {
        var intermediates = new List<Certificate>(certificates.Count - 1);
        for (var index = 1; index < certificates.Count; index++)
        {
            if (Certificate.Parse(certificates[index]) is { Succeeded: true, Value: { } certificate })
            {
                intermediates.Add(certificate);
            }
        }

        return intermediates;
    }

    private static AttestationTrust Trust(Certificate leaf, ReadOnlySpan<byte> anchor, UafRisks risks) =>
        new(leaf.RawData, StrictBase64Url.Encode(SHA256.HashData(anchor)), risks);

    private static MedIdError Untrusted(StepTrace trace, string why) => trace.Refuse(UafErrorCodes.AttestationUntrusted, ErrorCategory.Untrusted, why);

    private static MedIdError SignatureInvalid(StepTrace trace) => trace.Refuse(UafErrorCodes.AttestationSignatureInvalid, ErrorCategory.Untrusted);
}
