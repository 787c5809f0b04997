using MedId.Core;
using MedId.Signatures;

namespace MedId.Consent;

/// <summary>The steps of <see cref="ConsentHistory.Verify"/>.</summary>
internal static class HistoryVerifier
{
    private const string Section = "MedIdSdk consent history";

    public static HistoryReport Verify(IReadOnlyList<HistoryEntry> entries, HistoryReceipt? receipt, TimestampPolicy? policy, ValidationEvidence evidence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(evidence);

        // 1. Each entry in its place and linked to the one before; what happened can happen to that consent.
        var states = new Dictionary<string, ConsentState>(StringComparer.Ordinal);
        HistoryEntry? before = null;
        foreach (var entry in entries)
        {
            if (CheckLink(entry, before, receipt?.Head.HistoryId ?? entries[0].HistoryId) is { } broken)
            {
                return Refused(broken, (before?.Sequence ?? 0) + 1);
            }

            var state = ConsentLifeCycle.Next(states.GetValueOrDefault(entry.Event.ConsentId), entry.Event.Kind);
            if (!state.Succeeded)
            {
                return Refused(state.Error, entry.Sequence);
            }

            states[entry.Event.ConsentId] = state.Value;
            before = entry;
        }

        // 2. Without the patient's receipt a chain says nothing against whoever writes it.
        if (receipt is null)
        {
            return new() { Outcome = VerificationOutcome.Undetermined, Error = Error(ConsentErrorCodes.HistoryTimestamp, ErrorCategory.Untrusted, "no receipt"), States = states };
        }

        // 3. The time-stamp is over this head.
        var timestamp = TimestampVerifier.Verify(receipt.Timestamp, TimestampKind.Content, receipt.Head.ToBytes(), policy, evidence, at);
        if (timestamp.Outcome != VerificationOutcome.Accepted)
        {
            return new()
            {
                Outcome = timestamp.Outcome,
                Error = Error(ConsentErrorCodes.HistoryTimestamp, ErrorCategory.Untrusted, timestamp.Error?.Code),
                Timestamp = timestamp,
                States = states,
            };
        }

        // 4. Everything that was there when it was stamped is there, and is the same.
        var head = receipt.Head;
        if (entries.Count < head.Length)
        {
            return Refused(Error(ConsentErrorCodes.HistoryTruncated, ErrorCategory.Untrusted, null), entries.Count + 1, timestamp);
        }

        var last = entries[(int)head.Length - 1];
        if (!string.Equals(last.Digest, head.Digest, StringComparison.Ordinal))
        {
            return Refused(Error(ConsentErrorCodes.HistoryForked, ErrorCategory.Untrusted, null), head.Length, timestamp);
        }

        // 5. Nothing that was stamped is dated after its stamp; clocks may differ by what the policy allows.
        if (last.Event.At > timestamp.Time!.Value + (timestamp.Token!.Info.Accuracy?.Span ?? TimeSpan.Zero) + policy!.ClockSkew || head.At != last.Event.At)
        {
            return Refused(Error(ConsentErrorCodes.HistoryTime, ErrorCategory.Untrusted, "later than the time-stamp"), head.Length, timestamp);
        }

        return new() { Outcome = VerificationOutcome.Accepted, Proven = head.Length, ProvenAt = timestamp.Time, Timestamp = timestamp, States = states };
    }

    private static MedIdError? CheckLink(HistoryEntry entry, HistoryEntry? before, string history)
    {
        if (!HistoryJson.IsWritable(entry))
        {
            return HistoryJson.Malformed("an entry");
        }

        if (!string.Equals(entry.HistoryId, history, StringComparison.Ordinal))
        {
            return Error(ConsentErrorCodes.HistoryForeign, ErrorCategory.Untrusted, null);
        }

        if (entry.Sequence != (before?.Sequence ?? 0) + 1)
        {
            return Error(ConsentErrorCodes.HistoryOrder, ErrorCategory.Untrusted, null);
        }

        if (!string.Equals(entry.Previous, before?.Digest, StringComparison.Ordinal))
        {
            return Error(ConsentErrorCodes.HistoryRewritten, ErrorCategory.Untrusted, "the entry before is not the one that this one was linked to");
        }

        return before is not null && entry.Event.At < before.Event.At ? Error(ConsentErrorCodes.HistoryTime, ErrorCategory.Untrusted, "before the entry in front of it") : null;
    }

    private static HistoryReport Refused(MedIdError error, long at, TimestampReport? timestamp = null) =>
        new() { Outcome = VerificationOutcome.Refused, Error = error, At = at, Timestamp = timestamp };

    private static MedIdError Error(string code, ErrorCategory category, string? detail) => new(code, category, Section, detail);
}
