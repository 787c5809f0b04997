using MedId.AspNetCore.Provider;
using MedId.Ciba.Server;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Administration and operations.</summary>
public static class MedIdProviderBuilderAdministrationExtensions
{
    /// <summary>
    /// The administration API, the durable registry of clients, trust data in the settings, and the kill switch. Map it where operators alone reach it: <c>MapMedIdAdministration</c>. An own <c>IClientStore</c> is
    /// registered before this call; it is asked first.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">The administration clients with their operators, and what else the OP chooses.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddAdministration(this MedIdProviderBuilder builder, Action<AdministrationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var services = builder.Services;
        services.Configure(configure);
        if (services.Any(static service => service.ServiceType == typeof(AdministrationOptions)))
        {
            return builder;
        }

        services.AddSingleton(static s => s.GetRequiredService<IOptions<AdministrationOptions>>().Value);
        AddSettings(services);
        var own = services.LastOrDefault(static service => service.ServiceType == typeof(IClientStore));
        services.RemoveAll<IClientStore>();
        services.AddSingleton(s => new RegisteredClients(
            Configured(s, own), s.GetRequiredService<SettingCache>(), s.GetRequiredService<KillSwitches>(), s.GetRequiredService<ProviderOptions>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IClientStore>(static s => s.GetRequiredService<RegisteredClients>());
        services.AddSingleton<KillSwitches>();
        services.AddSingleton(static s => new StopGuard(
            s.GetRequiredService<KillSwitches>(),
            s.GetRequiredService<IClientStore>(),
            s.GetRequiredService<RegisteredClients>(),
            s.GetService<IScopePolicy>() ?? new RegisteredScopes(),
            s.GetRequiredService<IProviderStore>(),
            s.GetRequiredService<ProviderOptions>()));
        services.AddSingleton<ITokenIssueGate>(static s => s.GetRequiredService<StopGuard>());
        services.AddOptions<ProviderOptions>().Configure<IServiceProvider>(static (options, s) => options.MakeStopGuard = s.GetRequiredService<StopGuard>);
        services.AddSingleton<ISettingStore>(static s => s.GetRequiredService<IProviderStore>());
        services.AddSingleton(static s => new ClientDesk(
            s.GetRequiredService<IProviderStore>(), s.GetRequiredService<SettingCache>(), s.GetRequiredService<RegisteredClients>(), s.GetRequiredService<ProviderOptions>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ClientAdmission>()));
        services.AddSingleton(static s => new TrustDesk(
            s.GetRequiredService<IProviderStore>(), s.GetRequiredService<SettingCache>(), s.GetRequiredService<ProviderOptions>(), s.GetRequiredService<TimeProvider>(), s.GetService<JwksClient>() is not null));
        services.AddSingleton<PeopleDesk>();
        services.AddSingleton<KillSwitchDesk>();
        services.AddSingleton(static s => new FourEyes(s.GetRequiredService<IProviderStore>(), s.GetRequiredService<ProviderOptions>(), s.GetRequiredService<AdministrationOptions>(), s.GetRequiredService<TimeProvider>()));
        services.AddHostedService<AdministrationStartCheck>();
        return builder;
    }

    /// <summary>Signing keys that stand in the settings, in the place of <c>AddSigningKeys</c>: every node has the same ring, and a rotation needs no restart.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">How keys are rotated; null: by operators.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddStoredSigningKeys(this MedIdProviderBuilder builder, Action<KeyRotationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<KeyRotationOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(KeyRotationOptions)))
        {
            return builder;
        }

        AddSettings(services);
        services.AddSingleton(static s => s.GetRequiredService<IOptions<KeyRotationOptions>>().Value);
        services.RemoveAll<IKeyRingSource>();
        services.AddSingleton<SettingKeyRing>();
        services.AddSingleton<IKeyRingSource>(static s => s.GetRequiredService<SettingKeyRing>());
        services.AddSingleton(static s => new SigningKeyDesk(
            s.GetRequiredService<IProviderStore>(), s.GetRequiredService<SettingCache>(), s.GetRequiredService<ProviderOptions>(), s.GetRequiredService<KeyRotationOptions>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<CibaOptions>().Profile));
        services.AddHostedService<KeyRotator>();
        return builder;
    }

    /// <summary>
    /// Health checks (<c>medid.live</c>, <c>medid.store</c>, <c>medid.keys</c>, <c>medid.outbox</c>, <c>medid.trust</c>, <c>medid.clock</c>), tagged <c>live</c> or <c>ready</c>. <c>MapMedIdHealth</c> maps them.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">The limits; null: as they are.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddProviderHealthChecks(this MedIdProviderBuilder builder, Action<ProviderHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<ProviderHealthOptions>();
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        if (builder.Services.Any(static service => service.ServiceType == typeof(ProviderHealth)))
        {
            return builder;
        }

        builder.Services.AddSingleton<ProviderHealth>();
        var checks = builder.Services.AddHealthChecks().AddCheck("medid.live", static () => Diagnostics.HealthChecks.HealthCheckResult.Healthy(), [ProviderHealth.Live]);
        foreach (var (name, check) in ProviderHealth.Checks)
        {
            checks.Add(new(name, s => new ProviderHealth.Check(s.GetRequiredService<ProviderHealth>(), check), failureStatus: null, [ProviderHealth.Ready]));
        }

        return builder;
    }

    /// <summary>The settings as this node knows them, and who listens for their changes.</summary>
    private static void AddSettings(IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(SettingCache)))
        {
            return;
        }

        services.AddSingleton(static s => new SettingCache(
            s.GetRequiredService<IProviderStore>(), s.GetRequiredService<ProviderOptions>().Tenant, s.GetRequiredService<TimeProvider>(), s.GetService<AdministrationOptions>()?.SettingsMaxAge ?? TimeSpan.FromSeconds(1)));
        services.AddHostedService<SettingListener>();
    }

    private static IClientStore Configured(IServiceProvider services, ServiceDescriptor? own) => own switch
    {
        null or { ImplementationInstance: ConfiguredClients } => new ConfiguredClients(services.GetRequiredService<IOptions<ProviderServerOptions>>().Value.Registered),
        { ImplementationInstance: IClientStore store } => store,
        { ImplementationFactory: { } make } => (IClientStore)make(services),
        _ => (IClientStore)ActivatorUtilities.CreateInstance(services, own.ImplementationType!),
    };
}
