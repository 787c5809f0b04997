using System.Diagnostics.CodeAnalysis;
using MedId.Ciba.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>Works the outbox of this node: woken by a signal, by the next attempt it knows of, or by its timer. When the host stops, what is being told comes to an end and the rest is given back.</summary>
internal sealed class OutboxWorker(IServiceProvider services, TimeProvider time, ILogger<ProviderLog> log) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store of any make may throw anything; an exception that leaves here stops the host.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Resolved here, so that a missing store is named by the start check.
        var store = services.GetRequiredService<IProviderStore>();
        var options = services.GetRequiredService<ProviderOptions>();
        var runner = services.GetRequiredService<OutboxRunner>();
        using var subscription = store.Signals.Subscribe(ChangeTopics.Outbox(options.Tenant));
        DateTimeOffset? next = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var (taken, again) = await runner.RunAsync(stoppingToken).ConfigureAwait(false);
                next = next <= time.GetUtcNow() ? again : again < next || next is null ? again ?? next : next;
                if (taken < options.Outbox.Batch)
                {
                    await subscription.WaitAsync(Pause(next, options.Outbox.PollInterval), stoppingToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.OutboxFailed(log, failure.GetType().Name);
                await Task.Delay(options.Outbox.PollInterval, CancellationToken.None).WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private TimeSpan Pause(DateTimeOffset? next, TimeSpan interval)
    {
        var until = next is { } due ? due - time.GetUtcNow() : interval;
        return until < Shortest ? Shortest : until < interval ? until : interval;
    }
}
