using MedId.Ciba.Server;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Testing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the lab.</summary>
public static class MedIdLabServiceCollectionExtensions
{
    private const int ManyPending = 200;

    /// <summary>LABORATORIES ONLY: puts the lab around an OP's services. Called last, because it wraps what is registered.</summary>
    /// <param name="services">The services of a whole OP.</param>
    /// <param name="lab">The lab whose <see cref="MedIdLab.MetadataStatements"/> the OP knows.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">The OP is not registered yet.</exception>
    public static IServiceCollection AddMedIdLab(this IServiceCollection services, MedIdLab lab)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(lab);
        services.AddSingleton(lab);
        services.AddSingleton<LabUsers>();
        services.AddSingleton<LabRequests>();
        services.AddSingleton<LabOpenings>();
        services.AddSingleton<LabActs>();
        services.AddSingleton<IScopePolicy, LabScopePolicy>();
        Wrap<IHintResolver>(services, static (s, inner) => new LabHintResolver(inner, s.GetRequiredService<LabUsers>(), s.GetRequiredService<IProviderStore>()));
        Wrap<IBackchannelRequestHandler>(services, static (s, inner) => new LabRequestHandler(inner, s.GetRequiredService<LabOpenings>()));
        Wrap<ICibaRequestStore>(services, static (s, inner) => new LabRequestStore(
            inner, s.GetRequiredService<LabRequests>(), s.GetRequiredService<LabOpenings>(), new Lazy<LabActs>(s.GetRequiredService<LabActs>)));
        Wrap<IDeviceNotifier>(services, static (_, inner) => new LabNotifier(inner));
        var clients = Take<IClientStore>(services);
        services.AddSingleton(s => new LabClients(clients(s), s.GetRequiredService<MedIdLab>(), s.GetRequiredService<ClientAdmission>()));
        services.AddSingleton<IClientStore>(static s => s.GetRequiredService<LabClients>());
        services.Configure<ProviderOptions>(static provider =>
        {
            provider.DangerouslyAssumedPractitioner ??= new();
            provider.PushAddressSchemes.Add(MedIdLab.PushScheme);
            provider.Limits.Lift();
        });
        services.Configure<CibaOptions>(static ciba =>
        {
            // Who registered for user codes is asked for one, and nobody else.
            ciba.UserCodeRequiredFor = [];
            ciba.MaxPendingOfSubject = ManyPending;
            ciba.AllowLoopbackNotifications = true;
        });
        return services;
    }

    private static void Wrap<T>(IServiceCollection services, Func<IServiceProvider, T, T> wrap)
        where T : class
    {
        var inner = Take<T>(services);
        services.AddSingleton(s => wrap(s, inner(s)));
    }

    /// <summary>Takes a registration out, and gives what makes the service, once.</summary>
    private static Func<IServiceProvider, T> Take<T>(IServiceCollection services)
        where T : class
    {
        var registered = services.LastOrDefault(one => one.ServiceType == typeof(T))
            ?? throw new InvalidOperationException($"AddMedIdLab comes after the whole OP: there is no {typeof(T).Name} yet.");
        services.RemoveAll<T>();
        var key = new object();
        if (registered.ImplementationInstance is T instance)
        {
            return _ => instance;
        }

        if (registered.ImplementationFactory is { } factory)
        {
            services.AddKeyedSingleton(key, (s, _) => (T)factory(s));
        }
        else
        {
            services.Add(new ServiceDescriptor(typeof(T), key, registered.ImplementationType!, ServiceLifetime.Singleton));
        }

        return s => s.GetRequiredKeyedService<T>(key);
    }
}
