using System.Net;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.OAuth.Tests.Proofs;

public sealed class DpopProofsTests : IDisposable
{
    private readonly LocalSigningKey _key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "a-name-that-stays-here");
    private readonly ManualTimeProvider _time = new(TestProof.Now);
    private readonly OpDouble _op = new();
    private readonly DpopProofs _proofs;

    public DpopProofsTests() => _proofs = new(_key, _time);

    public void Dispose()
    {
        _op.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task MakeAsync_Any_HoldsWhatTheStandardAsksForAndNothingPrivate()
    {
        var jws = CompactJws.Parse(await _proofs.MakeAsync("GET", new Uri("https://api.example:8443/fhir/Patient/%E5%A4%AA?x=1#y"), "token")).Value!;
        var (header, claims) = (jws.Header.Members, StrictJson.ParseObject(jws.Payload).Value);
        Assert.Equal(["alg", "jwk", "typ"], header.EnumerateObject().Select(one => one.Name));
        Assert.Equal(["crv", "kty", "x", "y"], header.GetProperty("jwk").EnumerateObject().Select(one => one.Name).Order());
        Assert.Equal(["jti", "htm", "htu", "iat", "ath"], claims.EnumerateObject().Select(one => one.Name));
        Assert.Equal("https://api.example:8443/fhir/Patient/%E5%A4%AA", claims.GetProperty("htu").GetString());
        Assert.True(StrictBase64Url.TryDecode(claims.GetProperty("jti").GetString(), out var id) && id.Length >= 12);
    }

    [Fact]
    public async Task MakeAsync_Twice_IsNeverTheSame() =>
        Assert.NotEqual(Claim(await _proofs.MakeAsync("POST", new Uri(TestProof.Uri)), "jti"), Claim(await _proofs.MakeAsync("POST", new Uri(TestProof.Uri)), "jti"));

    [Fact]
    public async Task Remember_ANonce_IsOfItsServerAndTheNewestCounts()
    {
        Assert.True(_proofs.Remember(new Uri("https://op.example/token"), "first"));
        Assert.False(_proofs.Remember(new Uri("https://op.example/other"), "first"));
        Assert.True(_proofs.Remember(new Uri("https://op.example/other"), "second"));
        Assert.Equal("second", Claim(await _proofs.MakeAsync("POST", new Uri("https://op.example/token")), "nonce"));
        Assert.Null(Claim(await _proofs.MakeAsync("POST", new Uri("https://op.example:8443/token")), "nonce"));
        Assert.Null(Claim(await _proofs.MakeAsync("POST", new Uri("https://api.example/token")), "nonce"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("é")]
    public async Task Remember_NoNonce_ChangesNothing(string? nonce)
    {
        _proofs.Remember(new Uri(TestProof.Uri), "kept");
        Assert.False(_proofs.Remember(new Uri(TestProof.Uri), nonce));
        Assert.Equal("kept", Claim(await _proofs.MakeAsync("POST", new Uri(TestProof.Uri)), "nonce"));
    }

    [Fact]
    public async Task MakeAsync_UriThatIsNone_IsMisuse()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _proofs.MakeAsync("GET", new Uri("/x", UriKind.Relative)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _proofs.MakeAsync("GET", new Uri("https://user@op.example/x")));
    }

    [Fact]
    public async Task PostAsync_ServerAsksForANonce_SendsOnceMoreWithEverythingNew()
    {
        _op.On("/token", request => Claim(request.Dpop!, "nonce") == "n-1" ? OpDouble.Json(new System.Text.Json.Nodes.JsonObject()) : Asks("n-1"));
        var answer = await PostAsync(_proofs);
        Assert.True(answer.Value!.IsOk);
        Assert.Equal(2, _op.To("/token").Count);
        Assert.NotEqual(Claim(_op.To("/token")[0].Dpop!, "jti"), Claim(_op.To("/token")[1].Dpop!, "jti"));
        Assert.True((await PostAsync(_proofs)).Value!.IsOk);
        Assert.Equal(3, _op.To("/token").Count);
    }

    [Fact]
    public async Task PostAsync_ServerThatIsNeverSatisfied_IsAskedTwice()
    {
        var count = 0;
        _op.On("/token", _ => Asks("n-" + ++count));
        var answer = await PostAsync(_proofs);
        Assert.Equal(OAuthErrorCodes.UseDpopNonce, answer.Value!.ToError("x").Code);
        Assert.Equal(2, count);
    }

    [Fact]
    public async Task PostAsync_ServerRefusesTheProof_IsARefusal()
    {
        _op.On("/token", _ => OpDouble.Error("invalid_dpop_proof"));
        Assert.Equal(OAuthErrorCodes.InvalidDpopProof, (await PostAsync(_proofs)).Value!.ToError("x").Code);
        Assert.Single(_op.To("/token"));
    }

    [Fact]
    public async Task PostAsync_WithoutProofs_SendsNone()
    {
        _op.On("/token", _ => Asks("n-1"));
        await PostAsync(null);
        Assert.Null(Assert.Single(_op.To("/token")).Dpop);
    }

    [Theory]
    [InlineData("DPoP", true)]
    [InlineData("dpop", true)]
    [InlineData("Bearer", false)]
    public void Parse_TokenOfARequestWithAProof_HasToBeBound(string type, bool accepted)
    {
        var body = System.Text.Encoding.UTF8.GetBytes($$"""{"access_token":"a","token_type":"{{type}}"}""");
        Assert.Equal(accepted ? null : OAuthErrorCodes.TokenNotBound, TokenResponse.Parse(body, boundByDpop: true).Error?.Code);
        Assert.Equal(accepted ? OAuthErrorCodes.TokenTypeUnsupported : null, TokenResponse.Parse(body).Error?.Code);
    }

    [Fact]
    public async Task Handler_ResourceAsksForANonce_SendsTokenBodyAndNewProofOnceMore()
    {
        var seen = new List<(string? Authorization, string? Proof, string Body)>();
        using var client = new HttpClient(new DpopHandler(_proofs)
        {
            InnerHandler = new Stub(async request =>
        {
            seen.Add((request.Headers.Authorization?.ToString(), request.Headers.GetValues("DPoP").Single(), await request.Content!.ReadAsStringAsync()));
            var response = new HttpResponseMessage(seen.Count == 1 ? HttpStatusCode.Unauthorized : HttpStatusCode.OK) { RequestMessage = request };
            response.Headers.TryAddWithoutValidation("WWW-Authenticate", "DPoP realm=\"fhir\", error=\"use_dpop_nonce\", algs=\"ES256\"");
            response.Headers.Add("DPoP-Nonce", "r-1");
            return response;
        })
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/fhir/_search") { Content = new StringContent("a=b") };
        request.Headers.Authorization = new("DPoP", TestProof.Token);
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(request)).StatusCode);
        Assert.Equal([null, "r-1"], seen.Select(one => Claim(one.Proof!, "nonce")));
        Assert.All(seen, one => Assert.Equal(("DPoP " + TestProof.Token, "a=b"), (one.Authorization, one.Body)));
        Assert.All(seen, one => Assert.Equal(DpopProofVerifier.HashOf(TestProof.Token), Claim(one.Proof!, "ath")));
    }

    [Fact]
    public async Task Handler_BearerToken_IsLeftAlone()
    {
        using var client = new HttpClient(new DpopHandler(_proofs)
        {
            InnerHandler = new Stub(request =>
        {
            Assert.False(request.Headers.Contains("DPoP"));
            return Task.FromResult(new HttpResponseMessage { RequestMessage = request });
        })
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/fhir");
        request.Headers.Authorization = new("Bearer", TestProof.Token);
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(request)).StatusCode);
    }

    private static string? Claim(string proof, string name) =>
        StrictJson.ParseObject(CompactJws.Parse(proof).Value!.Payload).Value.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static HttpResponseMessage Asks(string nonce)
    {
        var answer = OpDouble.Error("use_dpop_nonce");
        answer.Headers.Add("DPoP-Nonce", nonce);
        return answer;
    }

    private Task<Core.MedIdResult<ProtocolHttpResponse>> PostAsync(DpopProofs? proofs) => new ProtocolHttpClient(_op.CreateClient()).PostAsync(
        "token", () => new ClientRequest(OpDouble.Issuer + "/token", OpDouble.Issuer), new ClientSecretBasicCredential("ehr", "secret"), proofs);

    private sealed class Stub(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);
    }
}
