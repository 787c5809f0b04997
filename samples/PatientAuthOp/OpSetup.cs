using System.Text.Json;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.Fido2;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Pki;
using MedId.Provider;
using MedId.Samples.Hosting;
using MedId.Signatures;
using MedId.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.PatientAuthOp;

/// <summary>Reads what the flags name and configures the OP with it.</summary>
internal sealed class OpSetup
{
    private const string DoctorOp = "doctor-op";
    private readonly HostArguments _arguments;
    private readonly OpSecrets _secrets;
    private readonly IProviderStore _store;
    private readonly IReadOnlyList<ClientRegistration> _clients;
    private readonly IReadOnlyList<UafMetadataStatement> _models;
    private readonly string _issuer;
    private readonly MedIdLab? _lab;
    private readonly CibaProfile _profile;

    private OpSetup(HostArguments arguments, OpSecrets secrets, IProviderStore store, IReadOnlyList<ClientRegistration> clients, IReadOnlyList<UafMetadataStatement> models)
    {
        _arguments = arguments;
        _secrets = secrets;
        _store = store;
        _clients = clients;
        _profile = ProfileSetup.Of(arguments["--profile"]);
        _lab = arguments.Has("--lab") ? new MedIdLab { FacetId = SamplePhoneApp.FacetId } : null;
        _models = [.. models, .. _lab?.MetadataStatements ?? []];
        _issuer = (arguments["--issuer"] ?? arguments.Urls).TrimEnd('/');
    }

    public static async Task<OpSetup> ReadAsync(HostArguments arguments)
    {
        var storage = new OpStorage(arguments);
        var secrets = OpSecrets.Load(storage.KeysFile);
        var clients = arguments["--clients"] is { } file ? await ClientsFile.ReadAsync(file) : [];
        var models = await MetadataAsync(arguments["--metadata"]);
        return new(arguments, secrets, await storage.OpenAsync(secrets), clients, models);
    }

    /// <summary>Whether people reach the OP over TLS.</summary>
    public bool IsSecure => _issuer.StartsWith("https:", StringComparison.Ordinal);

    public string IssuerFor(IReadOnlyList<string> addresses) => _arguments["--issuer"] is null && addresses.Count > 0 ? addresses[0] : _issuer;

    public string Durability(IServiceProvider services) => services.GetRequiredService<IProviderStore>().Durability;

    public async Task SeedAsync(IServiceProvider services)
    {
        if (_arguments["--users"] is not { } users)
        {
            return;
        }

        var store = services.GetRequiredService<IProviderStore>();
        foreach (var account in await UsersFile.ReadAsync(users, services.GetRequiredService<AccountDigests>(), services.GetRequiredService<TimeProvider>()))
        {
            await store.PutAccountAsync(account);
        }
    }

    public void Configure(WebApplicationBuilder builder)
    {
        var loopback = _arguments.ListensOnLoopbackOnly;
        TlsSetup.Configure(builder, _arguments);
        builder.Services.AddHttpClient(DoctorOp).RemoveAllLoggers();
        builder.Services.AddHttpClient(LoopbackPush.ClientName).RemoveAllLoggers();
        var provider = builder.Services
            .AddMedIdProvider(options =>
            {
                options.Issuer = _issuer;
                options.Laws = LawPolicy.In("JP");
                options.AcrTable = _lab is null ? SampleClasses.Table : LabSetup.Classes(SampleClasses.Table);
                options.DashboardPage = Uri.TryCreate(_issuer + ConsentPage.Path, UriKind.Absolute, out var page) ? page : null;
                options.Access = Seconds("--access", 600);
                options.Reuse = SampleReuse.Read(_arguments["--reuse"]);
                if (_lab is not null)
                {
                    LabSetup.Configure(options);
                }

                options.ReadsToldApart = Seconds("--reads-apart", 60);
                foreach (var notice in NoticesFile.Read(_arguments["--notices"]))
                {
                    options.Notices.Add(notice);
                }
            })
            .UseProfile(_profile)
            .ConfigureServer(server => server.AllowHttpOnLoopback = loopback && !_profile.RefusesPlainHttp)
            .AddStandingConsents()
            .AddCiba(ciba => ciba.Interval = Seconds("--interval", 1))
            .AddUaf(new UafMetadataSet(_models), UafPolicy.ForModels([.. _models.Select(model => model.Aaid)]), SamplePhoneApp.FacetId)
            .AddLoginHintTokens(new LoginHintTokenIssuer { Issuer = _issuer, Keys = _secrets.Keys.Published })
            .AddClients(_clients)
            .AddSigningKeys(_lab is null ? _secrets.Keys : ProfileSetup.Keys(_secrets.Keys, _profile, LabSetup.Keys(_profile)))
            .AddAccountDigestKey(_secrets.DigestKey)
            .AddPractitionerIssuers(services => _arguments["--doctor-op"] is not { } doctors ? PractitionerIssuers.None : new PractitionerIssuers(
                new ProtocolHttpClient(services.GetRequiredService<IHttpClientFactory>().CreateClient(DoctorOp), new ProtocolHttpOptions { AllowHttpOnLoopback = loopback }), [doctors]))
            .AddPush(services => new LoopbackPush(services.GetRequiredService<IHttpClientFactory>(), services.GetRequiredService<StepReporter>()), "http")
            .AddProxies()
            .AddStandingConsents()
            .UseStore(_ => _store);
        string[] askers = [.. _clients.Where(client => client.Metadata.BackchannelTokenDeliveryMode is not null).Select(client => client.ClientId)];
        if (askers.Length > 0)
        {
            provider.AddOneTimeCodes(codes =>
            {
                foreach (var client in askers)
                {
                    codes.Clients.Add(client);
                }
            });
        }

        if (_arguments["--trust-framework"] is { } framework)
        {
            SampleTrust.Add(provider, framework);
        }

        if (_arguments["--break-glass"] is { } clients)
        {
            SampleEmergency.Add(provider, clients);
        }

        if (_arguments["--tsa"] is { } tsa)
        {
            provider.AddHistoryTimestamps(
                services => new HistoryTimestamps(new TimestampClient(services.GetRequiredService<IHttpClientFactory>().CreateClient("tsa"), new Uri(tsa))),
                new TimestampPolicy
                {
                    Services = [.. PemAnchors.Read("--tsa-root", _arguments.Needed("--tsa-root")).Select(root => new TimestampService { Anchor = root })],
                    Algorithms = AlgorithmPolicy.Default,
                    Path = new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.NotRequired },
                });
        }
        else
        {
            provider.WithoutTimestampedHistory();
        }

        var passkeyHost = _arguments["--passkeys"] ?? (_lab is null ? null : "localhost");
        if (passkeyHost is { } rpId)
        {
            provider.AddFido2(passkeys =>
            {
                passkeys.RpId = rpId;
                passkeys.RpName = "MedIdSdk sample";
                passkeys.Origins.Add(new Uri(_arguments["--passkey-origin"] ?? (_arguments.Has("--passkeys") ? _issuer : "http://localhost")).GetLeftPart(UriPartial.Authority));

                // A sample takes every authenticator; an OP names the models that it trusts.
                passkeys.Attestation = AttestationTrustPolicy.NotAsked;
            });
        }

        TlsSetup.Add(provider, _arguments);
        if (_lab is not null)
        {
            LabSetup.Add(provider, _lab);
        }
    }

    private static async Task<IReadOnlyList<UafMetadataStatement>> MetadataAsync(string? file)
    {
        if (file is null)
        {
            return [Statement(SoftwareUafModel.Create(new() { Attestation = SoftwareUafAttestation.Surrogate }).MetadataStatement)];
        }

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        return [.. document.RootElement.EnumerateArray().Select(statement => Statement(statement.GetRawText()))];
    }

    private static UafMetadataStatement Statement(string json)
    {
        var statement = UafMetadataStatement.Parse(json);
        return statement.Succeeded ? statement.Value : throw new ArgumentException("--metadata: " + statement.Error);
    }

    private TimeSpan Seconds(string flag, int otherwise) =>
        TimeSpan.FromSeconds(_arguments[flag] is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise);
}
