using MedId.Consent;

namespace MedId.Provider;

/// <summary>A person's history as it is given to the person: the entries byte for byte, and what proves them.</summary>
public sealed record HeldHistory
{
    /// <summary>The place of the first of <see cref="Entries"/>.</summary>
    public required long From { get; init; }

    /// <summary>The entries, each in canonical form; with a line feed behind each they are what <see cref="MedId.Consent.ConsentHistory.Parse"/> reads.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Entries { get; init; }

    /// <summary>The place to go on at; null when these are the last.</summary>
    public long? Next { get; init; }

    /// <summary>The newest receipt; null where there is none yet.</summary>
    public HistoryReceipt? Receipt { get; init; }

    /// <summary>Whether something happened that no receipt proves yet: ask again later.</summary>
    public bool ReceiptIsDue { get; init; }

    /// <summary>How many entries; nothing of them.</summary>
    public override string ToString() => $"{Entries.Count} entries from {From}";
}
