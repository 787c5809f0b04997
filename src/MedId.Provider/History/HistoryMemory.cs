using MedId.Consent;

namespace MedId.Provider;

/// <summary>The chain of one person in an <see cref="InMemoryProviderStore"/>.</summary>
internal sealed class HistoryMemory
{
    public HistoryHead Head { get; set; } = MedId.Consent.ConsentHistory.Start();

    public List<ReadOnlyMemory<byte>> Entries { get; } = [];

    public HistoryReceipt? Receipt { get; set; }

    /// <summary>The place of the last change that no receipt proves; 0 for none.</summary>
    public long Due { get; set; }
}
