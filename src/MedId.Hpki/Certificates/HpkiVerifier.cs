using MedId.Core;
using MedId.Pki;

namespace MedId.Hpki;

/// <summary>Decides whether an HPKI certificate is good for a use at a reference time. Pure and synchronous; stateless, so one instance serves all threads.</summary>
public sealed class HpkiVerifier
{
    private const string Director = "Director";
    private const string PolicySection = "HPKI certificate policy, certificatePolicies";
    private const string KeyUsageSection = "HPKI certificate policy, keyUsage";
    private const string AdministratorSection = "HPKI certificate policy §7.1.2";
    private readonly HpkiPolicy _policy;

    /// <summary>Makes a verifier.</summary>
    /// <param name="policy">What certificates have to fulfil.</param>
    /// <exception cref="ArgumentException">There is no anchor.</exception>
    public HpkiVerifier(HpkiPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy.Anchors.Count > 0 ? policy : throw new ArgumentException("Without an anchor every certificate is refused.", nameof(policy));
    }

    /// <summary>Judges a certificate in DER.</summary>
    /// <param name="der">The certificate.</param>
    /// <param name="evidence">CA certificates, CRLs and ARLs that were gathered.</param>
    /// <param name="at">The reference time: now for a sign-in, the proven time of signing for a document.</param>
    public HpkiDecision Verify(ReadOnlyMemory<byte> der, PathEvidence evidence, DateTimeOffset at)
    {
        // 1. Strict DER, bounded.
        var certificate = Certificate.Parse(der);
        return certificate.Succeeded
            ? Verify(certificate.Value, evidence, at)
            : new() { Outcome = VerificationOutcome.Refused, Error = new(HpkiErrorCodes.CertificateMalformed, ErrorCategory.Malformed, certificate.Error.Section, certificate.Error.Code) };
    }

    /// <summary>Judges a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="evidence">CA certificates, CRLs and ARLs that were gathered.</param>
    /// <param name="at">The reference time.</param>
    public HpkiDecision Verify(Certificate certificate, PathEvidence evidence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(evidence);

        // 2 to 5, 8 to 10. Algorithms, path to a pinned root over the given CA certificates only, validity, CA flags, unknown critical extensions, CRL and ARL with their critical
        // issuingDistributionPoint. That a cRLNumber never goes back is the gatherer's duty: it needs memory.
        // Policies are not left to the path: test certificates have level 0 under a CA of level 3 (RFC 5280 §6.1 would find no common policy).
        var path = PathValidator.Validate(certificate, _policy.Anchors, evidence, _policy.ToPathPolicy(), at);
        var inspected = HpkiCertificate.Inspect(certificate, _policy.Policies, _policy.Roles, at);
        var steps = new List<PathStep>(path.Steps);
        var error = path.Outcome == VerificationOutcome.Refused ? path.Error : RefuseLeaf(inspected, path, at, steps);
        var outcome = error is not null ? VerificationOutcome.Refused : path.Outcome;
        var key = certificate.ReadPublicKey();
        return new()
        {
            Outcome = outcome,
            Error = error ?? path.Error,
            Evidence = outcome == VerificationOutcome.Accepted ? new(certificate, key.Value!, inspected.Policy!, inspected.Roles, inspected.Subject, at) : null,
            Certificate = inspected,
            Path = path,
            Steps = _policy.Explain ? steps : [],
        };
    }

    private MedIdError? RefuseLeaf(HpkiCertificate certificate, PathDecision path, DateTimeOffset at, List<PathStep> steps)
    {
        foreach (var (section, name, check) in Checks(certificate, path, at))
        {
            var error = check();
            steps.Add(new(section, name, 0, error is null ? PathStepResult.Passed : PathStepResult.Failed));
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private IEnumerable<(string Section, string Name, Func<MedIdError?> Check)> Checks(HpkiCertificate certificate, PathDecision path, DateTimeOffset at)
    {
        // 2. The certificate's own key: of a kind and size that is used here (RSA from 2048 bits).
        yield return ("HPKI certificate policy, subjectPublicKeyInfo", "key", () => certificate.Certificate.ReadPublicKey().Error);

        // 6. The policy: use and level; the CA's policy agrees.
        yield return (PolicySection, "one known policy", () => certificate.Policy is null ? Refuse(HpkiErrorCodes.PolicyUnknown, PolicySection) : null);
        yield return (PolicySection, "use", () => certificate.Policy!.Use == _policy.Use ? null : Refuse(HpkiErrorCodes.UseMismatch, PolicySection, $"needed: {_policy.Use}"));
        yield return (PolicySection, "level", () => RefuseLevel(certificate.Policy!));
        yield return (PolicySection, "verified row", () => RefuseRow(certificate.Policy!, at));
        yield return (PolicySection, "policy of the CA", () => RefuseIssuer(certificate.Policy!, path));

        // 7. keyUsage keeps signature and authentication apart a second time.
        yield return (KeyUsageSection, "key usage", () => RefuseKeyUsage(certificate));

        // 11. hcRole: strict; unknown schemes and texts stay apart and refuse nothing.
        yield return ("ISO 17090-2, hcRole", "hcRole", () => certificate.Actors.Error);

        // 12. An administrator's certificate names the institution, and OU is literally "Director".
        yield return (AdministratorSection, "administrator", () => RefuseAdministrator(certificate));
    }

    private MedIdError? RefuseLevel(HpkiCertificatePolicy policy) => policy.Level switch
    {
        HpkiCertificatePolicy.ProductionLevel => null,
        HpkiCertificatePolicy.TestLevel when _policy.AllowTestPolicy => null,
        HpkiCertificatePolicy.TestLevel => Refuse(HpkiErrorCodes.TestPolicy, PolicySection),
        _ => Refuse(HpkiErrorCodes.PolicyUnknown, PolicySection, "the level is neither 3 nor 0"),
    };

    // Who allows test certificates has nothing at stake, so the test rows need no second source.
    private static MedIdError? RefuseRow(HpkiCertificatePolicy policy, DateTimeOffset at) =>
        policy.Row.Grants(at) || (policy.Level == HpkiCertificatePolicy.TestLevel && policy.Status != TrustDataStatus.Withdrawn)
            ? null
            : Refuse(HpkiErrorCodes.PolicyNotVerified, PolicySection, $"the row is {policy.Status}");

    private MedIdError? RefuseIssuer(HpkiCertificatePolicy policy, PathDecision path)
    {
        // The root names no policy, so a certificate that it issued itself is none of HPKI's. An operator may pin an authority below the root: then its own policies count.
        var issuers = path.Path.Skip(1).ToList();
        if (issuers.Count == 0 && path.Anchor?.Certificate is { } anchor)
        {
            issuers.Add(anchor);
        }

        return issuers.Count > 0 && issuers.TrueForAll(issuer => issuer.Extensions.CertificatePolicies is { Count: > 0 } policies
            && policies.All(stated => _policy.Policies.Classify(stated.Oid)?.Use == policy.Use))
            ? null
            : Refuse(HpkiErrorCodes.IssuerPolicyMismatch, PolicySection);
    }

    private static MedIdError? RefuseKeyUsage(HpkiCertificate certificate)
    {
        var (needed, excluded) = certificate.Policy!.Use == HpkiUse.Signature
            ? (KeyUsages.NonRepudiation, KeyUsages.DigitalSignature)
            : (KeyUsages.DigitalSignature, KeyUsages.NonRepudiation);
        var usage = certificate.Certificate.Extensions.KeyUsage ?? KeyUsages.None;
        return (usage & needed) != KeyUsages.None && (usage & (excluded | KeyUsages.KeyCertSign | KeyUsages.CrlSign)) == KeyUsages.None && certificate.Certificate.Extensions.BasicConstraints is not { IsCa: true }
            ? null
            : Refuse(HpkiErrorCodes.KeyUsageMismatch, KeyUsageSection, $"needed: {needed}");
    }

    private static MedIdError? RefuseAdministrator(HpkiCertificate certificate)
    {
        var isDirector = string.Equals(certificate.Subject.OrganizationalUnit, Director, StringComparison.Ordinal);
        var isConsistent = certificate.Roles.Any(role => role.Kind == HpkiRoleKind.Administrator)
            ? isDirector && !string.IsNullOrEmpty(certificate.Subject.Organization)

            // A text that the table does not know may be an administrator's.
            : !isDirector || certificate.Roles.Any(role => role.Kind == HpkiRoleKind.Unknown);
        return isConsistent ? null : Refuse(HpkiErrorCodes.AdministratorInconsistent, AdministratorSection);
    }

    private static MedIdError Refuse(string code, string section, string? detail = null) => new(code, ErrorCategory.Policy, section, detail);
}
