using System.Diagnostics.CodeAnalysis;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>Has receipts of histories made soon after a change, and again later when the time-stamping service did not answer. Nothing waits for it.</summary>
internal sealed class ReceiptWorker(IServiceProvider services, ProviderOptions options, TimeProvider time, ILogger<ProviderLog> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store of any make may throw anything; an exception that leaves here stops the host.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.WithoutTimestampedHistory)
        {
            return;
        }

        // Resolved here, so that a missing store is named by the start check.
        var receipts = services.GetRequiredService<ConsentReceipts>();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await receipts.StampDueAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(log, failure.GetType().Name);
            }
        }
    }
}
