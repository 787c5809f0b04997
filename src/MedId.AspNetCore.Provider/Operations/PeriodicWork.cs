using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>Something that is done again and again with a pause between. What fails is logged by its name and the exception's type, and tried again after the pause.</summary>
/// <param name="name">What fails, in the words of the log: "the sweep".</param>
/// <param name="pause">From the end of one to the beginning of the next.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal abstract class PeriodicWork(string name, TimeSpan pause, TimeProvider time, ILogger<ProviderLog> log) : BackgroundService
{
    /// <summary>Whether the first one is begun at once; otherwise after a pause.</summary>
    protected virtual bool AtOnce => false;

    /// <summary>Resolves what is needed when the host runs, so that a missing store is named by the start check.</summary>
    /// <returns>The work; null when this OP has none.</returns>
    protected abstract Func<CancellationToken, ValueTask>? Prepare();

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store of any make may throw anything; an exception that leaves here stops the host.")]
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Prepare() is not { } once)
        {
            return;
        }

        for (var waits = !AtOnce; !stoppingToken.IsCancellationRequested; waits = true)
        {
            if (waits)
            {
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(false);
            }

            try
            {
                await once(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.WorkFailed(log, name, failure.GetType().Name);
            }
        }
    }
}
