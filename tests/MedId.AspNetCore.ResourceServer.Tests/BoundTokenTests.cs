using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.AspNetCore.ResourceServer.Tests;

/// <summary>RFC 9449 §7 and §9, RFC 8705 §3, at a resource server. Keys and certificates are synthetic.</summary>
public sealed class BoundTokenTests
{
    private const string Path = "/fhir/Patient/p1";
    private const string Public = "https://api.example" + Path;

    private static readonly LocalSigningKey Key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
    private static readonly byte[] Certificate = Make();

    [Fact]
    public async Task Call_BoundTokenWithItsProof_IsAnswered()
    {
        await using var api = await BoundAsync();
        Assert.Equal(200, (await CallAsync(api, await ProofAsync(api))).Status);
        Assert.Equal(200, (await api.GetWithAsync(Path, "dpop " + ApiFixture.Token, ("DPoP", await ProofAsync(api)))).Status);
    }

    [Fact]
    public async Task Call_BoundTokenAsBearer_IsRefused()
    {
        await using var api = await BoundAsync();
        var answer = await api.GetWithAsync(Path, "Bearer " + ApiFixture.Token, ("DPoP", await ProofAsync(api)));
        Refused(answer, ResourceServerErrorCodes.TokenBoundToKey);
        Assert.StartsWith("Bearer realm=\"fhir\", error=\"invalid_token\"", answer.Challenge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_UnboundTokenInTheDpopScheme_IsRefused()
    {
        await using var api = await ApiFixture.StartAsync();
        var answer = await CallAsync(api, await ProofAsync(api));
        Refused(answer, ResourceServerErrorCodes.TokenNotBound);
        Assert.Contains("DPoP realm=\"fhir\", error=\"invalid_token\"", answer.Challenge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ProofOfAnotherKey_IsRefused()
    {
        await using var api = await BoundAsync();
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        ProofRefused(await CallAsync(api, await ProofAsync(api, key: other)), OAuthErrorCodes.DpopKeyMismatch);
    }

    [Theory]
    [InlineData("GET", "https://api.example/fhir/Patient/p2", ApiFixture.Token, OAuthErrorCodes.DpopUriMismatch)]
    [InlineData("GET", "https://other.example/fhir/Patient/p1", ApiFixture.Token, OAuthErrorCodes.DpopUriMismatch)]
    [InlineData("POST", Public, ApiFixture.Token, OAuthErrorCodes.DpopMethodMismatch)]
    [InlineData("GET", Public, "another-token", OAuthErrorCodes.DpopTokenMismatch)]
    [InlineData("GET", Public, null, OAuthErrorCodes.DpopClaimMissing)]
    public async Task Call_ProofOfAnotherCall_IsRefusedAndNobodyIsAsked(string method, string uri, string? token, string code)
    {
        await using var api = await BoundAsync();
        ProofRefused(await CallAsync(api, await new DpopProofs(Key, api.Op.Time).MakeAsync(method, new Uri(uri), token)), code);
        Assert.Empty(api.Op.Requests);
    }

    [Fact]
    public async Task Call_WithoutProofOrWithTwo_IsRefused()
    {
        await using var api = await BoundAsync();
        ProofRefused(await api.GetWithAsync(Path, "DPoP " + ApiFixture.Token), OAuthErrorCodes.DpopMalformed);
        ProofRefused(await api.GetWithAsync(Path, "DPoP " + ApiFixture.Token, ("DPoP", await ProofAsync(api)), ("DPoP", await ProofAsync(api))), OAuthErrorCodes.DpopMalformed);
    }

    [Fact]
    public async Task Call_SameProofAgain_IsRefused()
    {
        await using var api = await BoundAsync();
        var proof = await ProofAsync(api);
        Assert.Equal(200, (await CallAsync(api, proof)).Status);
        ProofRefused(await CallAsync(api, proof), ResourceServerErrorCodes.ProofReplayed);
    }

    [Fact]
    public async Task Call_OldProof_IsRefused()
    {
        await using var api = await BoundAsync();
        var proof = await ProofAsync(api);
        api.Op.Time.Advance(TimeSpan.FromSeconds(70));
        ProofRefused(await CallAsync(api, proof), OAuthErrorCodes.DpopNotInTime);
    }

    [Fact]
    public async Task Call_BadProof_UsesNothingUp()
    {
        await using var api = await BoundAsync();
        var proof = await ProofAsync(api);
        api.Introspection["active"] = false;
        Assert.Equal(ResourceServerErrorCodes.TokenInactive, (await CallAsync(api, proof)).Code);
        api.Introspection["active"] = true;
        Assert.Equal(200, (await CallAsync(api, proof)).Status);
    }

    [Fact]
    public async Task Call_ServerWithNonces_AsksOnceAndGivesTheNextWithEachAnswer()
    {
        await using var api = await BoundAsync(options => options.DpopNonces = new DpopNonces(new KeyedDigest(new byte[32]), ApiFixture.Audience));
        var proofs = new DpopProofs(Key, api.Op.Time);
        var asked = await CallAsync(api, await proofs.MakeAsync("GET", new Uri(Public), ApiFixture.Token));
        Assert.Equal((401, OAuthErrorCodes.DpopNonceNeeded), (asked.Status, asked.Code));
        Assert.Contains("DPoP realm=\"fhir\", error=\"use_dpop_nonce\"", asked.Challenge, StringComparison.Ordinal);
        Assert.True(proofs.Remember(new Uri(Public), asked.DpopNonce));
        var answered = await CallAsync(api, await proofs.MakeAsync("GET", new Uri(Public), ApiFixture.Token));
        Assert.Equal((200, asked.DpopNonce), (answered.Status, answered.DpopNonce));
        api.Op.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(OAuthErrorCodes.DpopNonceNeeded, (await CallAsync(api, await proofs.MakeAsync("GET", new Uri(Public), ApiFixture.Token))).Code);
    }

    [Theory]
    [InlineData("https://edge.example:8443")]
    [InlineData("http://EDGE.example")]
    public async Task Call_PublicOriginIsConfigured_ProofsAreForIt(string origin)
    {
        await using var api = await BoundAsync(options => options.PublicOrigin = new Uri(origin));
        Assert.Equal(200, (await CallAsync(api, await new DpopProofs(Key, api.Op.Time).MakeAsync("GET", new Uri(new Uri(origin), Path), ApiFixture.Token))).Status);
        Assert.Equal(OAuthErrorCodes.DpopUriMismatch, (await CallAsync(api, await ProofAsync(api))).Code);
    }

    [Fact]
    public async Task Call_AudienceIsNoUrl_ProofsAreForTheRequestsHost()
    {
        await using var api = await BoundAsync(options => options.Audience = "urn:synthetic:api");
        api.Introspection["aud"] = "urn:synthetic:api";
        Assert.Equal(200, (await CallAsync(api, await new DpopProofs(Key, api.Op.Time).MakeAsync("GET", new Uri(api.Url, Path), ApiFixture.Token))).Status);
    }

    [Fact]
    public async Task Call_PlainTokenWhereBoundOnesAreRequired_IsRefused()
    {
        await using var api = await ApiFixture.StartAsync(options => options.RequireSenderConstrainedTokens = true);
        Refused(await api.GetAsync(Path), ResourceServerErrorCodes.TokenNotBound);
        api.Introspection["cnf"] = new JsonObject { ["jkt"] = Key.PublicKey.Thumbprint };
        Assert.Equal(200, (await CallAsync(api, await ProofAsync(api))).Status);
    }

    [Theory]
    [InlineData("""{"x5t#S256":"short"}""")]
    [InlineData("""{"kid":"unknown"}""")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    public async Task Call_TokenBoundToSomethingUnknown_IsNotTakenForUnbound(string confirmation)
    {
        await using var api = await ApiFixture.StartAsync();
        api.Introspection["cnf"] = JsonNode.Parse(confirmation);
        Assert.Equal(503, (await api.GetAsync(Path)).Status);
    }

    [Fact]
    public async Task Call_TokenBoundToACertificate_NeedsIt()
    {
        await using var api = await ApiFixture.StartAsync(options => options.ForwardedCertificates = new([IPNetwork.Parse("127.0.0.0/8")]));
        api.Introspection["cnf"] = new JsonObject { ["x5t#S256"] = new PresentedCertificate(Certificate).Thumbprint };
        var header = ("Client-Cert", ":" + Convert.ToBase64String(Certificate) + ":");
        Assert.Equal(200, (await api.GetWithAsync(Path, "Bearer " + ApiFixture.Token, header)).Status);
        var missing = await api.GetAsync(Path);
        Refused(missing, ResourceServerErrorCodes.CertificateMissing);
        Assert.StartsWith("Bearer realm=\"fhir\", error=\"invalid_token\"", missing.Challenge, StringComparison.Ordinal);
        Refused(await api.GetWithAsync(Path, "Bearer " + ApiFixture.Token, ("Client-Cert", ":" + Convert.ToBase64String(Make()) + ":")), ResourceServerErrorCodes.CertificateMismatch);
        Refused(await api.GetWithAsync(Path, "DPoP " + ApiFixture.Token, header, ("DPoP", await ProofAsync(api))), ResourceServerErrorCodes.TokenNotBound);
    }

    [Fact]
    public async Task Call_CertificateInAHeaderOfNoProxy_IsRefused()
    {
        await using var api = await ApiFixture.StartAsync(options => options.ForwardedCertificates = new([IPNetwork.Parse("10.0.0.0/8")]));
        var answer = await api.GetWithAsync(Path, "Bearer " + ApiFixture.Token, ("Client-Cert", ":" + Convert.ToBase64String(Certificate) + ":"));
        Assert.Equal((400, OAuthErrorCodes.ForwardedCertificateUntrusted), (answer.Status, answer.Code));
    }

    private static async Task<ApiFixture> BoundAsync(Action<IntrospectionBearerOptions>? configure = null)
    {
        var api = await ApiFixture.StartAsync(configure);
        (api.Introspection["cnf"], api.Introspection["token_type"]) = (new JsonObject { ["jkt"] = Key.PublicKey.Thumbprint }, "DPoP");
        return api;
    }

    private static Task<ApiAnswer> CallAsync(ApiFixture api, string proof) => api.GetWithAsync(Path, "DPoP " + ApiFixture.Token, ("DPoP", proof));

    private static ValueTask<string> ProofAsync(ApiFixture api, SigningKey? key = null) => new DpopProofs(key ?? Key, api.Op.Time).MakeAsync("GET", new Uri(Public), ApiFixture.Token);

    private static void Refused(ApiAnswer answer, string code)
    {
        Assert.Equal((401, code), (answer.Status, answer.Code));
        Assert.Contains("algs=\"ES256 PS256 ", answer.Challenge, StringComparison.Ordinal);
    }

    private static void ProofRefused(ApiAnswer answer, string code)
    {
        Refused(answer, code);
        Assert.Contains("DPoP realm=\"fhir\", error=\"invalid_dpop_proof\"", answer.Challenge, StringComparison.Ordinal);
    }

    private static byte[] Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=synthetic client", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.RawData;
    }
}
