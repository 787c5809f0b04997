namespace MedId.Fido.Metadata;

/// <summary>Finds entries by each of their names.</summary>
internal sealed class MetadataIndex
{
    private readonly Dictionary<Guid, MetadataEntry> _aaguids = [];
    private readonly Dictionary<string, MetadataEntry> _aaids = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, MetadataEntry> _keys = new(StringComparer.Ordinal);

    public MetadataIndex(IEnumerable<MetadataEntry> entries)
    {
        foreach (var entry in entries)
        {
            // The zero AAGUID stands for "none": a U2F key, or an authenticator that does not say.
            if (entry.Aaguid is { } aaguid && aaguid != Guid.Empty)
            {
                Add(_aaguids, aaguid, entry);
            }

            if (entry.Aaid is { } aaid)
            {
                Add(_aaids, aaid, entry);
            }

            foreach (var key in entry.AttestationCertificateKeyIdentifiers)
            {
                Add(_keys, key, entry);
            }
        }
    }

    public MetadataEntry? Find(Guid aaguid) => _aaguids.GetValueOrDefault(aaguid);

    public MetadataEntry? FindAaid(string aaid) => _aaids.GetValueOrDefault(aaid);

    public MetadataEntry? FindKey(string identifier) => _keys.GetValueOrDefault(identifier);

    // Two entries for one model: what is reported by either counts.
    private static void Add<TKey>(Dictionary<TKey, MetadataEntry> entries, TKey key, MetadataEntry entry)
        where TKey : notnull =>
        entries[key] = entries.TryGetValue(key, out var first) && !ReferenceEquals(first, entry)
            ? first with { StatusReports = [.. first.StatusReports, .. entry.StatusReports], Problem = first.Problem ?? entry.Problem }
            : entry;
}
