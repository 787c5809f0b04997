using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>An OP of 256 tenants: each with its signing key, an EHR that signs assertions and a health data API with a secret. All synthetic.</summary>
internal sealed class ProviderScene
{
    public const string Issuer = "https://op.example";
    public const string Resource = "https://api.example/fhir";
    public const string Api = "health-record-api";

    private const string FormType = "application/x-www-form-urlencoded";
    private const string Secret = "synthetic-secret-of-32-characters";

    private readonly ClientRegistration[] _ehrs;
    private readonly LocalSigningKey[] _ehrKeys;

    public ProviderScene()
    {
        Keys = new(Tenants);
        _ehrKeys = [.. Tenants.Select(tenant => LocalSigningKey.Generate(SignatureAlgorithm.ES256, $"{tenant}-ehr"))];
        _ehrs = [.. Tenants.Zip(_ehrKeys, Ehr)];
        Clients = new(_ehrs.Concat(Tenants.Select(ApiOf)));
        Authenticator = new(Clients, new ClientKeySource(), new ReplayRounds(), Options, StillTime.Clock);
        Minter = new(Keys, Options, StillTime.Clock);
    }

    public static IReadOnlyList<TenantId> Tenants { get; } = [.. Enumerable.Range(0, Rotation.Keys).Select(number => new TenantId($"clinic-{number}"))];

    public OAuthServerOptions Options { get; } = new() { Issuer = Issuer };

    public TenantKeyRings Keys { get; }

    public ConfiguredClients Clients { get; }

    public ClientAuthenticator Authenticator { get; }

    public TokenMinter Minter { get; }

    public InMemoryProviderStore Store { get; } = new();

    /// <summary>The tenant of an input.</summary>
    public static TenantId TenantOf(int index) => Tenants[index % Rotation.Keys];

    /// <summary>A person's granted access of an input.</summary>
    public static async Task<StoreScene> GrantedAsync(IProviderStore store, int index) => await new StoreScene(store, TenantOf(index)).ApprovedAsync();

    /// <summary>What a token is made of for an input.</summary>
    public TokenIssue Issue(StoreScene scene, int index) =>
        new() { Grant = scene.Grant(StoreScene.DataScopes), Client = _ehrs[index % Rotation.Keys], AuthReqId = SecretGenerator.Base64Url() };

    /// <summary>Live handles of the tenants' signing keys.</summary>
    public ECDsa[] SigningHandles() => [.. Keys.Keys.Select(key => BareP256.PrivateHandle(key.ExportPkcs8()))];

    /// <summary>Live handles of the EHRs' public keys.</summary>
    public ECDsa[] EhrHandles() => [.. _ehrKeys.Select(key => BareP256.PublicHandle(key.PublicKey.ExportSubjectPublicKeyInfo()))];

    /// <summary>The EHR's assertion in the body of a request.</summary>
    public async Task<(byte[] Body, string Assertion)> AssertedAsync(int index, string grantType, string authReqId)
    {
        var request = new ClientRequest(Options.TokenEndpoint, Issuer).Add(OAuthParameters.GrantType, grantType).Add(OAuthParameters.AuthReqId, authReqId);
        await new PrivateKeyJwtCredential(StoreScene.Client, _ehrKeys[index % Rotation.Keys], StillTime.Clock).AuthenticateAsync(request);
        return (await BytesAsync(request.Parameters), request.Parameters.Single(one => one.Key == OAuthParameters.ClientAssertion).Value);
    }

    /// <summary>The API's question about a token: the body; the secret goes beside it.</summary>
    public static Task<byte[]> QuestionAsync(string token) => BytesAsync([new(OAuthParameters.Token, token), new(OAuthParameters.TokenTypeHint, "access_token")]);

    /// <summary>A request as it comes from the wire: the body is read here.</summary>
    public static OAuthRequest Read(int index, byte[] body, string? authorization = null, string? accept = null) =>
        new() { Tenant = TenantOf(index), Form = Right.Accepted(OAuthForm.Read(FormType, body)), Authorization = authorization, Accept = accept };

    /// <summary>The API's HTTP Basic header.</summary>
    public static string Basic { get; } = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Api}:{Secret}"));

    private static async Task<byte[]> BytesAsync(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        using var content = new FormUrlEncodedContent(parameters);
        return await content.ReadAsByteArrayAsync();
    }

    private static ClientRegistration Ehr(TenantId tenant, SigningKey key) => new(tenant, new()
    {
        ClientId = StoreScene.Client,
        TokenEndpointAuthMethod = ClientAuthenticationMethod.PrivateKeyJwt,
        Jwks = JsonWebKeySet.Of(key.ToJwk()),
        GrantTypes = [GrantTypes.Ciba],
    })
    {
        Resources = [Resource],
    };

    private static ClientRegistration ApiOf(TenantId tenant) => new(tenant, new() { ClientId = Api, ClientSecret = Secret, GrantTypes = [] }) { ServedResources = [Resource] };
}
