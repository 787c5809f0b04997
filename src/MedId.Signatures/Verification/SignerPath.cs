using MedId.Core;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>What the certificate's path and the level say about a signer whose signature stands; the same for CMS, XML and PDF.</summary>
internal static class SignerPath
{
    /// <summary>Judges path, revocation and level (EN 319 102-1 §5.2.6, §5.5.4) and completes the report.</summary>
    /// <param name="draft">The report with what is known so far; its time-stamps included.</param>
    /// <param name="steps">The checks so far, without failure.</param>
    /// <param name="certificate">The signer's certificate.</param>
    /// <param name="namesCertificate">Whether what is signed names the certificate.</param>
    /// <param name="times">The signature's times.</param>
    /// <param name="policy">What is asked.</param>
    /// <param name="evidence">All evidence, the document's marked.</param>
    public static SignerReport Judge(
        SignerReport draft, StepList steps, Certificate certificate, bool namesCertificate, SignerTimes times, SignaturePolicy policy, ValidationEvidence evidence)
    {
        var path = PathValidator.Validate(certificate, policy.Anchors, evidence.All, policy.Path, times.JudgedAt);
        steps.Add("EN 319 102-1 §5.2.6", "path and revocation", path.IsAccepted ? null : path.Error, path.Outcome == VerificationOutcome.Refused && IsTimeBound(path.Error) ? times.OnTimeBound : path.Outcome);
        var level = !namesCertificate ? SignatureLevel.Plain
            : times.Best is null ? SignatureLevel.BaselineB
            : path.IsAccepted && HoldsEvidence(path, certificate, draft.Timestamps, evidence.Embedded) ? SignatureLevel.BaselineLT : SignatureLevel.BaselineT;
        if (steps.Error is null && level < policy.MinimumLevel)
        {
            AddLevelError(steps, level, draft.Timestamps);
        }

        return Complete(draft with { Path = path, JudgedAt = times.JudgedAt, Level = level, UsedWeakAlgorithm = draft.UsedWeakAlgorithm || path.UsedWeakAlgorithm }, steps, times);
    }

    /// <summary>The report as it stands, with outcome, error, steps and indication.</summary>
    public static SignerReport Complete(SignerReport draft, StepList steps, SignerTimes? times) => draft with
    {
        Outcome = steps.Outcome,
        Error = steps.Error,
        Steps = steps.Steps,
        BestSignatureTime = times?.Best,
        Indication = Indications.Of(steps.Error, draft.Path, times),
    };

    /// <summary>Whether another reference time could have given another decision.</summary>
    private static bool IsTimeBound(MedIdError? error) => error?.Code is PkiErrorCodes.Expired or PkiErrorCodes.Revoked or PkiErrorCodes.AlgorithmNotAllowed or PkiErrorCodes.AnchorNotValid;

    private static void AddLevelError(StepList steps, SignatureLevel level, IReadOnlyList<TimestampReport> timestamps)
    {
        if (level == SignatureLevel.Plain)
        {
            steps.Add("EN 319 122-1 §5.2.2", "certificate named in what is signed", new(SignaturesErrorCodes.SigningCertificateNotNamed, ErrorCategory.Policy, "EN 319 122-1 §5.2.2"));
            return;
        }

        // A time-stamp that could not be judged for want of evidence may still lift the signature.
        var outcome = timestamps.Any(t => t.Outcome == VerificationOutcome.Undetermined) ? VerificationOutcome.Undetermined : VerificationOutcome.Refused;
        steps.Add("EN 319 102-1 §5.5", "level", new(SignaturesErrorCodes.LevelTooLow, ErrorCategory.Policy, "EN 319 102-1 §5.5", $"{level}"), outcome);
    }

    /// <summary>EN 319 122-1 §6.3, B-LT: the document holds the certificates and the revocation data of the signer's and of the time-stamp's path.</summary>
    private static bool HoldsEvidence(PathDecision path, Certificate certificate, IReadOnlyList<TimestampReport> timestamps, PathEvidence embedded)
    {
        var stamps = timestamps.Where(t => t is { Outcome: VerificationOutcome.Accepted, Path: not null, Kind: not TimestampKind.Content }).ToList();
        return Holds(path, certificate, embedded) && stamps.TrueForAll(t => Holds(t.Path!, t.Certificate!, Joined(embedded, t.Token!)));
    }

    private static PathEvidence Joined(PathEvidence embedded, TimestampToken token) => new ValidationEvidence { Embedded = embedded }.WithEmbedded(token.SignedData.Evidence).Embedded;

    private static bool Holds(PathDecision path, Certificate certificate, PathEvidence embedded)
    {
        var held = embedded.Certificates.Select(c => c.Sha256).ToHashSet(StringComparer.Ordinal);
        var sources = embedded.Crls.Select(c => c.Sha256).Concat(embedded.OcspResponses.Select(o => o.Sha256)).ToHashSet(StringComparer.Ordinal);
        return path.Path.All(c => held.Contains(c.Sha256))
            && path.Revocation.Any(f => f.Certificate.Equals(certificate) && f.Source is not null)
            && path.Revocation.All(f => f.Source is null ? f.Status == RevocationStatus.NotChecked : sources.Contains(f.Source.Sha256));
    }
}
