using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Verifies RFC 3161 time-stamp tokens (with RFC 5816) and decides whether their time is to be believed. Pure: no clock, no network.</summary>
public static class TimestampVerifier
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>Verifies a token over data.</summary>
    /// <param name="token">The token's bytes.</param>
    /// <param name="kind">What it is over; appears in the report.</param>
    /// <param name="stamped">The data itself; hashed here with the token's own algorithm.</param>
    /// <param name="policy">Whose time-stamps count; null: nobody's, the token is read and proves nothing.</param>
    /// <param name="evidence">Certificates and revocation data; those in the token are added.</param>
    /// <param name="at">The time of verification. Algorithms are judged at it, because whoever breaks one could date a token back; the path at genTime (RFC 3161 §2.3).</param>
    public static TimestampReport Verify(
        ReadOnlyMemory<byte> token, TimestampKind kind, ReadOnlyMemory<byte> stamped, TimestampPolicy? policy, ValidationEvidence evidence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var parsed = TimestampToken.Parse(token);
        return parsed.Succeeded
            ? Verify(parsed.Value, kind, stamped, policy, evidence, at)
            : new() { Outcome = VerificationOutcome.Refused, Error = parsed.Error, Kind = kind, Steps = [new("RFC 3161 §2.4.2", "form", VerificationOutcome.Refused)] };
    }

    /// <inheritdoc cref="Verify(ReadOnlyMemory{byte}, TimestampKind, ReadOnlyMemory{byte}, TimestampPolicy?, ValidationEvidence, DateTimeOffset)"/>
    public static TimestampReport Verify(
        TimestampToken token, TimestampKind kind, ReadOnlyMemory<byte> stamped, TimestampPolicy? policy, ValidationEvidence evidence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(evidence);
        evidence = evidence.WithEmbedded(token.SignedData.Evidence);
        var info = token.Info;
        var leniency = policy?.AcceptSha1SigningCertificate == true ? CmsLeniency.Sha1SigningCertificate : CmsLeniency.None;
        var check = new CmsSignerCheck(token.SignedData, token.SignedData.Signers[0], token.SignedData.Content!.Value, SignatureUse.Timestamp, leniency);
        var steps = check.Steps;
        steps.Add("RFC 3161 §2.4.2", "form", null);

        // RFC 3161 §2.2, §2.4.2: what the requesting side, or whoever relies on the token later, has to compare.
        steps.Then("RFC 3161 §2.4.2", "no unknown critical extension", () => info.HasCriticalExtension ? Error(SignaturesErrorCodes.TspCriticalExtension, ErrorCategory.Unsupported, "RFC 3161 §2.4.2") : null)
            .Then("RFC 3161 §2.4.2", "imprint", () => CheckImprint(info, stamped.Span))
            .Then("RFC 3161 §2.4.2", "genTime not after the time of verification", () => info.Time > at + (policy?.ClockSkew ?? TimeSpan.Zero) ? Error(SignaturesErrorCodes.TspInFuture, ErrorCategory.State, "RFC 3161 §2.4.2") : null);
        if (steps.Error is null && check.CheckStructure(evidence.All.Certificates))
        {
            steps.Then("RFC 5816 §2.2", "certificate named in the signed attributes", () => check.NamesCertificate ? null : Error(SignaturesErrorCodes.SigningCertificateNotNamed, ErrorCategory.Policy, "RFC 5816 §2.2"))
                .Then("RFC 3161 §2.3", "extended key usage", () => CheckExtendedKeyUsage(check.Certificate!))
                .Then("RFC 3161 §2.4.2", "name of the authority", () => CheckName(info, check.Certificate!));
        }

        var report = new TimestampReport { Outcome = VerificationOutcome.Refused, Kind = kind, Token = token, Certificate = check.Certificate };
        if (steps.Error is null && policy is null)
        {
            steps.Add("RFC 3161 §4", "trusted service", Error(SignaturesErrorCodes.TspServiceNotTrusted, ErrorCategory.Policy, "RFC 3161 §4", "no time-stamping service is configured"), VerificationOutcome.Undetermined);
        }

        if (steps.Error is null && check.CheckSignature(policy!.Algorithms, at))
        {
            steps.Then("RFC 3161 §2.4.2", "imprint algorithm allowed", () => CheckImprintAlgorithm(info, policy, at)).Then("RFC 3161 §2.4.2", "accuracy", () => CheckAccuracy(info, policy));
            report = JudgeService(report, steps, check.Certificate!, policy, evidence.All, at);
        }

        return report with { Outcome = steps.Outcome, Error = steps.Error, Steps = steps.Steps };
    }

    private static TimestampReport JudgeService(TimestampReport report, StepList steps, Certificate certificate, TimestampPolicy policy, PathEvidence evidence, DateTimeOffset at)
    {
        if (steps.Error is not null)
        {
            return report;
        }

        var info = report.Token!.Info;
        var services = policy.Services.Where(s => s.Covers(info)).ToList();
        if (services.Count == 0)
        {
            steps.Add("RFC 3161 §4", "trusted service", Error(SignaturesErrorCodes.TspServiceNotTrusted, ErrorCategory.Policy, "RFC 3161 §4", "no service has this policy at this time"));
            return report;
        }

        var pathPolicy = policy.Path with { RequiredExtendedKeyUsages = [.. policy.Path.RequiredExtendedKeyUsages, TimeStamping] };
        TrustAnchor[] anchors = [.. services.Select(s => s.Anchor)];
        var path = PathValidator.Validate(certificate, anchors, evidence, pathPolicy, info.Time);
        steps.Add("RFC 3161 §2.3", "path at genTime", path.IsAccepted ? null : path.Error, path.Outcome);
        var service = path.IsAccepted ? services.Find(s => ReferenceEquals(s.Anchor, path.Anchor)) : null;
        steps.Then("RFC 3161 §4", "not revoked later for a reason that takes earlier time-stamps back", () => CheckRevokedLater(certificate, anchors, evidence, pathPolicy, info.Time, at));
        return report with { Path = path, Service = service };
    }

    /// <summary>
    /// RFC 3161 §4 (1): tokens from before a revocation stay good only when its reason is affiliationChanged, superseded or cessationOfOperation; a compromised key, or no
    /// reason (RFC 5280 §5.3.1 writes unspecified that way), takes every token back, because it could have dated them as it liked.
    /// </summary>
    private static MedIdError? CheckRevokedLater(Certificate certificate, TrustAnchor[] anchors, PathEvidence evidence, PathPolicy policy, DateTimeOffset time, DateTimeOffset at)
    {
        var until = at < certificate.NotAfter ? at : certificate.NotAfter;
        if (until <= time)
        {
            return null;
        }

        var later = PathValidator.Validate(certificate, anchors, evidence, policy, until);
        var finding = later.Revocation.FirstOrDefault(f => f.Certificate.Equals(certificate));
        return finding is { Status: RevocationStatus.Revoked } && finding.Reason is not (CrlReason.AffiliationChanged or CrlReason.Superseded or CrlReason.CessationOfOperation)
            ? Error(SignaturesErrorCodes.TspRevokedForAll, ErrorCategory.Untrusted, "RFC 3161 §4", finding.Reason is { } reason ? $"reason {reason}" : null)
            : null;
    }

    private static MedIdError? CheckImprint(TimestampInfo info, ReadOnlySpan<byte> stamped)
    {
        if (info.ImprintAlgorithm is not { } algorithm)
        {
            return Error(SignaturesErrorCodes.TspImprintAlgorithm, ErrorCategory.Unsupported, "RFC 3161 §2.4.2", "not a hash of the table");
        }

        return algorithm.Compute(stamped).AsSpan().SequenceEqual(info.Imprint.Span) ? null : Error(SignaturesErrorCodes.TspImprintMismatch, ErrorCategory.Untrusted, "RFC 3161 §2.4.2");
    }

    private static MedIdError? CheckImprintAlgorithm(TimestampInfo info, TimestampPolicy policy, DateTimeOffset at) =>
        policy.Algorithms.For(SignatureUse.Timestamp, at).Allows(info.ImprintAlgorithm!) ? null : Error(SignaturesErrorCodes.TspImprintAlgorithm, ErrorCategory.Policy, "RFC 3161 §2.4.2", $"{info.ImprintAlgorithm}");

    private static MedIdError? CheckAccuracy(TimestampInfo info, TimestampPolicy policy) => policy.MaxAccuracy is not { } limit || (info.Accuracy is { } accuracy && accuracy.Span <= limit)
        ? null
        : Error(SignaturesErrorCodes.TspAccuracy, ErrorCategory.Policy, "RFC 3161 §2.4.2", info.Accuracy is null ? "none is stated" : "worse than the policy allows");

    /// <summary>RFC 3161 §2.3: the extension is there, critical, and names time-stamping and nothing else.</summary>
    private static MedIdError? CheckExtendedKeyUsage(Certificate certificate) =>
        certificate.Extensions.Find(ExtendedKeyUsage) is { Critical: true } && certificate.Extensions.ExtendedKeyUsage is [TimeStamping]
            ? null
            : Error(SignaturesErrorCodes.TspExtendedKeyUsage, ErrorCategory.Untrusted, "RFC 3161 §2.3");

    /// <summary>RFC 3161 §2.4.2: a stated name corresponds to one of the certificate's subject names.</summary>
    private static MedIdError? CheckName(TimestampInfo info, Certificate certificate)
    {
        var stated = info.Authority;
        var fits = stated is null
            ? !info.HasOtherAuthorityName
            : certificate.Subject.Equals(stated) || (certificate.Extensions.Find(SubjectAlternativeName) is not null
                && certificate.Extensions.SubjectAlternativeName!.OfType<GeneralName.DirectoryName>().Any(n => n.Name.Equals(stated)));
        return fits ? null : Error(SignaturesErrorCodes.TspAuthorityName, ErrorCategory.Untrusted, "RFC 3161 §2.4.2");
    }

    private static MedIdError Error(string code, ErrorCategory category, string section, string? detail = null) => new(code, category, section, detail);
}
