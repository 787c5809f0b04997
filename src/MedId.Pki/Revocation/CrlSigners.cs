using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>Who may have signed the CRLs about one certificate, and whether they did: RFC 5280 §6.3.3 (f), (g), (h).</summary>
/// <remarks>
/// Candidates are the keys under the CRL issuer's name: the one that signed the certificate, the anchor's, and those of certificates in the evidence that a path from
/// the same anchor proves: a CA's other key after a change of keys, or the issuer of an indirect CRL; last the certificate's own. Each needs cRLSign where its certificate has a keyUsage.
/// </remarks>
internal sealed class CrlSigners(RevocationQuestion question)
{
    private const string Section = "RFC 5280 §6.3.3 (f)";
    private const int MaxCandidates = 16;

    private readonly AlgorithmRule _rule = question.Policy.Algorithms.For(SignatureUse.RevocationList, question.At);
    private readonly Dictionary<Certificate, bool> _validated = [];

    /// <summary>Whether a signature was accepted only because of an exception in the policy.</summary>
    public bool UsedWeakAlgorithm { get; private set; }

    /// <summary>The key that signed the CRL; null with the reason when none did that may.</summary>
    public PublicKey? Find(CertificateRevocationList crl, out MedIdError? error)
    {
        error = new(PkiErrorCodes.CrlIssuerNotAuthorised, ErrorCategory.Untrusted, Section, "no certificate of the CRL's issuer is at hand");
        var tried = 0;
        foreach (var (key, certificate, isOnPath) in Candidates(crl))
        {
            if (tried++ >= MaxCandidates)
            {
                break;
            }

            // (f): cRLSign, where keyUsage is there.
            if (certificate?.Extensions.KeyUsage is { } usage && (usage & KeyUsages.CrlSign) == KeyUsages.None)
            {
                error = Worse(error, new(PkiErrorCodes.CrlIssuerNotAuthorised, ErrorCategory.Untrusted, Section, "the CRL issuer's key is not for signing CRLs"));
                continue;
            }

            // (g) before the path of (f): a key that did not sign needs no path. What is accepted has passed both.
            var signature = Check(crl, key);
            if (signature is not null)
            {
                error = Worse(error, signature);
                continue;
            }

            if (!isOnPath && !Validates(certificate!))
            {
                error = new(PkiErrorCodes.CrlIssuerNotAuthorised, ErrorCategory.Untrusted, Section, "no path from the same anchor proves the CRL's issuer");
                continue;
            }

            error = null;
            UsedWeakAlgorithm |= SignatureAlgorithm.TryFromX509(crl.SignatureAlgorithm.RawData.Span, key, out var algorithm) && _rule.AllowsOnlyAsWeak(algorithm, key);
            return key;
        }

        return null;
    }

    /// <summary>(g), (h): whether the key signed the CRL with an algorithm that policy allows; null when it did.</summary>
    public MedIdError? Check(CertificateRevocationList crl, PublicKey key)
    {
        if (!SignatureAlgorithm.TryFromX509(crl.SignatureAlgorithm.RawData.Span, key, out var algorithm))
        {
            return new(PkiErrorCodes.CrlAlgorithm, ErrorCategory.Unsupported, "RFC 5280 §5.1.1.2", "the algorithm is not known, or not for the issuer's key");
        }

        if (!_rule.Allows(algorithm, key))
        {
            return new(PkiErrorCodes.CrlAlgorithm, ErrorCategory.Policy, "RFC 5280 §5.1.1.2", $"{algorithm} with this key is not allowed");
        }

        return crl.IsSignedBy(key, algorithm) ? null : new(PkiErrorCodes.CrlSignature, ErrorCategory.Untrusted, "RFC 5280 §6.3.3 (g)", "the signature is not that of the CRL's issuer");
    }

    /// <summary>Of two reasons the one that is nearer to the truth: a wrong signature says more than that another key is not for CRLs.</summary>
    private static MedIdError Worse(MedIdError before, MedIdError now) =>
        string.Equals(before.Code, PkiErrorCodes.CrlSignature, StringComparison.Ordinal) || (before.Detail?.StartsWith("no path", StringComparison.Ordinal) ?? false) ? before : now;

    private IEnumerable<(PublicKey Key, Certificate? Certificate, bool IsOnPath)> Candidates(CertificateRevocationList crl)
    {
        if (crl.Issuer.Equals(question.Certificate.Issuer))
        {
            yield return (question.IssuerKey, question.IssuerCertificate, true);
        }

        if (crl.Issuer.Equals(question.Anchor.Name) && question.Anchor.PublicKey is { } anchor && !anchor.Equals(question.IssuerKey))
        {
            yield return (anchor, question.Policy.ApplyAnchorConstraints ? question.Anchor.Certificate : null, true);
        }

        foreach (var certificate in question.Path.Skip(question.Index + 2))
        {
            if (certificate.Subject.Equals(crl.Issuer) && IssuerKeys.Read(certificate.SubjectPublicKeyInfo.Span) is { } key)
            {
                yield return (key, certificate, true);
            }
        }

        foreach (var certificate in question.Evidence.Certificates.OrderByDescending(c => IsHinted(crl, c)))
        {
            if (certificate.Subject.Equals(crl.Issuer) && !question.Path.Skip(question.Index).Contains(certificate)
                && IssuerKeys.Read(certificate.SubjectPublicKeyInfo.Span) is { } key)
            {
                yield return (key, certificate, false);
            }
        }

        // A CRL issuer may be the subject of its own CRL: whom the CA named as cRLIssuer for its certificates, this one among them, or its own other key. The path of
        // the certificate stands already, and asking for the CRL issuer's path would ask the same question again.
        if (question.Certificate.Subject.Equals(crl.Issuer) && IssuerKeys.Read(question.Certificate.SubjectPublicKeyInfo.Span) is { } own)
        {
            yield return (own, question.Certificate, true);
        }
    }

    private static bool IsHinted(CertificateRevocationList crl, Certificate certificate) =>
        crl.AuthorityKeyIdentifier?.KeyIdentifier is { } hint && certificate.Extensions.SubjectKeyIdentifier is { } key && hint.Span.SequenceEqual(key.Span);

    private bool Validates(Certificate signer)
    {
        if (!_validated.TryGetValue(signer, out var holds))
        {
            holds = question.ValidateSigner(signer) is { IsAccepted: true };
            _validated.Add(signer, holds);
        }

        return holds;
    }
}
