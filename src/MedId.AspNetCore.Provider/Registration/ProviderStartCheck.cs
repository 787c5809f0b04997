using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider;

/// <summary>Fails at start, not at the first patient: everything that is missing is named in one message, with the call that gives it.</summary>
internal sealed class ProviderStartCheck(IServiceProvider services) : IHostedService
{
    private static readonly Type[] Made =
    [
        typeof(BackchannelAuthenticationEndpoint), typeof(TokenEndpoint), typeof(IntrospectionEndpoint), typeof(RevocationEndpoint), typeof(UserInfoEndpoint),
        typeof(JwksDocument), typeof(DiscoveryDocument), typeof(EnrolmentDesk), typeof(DeviceActs), typeof(AccessRequests), typeof(ConsentHistory), typeof(ConsentReceipts), typeof(AuditTrail), typeof(DeviceLifeCycle),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        Need<IProviderStore>("no store: call UseStore.");
        Need<IClientStore>("no clients: call AddClients, or register an IClientStore.");
        Need<IKeyRingSource>("no signing keys: call AddSigningKeys, or register an IKeyRingSource.");
        Need<AccountDigests>("no digest key for hints: call AddAccountDigestKey.");
        if (!Has<HpkiPractitioners>() && !Has<AdministrationOptions>())
        {
            Need<IPractitionerIssuerSource>("nobody's evidence about doctors is trusted: call AddPractitionerIssuers or AddHpkiPractitioners.");
        }

        if (services.GetRequiredService<ProviderOptions>().UsesUaf)
        {
            Need<IDeviceNotifier>("no push channel: call AddPush.");
        }

        if (services.GetRequiredService<ProviderOptions>().Passkeys is not null)
        {
            Need<PasskeyActs>("passkeys are configured and nobody verifies them: call AddFido2.");
        }

        if (services.GetRequiredService<ProviderOptions>().Terminals.Count > 0)
        {
            Need<TerminalActs>("terminals are registered and nobody verifies cards: call AddCardTerminals.");
        }

        if (!services.GetRequiredService<ProviderOptions>().WithoutTimestampedHistory)
        {
            Need<IHistoryTimestamps>("nobody time-stamps the consent histories: call AddHistoryTimestamps, or call WithoutTimestampedHistory to run without receipts.");
            if (Has<IHistoryTimestamps>() && services.GetRequiredService<ProviderOptions>().HistoryTimestampPolicy is null)
            {
                wrong.Add("AddMedIdProvider: nobody says whose time-stamps are kept: give AddHistoryTimestamps a TimestampPolicy.");
            }
        }
        else if (Has<IHistoryTimestamps>())
        {
            wrong.Add("AddMedIdProvider: WithoutTimestampedHistory contradicts AddHistoryTimestamps: keep one of them.");
        }

        await NeedTrustAsync(wrong, cancellationToken).ConfigureAwait(false);
        NeedBreakGlass(wrong);
        var provider = services.GetRequiredService<ProviderOptions>();
        wrong.AddRange(provider.Validate());
        var registered = services.GetRequiredService<IOptions<ProviderServerOptions>>().Value.Registered;

        // Of clients that operators register while the OP runs nothing is known here.
        wrong.AddRange(provider.ReuseByClient.Keys.Concat(provider.Notices.Select(notice => notice.ClientId)).Distinct(StringComparer.Ordinal)
            .Where(client => registered.Count > 0 && !Has<AdministrationOptions>() && !registered.Exists(known => string.Equals(known.ClientId, client, StringComparison.Ordinal)))
            .Select(client => $"ProviderOptions: {client} is named in ReuseByClient or Notices and is not registered."));
        var server = services.GetRequiredService<OAuthServerOptions>();
        wrong.AddRange(server.Validate());
        wrong.AddRange(services.GetService<ClientCertificateOptions>()?.Validate() ?? []);
        var ciba = services.GetRequiredService<CibaOptions>();
        wrong.AddRange(ciba.Validate(server));
        var ring = Has<IKeyRingSource>() && Has<IProviderStore>() && (ciba.Profile is not null || registered.Exists(static client => RegistrationRules.AsksKeys(client.Metadata)))
            ? await RingAsync(provider, cancellationToken).ConfigureAwait(false)
            : null;
        var (rules, now) = (services.GetRequiredService<RegistrationRules>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        wrong.AddRange(registered.SelectMany(client => rules.Refuse(client, ring, now).Select(why => $"AddClients: {client.ClientId}: {why.Detail} ({why.Code}).")));
        if (wrong.Count == 0 && ciba.Profile is { } profile && ring is not null)
        {
            wrong.AddRange(profile.RefuseKeys(ring));
        }

        if (wrong.Count > 0)
        {
            throw new OptionsValidationException(nameof(ProviderOptions), typeof(ProviderOptions), wrong);
        }

        // What a constructor refuses, and a store that cannot be opened, is refused now.
        foreach (var type in Made)
        {
            services.GetRequiredService(type);
        }

        services.GetService<PasskeyActs>();
        if (provider.DangerouslyAssumedPractitioner is not null)
        {
            Log.PractitionerAssumed(services.GetRequiredService<ILogger<ProviderLog>>());
        }

        if (provider.Laws?.OffBecause is { } reason)
        {
            Log.LawsOff(services.GetRequiredService<ILogger<ProviderLog>>(), reason);
        }

        void Need<T>(string message)
            where T : class
        {
            if (!Has<T>())
            {
                wrong.Add("AddMedIdProvider: " + message);
            }
        }

        bool Has<T>()
            where T : class => services.GetService<IServiceProviderIsService>()?.IsService(typeof(T)) == true;
    }

    /// <summary>The keys that sign; null where they are kept in the settings and none was made yet.</summary>
    private async Task<KeyRing?> RingAsync(ProviderOptions provider, CancellationToken cancellationToken) =>
        services.GetService<SettingKeyRing>() is null
            || await services.GetRequiredService<IProviderStore>().FindSettingAsync(provider.Tenant, SettingKinds.Key, StoredKeyRing.SettingId, cancellationToken).ConfigureAwait(false) is not null
            ? await services.GetRequiredService<IKeyRingSource>().GetKeyRingAsync(provider.Tenant, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>Pre-registered consent: its rules, its frameworks, and a class that says so.</summary>
    private async Task NeedTrustAsync(List<string> wrong, CancellationToken cancellationToken)
    {
        if (services.GetService<PreRegisteredOptions>() is not { } rules)
        {
            return;
        }

        var frameworks = await services.GetRequiredService<ITrustFrameworkSource>().ListAsync(cancellationToken).ConfigureAwait(false);
        wrong.AddRange(frameworks.SelectMany(one => one.Validate(services.GetService<JwksClient>() is not null)));
        wrong.AddRange(rules.Validate(frameworks));
        NeedClass(wrong, ConsentGroundKind.PreRegistered);
    }

    private void NeedBreakGlass(List<string> wrong)
    {
        if (services.GetService<BreakGlassOptions>() is not { } rules)
        {
            return;
        }

        wrong.AddRange(rules.Validate());
        NeedClass(wrong, ConsentGroundKind.BreakGlass);
        if (!services.GetServices<IBreakGlassObserver>().Any())
        {
            wrong.Add("AddMedIdProvider: the glass may be broken and nobody oversees it: name an IBreakGlassObserver in AddBreakGlass.");
        }
    }

    private void NeedClass(List<string> wrong, ConsentGroundKind kind)
    {
        var word = GroundProtocols.Of(kind);
        if (services.GetRequiredService<ProviderOptions>().AcrTable is { } table && !table.Rows.Any(row => row.Protocols.Contains(word, StringComparer.Ordinal)))
        {
            wrong.Add($"AddMedIdProvider: no class says {word}: give AcrTable a row whose protocols name it.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
