using MedId.Core;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Benchmarks;

/// <summary>The in-memory store, begun anew after every round of inputs: an assertion is good once, and the same ones come round again.</summary>
internal sealed class ReplayRounds : IReplayStore
{
    private InMemoryProviderStore _store = new();
    private int _consumed;

    public ValueTask<bool> TryConsumeAsync(TenantId tenant, ReplayKey key, CancellationToken cancellationToken = default)
    {
        if (_consumed++ == Rotation.Inputs)
        {
            _consumed = 1;
            _store = new();
        }

        return _store.TryConsumeAsync(tenant, key, cancellationToken);
    }
}
