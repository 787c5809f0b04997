using MedId.Ciba.Client;
using MedId.OAuth;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers where a relying party keeps consents to process.</summary>
public static class ProcessingConsentServiceCollectionExtensions
{
    /// <summary>Registers <see cref="ProcessingConsents"/> for the client of <see cref="CibaServiceCollectionExtensions.AddMedIdCibaClient(IServiceCollection, Action{CibaClientOptions})"/>. Every registered <see cref="IRunningAccesses"/> gives up what runs when one is taken back.</summary>
    /// <param name="services">The services.</param>
    /// <param name="store">The store; <see cref="InMemoryProcessingConsentStore"/> forgets everything when the process ends.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddMedIdProcessingConsents(this IServiceCollection services, Func<IServiceProvider, IProcessingConsentStore> store)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(store);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(store);
        services.TryAddSingleton(static provider => new ProcessingConsents(
            provider.GetRequiredService<IOptions<CibaClientOptions>>().Value.Credential?.ClientId ?? throw new InvalidOperationException("AddMedIdCibaClient: no credential."),
            provider.GetRequiredService<IProcessingConsentStore>(),
            provider.GetServices<IRunningAccesses>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
