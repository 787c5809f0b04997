using MedId.Consent;
using MedId.Core;
using MedId.Signatures;

namespace MedId.House.Tests.Snippets;

internal static class ConsentLaw
{
    public static LawReport Check(ConsentRecord record, DateTimeOffset now)
    {
        #region Consent_Laws
        var facts = ConsentCase.From(record, transferAt: now) with
        {
            SubjectJurisdiction = "JP",
            ProviderJurisdiction = "JP",
            RecipientJurisdiction = "JP",
            SpecialCareData = true,
            TransferToOther = true,
            RecipientAbroad = false,
        };
        var report = ConsentLaws.Evaluate(LawRules.Current, facts, DateOnly.FromDateTime(now.UtcDateTime));

        // report.Findings: JP-1 Pass; JP-9 Undecidable, Missing: record_of_transfer, …; each with source, certainty and reason in both languages.
        // report.Require() is a result: what to stop on.
        #endregion
        return report;
    }

    public static HistoryReport Remember(HistoryHead head, string consentId, DateTimeOffset now, ReadOnlyMemory<byte> token, TimestampPolicy policy, ValidationEvidence evidence)
    {
        #region Consent_History
        var entry = head.Append(new(consentId, ConsentEventKind.Asked, now)).Value!;        // store entry and head in one atomic step
        var stamp = ConsentHistory.RequestTimestamp(ConsentHistory.HeadAfter(entry));       // by TimestampClient, to a service that is not yours
        var receipt = new HistoryReceipt(ConsentHistory.HeadAfter(entry), token);           // receipt.ToBytes() is the patient's

        // Years later, offline: rewritten, dropped, reordered, truncated and forked pasts are refused by name.
        var report = ConsentHistory.Verify([entry], receipt, policy, evidence, now);
        #endregion
        return stamp.RawData.IsEmpty ? throw new InvalidOperationException() : report;
    }
}
