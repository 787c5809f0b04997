using MedId.AspNetCore.Provider;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.Jpki.Certificates;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Signatures;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What a patient's OP is made of.</summary>
public static class MedIdProviderBuilderExtensions
{
    /// <summary>Token lifetimes, client-assertion audience and algorithms.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">The choices; the issuer is set already.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder ConfigureServer(this MedIdProviderBuilder builder, Action<OAuthServerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure<ProviderServerOptions>(options => options.Configure += configure);
        return builder;
    }

    /// <summary>CIBA: lifetimes, interval, limits, classes offered.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">The choices.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddCiba(this MedIdProviderBuilder builder, Action<CibaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }

    /// <summary>Accepts <c>login_hint_token</c> signed by the named issuers (CIBA §7.1). Without this call such hints are refused.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="issuers">The issuers with their keys.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddLoginHintTokens(this MedIdProviderBuilder builder, params IEnumerable<LoginHintTokenIssuer> issuers)
    {
        ArgumentNullException.ThrowIfNull(builder);
        LoginHintTokenIssuer[] known = [.. issuers];
        builder.Services.TryAddSingleton<ILoginHintTokenVerifier>(s => new JwsLoginHintTokenVerifier(known, s.GetRequiredService<OAuthServerOptions>(), s.GetService<JwksClient>()));
        return builder;
    }

    /// <summary>The two parties of a consent, its recipient and its resource server, may ask for its signed artefact, which always says the state of that moment.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">What artefacts say beyond the record.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddConsentArtefacts(this MedIdProviderBuilder builder, Action<ArtefactPublishing> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure<ProviderOptions>(options => configure(options.Artefacts ??= new()));
        return builder;
    }

    /// <summary>Tells the parties of a consent that it has ended, by a POST of its opaque id.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="http">The client; its timeout is how long a withdrawal may wait for a party.</param>
    /// <param name="endpoints">The addresses, by client id of a recipient or by resource; configured by the operator, never taken from a registration.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">An address is not absolute, or is plain http to another host than this one.</exception>
    public static MedIdProviderBuilder AddConsentEndedEndpoints(
        this MedIdProviderBuilder builder, Func<IServiceProvider, HttpClient> http, IReadOnlyDictionary<string, Uri> endpoints)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.Values.Any(uri => !uri.IsAbsoluteUri || (uri.Scheme != "https" && !(uri.Scheme == "http" && uri.IsLoopback))))
        {
            throw new ArgumentException("Addresses are https URLs; plain http reaches this host only.", nameof(endpoints));
        }

        var known = new Dictionary<string, Uri>(endpoints, StringComparer.Ordinal);
        builder.Services.AddSingleton<IConsentEndedObserver>(s => new HttpConsentEndedSender(http(s), known, static ended => ended.ClientId));
        builder.Services.AddSingleton<IConsentEndedObserver>(s => new HttpConsentEndedSender(http(s), known, static ended => ended.Resource));
        return builder;
    }

    /// <summary>FIDO UAF: which authenticator models may be enrolled, from which apps.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="metadata">The models with their attestation anchors.</param>
    /// <param name="policy">The policy sent with each request.</param>
    /// <param name="facets">The facet ids of the apps; exact, no wildcards.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddUaf(this MedIdProviderBuilder builder, UafMetadataSet metadata, UafPolicy policy, params IEnumerable<string> facets)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(facets);
        builder.Services.Configure<ProviderOptions>(options =>
        {
            options.Metadata = metadata;
            options.Policy = policy;
            foreach (var facet in facets)
            {
                options.Facets.Add(facet);
            }
        });
        return builder;
    }

    /// <summary>FIDO2: patients may enrol and act by passkeys, beside UAF or instead of it. The acr table names the protocol <c>fido2</c> in the classes that passkeys may reach.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">RP ID, name, origins, related origins, attestation policy with its metadata. None has a default that trusts.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddFido2(this MedIdProviderBuilder builder, Action<PasskeyOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.TryAddSingleton<PasskeyActs>();
        builder.Services.Configure<ProviderOptions>(options => configure(options.Passkeys ??= new()));
        return builder;
    }

    /// <summary>The registered clients and resource servers.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="clients">The registrations.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddClients(this MedIdProviderBuilder builder, params IEnumerable<ClientRegistration> clients)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ClientRegistration[] registered = [.. clients];
        builder.Services.TryAddSingleton<IClientStore>(new ConfiguredClients(registered));
        builder.Services.Configure<ProviderServerOptions>(options => options.Registered.AddRange(registered));
        return builder;
    }

    /// <summary>Fetches the keys of clients that registered <c>jwks_uri</c>, and of login hint token issuers that publish theirs.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="fetch">Makes the fetcher, from an <see cref="HttpClient"/> of the caller's.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddRemoteKeys(this MedIdProviderBuilder builder, Func<IServiceProvider, JwksClient> fetch)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(fetch);
        return builder;
    }

    /// <summary>The OP's signing keys.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="keys">Current and published keys.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddSigningKeys(this MedIdProviderBuilder builder, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<IKeyRingSource>(new SingleKeyRing(keys));
        return builder;
    }

    /// <summary>The key under which hints and user codes are digested: at least 32 bytes, kept as long as the accounts.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="key">The key.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddAccountDigestKey(this MedIdProviderBuilder builder, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(new AccountDigests(new KeyedDigest(key)));
        return builder;
    }

    /// <summary>The doctor OPs whose evidence is accepted (row A15).</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">Where their keys come from.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddPractitionerIssuers(this MedIdProviderBuilder builder, Func<IServiceProvider, IPractitionerIssuerSource> source)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(s => s.GetService<SettingCache>() is { } settings ? new SettingPractitionerIssuers(source(s), settings, s.GetService<JwksClient>()) : source(s));
        return builder;
    }

    /// <summary>Doctors' own evidence by HPKI cards, beside that of doctor OPs or instead of it (row A15).</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="practitioners">Trust, roles and scopes, and where revocation information comes from.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddHpkiPractitioners(this MedIdProviderBuilder builder, Func<IServiceProvider, HpkiPractitioners> practitioners)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(practitioners);
        return builder;
    }

    /// <summary>A push channel. Called repeatedly, each address goes to the first channel that names its scheme.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="notifier">The channel.</param>
    /// <param name="schemes">The schemes of its addresses.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddPush(this MedIdProviderBuilder builder, Func<IServiceProvider, IDeviceNotifier> notifier, params string[] schemes)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(schemes);
        builder.Services.AddSingleton(s => new PushChannel(schemes, notifier(s)));
        builder.Services.TryAddSingleton(static s => PushChannels.Of(s.GetServices<PushChannel>()));
        builder.Services.Configure<ProviderOptions>(options =>
        {
            foreach (var scheme in schemes)
            {
                options.PushAddressSchemes.Add(scheme);
            }
        });
        return builder;
    }

    /// <summary>Terminals at which people act with their My Number card (row A18), and who verifies the cards.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="cards">Verifies cards: locally, or by a platform operator.</param>
    /// <param name="terminals">The terminals; each is a client too.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddCardTerminals(this MedIdProviderBuilder builder, Func<IServiceProvider, JpkiSignInService> cards, params ClinicTerminal[] terminals)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(terminals);
        builder.Services.TryAddSingleton(cards);
        builder.Services.TryAddSingleton<TerminalActs>();
        builder.Services.Configure<ProviderOptions>(options =>
        {
            foreach (var terminal in terminals)
            {
                options.Terminals.Add(terminal);
            }
        });
        return builder;
    }

    /// <summary>Consents that people give beforehand on their own device, for named recipients or those of a trust framework (row A13). The acr table names the protocol <c>pre-registered</c> in a class.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">The bounds, and the frameworks by name; null for the defaults.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddStandingConsents(this MedIdProviderBuilder builder, Action<StandingConsentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<StandingConsents>();
        builder.Services.Configure<ProviderOptions>(options =>
        {
            options.StandingConsents ??= new();
            configure?.Invoke(options.StandingConsents);
        });
        return builder;
    }

    /// <summary>One-time codes that people tell the pharmacist or doctor (row D4). The acr table names the protocol <c>one-time-code</c> in a class.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">The clients that may ask with a code, and what else the OP chooses.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddOneTimeCodes(this MedIdProviderBuilder builder, Action<OneTimeCodeOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.TryAddSingleton<StandingConsents>();
        builder.Services.TryAddSingleton<OneTimeCodes>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAccessPath, OneTimeCodeAccess>());
        builder.Services.Configure<ProviderOptions>(options =>
        {
            options.OneTimeCodes ??= new();
            configure(options.OneTimeCodes);
        });
        return builder;
    }

    /// <summary>
    /// Consent on paper and in words, taken at reception desks (<c>POST /desk/consents</c>). The acr table names the protocols <c>paper</c> and <c>oral</c> in a class.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">The desks, and what else the OP chooses; each desk is a client too.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddConsentDesks(this MedIdProviderBuilder builder, Action<ConsentDeskOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.TryAddSingleton<StandingConsents>();
        if (!builder.Services.Any(static service => service.ServiceType == typeof(ConsentDesk)))
        {
            builder.Services.AddSingleton<ConsentDesk>();
            builder.Services.AddSingleton<IAccessPath>(static s => new DeskConsentAccess(ConsentGroundKind.Paper, s.GetRequiredService<IProviderStore>()));
            builder.Services.AddSingleton<IAccessPath>(static s => new DeskConsentAccess(ConsentGroundKind.Oral, s.GetRequiredService<IProviderStore>()));
        }

        builder.Services.Configure<ProviderOptions>(options =>
        {
            options.ConsentDesks ??= new();
            configure(options.ConsentDesks);
        });
        return builder;
    }

    /// <summary>Proxies: a guardian, an agent or a parent who was registered at a desk consents on their own device (row A14). Without this call no relation is honoured.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Who is asked, terms, age lines, evidence, legal bases and desks; each desk is a client too.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddProxies(this MedIdProviderBuilder builder, Action<ProxyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<ProxyDesk>();
        builder.Services.TryAddSingleton<ProxyRelations>();
        builder.Services.Configure<ProviderOptions>(options =>
        {
            options.Proxies ??= new();
            configure?.Invoke(options.Proxies);
        });
        return builder;
    }

    /// <summary>Proofing by application forms that a My Number card signed (row A8): <see cref="ProofingDesk"/> can be asked for.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="resolver">Finds the account behind a certificate, with JPKI's linking information.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddProofing(this MedIdProviderBuilder builder, Func<IServiceProvider, JpkiAccountResolver> resolver)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(resolver);
        builder.Services.TryAddSingleton<ProofingDesk>();
        return builder;
    }

    /// <summary>The store.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="store">The store, e.g. <c>SqliteProviderStore</c>; <see cref="InMemoryProviderStore"/> forgets everything when the process ends.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder UseStore(this MedIdProviderBuilder builder, Func<IServiceProvider, IProviderStore> store)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(store);
        return builder;
    }

    /// <summary>The service that time-stamps the heads of persons' consent histories: the receipts by which a person finds out that the past was made anew.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="timestamps">The service, e.g. <see cref="HistoryTimestamps"/> over a <c>TimestampClient</c>.</param>
    /// <param name="policy">Whose stamps are kept: anybody on the way to the service could answer in its place.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddHistoryTimestamps(this MedIdProviderBuilder builder, Func<IServiceProvider, IHistoryTimestamps> timestamps, TimestampPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(policy);
        builder.Services.TryAddSingleton(timestamps);
        builder.Services.Configure<ProviderOptions>(options => options.HistoryTimestampPolicy = policy);
        return builder;
    }

    /// <summary>
    /// Runs without a time-stamping service: histories are chained, and nothing outside this OP proves that they were not made anew. An OP has to say so; it does not start with neither this nor
    /// <see cref="AddHistoryTimestamps"/>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder WithoutTimestampedHistory(this MedIdProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<ProviderOptions>(options => options.WithoutTimestampedHistory = true);
        return builder;
    }
}
