using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Storage.Sqlite;
using MedId.Testing;
using MedId.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>A patient's OP on a loopback port, with everybody around it: EHRs, API, doctor OP, phones. Everything is right until a test changes it. Synthetic.</summary>
internal sealed class OpWorld : IAsyncDisposable
{
    public const string DefaultIssuer = "https://op.example";
    public const string Resource = "https://api.example/fhir";
    public const string OtherResource = "https://other-api.example/fhir";
    public const string Facet = "android:apk-key-hash-sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    public const string Secret = "a-synthetic-secret-of-forty-characters-xx";
    public const string Trial = "urn:cibatest:auth:fido";
    public const string Medication = "patient/MedicationRequest.read";
    public const string Basic = "patient/Patient.read";

    public static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static readonly RSA Ps256 = RSA.Create(2048);

    private readonly OpSettings _settings;
    private readonly List<(WebApplication App, HttpClient Http)> _instances = [];
    private readonly ECDsa _es256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _hintKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _masterKey = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _digestKey = RandomNumberGenerator.GetBytes(32);
    private readonly HttpClient _doctorHttp;
    private string? _folder;

    private OpWorld(OpSettings settings)
    {
        _settings = settings;
        Doctors = new(Time);
        _doctorHttp = new(Doctors);
        Model = SoftwareUafModel.Create(new() { Attestation = settings.Attestation }, Time);
        Ehr = new(this, "ehr-clinic-a", _es256, "ES256", basic: false);
        PsEhr = new(this, "ehr-clinic-b", Ps256, "PS256", basic: false);
        BasicEhr = new(this, "ehr-clinic-c", _es256, "ES256", basic: true);
        RemoteEhr = new(this, "ehr-clinic-d", _es256, "ES256", basic: false);
        Doctors.Publish("https://ehr.example/jwks", new() { ["keys"] = new JsonArray(Jwt.PublicJwk(_es256, "ehr-clinic-d-key")) });
    }

    public ManualTimeProvider Time { get; } = new(Start);

    public DoctorOp Doctors { get; }

    public SoftwareUafModel Model { get; }

    public LocalSigningKey OpKey { get; } = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

    public Ehr Ehr { get; }

    public Ehr PsEhr { get; }

    public Ehr BasicEhr { get; }

    /// <summary>An EHR that publishes its keys.</summary>
    public Ehr RemoteEhr { get; }

    public string Issuer => _settings.Issuer;

    public CapturingPush Push { get; } = new();

    public VerbatimLog Log { get; } = new();

    public ConcurrentQueue<(string Address, string Id)> Announced => Push.Announced;

    public HttpClient Http => _instances[0].Http;

    public IServiceProvider Services => _instances[0].App.Services;

    public IProviderStore Store => Services.GetRequiredService<IProviderStore>();

    public string DatabaseFolder => _folder!;

    public static async Task<OpWorld> StartAsync(OpSettings? settings = null)
    {
        var world = new OpWorld(settings ?? new());
        await world.AddInstanceAsync();
        return world;
    }

    /// <summary>An OP with one enrolled phone.</summary>
    public static async Task<(OpWorld World, Phone Phone)> StartWithPhoneAsync(OpSettings? settings = null)
    {
        var world = await StartAsync(settings);
        await world.PutAccountAsync("synthetic-account-a");
        var phone = new Phone(world, "synthetic-account-a");
        Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);
        return (world, phone);
    }

    /// <summary>One more process of the same OP, as far as one process can be two: its own services, port and database connections.</summary>
    public async Task<HttpClient> AddInstanceAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(_settings.Trace ? LogLevel.Trace : LogLevel.Warning).AddFilter("MedId", LogLevel.Trace);
        Configure(builder.Services);
        _settings.Host?.Invoke(builder);
        var app = builder.Build();
        _settings.Pipeline?.Invoke(app);
        app.MapMedIdProvider();
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) }) { BaseAddress = address };
        _instances.Add((app, http));
        return http;
    }

    public async Task PutAccountAsync(string id, string? hint = null, string userCode = "synthetic-code-1234", string patient = "synthetic-patient", string language = "ja")
    {
        var digests = Services.GetRequiredService<AccountDigests>();
        await Store.PutAccountAsync(new()
        {
            Tenant = _settings.Tenant,
            Id = id,
            HintDigests = [digests.OfHint(_settings.Tenant, hint ?? "login-of-" + id)],
            UserCodeDigest = digests.OfUserCode(_settings.Tenant, id, userCode),
            Patients = new Dictionary<string, string> { [Resource] = patient },
            Language = language,
            ProofedAt = Start,
        });
    }

    public async Task<string> TicketAsync(string account) =>
        (await Services.GetRequiredService<LifeCycleDesk>().IssueTicketAsync(account, LifeCycleActor.Clerk("synthetic-clerk", "synthetic-desk"), ProofingLevel.Substantial)).Value!;

    /// <summary>A login hint token of the issuer that this OP believes.</summary>
    public string LoginHintToken(JsonObject identifier, Action<JsonObject>? change = null, ECDsa? key = null)
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = "https://hints.example",
            ["aud"] = Issuer,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["sub_id"] = identifier,
        };
        change?.Invoke(claims);
        return Jwt.Sign(key ?? _hintKey, "ES256", "login-hint+jwt", claims, "hint-key");
    }

    /// <summary>The API's introspection request.</summary>
    public Task<WireAnswer> IntrospectAsync(string token, bool signed = false, string client = "health-record-api", string hint = "access_token") => SendFormAsync(
        "/introspect",
        [new("token", token), new("token_type_hint", hint)],
        request =>
        {
            request.Headers.Authorization = Ehr.BasicHeader(client, Secret);
            if (signed)
            {
                request.Headers.Accept.ParseAdd("application/token-introspection+jwt");
            }
        });

    public Task<WireAnswer> GetAsync(string path, string? bearer = null) => SendAsync(HttpMethod.Get, path, null, request => Authorize(request, bearer));

    public Task<WireAnswer> PostJsonAsync(string path, string body, string? bearer = null, string mediaType = "application/json") =>
        SendAsync(HttpMethod.Post, path, Content(System.Text.Encoding.UTF8.GetBytes(body), mediaType), request => Authorize(request, bearer));

    public Task<WireAnswer> SendFormAsync(string path, IEnumerable<KeyValuePair<string, string>> form, Action<HttpRequestMessage>? change = null, HttpClient? http = null) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(form), change, http);

    public async Task<WireAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, Action<HttpRequestMessage>? change = null, HttpClient? http = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        change?.Invoke(request);
        using var response = await (http ?? Http).SendAsync(request);
        return await WireAnswer.ReadAsync(response);
    }

    public static ByteArrayContent Content(byte[] body, string mediaType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return content;
    }

    /// <summary>What the OP said about itself, for the message of a failing test.</summary>
    public string Said => string.Join("\n", Log.Lines);

    public async ValueTask StopAsync()
    {
        foreach (var (app, http) in _instances)
        {
            http.Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
        }

        _instances.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _doctorHttp.Dispose();
        Doctors.Dispose();
        OpKey.Dispose();
        _es256.Dispose();
        _hintKey.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static void Authorize(HttpRequestMessage request, string? bearer)
    {
        if (bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + bearer);
        }
    }

    private static AcrRequirement Class(string acr, AuthenticatorAssuranceLevel level) =>
        new() { Acr = acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = level, Protocols = ["fido-uaf", "fido2"] };

    private void Configure(IServiceCollection services)
    {
        var statement = UafMetadataStatement.Parse(Model.MetadataStatement).Value!;
        services.AddSingleton<TimeProvider>(Time);
        var builder = services.AddMedIdProvider(options =>
            {
                options.Issuer = _settings.Issuer;
                options.Tenant = _settings.Tenant;
                options.Laws = LawPolicy.In("JP");
                options.AcrTable = new([Class("urn:example:aal3", AuthenticatorAssuranceLevel.Aal3), Class("urn:example:aal2", AuthenticatorAssuranceLevel.Aal2), Class(Trial, AuthenticatorAssuranceLevel.None)]);
                options.Limits.Lift();
                _settings.Provider?.Invoke(options);
            })
            .ConfigureServer(server => _settings.Server?.Invoke(server))
            .AddCiba(ciba => _settings.Ciba?.Invoke(ciba))
            .AddUaf(new UafMetadataSet([statement]), UafPolicy.ForModels(statement.Aaid), Facet)
            .AddLoginHintTokens(new LoginHintTokenIssuer { Issuer = "https://hints.example", Keys = KeySet(Jwt.PublicJwk(_hintKey, "hint-key")) })
            .AddClients(
                Client("ehr-clinic-a", _es256, "ES256", "private_key_jwt"),
                Client("ehr-clinic-b", Ps256, "PS256", "private_key_jwt"),
                Client("ehr-clinic-c", _es256, "ES256", "client_secret_basic"),
                Client("ehr-clinic-d", _es256, "ES256", "private_key_jwt", "https://ehr.example/jwks"),
                ResourceServer("health-record-api", Resource),
                ResourceServer("other-api", OtherResource))
            .AddRemoteKeys(_ => new JwksClient(new ProtocolHttpClient(_doctorHttp), Time))
            .AddSigningKeys(new KeyRing([OpKey]))
            .AddAccountDigestKey(_digestKey)
            .AddPractitionerIssuers(_ => new PractitionerIssuers(new ProtocolHttpClient(_doctorHttp), [DoctorOp.Issuer], Time))
            .AddPush(_ => Push, "http")
            .UseStore(_ => _settings.Shared is { } shared ? InterceptedStore.Around(shared, _settings.Before ?? (static (_, _) => { })) : _settings.Before is { } before ? InterceptedStore.Around(OpenStore(), before) : OpenStore());
        if (_settings.Timestamps is { } timestamps)
        {
            builder.AddHistoryTimestamps(_ => timestamps, LabTimestamps.Policy);
        }
        else
        {
            builder.WithoutTimestampedHistory();
        }

        _settings.More?.Invoke(builder);
    }

    private IProviderStore OpenStore()
    {
        if (_settings.StoreFails)
        {
            throw new IOException("no such disk");
        }

        if (!_settings.Sqlite)
        {
            return new InMemoryProviderStore();
        }

        _folder ??= Directory.CreateTempSubdirectory("medid-op").FullName;
        return SqliteProviderStore.Open(new SqliteStorageOptions
        {
            Path = Path.Combine(_folder, "op.db"),
            Cipher = tenant => new FieldCipher(tenant.Value, FieldKey.DeriveForTenant("test", _masterKey, tenant.Value)),
        });
    }

    private static JsonWebKeySet KeySet(JsonObject jwk) => JsonWebKeySet.Parse(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["keys"] = new JsonArray(jwk) })).Value!;

    private ClientRegistration Client(string id, AsymmetricAlgorithm key, string alg, string method, string? jwksUri = null)
    {
        var metadata = new JsonObject
        {
            ["client_id"] = id,
            ["client_name"] = "Synthetic EHR",
            ["client_name#ja"] = "架空クリニックの電子カルテ",
            ["grant_types"] = _settings.NoRefresh ? new JsonArray("urn:openid:params:grant-type:ciba") : new JsonArray("urn:openid:params:grant-type:ciba", "refresh_token"),
            ["token_endpoint_auth_method"] = method,
            ["backchannel_token_delivery_mode"] = "poll",
            ["backchannel_authentication_request_signing_alg"] = alg,
            ["backchannel_user_code_parameter"] = false,
            ["jwks"] = new JsonObject { ["keys"] = new JsonArray(Jwt.PublicJwk(key, id + "-key")) },
            ["scope"] = $"openid {Basic} {Medication} patient/AllergyIntolerance.read patient/Nonsense.read profile offline_access btg",
        };
        if (jwksUri is not null)
        {
            metadata.Remove("jwks");
            metadata["jwks_uri"] = jwksUri;
        }

        metadata[method == "client_secret_basic" ? "client_secret" : "token_endpoint_auth_signing_alg"] = method == "client_secret_basic" ? Secret : alg;
        _settings.Client?.Invoke(metadata);
        return new(_settings.Tenant, ClientMetadata.Parse(JsonSerializer.SerializeToUtf8Bytes(metadata)).Value!) { Resources = [Resource, OtherResource] };
    }

    private ClientRegistration ResourceServer(string id, string resource) => new(_settings.Tenant, ClientMetadata.Parse(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["client_id"] = id,
        ["client_name"] = "Synthetic API",
        ["token_endpoint_auth_method"] = "client_secret_basic",
        ["client_secret"] = Secret,
        ["grant_types"] = new JsonArray(),
    })).Value!)
    { ServedResources = [resource] };
}
