using MedId.Core;

namespace MedId.OAuth;

/// <summary>Remembers used proofs in this process. For one node; several nodes share a store of their own. When it is full it takes no proof until old ones have ended.</summary>
public sealed class InMemoryProofReplayStore : IProofReplayStore
{
    private readonly Lock _lock = new();
    private readonly HashSet<(string Issuer, string Id)> _used = [];
    private readonly PriorityQueue<(string Issuer, string Id), DateTimeOffset> _ends = new();
    private readonly TimeProvider _time;

    /// <summary>An empty memory.</summary>
    /// <param name="capacity">The most proofs remembered; about 300 bytes each. Proofs of a minute and 1000 calls a second need 70,000.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public InMemoryProofReplayStore(int capacity = 200_000, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The most proofs remembered.</summary>
    public int Capacity { get; }

    /// <inheritdoc/>
    public ValueTask<bool> TryConsumeAsync(ReplayKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var now = _time.GetUtcNow();
        lock (_lock)
        {
            while (_ends.TryPeek(out var ended, out var end) && end <= now)
            {
                _ends.Dequeue();
                _used.Remove(ended);
            }

            // Fails closed: a memory that forgets early would let a proof in twice.
            var id = (key.Issuer, key.Id);
            if (_used.Count >= Capacity || !_used.Add(id))
            {
                return ValueTask.FromResult(false);
            }

            _ends.Enqueue(id, key.ExpiresAt);
            return ValueTask.FromResult(true);
        }
    }
}
