using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.OAuth.Server.Tests;

/// <summary>One server with a client of each kind. Every name and key is synthetic.</summary>
internal sealed class TestServer
{
    public const string Issuer = "https://op.example";
    public const string EhrId = "ehr-clinic-a";
    public const string BasicId = "ehr-basic";
    public const string ApiId = "health-record-api";
    public const string OtherApiId = "other-api";
    public const string Resource = "https://api.example/fhir";
    public const string Secret = "synthetic secret: 32 characters +";

    public static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    public static readonly LocalSigningKey ServerKey = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-1");
    public static readonly LocalSigningKey EhrKey = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "ehr-1");
    public static readonly LocalSigningKey ApiKey = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "api-1");
    public static readonly LocalSigningKey ForeignKey = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "ehr-1");

    public TestServer(Func<ClientMetadata, ClientMetadata>? changeEhr = null, Action<OAuthServerOptions>? changeOptions = null)
    {
        changeOptions?.Invoke(Options);
        var ehr = Metadata(EhrId, EhrKey) with
        {
            GrantTypes = [GrantTypes.Ciba, GrantTypes.RefreshToken],
            Scope = "openid patient/Patient.read patient/MedicationRequest.read",
            BackchannelTokenDeliveryMode = "poll",
            BackchannelAuthenticationRequestSigningAlg = SignatureAlgorithm.ES256,
        };
        Ehr = new(TenantId.Single, changeEhr?.Invoke(ehr) ?? ehr) { Resources = [Resource] };
        Basic = new(TenantId.Single, new()
        {
            ClientId = BasicId,
            ClientSecret = Secret,
            GrantTypes = [GrantTypes.Ciba],
            Scope = "openid patient/Patient.read",
            BackchannelTokenDeliveryMode = "poll",
        })
        {
            Resources = [Resource],
        };
        Api = new(TenantId.Single, Metadata(ApiId, ApiKey)) { ServedResources = [Resource] };
        OtherApi = new(TenantId.Single, Metadata(OtherApiId, ApiKey)) { ServedResources = ["https://other.example/fhir"] };
        Clients = new(Ehr, Basic, Api, OtherApi);
        Authenticator = new(Clients, new ClientKeySource(), Store, Options, Time);
        Minter = new(Keys, Options, Time);
    }

    public ManualTimeProvider Time { get; } = new(Start);

    public OAuthServerOptions Options { get; } = new() { Issuer = Issuer };

    public TestStore Store { get; } = new();

    public SingleKeyRing Keys { get; } = new(new KeyRing([ServerKey]));

    public ClientRegistration Ehr { get; }

    public ClientRegistration Basic { get; }

    public ClientRegistration Api { get; }

    public ClientRegistration OtherApi { get; }

    public ConfiguredClients Clients { get; }

    public ClientAuthenticator Authenticator { get; }

    public TokenMinter Minter { get; }

    public TokenRevoker Revoker => new(Store, Options, Time);

    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    public static ClientMetadata Metadata(string id, SigningKey key) => new()
    {
        ClientId = id,
        TokenEndpointAuthMethod = ClientAuthenticationMethod.PrivateKeyJwt,
        Jwks = JsonWebKeySet.Of(key.ToJwk()),
        GrantTypes = [],
    };

    public static Grant Grant(string id = "consent-1") => new()
    {
        Id = id,
        Tenant = TenantId.Single,
        Subject = "patient-0001",
        ClientId = EhrId,
        Scopes = ["openid", "patient/Patient.read", "patient/MedicationRequest.read"],
        Resource = Resource,
        Patient = "pt-1",
        ConsentId = id,
        Actor = """{"iss":"https://doctor-op.example","sub":"doctor-1","extensions":{"ihe_iua":{"subject_name":"合成 太郎"}}}""",
        Acr = "urn:cibatest:auth:fido",
        Amr = ["hwk", "fpt"],
        AuthTime = Start.AddSeconds(-30),
        ExpiresAt = Start.AddHours(1),
        AllowsRefresh = true,
    };

    public static OAuthRequest Request(string? authorization, params (string Name, string? Value)[] parameters) => new()
    {
        Tenant = TenantId.Single,
        Authorization = authorization,
        Form = OAuthForm.Of(parameters.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value!))).Value!,
    };

    public static string BasicHeader(string id, string secret) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}"));

    public static JsonObject Body(OAuthAnswer answer) => JsonNode.Parse(answer.Body.Span)!.AsObject();

    /// <summary>A request with a good client assertion.</summary>
    public async Task<OAuthRequest> RequestByAsync(string clientId, params (string Name, string? Value)[] parameters) => Request(
        null, [.. parameters, ("client_assertion_type", TokenTypes.JwtBearerAssertion), ("client_assertion", await AssertionAsync(clientId))]);

    /// <summary>A good client assertion, changed.</summary>
    public Task<string> AssertionAsync(string clientId = EhrId, Action<JsonObject>? change = null, Action<JsonObject>? changeHeader = null, SigningKey? key = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = Issuer,
            ["iat"] = Now,
            ["exp"] = Now + 60,
            ["jti"] = SecretGenerator.Base64Url(16),
        };
        change?.Invoke(claims);
        return TestJws.SignAsync(key ?? (clientId == EhrId ? EhrKey : ApiKey), claims, changeHeader);
    }

    public async Task<IssuedTokens> IssueAsync(Grant? grant = null)
    {
        var tokens = (await Minter.IssueAsync(new() { Grant = grant ?? Grant(), Client = Ehr })).Value!;
        if (tokens.RefreshRecord is not null)
        {
            Store.Put(tokens.RefreshRecord);
        }

        return tokens;
    }

    public static void AssertRefused(OAuthAnswer answer, string code, string wireError, int status)
    {
        Assert.Equal(code, answer.Error?.Code);
        Assert.Equal(wireError, (string?)Body(answer)["error"]);
        Assert.Equal(code, (string?)Body(answer)["error_description"]);
        Assert.Equal(status, answer.Status);
        Assert.Equal(2, Body(answer).Count);
        Assert.Contains(answer.Headers, h => h is { Key: "Cache-Control", Value: "no-store" });
        Assert.Equal(status == 401, answer.Headers.Any(h => h.Key == "WWW-Authenticate"));
    }
}
