using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>Who signed a response, by what right, and whether the signature stands: RFC 6960 §3.2 steps 2 to 4, §4.2.2.2.</summary>
internal sealed class OcspResponderCheck(
    OcspResponse response, Certificate certificate, OcspIssuer issuer, Certificate? issuerCertificate, OcspExpectations expectations, DateTimeOffset at)
{
    private const string Section = "RFC 6960 §4.2.2.2";
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    private const int MaxCandidates = 8;

    private MedIdError? _signatureError;

    /// <summary>Finds the responder; the error when there is none.</summary>
    public MedIdError? Find(out OcspResponder? responder, out bool weak)
    {
        // The issuer itself.
        responder = null;
        weak = false;
        if (IsNamed(issuer.Name, issuer.KeyBits) && IsSignedBy(issuer.Key, ref weak))
        {
            responder = new(OcspResponderKind.Issuer, ByKey, issuerCertificate);
            return null;
        }

        // Local configuration.
        foreach (var trusted in expectations.TrustedResponders)
        {
            if (IsNamed(trusted) && IssuerKeys.Read(trusted.SubjectPublicKeyInfo.Span) is { } key && IsSignedBy(key, ref weak))
            {
                responder = new(OcspResponderKind.Trusted, ByKey, trusted);
                return null;
            }
        }

        // Delegation: of those who go by the response's responder name or key, the one whose signature it is and whom the issuer authorised.
        var notAuthorised = NotAuthorised("the responder's certificate is not in the response and was not given along");
        foreach (var candidate in response.Certificates.Concat(expectations.ResponderCertificates).Where(IsNamed).Distinct().Take(MaxCandidates))
        {
            if (CheckDelegation(candidate, ref weak) is { } error)
            {
                notAuthorised = error;
            }
            else if (IssuerKeys.Read(candidate.SubjectPublicKeyInfo.Span) is { } key && IsSignedBy(key, ref weak))
            {
                responder = new(OcspResponderKind.Delegated, ByKey, candidate);
                return null;
            }
        }

        return _signatureError ?? notAuthorised;
    }

    private bool ByKey => response.ResponderKeyHash is not null;

    private static MedIdError NotAuthorised(string detail) => new(PkiErrorCodes.OcspResponderNotAuthorised, ErrorCategory.Untrusted, Section, detail);

    private bool IsNamed(Certificate candidate) => IsNamed(candidate.Subject, OcspIssuer.BitsOf(candidate.SubjectPublicKeyInfo));

    /// <summary>§4.2.1: ResponderID, by name or by the SHA-1 of the key.</summary>
    private bool IsNamed(DistinguishedName name, ReadOnlyMemory<byte> keyBits) =>
        response.ResponderKeyHash is { } hash ? OcspIssuer.IsKeyHash(hash.Span, keyBits.Span) : name.Equals(response.ResponderName);

    private bool IsSignedBy(PublicKey key, ref bool weak)
    {
        var error = Check(
            SignatureUse.OcspResponse, response.SignatureAlgorithm!, key, response.TbsResponseData.Span, response.Signature.Span, PkiErrorCodes.OcspSignature, ref weak);
        _signatureError ??= error;
        return error is null;
    }

    private MedIdError? Check(
        SignatureUse use, AlgorithmIdentifier identifier, PublicKey key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, string code, ref bool weak)
    {
        var rule = expectations.Algorithms.For(use, at);
        if (!SignatureAlgorithm.TryFromX509(identifier.RawData.Span, key, out var algorithm) || !rule.Allows(algorithm, key))
        {
            return new(PkiErrorCodes.OcspAlgorithm, ErrorCategory.Policy, "RFC 6960 §4.3", "the algorithm or the key is not known or not allowed");
        }

        if (!key.Verify(algorithm, data, signature))
        {
            return new(code, ErrorCategory.Untrusted, "RFC 6960 §3.2 step 2", "the signature is not the responder's");
        }

        weak |= rule.AllowsOnlyAsWeak(algorithm, key);
        return null;
    }

    /// <summary>§4.2.2.2: issued directly by the key that issued the certificate, for signing OCSP responses, valid, and not revoked.</summary>
    private MedIdError? CheckDelegation(Certificate responder, ref bool weak)
    {
        if (!responder.Issuer.Equals(certificate.Issuer))
        {
            return NotAuthorised("the responder's certificate was issued by somebody else");
        }

        if (!responder.HasWholeSignature)
        {
            return NotAuthorised("the signature of the responder's certificate ends within a byte");
        }

        if (Check(
            SignatureUse.Certificate,
            responder.SignatureAlgorithm,
            issuer.Key,
            responder.TbsCertificate.Span,
            responder.Signature.Span,
            PkiErrorCodes.OcspResponderNotAuthorised,
            ref weak) is { } error)
        {
            return string.Equals(error.Code, PkiErrorCodes.OcspAlgorithm, StringComparison.Ordinal)
                ? error
                : NotAuthorised("the responder's certificate was not signed by the key that signed the certificate");
        }

        if (responder.Extensions.ExtendedKeyUsage is not { } purposes || !purposes.Contains(OcspSigning, StringComparer.Ordinal))
        {
            return NotAuthorised("the responder's certificate is not for signing OCSP responses");
        }

        if (responder.Extensions.KeyUsage is { } usage && (usage & (KeyUsages.DigitalSignature | KeyUsages.NonRepudiation)) == KeyUsages.None)
        {
            return NotAuthorised("the responder's key is not for signatures");
        }

        // A response from after the reference time is judged by its own time.
        var when = expectations.AcceptLaterEvidence && response.ProducedAt > at ? response.ProducedAt : at;
        if (!responder.IsValidAt(when))
        {
            return NotAuthorised("the responder's certificate is not valid at that time");
        }

        return responder.Extensions.All.Any(e => e.Critical && !IsUnderstood(e.Oid))
            ? NotAuthorised("the responder's certificate has a critical extension that is not understood")
            : CheckRevocation(responder, when);
    }

    private static bool IsUnderstood(string oid) => oid is ExtensionOids.BasicConstraints or ExtensionOids.KeyUsage or ExtensionOids.ExtendedKeyUsage
        or ExtensionOids.CertificatePolicies or ExtensionOids.SubjectAlternativeName or ExtensionOids.IssuerAlternativeName or ExtensionOids.CrlDistributionPoints
        or ExtensionOids.AuthorityKeyIdentifier or ExtensionOids.SubjectKeyIdentifier or ExtensionOids.AuthorityInformationAccess or ExtensionOids.OcspNoCheck;

    /// <summary>§4.2.2.2.1.</summary>
    private MedIdError? CheckRevocation(Certificate responder, DateTimeOffset when)
    {
        var noCheck = responder.Extensions.Find(ExtensionOids.OcspNoCheck) is not null;
        var namesPlace = responder.Extensions.CrlDistributionPoints is not null
            || (responder.Extensions.AuthorityInformationAccess?.Any(a => string.Equals(a.Method, AccessDescription.Ocsp, StringComparison.Ordinal)) ?? false);
        var evidence = RevocationByCrl(responder, when);
        if (evidence.Status == RevocationStatus.Revoked)
        {
            return NotAuthorised("the responder's certificate is revoked");
        }

        return noCheck || evidence.Status == RevocationStatus.Good || (expectations.ResponderRevocation == ResponderRevocation.AsCertificateSays && !namesPlace)
            ? null
            : NotAuthorised("whether the responder's certificate is revoked is not known: " + evidence.Error?.Code);
    }

    private CrlFinding RevocationByCrl(Certificate responder, DateTimeOffset when)
    {
        var anchor = issuerCertificate is null ? TrustAnchor.FromNameAndKey(issuer.Name, issuer.Key) : TrustAnchor.FromCertificate(issuerCertificate);
        return CrlJudge.Judge(new()
        {
            Certificate = responder,
            Path = [responder],
            Index = 0,
            Anchor = anchor,
            IssuerKey = issuer.Key,
            Evidence = new() { Crls = expectations.Crls },
            Policy = new()
            {
                Algorithms = expectations.Algorithms,
                Revocation = RevocationRequirement.Leaf with { MaxAge = expectations.MaxAge, ClockSkew = expectations.ClockSkew },
                AcceptLaterEvidence = expectations.AcceptLaterEvidence,
            },
            At = when,
            ValidateSigner = _ => null,
        });
    }
}
