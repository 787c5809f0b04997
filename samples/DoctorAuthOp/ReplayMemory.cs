using System.Collections.Concurrent;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Samples.DoctorAuthOp;

/// <summary>Used client assertions, in the memory of this one process.</summary>
internal sealed class ReplayMemory(TimeProvider time) : IReplayStore
{
    private readonly ConcurrentDictionary<(string Issuer, string Id), DateTimeOffset> _seen = new();

    public ValueTask<bool> TryConsumeAsync(TenantId tenant, ReplayKey key, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        foreach (var (old, end) in _seen)
        {
            if (end < now)
            {
                _seen.TryRemove(old, out _);
            }
        }

        return ValueTask.FromResult(_seen.TryAdd((key.Issuer, key.Id), key.ExpiresAt));
    }
}
