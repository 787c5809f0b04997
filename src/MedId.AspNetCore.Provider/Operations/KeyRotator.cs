using System.Diagnostics.CodeAnalysis;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider;

/// <summary>Rotates signing keys by their age. Of several nodes one does each step; an OP that is to make its own keys has one when it starts.</summary>
internal sealed class KeyRotator(IServiceProvider services, TimeProvider time, ILogger<ProviderLog> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<KeyRotationOptions>().Validate() is { Count: > 0 } wrong)
        {
            throw new OptionsValidationException(nameof(KeyRotationOptions), typeof(KeyRotationOptions), wrong);
        }

        await services.GetRequiredService<SigningKeyDesk>().RotateAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store of any make may throw anything; an exception that leaves here stops the host.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var desk = services.GetRequiredService<SigningKeyDesk>();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                var steps = await desk.RotateAsync(stoppingToken).ConfigureAwait(false);
                if (steps > 0)
                {
                    Log.KeysRotated(log, steps);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(log, failure.GetType().Name);
            }
        }
    }
}
