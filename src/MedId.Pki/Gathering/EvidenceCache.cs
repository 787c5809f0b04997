namespace MedId.Pki;

/// <summary>Evidence that was fetched and proven before, found by where it came from; the least recently used leaves when the cache is full.</summary>
internal sealed class EvidenceCache(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, CachedEvidence Evidence)>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, CachedEvidence Evidence)> _order = [];

    public CachedEvidence? Find(string key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                return null;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Evidence;
        }
    }

    public void Put(string key, CachedEvidence evidence)
    {
        lock (_lock)
        {
            Place(key, evidence);
        }
    }

    /// <summary>Keeps a CRL as the last good one of its scope, unless a later one is kept already (RFC 5280 §5.2.3: numbers only grow).</summary>
    /// <returns>The later one that is kept already; null when this one is the latest.</returns>
    public CertificateRevocationList? PutLatest(string key, CertificateRevocationList crl)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var node) && node.Value.Evidence.Crl is { } kept && IsOlder(crl, kept))
            {
                return kept;
            }

            Place(key, new(crl.ThisUpdate, crl.NextUpdate) { Crl = crl });
            return null;
        }
    }

    private static bool IsOlder(CertificateRevocationList crl, CertificateRevocationList kept) =>
        kept.Number is { } number && crl.Number is { } own ? own < number : crl.ThisUpdate < kept.ThisUpdate;

    private void Place(string key, CachedEvidence evidence)
    {
        if (_entries.Remove(key, out var before))
        {
            _order.Remove(before);
        }

        _entries.Add(key, _order.AddFirst((key, evidence)));
        if (_order.Count > capacity)
        {
            _entries.Remove(_order.Last!.Value.Key);
            _order.RemoveLast();
        }
    }
}
