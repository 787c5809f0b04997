using MedId.AspNetCore.RelyingParty;
using MedId.Ciba.Client;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what looks after the requests of many patients.</summary>
public static class CibaSchedulerServiceCollectionExtensions
{
    /// <summary>
    /// Registers a <see cref="CibaScheduler"/> over every OP of <see cref="CibaServiceCollectionExtensions.AddMedIdCibaClient(IServiceCollection, string, Action{CibaClientOptions})"/>, by the names given there (the unnamed one is
    /// <c>""</c>), and runs it while the host runs. Where an <see cref="ICibaOutcomeHandler"/> is registered, as a singleton, every outcome goes to it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="store">Where requests outlive the process; <see cref="FileCibaPendingStore"/> for one process with a disk. Null forgets them when the process ends.</param>
    /// <param name="configure">The key and the pace; validated when the host starts.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddMedIdCibaScheduler(
        this IServiceCollection services, Func<IServiceProvider, ICibaPendingStore>? store = null, Action<CibaSchedulerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<CibaSchedulerOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CibaSchedulerOptions>, CibaSchedulerOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(store ?? (static _ => new InMemoryCibaPendingStore()));
        services.TryAddSingleton(static provider => new CibaScheduler(
            provider.GetServices<CibaClientName>().Select(one => one.Name).Distinct(StringComparer.Ordinal)
                .ToDictionary(name => name, name => provider.GetRequiredKeyedService<CibaService>(name).Client, StringComparer.Ordinal),
            provider.GetRequiredService<ICibaPendingStore>(),
            provider.GetRequiredService<IOptions<CibaSchedulerOptions>>().Value,
            provider.GetService<ICibaOutcomeHandler>() is { } handler ? new LoggingOutcomeHandler(handler, provider.GetRequiredService<ILogger<CibaScheduler>>()) : null,
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<CibaSchedulerWorker>();
        return services;
    }

    /// <summary>Adds a check of the scheduler: unhealthy while it does not run or its store throws, degraded while polls are late, stored requests cannot be opened or an OP asked to be left alone.</summary>
    /// <param name="checks">The checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="lateAfter">From when on a poll is late; 30 seconds when null.</param>
    /// <returns>The checks.</returns>
    public static IHealthChecksBuilder AddMedIdCibaScheduler(this IHealthChecksBuilder checks, string name = "medid-ciba-client", TimeSpan? lateAfter = null)
    {
        ArgumentNullException.ThrowIfNull(checks);
        return checks.Add(new(
            name,
            provider => new CibaSchedulerHealthCheck(provider.GetRequiredService<CibaScheduler>(), lateAfter ?? TimeSpan.FromSeconds(30)),
            failureStatus: null,
            tags: null));
    }
}
