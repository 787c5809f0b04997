namespace MedId.Ciba.Client;

/// <summary>Keeps requests in memory: what waits is forgotten when the process ends.</summary>
public sealed class InMemoryCibaPendingStore : ICibaPendingStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, StoredCibaRequest> _kept = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(StoredCibaRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            return ValueTask.FromResult(_kept.TryAdd(request.Id, request));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredCibaRequest>> ListAsync(string? after, int limit, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<StoredCibaRequest>>(
                [.. _kept.Values.Where(one => after is null || string.CompareOrdinal(one.Id, after) > 0).Take(limit)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryReplaceAsync(StoredCibaRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            if (!_kept.TryGetValue(request.Id, out var stored) || stored.Version != request.Version - 1)
            {
                return ValueTask.FromResult(false);
            }

            _kept[request.Id] = request;
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryRemoveAsync(string id, long version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_gate)
        {
            return ValueTask.FromResult(_kept.TryGetValue(id, out var stored) && stored.Version == version && _kept.Remove(id));
        }
    }
}
