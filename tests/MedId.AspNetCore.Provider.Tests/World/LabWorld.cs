using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Testing;
using MedId.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>An OP with the lab hook on a loopback port, clients of every kind, and a clock of its own. What is sent is written by hand, so that it can be wrong in one place.</summary>
internal sealed class LabWorld : IAsyncDisposable
{
    public const string Issuer = "https://op.example";
    public const string CibaGrant = "urn:openid:params:grant-type:ciba";
    public const string Secret = MedIdLab.WellKnownSecret;
    public const string Resource = "https://fhir.example/r4";
    public const string Notification = "a-notification-token-of-more-than-128-bits";

    public static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _hintKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly LocalSigningKey _opKey = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
    private WebApplication _app = null!;

    public ManualTimeProvider Time { get; } = new(Start);

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public ECDsa Key => _key;

    /// <summary>An access token that a test keeps for later.</summary>
    public string Token { get; set; } = string.Empty;

    public static async Task<LabWorld> StartAsync(Action<MedIdProviderBuilder>? more = null, bool withClients = true)
    {
        var world = new LabWorld();
        await world.ListenAsync(more);
        foreach (var client in withClients ? world.Clients() : [])
        {
            (await world.HookAsync("clients", client)).Expect(201);
        }

        return world;
    }

    /// <summary>What SIGTERM does.</summary>
    public void StopSoon() => _app.Lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _opKey.Dispose();
        _key.Dispose();
        _hintKey.Dispose();
    }

    public async Task<LabAnswer> HookAsync(string path, JsonObject? body = null)
    {
        using var content = new StringContent((body ?? []).ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync("/_lab/" + path, content);
        return await LabAnswer.ReadAsync(response);
    }

    public Task<LabAnswer> DecideAsync(string authReqId, string verb = "approve", JsonObject? body = null) => HookAsync($"requests/{authReqId}/{verb}", body);

    public async Task<LabAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        change?.Invoke(request);
        using var response = await Http.SendAsync(request);
        return await LabAnswer.ReadAsync(response);
    }

    /// <summary>A form as it stands; a pair may stand twice.</summary>
    public Task<LabAnswer> FormAsync(string path, IEnumerable<KeyValuePair<string, string>> form, Action<HttpRequestMessage>? change = null) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(form), change);

    /// <summary>A form of a client with a secret.</summary>
    public Task<LabAnswer> BasicAsync(string path, string client, params (string Name, string Value)[] form) =>
        FormAsync(path, form.Select(one => new KeyValuePair<string, string>(one.Name, one.Value)), request => request.Headers.Authorization = Basic(client, Secret));

    /// <summary>An authentication request of a client with a secret; what is given stands instead of the defaults, an empty value leaves one out.</summary>
    public Task<LabAnswer> AskAsync(string client, params (string Name, string Value)[] parameters)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["scope"] = "openid", ["login_hint"] = "alice" };
        foreach (var (name, value) in parameters)
        {
            form[name] = value;
        }

        return BasicAsync("/bc-authorize", client, [.. form.Where(one => one.Value.Length > 0).Select(one => (one.Key, one.Value))]);
    }

    /// <summary>An authentication request of the client that has to sign.</summary>
    public Task<LabAnswer> AskSignedAsync(Action<JsonObject>? change = null, string? type = "oauth-authz-req+jwt", Func<JsonObject, string>? sign = null, params (string Name, string Value)[] beside)
    {
        var claims = RequestClaims();
        change?.Invoke(claims);
        var request = sign?.Invoke(claims) ?? Jwt.Sign(_key, "ES256", type, claims, "key");
        return FormAsync("/bc-authorize", [.. Assertion("jar"), new("request", request), .. beside.Select(one => new KeyValuePair<string, string>(one.Name, one.Value))]);
    }

    public JsonObject RequestClaims()
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        return new()
        {
            ["iss"] = "jar",
            ["aud"] = Issuer,
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 60,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["scope"] = "openid",
            ["login_hint"] = "alice",
        };
    }

    /// <summary>A client's assertion, as two form parameters.</summary>
    public KeyValuePair<string, string>[] Assertion(string client, Action<JsonObject>? change = null, string? type = "JWT", ECDsa? key = null)
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = client, ["sub"] = client, ["aud"] = Issuer, ["iat"] = now, ["exp"] = now + 60, ["jti"] = Guid.NewGuid().ToString("N") };
        change?.Invoke(claims);
        return
        [
            new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            new("client_assertion", Jwt.Sign(key ?? _key, "ES256", type, claims, "key")),
        ];
    }

    /// <summary>An accepted request, decided or not.</summary>
    public async Task<string> OpenAsync(string client = "basic", string? decide = null, params (string Name, string Value)[] parameters)
    {
        var id = (await AskAsync(client, parameters)).Expect(200)["auth_req_id"];
        if (decide is not null)
        {
            (await DecideAsync(id, decide)).Expect(200);
        }

        return id;
    }

    public Task<LabAnswer> PollAsync(string authReqId, string client = "basic", Action<HttpRequestMessage>? change = null) => FormAsync(
        "/token",
        [new("grant_type", CibaGrant), new("auth_req_id", authReqId)],
        request =>
        {
            request.Headers.Authorization = Basic(client, Secret);
            change?.Invoke(request);
        });

    /// <summary>The tokens of one access to health data, with a refresh token.</summary>
    public async Task<LabAnswer> TokensAsync(string client = "basic", string scope = "openid offline_access patient/Observation.rs") =>
        (await PollAsync(await OpenAsync(client, "approve", ("scope", scope)), client)).Expect(200);

    /// <summary>A DPoP proof (RFC 9449 §4.2) for the token endpoint; changed before it is signed.</summary>
    public string Proof(Action<JsonObject>? change = null, string type = "dpop+jwt")
    {
        var claims = new JsonObject { ["jti"] = Guid.NewGuid().ToString("N"), ["htm"] = "POST", ["htu"] = Issuer + "/token", ["iat"] = Time.GetUtcNow().ToUnixTimeSeconds() };
        change?.Invoke(claims);
        var jwk = Jwt.PublicJwk(_hintKey, "x");
        jwk.Remove("kid");
        var header = new JsonObject { ["typ"] = type, ["alg"] = "ES256", ["jwk"] = jwk };
        var signed = Encode(header) + "." + Encode(claims);
        return signed + "." + Base64Url.EncodeToString(_hintKey.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    public string LoginHintToken(string user = "alice", Action<JsonObject>? change = null)
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = "https://hints.example",
            ["aud"] = Issuer,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["sub_id"] = new JsonObject { ["format"] = "opaque", ["id"] = user },
        };
        change?.Invoke(claims);
        return Jwt.Sign(_hintKey, "ES256", "login-hint+jwt", claims, "hint-key");
    }

    public static AuthenticationHeaderValue Basic(string id, string secret) => Ehr.BasicHeader(id, secret);

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private IEnumerable<JsonObject> Clients()
    {
        yield return WithSecret("basic");
        yield return WithSecret("other");
        yield return WithSecret("ucode", ("backchannel_user_code_parameter", true));
        yield return WithSecret("dpop", ("dpop_bound_access_tokens", true));
        yield return WithSecret("narrow", ("scope", "openid"));
        yield return WithSecret("ping", ("backchannel_token_delivery_mode", "ping"), ("backchannel_client_notification_endpoint", "https://client.example/cb"));
        yield return WithSecret("push", ("backchannel_token_delivery_mode", "push"), ("backchannel_client_notification_endpoint", "https://client.example/cb"));
        yield return WithSecret("rs", ("served_resources", new JsonArray(Resource)), ("grant_types", new JsonArray()));
        yield return WithKey("pk");
        yield return WithKey("jar", ("backchannel_authentication_request_signing_alg", "ES256"));
    }

    private static JsonObject WithSecret(string id, params (string Name, JsonNode Value)[] more) =>
        With(new() { ["client_id"] = id, ["client_secret"] = Secret, ["token_endpoint_auth_method"] = "client_secret_basic" }, more);

    private JsonObject WithKey(string id, params (string Name, JsonNode Value)[] more) => With(
        new()
        {
            ["client_id"] = id,
            ["token_endpoint_auth_method"] = "private_key_jwt",
            ["token_endpoint_auth_signing_alg"] = "ES256",
            ["jwks"] = new JsonObject { ["keys"] = new JsonArray(Jwt.PublicJwk(_key, "key")) },
        },
        more);

    private static JsonObject With(JsonObject client, (string Name, JsonNode Value)[] more)
    {
        foreach (var (name, value) in more)
        {
            client[name] = value;
        }

        return client;
    }

    private async Task ListenAsync(Action<MedIdProviderBuilder>? more)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Time);
        var lab = new MedIdLab { FacetId = OpWorld.Facet };
        var op = builder.Services.AddMedIdProvider(options =>
            {
                options.Issuer = Issuer;
                options.Laws = LawPolicy.In("JP");
                options.Reuse = ConsentReuse.RefreshToken;
                options.RefreshNeedsOfflineAccess = true;
                options.AcrTable = new([Class("urn:medid:ial3:aal3", AuthenticatorAssuranceLevel.Aal3), Class("urn:medid:ial2:aal2", AuthenticatorAssuranceLevel.Aal2)]);
            })
            .AddCiba(ciba => ciba.DeliveryModes = [CibaDeliveryMode.Poll, CibaDeliveryMode.Ping, CibaDeliveryMode.Push])
            .AddUaf(new UafMetadataSet(lab.MetadataStatements), UafPolicy.ForModels([.. lab.MetadataStatements.Select(model => model.Aaid)]), OpWorld.Facet)
            .AddFido2(passkeys =>
            {
                passkeys.RpId = "localhost";
                passkeys.RpName = "LAB";
                passkeys.Origins.Add("http://localhost");
                passkeys.Attestation = MedId.Fido2.AttestationTrustPolicy.NotAsked;
            })
            .AddLoginHintTokens(new LoginHintTokenIssuer { Issuer = "https://hints.example", Keys = JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = new JsonArray(Jwt.PublicJwk(_hintKey, "hint-key")) }.ToJsonString())).Value! })
            .AddClients()
            .AddSigningKeys(new KeyRing([_opKey]))
            .AddAccountDigestKey(RandomNumberGenerator.GetBytes(32))
            .AddPractitionerIssuers(_ => PractitionerIssuers.None)
            .AddPush(_ => new CapturingPush(), "http")
            .WithoutTimestampedHistory()
            .UseStore(_ => new InMemoryProviderStore());
        more?.Invoke(op);
        builder.Services.AddMedIdLab(lab);
        _app = builder.Build();
        _app.MapMedIdProvider();
        _app.MapMedIdLab();
        await _app.StartAsync();
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
        };
    }

    private static AcrRequirement Class(string acr, AuthenticatorAssuranceLevel level) =>
        new() { Acr = acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = level, Protocols = ["fido-uaf", "fido2"] };
}
