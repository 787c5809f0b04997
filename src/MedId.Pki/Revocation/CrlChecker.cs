using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>Judges CRLs about one certificate without judging the certificate (RFC 5280 §6.3). Pure: no clock, no network.</summary>
public static class CrlChecker
{
    /// <summary>Judges.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="crls">Complete and delta CRLs, of several scopes; in any order.</param>
    /// <param name="issuers">
    /// Certificates of the certificate's issuer and of other CRL issuers. Without <paramref name="anchors"/> they are trusted as they are: the caller proved them.
    /// </param>
    /// <param name="anchors">Who is trusted; null to trust <paramref name="issuers"/>.</param>
    /// <param name="policy">Algorithms, age and skew of evidence, and whether later evidence counts; nothing else of it is asked.</param>
    /// <param name="at">The reference time.</param>
    public static CrlDecision Check(
        Certificate certificate,
        IReadOnlyList<CertificateRevocationList> crls,
        IReadOnlyList<Certificate> issuers,
        IReadOnlyCollection<TrustAnchor>? anchors,
        PathPolicy policy,
        DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(crls);
        ArgumentNullException.ThrowIfNull(issuers);
        ArgumentNullException.ThrowIfNull(policy);
        var evidence = new PathEvidence { Certificates = issuers, Crls = crls };
        if (FindIssuer(certificate, issuers, anchors, policy, at) is not { } found)
        {
            return new()
            {
                Error = new(PkiErrorCodes.CrlIssuerNotAuthorised, ErrorCategory.Untrusted, "RFC 5280 §6.3.3 (f)", "no issuer at hand signed the certificate, or no anchor stands above it"),
            };
        }

        var signerPolicy = SignerPolicy(policy);
        var finding = CrlJudge.Judge(new()
        {
            Certificate = certificate,
            Path = found.Path,
            Index = 0,
            Anchor = found.Anchor,
            IssuerKey = found.Key,
            Evidence = evidence,
            Policy = policy,
            At = at,
            ValidateSigner = signer => anchors is null
                ? new() { Outcome = VerificationOutcome.Accepted, Path = [signer], Anchor = found.Anchor }
                : PathValidator.Validate(signer, [found.Anchor], evidence, signerPolicy, at),
        });
        return Decide(finding);
    }

    private static CrlDecision Decide(CrlFinding finding)
    {
        var newest = finding.Delta ?? finding.Crl;
        return new()
        {
            Error = finding.Error,
            Status = finding.Error is null ? finding.Status : RevocationStatus.Unknown,
            Reason = finding.Error is null ? finding.Entry?.Reason : null,
            RevokedAt = finding.Error is null ? finding.Entry?.RevokedAt : null,
            ReasonsCovered = finding.ReasonsCovered,
            CrlNumber = newest?.Number,
            ThisUpdate = newest?.ThisUpdate,
            NextUpdate = newest?.NextUpdate,
            Source = finding.Source,
            UsedWeakAlgorithm = finding.UsedWeakAlgorithm,
        };
    }

    /// <summary>The key that signed the certificate: under the issuer's name, from the anchors or with a path to one.</summary>
    private static (PublicKey Key, TrustAnchor Anchor, Certificate[] Path)? FindIssuer(
        Certificate certificate, IReadOnlyList<Certificate> issuers, IReadOnlyCollection<TrustAnchor>? anchors, PathPolicy policy, DateTimeOffset at)
    {
        foreach (var anchor in anchors ?? [])
        {
            if (anchor.Name.Equals(certificate.Issuer) && anchor.PublicKey is { } key && CertificateSignature.IsBy(certificate, key, policy.Algorithms, at))
            {
                return (key, anchor, [certificate]);
            }
        }

        foreach (var issuer in issuers)
        {
            if (!issuer.Subject.Equals(certificate.Issuer) || IssuerKeys.Read(issuer.SubjectPublicKeyInfo.Span) is not { } key || !CertificateSignature.IsBy(certificate, key, policy.Algorithms, at))
            {
                continue;
            }

            if (anchors is null)
            {
                return (key, TrustAnchor.FromCertificate(issuer), [certificate]);
            }

            var decision = PathValidator.Validate(issuer, anchors, new() { Certificates = issuers }, SignerPolicy(policy), at);
            if (decision.IsAccepted)
            {
                return (key, decision.Anchor, [certificate, .. decision.Path]);
            }
        }

        return null;
    }

    private static PathPolicy SignerPolicy(PathPolicy policy) => new()
    {
        Algorithms = policy.Algorithms,
        Revocation = RevocationRequirement.NotRequired,
        CheckAnchorValidity = policy.CheckAnchorValidity,
        ApplyAnchorConstraints = policy.ApplyAnchorConstraints,
        MaxPathLength = policy.MaxPathLength,
        UnderstoodExtensions = policy.UnderstoodExtensions,
    };
}
