using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server.Tests;

/// <summary>RFC 9449 §5, §8 and RFC 8705 §3 at the token endpoint, in tokens, in introspection, at userinfo.</summary>
public sealed class TokenBindingTests
{
    private static readonly LocalSigningKey Key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
    private static readonly PresentedCertificate Certificate = new(Encoding.ASCII.GetBytes("synthetic certificate"));
    private static readonly PresentedCertificate OtherCertificate = new(Encoding.ASCII.GetBytes("another synthetic certificate"));

    private readonly TestServer _server = new();

    private static string Jkt => Key.PublicKey.Thumbprint;

    private static DpopProofs Proofs(TestServer server, SigningKey? key = null) => new(key ?? Key, server.Time);

    private static ValueTask<string> ProofAsync(TestServer server, string uri = TestServer.Issuer + "/token", string method = "POST", string? token = null, SigningKey? key = null) =>
        Proofs(server, key).MakeAsync(method, new Uri(uri), token);

    private static async Task<OAuthAnswer> RefreshAsync(TestServer server, string refreshToken, string? proof = null, PresentedCertificate? certificate = null)
    {
        var endpoint = new TokenEndpoint(server.Authenticator, [new RefreshGrantHandler(server.Store, server.Store, server.Minter, server.Revoker)], server.Options, server.Time);
        var request = await server.RequestByAsync(TestServer.EhrId, ("grant_type", GrantTypes.RefreshToken), ("refresh_token", refreshToken));
        return await endpoint.HandleAsync(request with { DPoP = proof, Certificate = certificate });
    }

    private static async Task<string> FirstAsync(TestServer server)
    {
        // As of a time before the client's tokens had to be bound.
        var tokens = (await new TokenMinter(server.Keys, new() { Issuer = TestServer.Issuer }, server.Time).IssueAsync(
            new() { Grant = TestServer.Grant(), Client = new(TenantId.Single, server.Ehr.Metadata with { DpopBoundAccessTokens = false, TlsClientCertificateBoundAccessTokens = false }) })).Value!;
        server.Store.Put(tokens.RefreshRecord!);
        return tokens.RefreshToken!;
    }

    private static JsonObject ClaimsOf(OAuthAnswer answer) => TestJws.Claims((string)TestServer.Body(answer)["access_token"]!);

    private async Task<OAuthAnswer> UserInfoAsync(string scheme, string token, PresentedCertificate? certificate = null, params string?[] proofs) =>
        await new UserInfoEndpoint(_server.Store, _server.Store, _server.Keys, _server.Options, null, _server.Time, new SenderConstraints(_server.Store, _server.Options, _server.Time))
            .HandleAsync(new() { Tenant = TenantId.Single, Authorization = $"{scheme} {token}", DPoP = proofs, Certificate = certificate });

    private async Task<string> IssueAsync(TokenConfirmation confirmation) =>
        (await _server.Minter.IssueAsync(new() { Grant = TestServer.Grant(), Client = _server.Ehr, Confirmation = confirmation })).Value!.AccessToken;

    [Fact]
    public async Task HandleAsync_WithAProof_BindsTheAccessTokenAndSaysSo()
    {
        var answer = await RefreshAsync(_server, await FirstAsync(_server), await ProofAsync(_server));
        Assert.Equal("DPoP", (string?)TestServer.Body(answer)["token_type"]);
        Assert.Equal($$"""{"jkt":"{{Jkt}}"}""", ClaimsOf(answer)["cnf"]!.ToJsonString());
        Assert.DoesNotContain(answer.Headers, h => h.Key == "DPoP-Nonce");
    }

    [Fact]
    public async Task HandleAsync_WithoutAProof_GivesABearerToken()
    {
        var answer = await RefreshAsync(_server, await FirstAsync(_server), certificate: Certificate);
        Assert.Equal("Bearer", (string?)TestServer.Body(answer)["token_type"]);
        Assert.DoesNotContain("cnf", ClaimsOf(answer));
    }

    [Fact]
    public async Task HandleAsync_ClientWhoseTokensAreBoundToItsCertificate_BindsThem()
    {
        var server = new TestServer(c => c with { TlsClientCertificateBoundAccessTokens = true });
        var answer = await RefreshAsync(server, await FirstAsync(server), certificate: Certificate);
        Assert.Equal("Bearer", (string?)TestServer.Body(answer)["token_type"]);
        Assert.Equal($$"""{"x5t#S256":"{{Certificate.Thumbprint}}"}""", ClaimsOf(answer)["cnf"]!.ToJsonString());
    }

    [Fact]
    public async Task HandleAsync_CertificateMissing_IsRefusedAndTheTokenStaysGood()
    {
        var server = new TestServer(c => c with { TlsClientCertificateBoundAccessTokens = true });
        var refresh = await FirstAsync(server);
        TestServer.AssertRefused(await RefreshAsync(server, refresh), OAuthServerErrorCodes.CertificateMissing, "invalid_request", 400);
        Assert.Equal(200, (await RefreshAsync(server, refresh, certificate: Certificate)).Status);
    }

    [Fact]
    public async Task HandleAsync_ProofBesideARegisteredCertificate_IsRefused()
    {
        var server = new TestServer(c => c with { TlsClientCertificateBoundAccessTokens = true });
        TestServer.AssertRefused(
            await RefreshAsync(server, await FirstAsync(server), await ProofAsync(server), Certificate), OAuthServerErrorCodes.BindingAmbiguous, "invalid_request", 400);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_ProofMissingWhereOneIsAlwaysSent_IsRefusedAndTheTokenStaysGood(bool byClient)
    {
        var server = new TestServer(c => c with { DpopBoundAccessTokens = byClient }, o => o.RequireSenderConstrainedTokens = !byClient);
        var refresh = await FirstAsync(server);
        TestServer.AssertRefused(await RefreshAsync(server, refresh), OAuthServerErrorCodes.DpopProofMissing, "invalid_dpop_proof", 400);
        Assert.Equal(200, (await RefreshAsync(server, refresh, await ProofAsync(server))).Status);
    }

    [Fact]
    public async Task IssueAsync_UnboundWhereItHasToBeBound_IsRefusedWhateverTheWay()
    {
        var server = new TestServer(changeOptions: o => o.RequireSenderConstrainedTokens = true);
        Assert.Equal(OAuthServerErrorCodes.DpopProofMissing, (await server.Minter.IssueAsync(new() { Grant = TestServer.Grant(), Client = server.Ehr })).Error?.Code);
    }

    [Fact]
    public async Task HandleAsync_BadProof_IsRefusedAndNothingIsUsedUp()
    {
        var refresh = await FirstAsync(_server);
        foreach (var (proof, code) in new[]
        {
            ("nonsense", OAuthErrorCodes.DpopMalformed),
            (await ProofAsync(_server, method: "GET"), OAuthErrorCodes.DpopMethodMismatch),
            (await ProofAsync(_server, TestServer.Issuer + "/bc-authorize"), OAuthErrorCodes.DpopUriMismatch),
        })
        {
            TestServer.AssertRefused(await RefreshAsync(_server, refresh, proof), code, "invalid_dpop_proof", 400);
        }

        var old = await ProofAsync(_server);
        _server.Time.Advance(TimeSpan.FromSeconds(90));
        TestServer.AssertRefused(await RefreshAsync(_server, refresh, old), OAuthErrorCodes.DpopNotInTime, "invalid_dpop_proof", 400);
        Assert.DoesNotContain(_server.Store.Consumed, key => key.Issuer.StartsWith("dpop:", StringComparison.Ordinal));
        Assert.Equal(200, (await RefreshAsync(_server, refresh, await ProofAsync(_server))).Status);
    }

    [Fact]
    public async Task HandleAsync_ProofForTheAliasOfTheEndpoint_IsTakenWhereThereIsOne()
    {
        const string Alias = "https://mtls.op.example";
        var proof = await ProofAsync(_server, Alias + "/token");
        TestServer.AssertRefused(await RefreshAsync(_server, await FirstAsync(_server), proof), OAuthErrorCodes.DpopUriMismatch, "invalid_dpop_proof", 400);
        var server = new TestServer(changeOptions: o => o.MtlsBaseUrl = Alias);
        Assert.Equal(200, (await RefreshAsync(server, await FirstAsync(server), await ProofAsync(server, Alias + "/token"))).Status);
        Assert.Equal(200, (await RefreshAsync(server, await FirstAsync(server), await ProofAsync(server))).Status);
    }

    [Fact]
    public async Task HandleAsync_SameProofAgain_IsRefused()
    {
        var proof = await ProofAsync(_server);
        var first = await RefreshAsync(_server, await FirstAsync(_server), proof);
        var next = (string)TestServer.Body(first)["refresh_token"]!;
        TestServer.AssertRefused(await RefreshAsync(_server, next, proof), OAuthServerErrorCodes.DpopProofReplayed, "invalid_dpop_proof", 400);
        Assert.Equal(200, (await RefreshAsync(_server, next, await ProofAsync(_server))).Status);
    }

    [Fact]
    public async Task HandleAsync_RefreshTokenOfAConfidentialClient_TakesAnotherKey()
    {
        // RFC 9449 §5: such refresh tokens are bound to the client by its authentication, not to the DPoP key.
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var first = await RefreshAsync(_server, await FirstAsync(_server), await ProofAsync(_server));
        var second = await RefreshAsync(_server, (string)TestServer.Body(first)["refresh_token"]!, await ProofAsync(_server, key: other));
        Assert.Equal(other.PublicKey.Thumbprint, (string?)ClaimsOf(second)["cnf"]!["jkt"]);
    }

    [Fact]
    public async Task HandleAsync_ServerWithNonces_AsksForOneAndGivesTheNext()
    {
        var server = new TestServer(changeOptions: o => o.DpopNonces = new(new KeyedDigest(new byte[32]), TestServer.Issuer));
        var (refresh, proofs, uri) = (await FirstAsync(server), Proofs(server), new Uri(TestServer.Issuer + "/token"));
        var asked = await RefreshAsync(server, refresh, await proofs.MakeAsync("POST", uri));
        TestServer.AssertRefused(asked, OAuthErrorCodes.DpopNonceNeeded, "use_dpop_nonce", 400);
        Assert.True(proofs.Remember(uri, asked.Headers.Single(h => h.Key == "DPoP-Nonce").Value));
        var answer = await RefreshAsync(server, refresh, await proofs.MakeAsync("POST", uri));
        Assert.Equal(200, answer.Status);
        Assert.Equal(server.Options.DpopNonces!.Current(server.Time.GetUtcNow()), answer.Headers.Single(h => h.Key == "DPoP-Nonce").Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/token-introspection+jwt")]
    public async Task Introspection_BoundToken_SaysKeyAndType(string? accept)
    {
        var endpoint = new IntrospectionEndpoint(_server.Authenticator, _server.Store, _server.Store, _server.Keys, _server.Options, _server.Time);
        foreach (var confirmation in new TokenConfirmation[] { new() { KeyThumbprint = Jkt }, new() { CertificateThumbprint = Certificate.Thumbprint } })
        {
            var request = await _server.RequestByAsync(TestServer.ApiId, ("token", await IssueAsync(confirmation)));
            var answer = await endpoint.HandleAsync(request with { Accept = accept });
            var json = accept is null ? TestServer.Body(answer) : TestJws.Claims(Encoding.ASCII.GetString(answer.Body.Span))["token_introspection"]!.AsObject();
            var response = IntrospectionResponse.Parse(StrictJson.ParseObject(Encoding.UTF8.GetBytes(json.ToJsonString())).Value).Value!;
            Assert.Equal(confirmation, response.Confirmation);
            Assert.Equal(confirmation.KeyThumbprint is null ? "Bearer" : "DPoP", response.TokenType);
            Assert.NotNull(response.Acr);
            Assert.NotNull(response.AuthTime);
        }
    }

    [Fact]
    public async Task UserInfo_BoundTokenWithItsProof_IsAnswered()
    {
        var token = await IssueAsync(new() { KeyThumbprint = Jkt });
        Assert.Equal(200, (await UserInfoAsync("DPoP", token, null, await ProofAsync(_server, TestServer.Issuer + "/userinfo", "GET", token))).Status);
        var bound = await IssueAsync(new() { CertificateThumbprint = Certificate.Thumbprint });
        Assert.Equal(200, (await UserInfoAsync("Bearer", bound, Certificate)).Status);
    }

    [Fact]
    public async Task UserInfo_BoundTokenWithoutWhatItIsBoundTo_IsRefused()
    {
        var (token, certified, plain) = (await IssueAsync(new() { KeyThumbprint = Jkt }), await IssueAsync(new() { CertificateThumbprint = Certificate.Thumbprint }), (await _server.IssueAsync()).AccessToken);
        var proof = await ProofAsync(_server, TestServer.Issuer + "/userinfo", "GET", token);
        foreach (var answer in new[]
        {
            await UserInfoAsync("Bearer", token, null, proof),
            await UserInfoAsync("DPoP", certified, Certificate, proof),
            await UserInfoAsync("DPoP", plain, null, proof),
            await UserInfoAsync("Bearer", certified),
            await UserInfoAsync("Bearer", certified, OtherCertificate),
        })
        {
            Assert.Equal((401, OAuthServerErrorCodes.AccessTokenBinding), (answer.Status, answer.Error?.Code));
            Assert.Equal("invalid_token", (string?)TestServer.Body(answer)["error"]);
            Assert.Contains("error=\"invalid_token\"", Challenge(answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task UserInfo_BadOrRepeatedProof_IsRefusedInTheSchemeThatWasTried()
    {
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var token = await IssueAsync(new() { KeyThumbprint = Jkt });
        var proof = await ProofAsync(_server, TestServer.Issuer + "/userinfo", "GET", token);
        Assert.Equal(200, (await UserInfoAsync("DPoP", token, null, proof)).Status);
        foreach (var (answer, code) in new[]
        {
            (await UserInfoAsync("DPoP", token, null, proof), OAuthServerErrorCodes.DpopProofReplayed),
            (await UserInfoAsync("DPoP", token), OAuthErrorCodes.DpopMalformed),
            (await UserInfoAsync("DPoP", token, null, proof, proof), OAuthErrorCodes.DpopMalformed),
            (await UserInfoAsync("DPoP", token, null, await ProofAsync(_server, TestServer.Issuer + "/userinfo", "GET", token, other)), OAuthErrorCodes.DpopKeyMismatch),
        })
        {
            Assert.Equal((401, code), (answer.Status, answer.Error?.Code));
            Assert.StartsWith("Bearer, DPoP error=\"invalid_dpop_proof\", algs=\"ES256 ", Challenge(answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task UserInfo_ServerWithNonces_AsksForOne()
    {
        _server.Options.DpopNonces = new(new KeyedDigest(new byte[32]), TestServer.Issuer);
        var token = await IssueAsync(new() { KeyThumbprint = Jkt });
        var asked = await UserInfoAsync("DPoP", token, null, await ProofAsync(_server, TestServer.Issuer + "/userinfo", "GET", token));
        Assert.Equal((401, OAuthErrorCodes.DpopNonceNeeded), (asked.Status, asked.Error?.Code));
        Assert.Contains("DPoP error=\"use_dpop_nonce\"", Challenge(asked), StringComparison.Ordinal);
        var proofs = Proofs(_server);
        proofs.Remember(new Uri(TestServer.Issuer), asked.Headers.Single(h => h.Key == "DPoP-Nonce").Value);
        Assert.Equal(200, (await UserInfoAsync("DPoP", token, null, await proofs.MakeAsync("GET", new Uri(TestServer.Issuer + "/userinfo"), token))).Status);
    }

    [Fact]
    public async Task UserInfo_EndpointThatJudgesNoProofs_RefusesBoundTokens()
    {
        var endpoint = new UserInfoEndpoint(_server.Store, _server.Store, _server.Keys, _server.Options, null, _server.Time);
        var token = await IssueAsync(new() { CertificateThumbprint = Certificate.Thumbprint });
        var answer = await endpoint.HandleAsync(new() { Tenant = TenantId.Single, Authorization = "Bearer " + token, Certificate = Certificate });
        Assert.Equal(OAuthServerErrorCodes.AccessTokenBinding, answer.Error?.Code);
    }

    [Fact]
    public async Task UserInfo_PlainTokenWhereBoundOnesAreRequired_IsRefused()
    {
        var token = (await _server.IssueAsync()).AccessToken;
        _server.Options.RequireSenderConstrainedTokens = true;
        Assert.Equal(OAuthServerErrorCodes.AccessTokenBinding, (await UserInfoAsync("Bearer", token)).Error?.Code);
    }

    [Theory]
    [InlineData("""{"dpop_bound_access_tokens":true,"tls_client_certificate_bound_access_tokens":true}""")]
    [InlineData("""{"dpop_bound_access_tokens":true,"backchannel_token_delivery_mode":"push","backchannel_client_notification_endpoint":"https://ehr.example/cb"}""")]
    [InlineData("""{"tls_client_certificate_bound_access_tokens":true,"backchannel_token_delivery_mode":"push","backchannel_client_notification_endpoint":"https://ehr.example/cb"}""")]
    public void Parse_BindingThatCannotBeKept_IsRefused(string members)
    {
        var client = JsonNode.Parse("""{"client_id":"ehr","client_secret":"synthetic secret: 32 characters +"}""")!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
        {
            client[name] = value!.DeepClone();
        }

        Assert.Equal(OAuthErrorCodes.ClientMetadataInconsistent, ClientMetadata.Parse(Encoding.UTF8.GetBytes(client.ToJsonString())).Error?.Code);
    }

    [Fact]
    public async Task Discovery_NamesTheAlgorithmsOfProofs()
    {
        var document = await new DiscoveryDocument(_server.Options, _server.Keys, [GrantTypes.Ciba], time: _server.Time).HandleAsync(TenantId.Single);
        Assert.Equal(
            ["ES256", "PS256", "ES384", "ES512", "PS384", "PS512", "Ed25519", "EdDSA"],
            AuthorizationServerMetadata.Parse(document.Body, TestServer.Issuer).Value!.DpopSigningAlgsSupported);
    }

    private static string Challenge(OAuthAnswer answer) => answer.Headers.Single(h => h.Key == "WWW-Authenticate").Value;
}
