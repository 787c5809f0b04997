using MedId.Core;
using MedId.Signatures;

namespace MedId.Consent;

/// <summary>What was found out about a history.</summary>
public sealed record HistoryReport
{
    /// <summary>Accepted: linked, lawful, and its past proven by the receipt. Undetermined: linked, and nothing proves that it was not made anew.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Why it is not accepted; null when it is.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>The place of the entry at which it failed, from 1; null where it is not about one.</summary>
    public long? At { get; init; }

    /// <summary>How many entries the receipt proves; those after it are linked only.</summary>
    public long Proven { get; init; }

    /// <summary>When at the latest the proven entries were there.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>The time-stamp's own report; null where it did not come to that.</summary>
    public TimestampReport? Timestamp { get; init; }

    /// <summary>The state of each consent after the last entry.</summary>
    public IReadOnlyDictionary<string, ConsentState> States { get; init; } = new Dictionary<string, ConsentState>(StringComparer.Ordinal);
}
