using System.Diagnostics.CodeAnalysis;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>Removes what has outlived its retention, every five minutes, two minutes late: the clocks of nodes may be that far apart. A sweep that fails is logged and tried again: nothing depends on it but space.</summary>
internal sealed class ProviderSweeper(IServiceProvider services, TimeProvider time, ILogger<ProviderLog> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    // A node whose clock is ahead must not forget what another node still takes: an identifier that may be used once, a revoked token.
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(2);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store of any make may throw anything; an exception that leaves here stops the host.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Resolved here, so that a missing store is named by the start check.
        var store = services.GetRequiredService<IProviderStore>();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                Log.Swept(log, await store.SweepAsync(time.GetUtcNow() - ClocksApart, stoppingToken).ConfigureAwait(false));
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(log, failure.GetType().Name);
            }
        }
    }
}
