using System.Diagnostics.CodeAnalysis;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>Has this node look again as soon as a setting was changed anywhere. While it does not run, a setting is as old as its greatest age at most.</summary>
internal sealed class SettingListener(IServiceProvider services, TimeProvider time, ILogger<ProviderLog> log) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Signals of any make may throw anything; without them settings are found by their age.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Resolved here, so that a missing store is named by the start check.
        var (settings, store) = (services.GetRequiredService<SettingCache>(), services.GetRequiredService<IProviderStore>());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await settings.ListenAsync(store.Signals, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(log, failure.GetType().Name);
                await Task.Delay(AfterFailure, time, stoppingToken).ConfigureAwait(false);
            }
        }
    }
}
