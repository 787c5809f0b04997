using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider;

/// <summary>Fails at start where the administration would let in nobody, or somebody who should not be.</summary>
internal sealed class AdministrationStartCheck(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        List<string> wrong = [.. services.GetRequiredService<AdministrationOptions>().Validate(services.GetRequiredService<IOptions<ProviderServerOptions>>().Value.Registered)];
        return wrong.Count == 0 ? Task.CompletedTask : throw new OptionsValidationException(nameof(AdministrationOptions), typeof(AdministrationOptions), wrong);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
