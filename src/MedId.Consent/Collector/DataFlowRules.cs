using System.Security.Cryptography;
using System.Text;
using MedId.Core;

namespace MedId.Consent;

/// <summary>What a provider checks before each transfer: the consent is the one that was signed, stands, and covers exactly this. Pure.</summary>
public static class DataFlowRules
{
    private const string Section = "ReBIT account aggregator, consent use";

    /// <summary>Judges a request for data.</summary>
    /// <param name="artefact">The artefact that the provider holds from the manager, its signature verified.</param>
    /// <param name="signatureDigest">base64url of the SHA-256 of that artefact as it was signed.</param>
    /// <param name="status">How the consent stands, as the manager told last.</param>
    /// <param name="request">The request, as the gateway passed it on.</param>
    /// <param name="transfers">When data went under this consent before.</param>
    /// <param name="now">The time.</param>
    /// <returns>The permit, or the first check that failed.</returns>
    public static MedIdResult<DataFlowPermit> Check(
        ConsentArtefact artefact, string signatureDigest, ArtefactStatus status, DataRequested request, IReadOnlyCollection<DateTimeOffset> transfers, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        ArgumentNullException.ThrowIfNull(signatureDigest);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(transfers);

        // 1. It is that consent, of that manager, as it was signed, for that recipient.
        if (artefact.Collector?.Id is not { } manager || manager != request.Manager)
        {
            return Error(ConsentErrorCodes.ForeignManager, ErrorCategory.Untrusted);
        }

        if (artefact.Id != request.ConsentId || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signatureDigest), Encoding.UTF8.GetBytes(request.SignatureDigest)))
        {
            return Error(ConsentErrorCodes.SignatureMismatch, ErrorCategory.Untrusted);
        }

        if (artefact.Recipient?.Id is not { } recipient || recipient != request.From || artefact.Provider?.Id != request.To)
        {
            return Error(ConsentErrorCodes.ForeignRecipient, ErrorCategory.Untrusted);
        }

        // 2. It stands, as the manager says and as the clock says: a provider watches the end itself.
        if (Standing(artefact, status, now) is { } fallen)
        {
            return Error(fallen, ErrorCategory.State);
        }

        // 3. Nothing is decided by what is not understood.
        if (artefact.PermitByDefault || artefact.Exceptions.Count > 0 || artefact.Aside.Count > 0)
        {
            return Error(ConsentErrorCodes.NotDecidable, ErrorCategory.Unsupported);
        }

        // 4. One clause covers data, purpose, age of the data and use, all together; it is not used up.
        var covering = artefact.Clauses.Where(c => Covers(c, request, now)).ToList();
        var allowing = covering.Where(c => c.Actions.Contains(request.Action)).ToList();
        return covering.Count == 0 ? Error(ConsentErrorCodes.OutOfRange, ErrorCategory.Policy)
            : allowing.Count == 0 ? Error(ConsentErrorCodes.ModeNotAllowed, ErrorCategory.Policy)
            : allowing.Find(c => !IsUsedUp(c, transfers, now)) is not { } clause ? Error(ConsentErrorCodes.UseExceeded, ErrorCategory.Policy)
            : new DataFlowPermit(artefact.Id, clause, new(artefact.Id, request.TransactionId, artefact.ExpiresAt ?? DateTimeOffset.MaxValue));
    }

    /// <summary>The name of a refusal at account aggregators.</summary>
    /// <param name="code">A code of <see cref="ConsentErrorCodes"/>.</param>
    /// <returns>Null for a refusal that they have no name for.</returns>
    public static string? AccountAggregatorName(string code) => code switch
    {
        ConsentErrorCodes.Paused => "ConsentPaused",
        ConsentErrorCodes.Expired => "ConsentExpired",
        ConsentErrorCodes.Revoked => "ConsentRevoked",
        ConsentErrorCodes.UseExceeded => "InvalidConsentUse",
        ConsentErrorCodes.SignatureMismatch => "SignatureDoesNotMatch",
        _ => null,
    };

    private static string? Standing(ConsentArtefact artefact, ArtefactStatus status, DateTimeOffset now) => status switch
    {
        ArtefactStatus.Paused => ConsentErrorCodes.Paused,
        ArtefactStatus.Withdrawn => ConsentErrorCodes.Revoked,
        ArtefactStatus.Expired => ConsentErrorCodes.Expired,
        not ArtefactStatus.Given => ConsentErrorCodes.NotGiven,
        _ when artefact.ExpiresAt is not { } end || now >= end => ConsentErrorCodes.Expired,
        _ when (artefact.ValidFrom ?? artefact.IssuedAt) is not { } begin || now < begin => ConsentErrorCodes.NotGiven,
        _ => null,
    };

    private static bool Covers(ConsentClause clause, DataRequested request, DateTimeOffset now) =>
        request.Classes.Count > 0 && request.Classes.All(code => clause.Data.Any(d => d.Code == code)) && clause.Purposes.Any(p => p.Code == request.Purpose)
        && request.DataFrom <= request.DataUntil && clause.DataFrom <= request.DataFrom && request.DataUntil <= clause.DataUntil
        && (clause.ValidFrom is null || now >= clause.ValidFrom) && (clause.ValidUntil is null || now < clause.ValidUntil)
        && (clause.Recipient is null || clause.Recipient.Id == request.From) && (clause.Retention?.Until is not { } erase || now < erase);

    /// <summary>So many times in any span of that length that ends now, and so many spans in all. A transfer exactly one span ago lies before it.</summary>
    private static bool IsUsedUp(ConsentClause clause, IReadOnlyCollection<DateTimeOffset> transfers, DateTimeOffset now)
    {
        if (clause.OneTime == true && transfers.Count > 0)
        {
            return true;
        }

        if (clause.Frequency is not { } frequency)
        {
            return false;
        }

        DateTimeOffset? begin = frequency.Unit switch
        {
            ArtefactTimeUnit.Hour => now.AddHours(-1),
            ArtefactTimeUnit.Day => now.AddDays(-1),
            ArtefactTimeUnit.Week => now.AddDays(-7),
            ArtefactTimeUnit.Month => now.AddMonths(-1),
            ArtefactTimeUnit.Year => now.AddYears(-1),
            _ => null,
        };
        return transfers.Count(t => begin is null || t > begin) >= frequency.Value || (frequency.Repeats is > 0 and var spans && transfers.Count / spans >= Math.Max(1, frequency.Value));
    }

    private static MedIdError Error(string code, ErrorCategory category) => new(code, category, Section);
}
