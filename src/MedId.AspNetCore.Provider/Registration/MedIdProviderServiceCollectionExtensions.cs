using MedId.AspNetCore.Provider;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a patient's OP.</summary>
public static class MedIdProviderServiceCollectionExtensions
{
    /// <summary>Registers the OP: its issuer, tenant and the rules of consent. What the builder is not told is named when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">The OP's choices.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddMedIdProvider(this IServiceCollection services, Action<ProviderOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<ProviderOptions>().Configure(configure);
        services.AddOptions<ProviderServerOptions>();
        services.AddOptions<CibaOptions>().Configure(static options => options.AuthorizationDetailsTypes = [AuthorizationDetails.ConsentType]);
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<ProviderStartCheck>();
        services.AddHostedService<ProviderSweeper>();

        services.TryAddSingleton(static s => s.GetRequiredService<IOptions<ProviderOptions>>().Value);
        services.TryAddSingleton(static s => s.GetRequiredService<IOptions<CibaOptions>>().Value);
        services.TryAddSingleton(static s => s.GetRequiredService<ProviderOptions>().AcrTable ?? throw new InvalidOperationException("ProviderOptions.AcrTable is not set."));
        services.TryAddSingleton(static s =>
        {
            var provider = s.GetRequiredService<ProviderOptions>();
            var options = new OAuthServerOptions { Issuer = provider.Issuer, Algorithms = provider.Algorithms };
            s.GetRequiredService<IOptions<ProviderServerOptions>>().Value.Configure?.Invoke(options);
            return options;
        });
        AddStoreViews(services);
        AddRules(services);
        AddAudit(services);
        AddOutbox(services);
        AddRegistration(services);
        AddEndpoints(services);
        services.AddHostedService<ProviderStartReport>();
        return new(services);
    }

    private static void AddStoreViews(IServiceCollection services)
    {
        services.TryAddSingleton<IReplayStore>(static s => s.GetRequiredService<IProviderStore>());
        services.TryAddSingleton<IRefreshTokenStore>(static s => s.GetRequiredService<IProviderStore>());
        services.TryAddSingleton<ITokenRevocationStore>(static s => s.GetRequiredService<IProviderStore>());
        services.TryAddSingleton<ICibaRequestStore>(static s => s.GetRequiredService<IProviderStore>());
        services.TryAddSingleton<IGrantStatus, ConsentGrantStatus>();
    }

    private static void AddAudit(IServiceCollection services)
    {
        services.AddHostedService<ReceiptWorker>();
        services.TryAddSingleton<AuditTrail>();
        services.TryAddSingleton(static s => new ConsentReceipts(
            s.GetRequiredService<IProviderStore>(), s.GetRequiredService<ProviderOptions>(), s.GetRequiredService<TimeProvider>(), s.GetService<IHistoryTimestamps>()));
        services.TryAddSingleton<IIntrospectionAudit>(static s => s.GetRequiredService<AuditTrail>());
        services.TryAddSingleton<IRefreshAudit>(static s => s.GetRequiredService<AuditTrail>());
        services.TryAddSingleton<IBackchannelAudit>(static s => s.GetRequiredService<AuditTrail>());
    }

    private static void AddOutbox(IServiceCollection services)
    {
        services.AddHostedService<OutboxWorker>();
        services.TryAddSingleton<PersonalQuietHours>();
        services.TryAddSingleton<AnnouncementReceipts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOutboxObserver, OutboxLog>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOutboxHandler, Announcer>(static s => new(
            s.GetRequiredService<IProviderStore>(), s.GetRequiredService<ProviderOptions>(), s.GetService<IDeviceNotifier>() ?? SilentNotifier.Instance, s.GetRequiredService<TimeProvider>())));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOutboxHandler, DirectDecisions>(static s => new(
            s.GetRequiredService<IProviderStore>(), s.GetRequiredService<ProviderOptions>(), s.GetServices<IBreakGlassObserver>(), s.GetRequiredService<TimeProvider>())));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOutboxHandler, EndedTelling>(static s => new(
            s.GetRequiredService<IProviderStore>(),
            s.GetRequiredService<ProviderOptions>(),
            s.GetService<IDeviceNotifier>() ?? SilentNotifier.Instance,
            s.GetServices<IConsentEndedObserver>(),
            s.GetRequiredService<TimeProvider>())));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOutboxHandler, RecordedTelling>(static s => new(
            s.GetRequiredService<IProviderStore>(), s.GetRequiredService<ProviderOptions>(), s.GetService<IDeviceNotifier>() ?? SilentNotifier.Instance, s.GetRequiredService<TimeProvider>())));
        services.TryAddSingleton(static s => new OutboxRunner(
            s.GetRequiredService<IProviderStore>(), s.GetRequiredService<ProviderOptions>(), s.GetServices<IOutboxHandler>(), s.GetRequiredService<TimeProvider>(), s.GetServices<IOutboxObserver>()));
    }

    private static void AddRules(IServiceCollection services)
    {
        services.TryAddSingleton<EnrolmentDesk>();
        services.TryAddSingleton<CardDesk>();
        services.TryAddSingleton<DeviceActs>();
        services.TryAddSingleton<AccessRequests>();
        services.TryAddSingleton<ConsentHistory>();
        services.TryAddSingleton(static s => new WithdrawalReach(
            s.GetRequiredService<IProviderStore>(), s.GetService<IDeviceNotifier>() ?? SilentNotifier.Instance, s.GetServices<IConsentEndedObserver>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ProviderOptions>()));
        services.TryAddSingleton<ConsentDashboard>();
        services.TryAddSingleton<DashboardSessions>();
        services.TryAddSingleton<DeviceLifeCycle>();
        services.TryAddSingleton<LifeCycleDesk>();
        services.TryAddSingleton<IHintResolver, AccountHintResolver>();
        services.TryAddSingleton<IUserCodeVerifier, AccountUserCodes>();
        services.TryAddSingleton<IBackchannelRequestHandler>(static s => new AccessRequestOpener(
            s.GetRequiredService<IProviderStore>(),
            s.GetRequiredService<ProviderOptions>(),
            s.GetService<IPractitionerIssuerSource>()
                ?? (s.GetService<SettingCache>() is { } settings ? new SettingPractitionerIssuers(PractitionerIssuers.None, settings, s.GetService<JwksClient>()) : PractitionerIssuers.None),
            s.GetService<IDeviceNotifier>() ?? SilentNotifier.Instance,
            s.GetRequiredService<TimeProvider>(),
            s.GetService<HpkiPractitioners>(),
            s.GetServices<IAccessPath>(),
            s.GetServices<IBreakGlassObserver>()));
        services.TryAddSingleton<IClientKeySource>(static s => new ClientKeySource(s.GetService<JwksClient>()));
    }

    /// <summary>How clients that do not only poll get their answers (CIBA Core §5).</summary>
    private static void AddDelivery(IServiceCollection services)
    {
        // The signals are the store's, which ends them: no service of their own, or the container would end them too.
        services.TryAddSingleton(static s => new HeldPolls(s.GetRequiredService<IProviderStore>().Signals, s.GetRequiredService<CibaOptions>(), s.GetRequiredService<TimeProvider>()));
        services.AddHostedService<HeldPollsRelease>();

        // One client lives as long as the host: connections are renewed instead of handlers. Its URLs and bodies are of clients and people, so nothing of them is logged.
        services.AddHttpClient(CibaNotificationClient.Name, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static s => GuardedHttpHandler.Create(s.GetRequiredService<CibaOptions>().NotificationRules(s.GetRequiredService<OAuthServerOptions>())))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.TryAddSingleton(static s =>
        {
            var ciba = s.GetRequiredService<CibaOptions>();
            var rules = ciba.NotificationRules(s.GetRequiredService<OAuthServerOptions>());
            return new CibaNotificationClient(s.GetRequiredService<IHttpClientFactory>(), rules, ciba.NotificationTimeout, s.GetRequiredService<TimeProvider>());
        });
        services.TryAddSingleton(static s => s.GetRequiredService<CibaNotificationClient>().Sender);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOutboxHandler, PingHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOutboxHandler, PushHandler>());
    }

    /// <summary>What is asked of clients, whichever way they are registered.</summary>
    private static void AddRegistration(IServiceCollection services)
    {
        services.TryAddSingleton(static s => new RegistrationRules(
            s.GetRequiredService<ProviderOptions>(),
            s.GetRequiredService<OAuthServerOptions>(),
            s.GetRequiredService<CibaOptions>(),
            s.GetService<SubjectIdentifiers>() ?? SubjectIdentifiers.PublicOnly,
            new(FetchesKeys: s.GetService<JwksClient>() is not null, VerifiesChains: s.GetService<ClientCertificateOptions>() is not { VerifiesChains: false })));
        services.AddHttpClient(SectorClient.Name, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static s => GuardedHttpHandler.Create(s.GetRequiredService<CibaOptions>().NotificationRules(s.GetRequiredService<OAuthServerOptions>())))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.TryAddSingleton(static s =>
        {
            var ciba = s.GetRequiredService<CibaOptions>();
            return new SectorClient(
                s.GetRequiredService<IHttpClientFactory>(), ciba.NotificationRules(s.GetRequiredService<OAuthServerOptions>()), ciba.NotificationTimeout, s.GetRequiredService<TimeProvider>());
        });
        services.TryAddSingleton(static s => s.GetRequiredService<SectorClient>().Documents);
        services.TryAddSingleton<ClientAdmission>();
    }

    private static void AddEndpoints(IServiceCollection services)
    {
        services.TryAddSingleton<IClientAuthenticationLimit>(static s => new ClientAuthenticationLimits(
            s.GetRequiredService<IProviderStore>(), s.GetRequiredService<ProviderOptions>(), s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ClientAuthenticator>();
        services.TryAddSingleton<TokenMinter>();
        services.TryAddSingleton<TokenRevoker>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGrantHandler, RefreshGrantHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGrantHandler, CibaGrantHandler>());
        AddDelivery(services);
        services.TryAddSingleton<TokenEndpoint>();
        services.TryAddSingleton<IntrospectionEndpoint>();
        services.TryAddSingleton<RevocationEndpoint>();
        services.TryAddSingleton<ConsentArtefactEndpoint>();
        services.TryAddSingleton<SenderConstraints>();
        services.TryAddSingleton<UserInfoEndpoint>();
        services.TryAddSingleton<JwksDocument>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDiscoverySection, CibaDiscoverySection>(static s => new(
            s.GetRequiredService<OAuthServerOptions>(),
            s.GetRequiredService<CibaOptions>(),
            s.GetRequiredService<AcrTable>(),
            userCodes: true,
            s.GetRequiredService<TimeProvider>())));
        services.TryAddSingleton(static s => new DiscoveryDocument(
            s.GetRequiredService<OAuthServerOptions>(),
            s.GetRequiredService<IKeyRingSource>(),
            s.GetRequiredService<TokenEndpoint>().GrantTypes,
            scopes: null,
            s.GetServices<IDiscoverySection>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetService<SubjectIdentifiers>()));
        services.TryAddSingleton(static s => new BackchannelRequestReader(
            s.GetRequiredService<IClientKeySource>(),
            s.GetRequiredService<IReplayStore>(),
            s.GetRequiredService<AcrTable>(),
            s.GetRequiredService<OAuthServerOptions>(),
            s.GetRequiredService<CibaOptions>(),
            s.GetService<IScopePolicy>()));
        services.TryAddSingleton(static s => new UserIdentification(
            s.GetRequiredService<IHintResolver>(),
            s.GetRequiredService<IKeyRingSource>(),
            s.GetRequiredService<IReplayStore>(),
            s.GetRequiredService<OAuthServerOptions>(),
            s.GetRequiredService<CibaOptions>(),
            s.GetRequiredService<IUserCodeVerifier>(),
            s.GetService<ILoginHintTokenVerifier>(),
            s.GetService<SubjectIdentifiers>()));
        services.TryAddSingleton<BackchannelAuthenticationEndpoint>();
    }
}
