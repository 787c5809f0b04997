using System.Formats.Asn1;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <content>Which certificate, which algorithm, and whether its key signed.</content>
internal sealed partial class CmsSignerCheck
{
    /// <summary>The certificate named by the signer's identifier and, first entry, by the signed attribute (RFC 5035 §4, EN 319 122-1 §5.2.2).</summary>
    private (Certificate? Found, MedIdError? Error, VerificationOutcome Outcome) FindCertificate(List<Certificate> certificates)
    {
        var named = certificates.Where(signer.Signer.Names).DistinctBy(c => c.Sha256, StringComparer.Ordinal).ToList();
        var ids = new List<EssCertificateId>(2);
        foreach (var (oid, isVersion2) in new[] { (CmsOids.SigningCertificateV2, true), (CmsOids.SigningCertificate, false) })
        {
            if (signer.FindSigned(oid) is { } attribute)
            {
                if (EssCertificateId.Read(attribute.Values[0], isVersion2) is not { } id)
                {
                    return (null, Malformed("RFC 5035 §3", "the attribute that names the certificate cannot be read"), VerificationOutcome.Refused);
                }

                ids.Add(id);
                NamesCertificate |= !id.Digest.IsWeak || leniency.HasFlag(CmsLeniency.Sha1SigningCertificate);
            }
        }

        if (named.Count == 0)
        {
            var missing = Error(SignaturesErrorCodes.CmsSignerCertificateMissing, ErrorCategory.Untrusted, "RFC 5652 §5.3", "not among the certificates of the document or of the evidence");
            return certificates.Exists(c => ids.Exists(id => id.Names(c)))
                ? (null, Error(SignaturesErrorCodes.CmsSigningCertificateMismatch, ErrorCategory.Untrusted, "RFC 5035 §4"), VerificationOutcome.Refused)
                : (null, missing, VerificationOutcome.Undetermined);
        }

        if (ids.Count > 0)
        {
            return named.Find(c => ids.TrueForAll(id => id.Names(c))) is { } certificate
                ? (certificate, null, VerificationOutcome.Accepted)
                : (null, Error(SignaturesErrorCodes.CmsSigningCertificateMismatch, ErrorCategory.Untrusted, "RFC 5035 §4"), VerificationOutcome.Refused);
        }

        return named.Count == 1
            ? (named[0], null, VerificationOutcome.Accepted)
            : (null, Error(SignaturesErrorCodes.CmsSignerCertificateAmbiguous, ErrorCategory.Untrusted, "RFC 5652 §5.3"), VerificationOutcome.Refused);
    }

    /// <summary>RFC 6211 §3: the algorithms that were signed are those that stand in the SignerInfo.</summary>
    private MedIdError? CheckAlgorithmProtection()
    {
        if (signer.FindSigned(CmsOids.AlgorithmProtection) is not { } attribute)
        {
            return null;
        }

        try
        {
            var outer = new AsnReader(attribute.Values[0], AsnEncodingRules.DER);
            var protection = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var digest = protection.ReadSequence();
            var signature = protection.ReadSequence(Asn.Context(1));
            protection.ThrowIfNotEmpty();
            return Equal(digest, signer.DigestAlgorithm) && Equal(signature, signer.SignatureAlgorithm)
                ? null
                : Error(SignaturesErrorCodes.CmsAlgorithmMismatch, ErrorCategory.Untrusted, "RFC 6211 §3");
        }
        catch (AsnContentException)
        {
            return Malformed("RFC 6211 §2", "the protected algorithms cannot be read");
        }
    }

    /// <summary>Absent parameters and NULL are the same for the algorithms in use here (RFC 5754 §2, RFC 4055 §5).</summary>
    private static bool Equal(AsnReader protectedIdentifier, AlgorithmIdentifier used)
    {
        var oid = Asn.ReadOid(protectedIdentifier);
        var parameters = protectedIdentifier.HasData ? protectedIdentifier.ReadEncodedValue() : default;
        protectedIdentifier.ThrowIfNotEmpty();
        return string.Equals(oid, used.Oid, StringComparison.Ordinal) && OrNothing(parameters.Span).SequenceEqual(OrNothing(used.Parameters.Span));
    }

    private static ReadOnlySpan<byte> OrNothing(ReadOnlySpan<byte> parameters) => parameters.SequenceEqual<byte>([0x05, 0x00]) ? [] : parameters;

    private MedIdError? FindAlgorithm()
    {
        var key = Certificate!.ReadPublicKey();
        if (!key.Succeeded)
        {
            return key.Error;
        }

        _key = key.Value;
        var signature = signer.SignatureAlgorithm.RawData.Span;
        if (SignatureAlgorithm.TryFromCms(signature, signer.DigestAlgorithm.RawData.Span, _key, out var algorithm))
        {
            Algorithm = algorithm;
            return null;
        }

        return SignatureAlgorithm.TryFromX509(signature, _key, out _)
            ? Error(SignaturesErrorCodes.CmsAlgorithmMismatch, ErrorCategory.Untrusted, "RFC 5652 §5.3", "digest and signature name different hashes")
            : Error(SignaturesErrorCodes.AlgorithmNotAllowed, ErrorCategory.Unsupported, "RFC 5652 §5.3", "not an algorithm of the table for this kind of key");
    }

    private MedIdError? CheckAllowed(AlgorithmRule rule)
    {
        if (!rule.Allows(Algorithm!, _key!) || !rule.Allows(_digest!))
        {
            return Error(SignaturesErrorCodes.AlgorithmNotAllowed, ErrorCategory.Policy, "EN 319 102-1 §5.2.8", $"{Algorithm} with {_key!.SizeInBits} bits over {_digest}");
        }

        UsedWeakAlgorithm = rule.AllowsOnlyAsWeak(Algorithm!, _key!) || rule.AllowsOnlyAsWeak(_digest!);
        return null;
    }

    /// <summary>RFC 5652 §5.4: signed is the DER of the attributes with the tag of a set, or the content where there are none.</summary>
    private MedIdError? VerifySignature()
    {
        var invalid = Error(SignaturesErrorCodes.CmsSignatureInvalid, ErrorCategory.Untrusted, "RFC 5652 §5.6");
        if (signer.SignedAttributes is null)
        {
            return Verify(content.Span) ? null : invalid;
        }

        var asWritten = signer.AttributesAsSet();
        if (!DerTranscoder.TryTranscode(asWritten, out var der) || !Verify(der))
        {
            if (der is not null && der.AsSpan().SequenceEqual(asWritten))
            {
                return invalid;
            }

            return !Verify(asWritten) ? invalid
                : leniency.HasFlag(CmsLeniency.SignedAttributesNotDer) ? null
                : Error(SignaturesErrorCodes.CmsSignedAttributesNotDer, ErrorCategory.Malformed, "RFC 5652 §5.4", "they were signed as they lie in the message");
        }

        return null;
    }

    private bool Verify(ReadOnlySpan<byte> signed) => _key!.Verify(Algorithm!, signed, signer.Signature.Span);
}
