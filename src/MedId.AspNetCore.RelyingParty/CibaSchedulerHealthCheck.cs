using MedId.Ciba.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MedId.AspNetCore.RelyingParty;

/// <summary>How the scheduler is. Its data are numbers and names of OPs.</summary>
internal sealed class CibaSchedulerHealthCheck(CibaScheduler scheduler, TimeSpan lateAfter) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = scheduler.Status;
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["waiting"] = status.Waiting,
            ["untaken"] = status.Untaken,
            ["overdue_seconds"] = status.Overdue.TotalSeconds,
            ["unreadable"] = status.Unreadable,
            ["paused_ops"] = string.Join(' ', status.PausedOps),
        };
        var result = !status.IsRunning ? HealthCheckResult.Unhealthy("The scheduler does not run.", data: data)
            : status.IsStoreFailing ? HealthCheckResult.Unhealthy("The store of waiting requests fails.", data: data)
            : status.Overdue > lateAfter ? HealthCheckResult.Degraded("Polls are late.", data: data)
            : status.Unreadable > 0 ? HealthCheckResult.Degraded("Stored requests cannot be opened.", data: data)
            : status.PausedOps.Count > 0 ? HealthCheckResult.Degraded("An OP asked to be left alone for now.", data: data)
            : HealthCheckResult.Healthy(data: data);
        return Task.FromResult(result);
    }
}
