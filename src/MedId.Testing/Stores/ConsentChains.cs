using MedId.Consent;
using MedId.Core;
using ConsentChain = MedId.Consent.ConsentHistory;

namespace MedId.Testing;

/// <summary>Reads chains as their holder does.</summary>
internal static class ConsentChains
{
    public static IReadOnlyList<HistoryEntry> Parse(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        using var text = new MemoryStream();
        foreach (var line in lines)
        {
            text.Write(line.Span);
            text.WriteByte((byte)'\n');
        }

        var entries = ConsentChain.Parse(text.ToArray());
        return entries.Succeeded ? entries.Value : throw new ProviderStoreConformanceException("A stored entry cannot be read: " + entries.Error.Code);
    }

    public static MedIdError? Judge(IReadOnlyList<HistoryEntry> entries) => ConsentChain.Verify(entries, receipt: null, policy: null, new(), default).Error;

    public static HistoryHead HeadAfter(HistoryEntry entry) => ConsentChain.HeadAfter(entry);
}
