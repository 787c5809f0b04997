using System.Collections.Concurrent;
using MedId.Core;

namespace MedId.Provider;

/// <summary>
/// A store that ends with its process: for trying out, tests and measuring. Every verb is atomic; verbs of different tenants do not wait for each other. One node only:
/// a second process has a second memory.
/// </summary>
public sealed partial class InMemoryProviderStore : IProviderStore
{
    private const int SweepBatch = 256;

    private readonly ConcurrentDictionary<TenantId, TenantMemory> _tenants = new();

    /// <inheritdoc/>
    public string Durability => "memory, lost when the process ends";

    /// <inheritdoc/>
    public ValueTask<int> SweepAsync(DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var swept = 0;
        foreach (var memory in _tenants.Values)
        {
            bool more;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                lock (memory.Gate)
                {
                    more = memory.Sweep(at, SweepBatch, ref swept);
                }
            }
            while (more);
        }

        return new(swept);
    }

    // A verb here waits for nothing, so there is nothing to cancel.
    private T Run<T>(TenantId tenant, Func<TenantMemory, T> verb)
    {
        var memory = _tenants.GetOrAdd(tenant, static id => new(id));
        T result;
        string[] raised = [];
        lock (memory.Gate)
        {
            result = verb(memory);
            if (memory.Raised.Count > 0)
            {
                raised = [.. memory.Raised];
                memory.Raised.Clear();
            }
        }

        foreach (var topic in raised)
        {
            _signals.Raise(topic);
        }

        return result;
    }
}
