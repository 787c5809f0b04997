using MedId.Ciba.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.RelyingParty;

/// <summary>Runs the scheduler while the host runs.</summary>
internal sealed class CibaSchedulerWorker(CibaScheduler scheduler, ILogger<CibaScheduler> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.SchedulerBegan(logger);
        try
        {
            await scheduler.RunAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host ends.
        }
        finally
        {
            var status = scheduler.Status;
            Log.SchedulerEnded(logger, status.Waiting, status.Untaken);
        }
    }
}
