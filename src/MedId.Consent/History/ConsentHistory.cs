using MedId.Core;
using MedId.Cryptography;
using MedId.Signatures;

namespace MedId.Consent;

/// <summary>The history of a person's consents: a chain of entries that is only ever appended to, and whose head, time-stamped and given to the patient, shows any change of what came before.</summary>
/// <remarks>
/// Stored as one canonical entry a line. Each entry holds the digest of the one before, so a change breaks the chain; who rebuilds the chain from there on cannot rebuild the receipt that the
/// patient holds. What happened after the newest receipt is protected by the next one only: give one out after each change, and none after reads if that is too often.
/// </remarks>
public static class ConsentHistory
{
    /// <summary>The most entries that are read at once.</summary>
    public const int MaxEntries = 100_000;

    private const int IdBytes = 16;

    /// <summary>The head of a new history.</summary>
    /// <returns>A head of length 0 with an identifier of 128 random bits.</returns>
    public static HistoryHead Start() => new(SecretGenerator.Base64Url(IdBytes), 0, null, null);

    /// <summary>The head after entries that were verified.</summary>
    /// <param name="last">The last entry.</param>
    public static HistoryHead HeadAfter(HistoryEntry last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return new(last.HistoryId, last.Sequence, last.Digest, last.Event.At);
    }

    /// <summary>Asks for a time-stamp over a head; its token makes the <see cref="HistoryReceipt"/>.</summary>
    /// <param name="head">A head of at least one entry.</param>
    /// <exception cref="ArgumentException">The history is empty.</exception>
    public static TimestampRequest RequestTimestamp(HistoryHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.Length > 0 ? TimestampRequest.Create(head.ToBytes()) : throw new ArgumentException("An empty history has nothing to prove.", nameof(head));
    }

    /// <summary>Reads entries: one in canonical form a line, each ended by a line feed.</summary>
    /// <param name="utf8">The lines.</param>
    /// <returns>The entries, or <c>consent.history_malformed</c>. Nothing is verified.</returns>
    public static MedIdResult<IReadOnlyList<HistoryEntry>> Parse(ReadOnlyMemory<byte> utf8)
    {
        var entries = new List<HistoryEntry>();
        while (utf8.Length > 0)
        {
            var end = utf8.Span.IndexOf((byte)'\n');
            if (end < 0 || entries.Count == MaxEntries)
            {
                return HistoryJson.Malformed(end < 0 ? "the last line is not ended" : "too many entries");
            }

            var entry = HistoryJson.ReadEntry(utf8[..end]);
            if (!entry.Succeeded)
            {
                return entry.Error;
            }

            entries.Add(entry.Value);
            utf8 = utf8[(end + 1)..];
        }

        return entries;
    }

    /// <summary>Writes entries as <see cref="Parse"/> reads them.</summary>
    /// <param name="entries">The entries.</param>
    public static byte[] Write(IEnumerable<HistoryEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        using var output = new MemoryStream();
        foreach (var entry in entries)
        {
            output.Write(entry.ToBytes());
            output.WriteByte((byte)'\n');
        }

        return output.ToArray();
    }

    /// <summary>Verifies entries against the receipt that the patient holds. Pure and offline: no clock, no network.</summary>
    /// <param name="entries">Every entry from the first on, as the holder of the history gives them out.</param>
    /// <param name="receipt">The receipt; null: only the links are judged, which proves nothing against their own writer.</param>
    /// <param name="policy">Whose time-stamps count.</param>
    /// <param name="evidence">Certificates and revocation data for them.</param>
    /// <param name="at">The time of verification.</param>
    public static HistoryReport Verify(IReadOnlyList<HistoryEntry> entries, HistoryReceipt? receipt, TimestampPolicy? policy, ValidationEvidence evidence, DateTimeOffset at) =>
        HistoryVerifier.Verify(entries, receipt, policy, evidence, at);
}
