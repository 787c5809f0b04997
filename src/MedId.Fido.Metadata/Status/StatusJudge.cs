using MedId.Core;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>Reads the reports about one model for one authenticator. FIDO MDS 3.0 §3.1.3.</summary>
internal sealed class StatusJudge(MetadataStatusPolicy policy, Certificate? leaf, IReadOnlyList<Certificate> path, ulong? version)
{
    private MedIdError? _open;
    private StatusReport? _openReport;

    public MetadataStatusDecision Judge(MetadataEntry entry, DateTimeOffset at)
    {
        if (entry.Problem is { } problem)
        {
            return new() { Outcome = VerificationOutcome.Undetermined, Error = problem };
        }

        List<StatusReport> reports = [.. entry.StatusReports.Where(report => report.IsEffectiveAt(at))];
        var (certification, update) = (Certification(reports), reports.FindLast(report => report.Status == AuthenticatorStatus.UpdateAvailable));
        var lacksUpdate = update is not null && (update.AuthenticatorVersion is not { } mended || version is not { } own || own < mended);
        var (error, report) = FirstRefusal(reports);
        if (error is null && lacksUpdate && policy.RequireUpdates)
        {
            var isKnown = update!.AuthenticatorVersion is not null && version is not null;
            (error, report) = isKnown ? (Error(MetadataErrorCodes.UpdateRequired, "the firmware is older than the update on offer"), update) : (null, null);
            if (!isKnown)
            {
                Open(Error(MetadataErrorCodes.UpdateUnknown, "an update is on offer, and the firmware's version is not known"), update);
            }
        }

        if (error is null && certification < policy.MinimumCertification)
        {
            error = Error(MetadataErrorCodes.CertificationTooLow, $"{certification}, asked for is {policy.MinimumCertification}");
        }

        return new()
        {
            Outcome = error is not null ? VerificationOutcome.Refused : _open is not null ? VerificationOutcome.Undetermined : VerificationOutcome.Accepted,
            Error = error ?? _open,
            Report = error is not null ? report : _openReport,
            Certification = certification,
            UpdateAvailable = lacksUpdate,
            Unknown = [.. reports.Where(each => each.Status == AuthenticatorStatus.Unknown)],
        };
    }

    private (MedIdError? Error, StatusReport? Report) FirstRefusal(List<StatusReport> reports)
    {
        for (var index = 0; index < reports.Count; index++)
        {
            var report = reports[index];
            if (report.Status == AuthenticatorStatus.Unknown)
            {
                if (policy.UnknownStatus == UnknownStatusRule.Refuse)
                {
                    return (Error(MetadataErrorCodes.StatusUnknown, "a status that this release does not know"), report);
                }
            }
            else if (policy.Refused.Contains(report.Status) && Counts(report, reports, index))
            {
                return (Error(CodeOf(report.Status), report.Status.ToString()), report);
            }
        }

        return (null, null);
    }

    private bool Counts(StatusReport report, List<StatusReport> reports, int index)
    {
        switch (report.Status)
        {
            case AuthenticatorStatus.Revoked:
                return true;
            case AuthenticatorStatus.AttestationKeyCompromise:
                return IsAboutThisCertificate(report);
        }

        // "The update is intended to address at least all previous issues": only where it is known that this authenticator has it.
        var update = reports.FindIndex(index + 1, later => later.Status == AuthenticatorStatus.UpdateAvailable && later.AuthenticatorVersion is not null);
        if (update < 0)
        {
            return true;
        }

        if (version is null)
        {
            Open(Error(MetadataErrorCodes.UpdateUnknown, $"{report.Status} is mended by an update, and the firmware's version is not known"), report);
            return false;
        }

        return version < reports[update].AuthenticatorVersion;
    }

    private bool IsAboutThisCertificate(StatusReport report)
    {
        if (report.Certificate.IsEmpty)
        {
            return true;
        }

        if (leaf is null)
        {
            Open(Error(MetadataErrorCodes.StatusCertificateUnknown, "a report names a certificate, and the authenticator's is not known"), report);
            return false;
        }

        // The named one may stand anywhere above the authenticator's: in the path, or as the issuer where the path is not at hand. What cannot be read is about all.
        return Certificate.Parse(report.Certificate) is not { Succeeded: true, Value: { } named }
            || named.Equals(leaf)
            || path.Any(named.Equals)
            || named.Subject.Equals(leaf.Issuer);
    }

    // The latest that is known to hold; where no date tells, the order of the list does.
    private CertificationLevel Certification(List<StatusReport> reports)
    {
        StatusReport? latest = null;
        foreach (var report in reports)
        {
            // A certification holds from its version on; a firmware below it is not certified by it.
            var holds = StatusWords.CertificationOf(report.Status) is not null
                && !(report.AuthenticatorVersion is { } from && version is { } own && own < from);
            if (holds && (latest?.EffectiveDate is not { } date || report.EffectiveDate is not { } later || later >= date))
            {
                latest = report;
            }
        }

        return latest is null ? CertificationLevel.None : StatusWords.CertificationOf(latest.Status)!.Value;
    }

    private void Open(MedIdError error, StatusReport report)
    {
        _open ??= error;
        _openReport ??= report;
    }

    private static string CodeOf(AuthenticatorStatus status) => status switch
    {
        AuthenticatorStatus.Revoked => MetadataErrorCodes.StatusRevoked,
        AuthenticatorStatus.UserVerificationBypass => MetadataErrorCodes.StatusUserVerificationBypass,
        AuthenticatorStatus.AttestationKeyCompromise => MetadataErrorCodes.StatusAttestationKeyCompromise,
        AuthenticatorStatus.UserKeyRemoteCompromise or AuthenticatorStatus.UserKeyPhysicalCompromise => MetadataErrorCodes.StatusUserKeyCompromise,
        _ => MetadataErrorCodes.StatusRefused,
    };

    private static MedIdError Error(string code, string detail) => new(code, ErrorCategory.Policy, MetadataSections.Status, detail);
}
