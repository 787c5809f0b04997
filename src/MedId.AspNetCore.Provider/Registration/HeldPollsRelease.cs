using MedId.Ciba.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MedId.AspNetCore.Provider;

/// <summary>Lets held polls go when the host begins to stop: a client is answered instead of cut off, and the stop waits for nobody.</summary>
internal sealed class HeldPollsRelease(IServiceProvider services, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Asked for here: the start check has spoken by now.
        lifetime.ApplicationStopping.Register(services.GetRequiredService<HeldPolls>().Stop);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
