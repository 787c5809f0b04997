using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>Removes what has outlived its retention, every five minutes, two minutes late: the clocks of nodes may be that far apart. Nothing depends on it but space.</summary>
internal sealed class ProviderSweeper(IServiceProvider services, TimeProvider time, ILogger<ProviderLog> log) : PeriodicWork("the sweep", TimeSpan.FromMinutes(5), time, log)
{
    // A node whose clock is ahead must not forget what another node still takes: an identifier that may be used once, a revoked token.
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _time = time;
    private readonly ILogger<ProviderLog> _log = log;

    protected override Func<CancellationToken, ValueTask>? Prepare()
    {
        var (store, outbox) = (services.GetRequiredService<IProviderStore>(), services.GetRequiredService<OutboxRunner>());
        return async cancellationToken =>
        {
            // First, so that nothing that was promised goes without a word.
            await outbox.GiveUpExpiredAsync(cancellationToken).ConfigureAwait(false);
            Log.Swept(_log, await store.SweepAsync(_time.GetUtcNow() - ClocksApart, cancellationToken).ConfigureAwait(false));
        };
    }
}
