using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>Check 21: full-basic and surrogate attestation. UAF 1.1 protocol §3.4.6.5.</summary>
/// <remarks>
/// Full basic: the attestation certificate is one of the metadata's, or was issued directly by one of them. Longer paths are refused by name until path
/// validation (RFC 5280) is there.
/// </remarks>
internal static class AttestationVerification
{
    public static MedIdError? Verify(
        UafExpectations expected,
        UafMetadataStatement model,
        in RegistrationAssertion assertion,
        SignatureAlgorithm algorithm,
        AlgorithmRule rule,
        PublicKey newKey,
        StepTrace trace,
        out AttestationTrust trust)
    {
        trust = default;
        if (assertion.Attestation.Type == UafAttestationType.BasicSurrogate)
        {
            return newKey.Verify(algorithm, assertion.SignedBytes, assertion.Attestation.Signature) ? null : SignatureInvalid(trace);
        }

        if (model.AttestationRootCertificates.Count == 0)
        {
            return trace.Refuse(UafErrorCodes.AttestationUntrusted, ErrorCategory.Untrusted, "the metadata names no certificate");
        }

        if (Anchor(expected, model, assertion.Attestation.Certificates, trace, out var anchor) is { } untrusted)
        {
            return untrusted;
        }

        var leaf = assertion.Attestation.Certificates[0];
        if (!AttestationCertificate.TryParse(leaf, out var certificate)
            || PublicKey.FromSubjectPublicKeyInfo(certificate.SubjectPublicKeyInfo.Span) is not { Succeeded: true, Value: { } key }
            || !rule.Allows(algorithm, key)
            || !key.Verify(algorithm, assertion.SignedBytes, assertion.Attestation.Signature))
        {
            return SignatureInvalid(trace);
        }

        trust = new AttestationTrust(leaf, StrictBase64Url.Encode(SHA256.HashData(anchor.Span)));
        return null;
    }

    private static MedIdError? Anchor(
        UafExpectations expected, UafMetadataStatement model, IReadOnlyList<byte[]> certificates, StepTrace trace, out ReadOnlyMemory<byte> anchor)
    {
        // The certificate itself stands in the metadata: it is trusted as it is, whatever its version, dates and issuer.
        if (TryFind(model, certificates[0], out anchor))
        {
            return null;
        }

        // Issued by a certificate of the metadata, which the authenticator may or may not have sent along.
        if (certificates.Count > 2 || (certificates.Count == 2 && !TryFind(model, certificates[1], out _)))
        {
            return trace.Refuse(UafErrorCodes.AttestationPathUnsupported, ErrorCategory.Unsupported);
        }

        if (AttestationCertificate.TryParse(certificates[0], out var leaf))
        {
            foreach (var root in model.AttestationRootCertificates)
            {
                if (AttestationCertificate.TryParse(root, out var issuer) && issuer.MayIssue && leaf.IsIssuedBy(issuer) && leaf.IsAcceptableAt(expected.Now))
                {
                    anchor = root;
                    return null;
                }
            }
        }

        return trace.Refuse(UafErrorCodes.AttestationUntrusted, ErrorCategory.Untrusted);
    }

    private static bool TryFind(UafMetadataStatement model, ReadOnlySpan<byte> certificate, out ReadOnlyMemory<byte> anchor)
    {
        foreach (var root in model.AttestationRootCertificates)
        {
            if (root.Span.SequenceEqual(certificate))
            {
                anchor = root;
                return true;
            }
        }

        anchor = default;
        return false;
    }

    private static MedIdError SignatureInvalid(StepTrace trace) => trace.Refuse(UafErrorCodes.AttestationSignatureInvalid, ErrorCategory.Untrusted);
}
