using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

/// <summary>What a client has to refuse beyond the ID token's own claims: metadata, token answers, proofs of possession.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly CibaFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Theory]
    [InlineData("issuer", "\"https://other.example\"", OAuthErrorCodes.IssuerMismatch)]
    [InlineData("issuer", "\"https://op.example/\"", OAuthErrorCodes.IssuerMismatch)]
    [InlineData("issuer", null, OAuthErrorCodes.MetadataMalformed)]
    [InlineData("token_endpoint", "\"http://op.example/token\"", OAuthErrorCodes.EndpointNotHttps)]
    [InlineData("backchannel_authentication_endpoint", "\"http://op.example/bc-authorize\"", OAuthErrorCodes.EndpointNotHttps)]
    [InlineData("jwks_uri", "\"http://127.0.0.1/jwks\"", OAuthErrorCodes.EndpointNotHttps)]
    [InlineData("mtls_endpoint_aliases", "{\"token_endpoint\":\"http://op.example/token\"}", OAuthErrorCodes.EndpointNotHttps)]
    [InlineData("grant_types_supported", "[\"authorization_code\"]", CibaClientErrorCodes.GrantNotSupported)]
    public async Task StartAsync_MetadataWithOneDefect_SendsNothing(string member, string? json, string code)
    {
        _f.Op.Metadata.Remove(member);
        if (json is not null)
        {
            _f.Op.Metadata[member] = JsonNode.Parse(json);
        }

        Assert.Equal(code, (await _f.Client.StartTakenAsync(_f.Request, _f.Op.Time)).Error!.Code);
        Assert.Empty(_f.Op.To("/bc-authorize"));
    }

    [Theory]
    [InlineData("openid patient/Patient.read user/*.*")]
    [InlineData("openid patient/*.read")]
    [InlineData("openid PATIENT/Patient.read")]
    public async Task PollAsync_MoreGrantedThanAskedFor_IsRefused(string scope)
    {
        _f.Op.On("/token", _ => _f.Tokens(change: body => body["scope"] = scope));
        Assert.Equal(CibaClientErrorCodes.ScopeWidened, (await _f.Client.PollAsync(_f.Authentication)).Error!.Code);
    }

    [Fact]
    public async Task PollAsync_NarrowerSpellingByTheIntegratorsRule_IsAccepted()
    {
        using var f = new CibaFixture(options => options.IsWithinRequest = (requested, scope) => scope == "patient/Patient.r" && requested.Contains("patient/Patient.read"));
        f.Op.On("/token", _ => f.Tokens(change: body => body["scope"] = "openid patient/Patient.r"));
        Assert.Equal(["openid", "patient/Patient.r"], (await f.Client.PollAsync(f.Authentication)).Value!.Tokens!.Scopes);
    }

    [Fact]
    public async Task RefreshAsync_MoreGrantedThanBefore_IsRefused()
    {
        _f.Op.On("/token", _ => _f.Tokens(change: body => body["refresh_token"] = "refresh-1"));
        var tokens = (await _f.Client.PollAsync(_f.Authentication)).Value!.Tokens!;
        _f.Op.On("/token", _ => _f.Tokens(change: body => body["scope"] = "openid patient/Patient.read patient/Observation.read"));
        Assert.Equal(CibaClientErrorCodes.ScopeWidened, (await _f.Client.RefreshAsync(tokens)).Error!.Code);
    }

    [Theory]
    [InlineData("DPoP", OAuthErrorCodes.TokenTypeUnsupported)]
    [InlineData("N_A", OAuthErrorCodes.TokenTypeUnsupported)]
    [InlineData("mac", OAuthErrorCodes.TokenTypeUnsupported)]
    [InlineData("bearer", null)]
    public async Task PollAsync_TokenTypeOfAClientWithoutProofs_IsBearer(string type, string? code)
    {
        _f.Op.On("/token", _ => _f.Tokens(change: body => body["token_type"] = type));
        Assert.Equal(code, (await _f.Client.PollAsync(_f.Authentication)).Error?.Code);
    }

    [Theory]
    [InlineData("Bearer", OAuthErrorCodes.TokenNotBound)]
    [InlineData("dpop", null)]
    public async Task PollAsync_TokenTypeOfAClientWithProofs_IsDpop(string type, string? code)
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "dpop-1");
        using var f = new CibaFixture(options => options.DpopKey = key);
        f.Op.On("/token", _ => f.Tokens(change: body => body["token_type"] = type));
        Assert.Equal(code, (await f.Client.PollAsync(f.Authentication)).Error?.Code);
    }

    [Fact]
    public async Task PollAsync_ConfirmedByOurKey_IsAccepted()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "dpop-1");
        Assert.Null(await ConfirmedAsync(new JsonObject { ["jkt"] = key.PublicKey.Thumbprint }, key));
    }

    [Theory]
    [InlineData("{\"jkt\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}")]
    [InlineData("{\"x5t#S256\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}")]
    [InlineData("{\"jwk\":{}}")]
    [InlineData("{}")]
    [InlineData("{\"jkt\":1}")]
    public async Task PollAsync_ConfirmedBySomethingElse_IsRefused(string confirmation)
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "dpop-1");
        Assert.Equal(CibaClientErrorCodes.ConfirmationMismatch, await ConfirmedAsync((JsonObject)JsonNode.Parse(confirmation)!, key));
    }

    [Fact]
    public async Task PollAsync_ConfirmationForAClientThatHoldsNothing_IsRefused() =>
        Assert.Equal(CibaClientErrorCodes.ConfirmationMismatch, await ConfirmedAsync(new JsonObject { ["jkt"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }, null));

    [Fact]
    public async Task PollAsync_KeysCannotBeHad_RedeemsNothing()
    {
        _f.Op.On("/jwks", _ => throw new HttpRequestException("down"));
        await Assert.ThrowsAsync<HttpRequestException>(() => _f.Client.PollAsync(_f.Authentication));
        Assert.Empty(_f.Op.To("/token"));
    }

    [Fact]
    public async Task WaitAsync_NewKeyCannotBeHadAfterTheRedemption_IsRefusedAndNotRedeemedAgain()
    {
        using var newer = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-2");
        var asked = 0;
        var keys = (JsonNode)JsonNode.Parse(JsonWebKeySet.Of(_f.Op.Keys.Select(key => key.ToJwk())).ToJson())!;
        _f.Op.On("/jwks", _ => asked++ == 0 ? OpDouble.Json(keys) : throw new HttpRequestException("down"));
        var polls = 0;
        _f.Op.On("/token", _ =>
        {
            polls++;
            return polls < 40 ? OpDouble.Error("authorization_pending") : _f.Tokens(change: body => body["id_token"] = _f.Op.Sign("JWT", _f.Claims(), newer));
        });
        var result = await _f.Drive(() => _f.Client.WaitAsync(_f.Authentication));
        Assert.Equal(CryptographyErrorCodes.JoseKeyNotFound, result.Error!.Code);
        Assert.Equal(40, polls);
        Assert.Equal(2, asked);
    }

    public static TheoryData<string, Action<CibaClientOptions>> FapiMistakes => new()
    {
        { "push", options => options.DeliveryMode = TokenDeliveryMode.Push },
        { "unsigned", options => options.RequestSigningKey = null },
        { "request by ES384", options => options.RequestSigningKey = LocalSigningKey.Generate(SignatureAlgorithm.ES384) },
        { "secret", options => options.Credential = new ClientSecretBasicCredential("a", "b") },
        { "secret in a JWT", options => options.Credential = new ClientSecretJwtCredential("a", CibaPeer.Secret) },
        { "assertion by PS512", options => options.Credential = new PrivateKeyJwtCredential("a", LocalSigningKey.Generate(SignatureAlgorithm.PS512)) },
        { "unbound", options => options.Certificate = null },
        { "http", options => options.Http = new ProtocolHttpOptions { AllowHttpOnLoopback = true } },
        { "acr", options => options.RequireAcr = false },
    };

    [Theory]
    [MemberData(nameof(FapiMistakes))]
    public void FindMistakes_FapiCibaId1WithOneMistake_NamesTheProfile(string what, Action<CibaClientOptions> change)
    {
        var options = Fapi(CibaClientProfile.FapiCibaId1);
        Assert.Empty(options.FindMistakes());
        change(options);
        Assert.True(options.FindMistakes().Any(mistake => mistake.StartsWith("FapiCibaId1", StringComparison.Ordinal)), what);
        Assert.Throws<ArgumentException>(() => new CibaClient(_f.Op.CreateClient(), options));
    }

    [Fact]
    public void FindMistakes_EverythingWrong_IsSaidTogether()
    {
        var options = new CibaClientOptions { Profile = CibaClientProfile.FapiCibaId1, DeliveryMode = TokenDeliveryMode.Push, Credential = new ClientSecretBasicCredential("a", "b"), RequireAcr = false };
        Assert.Equal(6, options.FindMistakes().Count());
    }

    [Fact]
    public void FindMistakes_FapiCiba2_TakesDpopEd25519AndUnsignedRequests()
    {
        var options = Fapi(CibaClientProfile.FapiCiba2);
        options.Certificate = null;
        options.RequestSigningKey = null;
        options.DpopKey = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        Assert.Empty(options.FindMistakes());
        options.DpopKey = null;
        Assert.Single(options.FindMistakes());
        options.DpopKey = LocalSigningKey.Generate(SignatureAlgorithm.ES384);
        Assert.Single(options.FindMistakes());
    }

    [Fact]
    public void FindMistakes_KeyAndCertificate_AreOneTooMany()
    {
        var options = Fapi(CibaClientProfile.CibaCore);
        options.DpopKey = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        Assert.Single(options.FindMistakes());
    }

    [Theory]
    [InlineData(CibaClientProfile.FapiCibaId1)]
    [InlineData(CibaClientProfile.FapiCiba2)]
    public async Task StartAsync_FapiWithoutContext_IsMisuse(CibaClientProfile profile)
    {
        using var client = new CibaClient(_f.Op.CreateClient(), Fapi(profile), _f.Op.Time);
        var request = _f.Request with { BindingMessage = null };
        await Assert.ThrowsAsync<ArgumentException>(() => client.StartTakenAsync(request, _f.Op.Time));
        Assert.True((await client.StartTakenAsync(request with { AuthorizationDetails = "[{\"type\":\"medid_consent\"}]" }, _f.Op.Time)).Succeeded);
    }

    [Fact]
    public async Task PollAsync_FapiAndIdTokenByAnotherAlgorithm_IsRefused()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES384, "op-2");
        _f.Op.Keys.Add(key);
        var claims = _f.Claims();
        claims.Remove("at_hash");
        _f.Op.On("/token", _ => _f.Tokens(change: body => body["id_token"] = _f.Op.Sign("JWT", claims, key)));
        Assert.True((await _f.Client.PollAsync(_f.Authentication)).Succeeded);
        using var client = new CibaClient(_f.Op.CreateClient(), Fapi(CibaClientProfile.FapiCibaId1), _f.Op.Time);
        Assert.Equal(CryptographyErrorCodes.JoseAlgorithmNotAllowed, (await client.PollAsync(_f.Authentication)).Error!.Code);
    }

    [Fact]
    public async Task StartAsync_AuthorizationDetailsAndContext_AreClaimsOrTheirText()
    {
        var request = _f.Request with { ActorToken = null, AuthorizationDetails = "[{\"type\":\"t\"}]", RequestContext = "{\"place\":\"clinic\"}" };
        await _f.Client.StartTakenAsync(request, _f.Op.Time);
        var claims = _f.Op.To("/bc-authorize")[0].ClaimsOf("request");
        Assert.Equal(("t", "clinic"), ((string)claims["authorization_details"]![0]!["type"]!, (string)claims["request_context"]!["place"]!));

        using var plain = new CibaFixture(options => options.RequestSigningKey = null);
        await plain.Client.StartTakenAsync(request, plain.Op.Time);
        var form = plain.Op.To("/bc-authorize")[0].Form;
        Assert.Equal(("[{\"type\":\"t\"}]", "{\"place\":\"clinic\"}"), (form["authorization_details"], form["request_context"]));
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData(null, "[]")]
    [InlineData("x", null)]
    public async Task StartAsync_DetailsOrContextOfAnotherKind_IsMisuse(string? details, string? context) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _f.Client.StartTakenAsync(_f.Request with { AuthorizationDetails = details, RequestContext = context }, _f.Op.Time));

    private async Task<string?> ConfirmedAsync(JsonObject confirmation, SigningKey? key)
    {
        using var f = new CibaFixture(options => options.DpopKey = key);
        var claims = f.Claims();
        claims["cnf"] = confirmation;
        f.Op.On("/token", _ => f.Tokens(claims, body => body["token_type"] = key is null ? "Bearer" : "DPoP"));
        return (await f.Client.PollAsync(f.Authentication)).Error?.Code;
    }

    private static CibaClientOptions Fapi(CibaClientProfile profile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ehr-clinic-a", key, HashAlgorithmName.SHA256);
        return new CibaClientOptions
        {
            Profile = profile,
            Issuer = OpDouble.Issuer,
            Credential = new PrivateKeyJwtCredential(CibaFixture.ClientId, CibaFixture.ClientKey),
            RequestSigningKey = CibaFixture.ClientKey,
            Certificate = request.CreateSelfSigned(OpDouble.Start.AddDays(-1), OpDouble.Start.AddDays(1)),
        };
    }
}
