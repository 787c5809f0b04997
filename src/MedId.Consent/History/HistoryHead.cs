using MedId.Core;

namespace MedId.Consent;

/// <summary>The end of a history: with it nothing before can be changed unseen. It is what a time-stamp is taken over, and what the patient keeps.</summary>
/// <param name="HistoryId">The history.</param>
/// <param name="Length">How many entries; 0 before the first.</param>
/// <param name="Digest">The digest of the last entry; null before the first.</param>
/// <param name="At">The time of the last entry; null before the first.</param>
public sealed record HistoryHead(string HistoryId, long Length, string? Digest, DateTimeOffset? At)
{
    /// <summary>The canonical form (RFC 8785): what a time-stamp is taken over.</summary>
    public byte[] ToBytes() => HistoryJson.Write(this);

    /// <summary>Whether two heads cannot be of one history that was only ever appended to: the same length, and another end. Two receipts that do so prove a fork without any entry.</summary>
    /// <param name="other">Another head.</param>
    public bool ConflictsWith(HistoryHead other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(HistoryId, other.HistoryId, StringComparison.Ordinal) && Length == other.Length && !string.Equals(Digest, other.Digest, StringComparison.Ordinal);
    }

    /// <summary>Links an event to the end. Pure: the caller stores the entry and its head in one atomic step that fails when the stored head is no longer this one.</summary>
    /// <param name="happened">What happened, at a time that is not before <see cref="At"/>.</param>
    /// <returns>The entry; <c>consent.history_time</c> for an event before the last one, <c>consent.history_malformed</c> for identifiers or a digest that the history cannot hold.</returns>
    public MedIdResult<HistoryEntry> Append(HistoryEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var at = new DateTimeOffset(happened.At.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        var entry = new HistoryEntry { HistoryId = HistoryId, Sequence = Length + 1, Previous = Digest, Event = happened with { At = at } };
        return at < At ? new MedIdError(ConsentErrorCodes.HistoryTime, ErrorCategory.State, "MedIdSdk consent history", "before the last entry")
            : HistoryJson.IsWritable(entry) ? entry
            : HistoryJson.Malformed("an identifier or digest");
    }
}
