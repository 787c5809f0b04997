using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server.Tests;

public sealed class IntrospectionEndpointTests
{
    private readonly TestServer _server = new();

    private IntrospectionEndpoint Endpoint => new(_server.Authenticator, _server.Store, _server.Store, _server.Keys, _server.Options, _server.Time);

    private async Task<OAuthAnswer> AskAsync(string? token, string caller = TestServer.ApiId, string? accept = null, string? hint = null) => await Endpoint.HandleAsync(
        await _server.RequestByAsync(caller, ("token", token), ("token_type_hint", hint)) with { Accept = accept });

    private async Task AssertInactiveAsync(string token, string reason, string caller = TestServer.ApiId, string? hint = null)
    {
        var answer = await AskAsync(token, caller, hint: hint);
        Assert.Equal(200, answer.Status);
        Assert.Equal("{\"active\":false}", Encoding.UTF8.GetString(answer.Body.Span));
        Assert.Equal(reason, answer.Warning?.Code);
        Assert.Null(answer.Error);
    }

    [Fact]
    public async Task HandleAsync_LiveToken_GivesTheContractsMembersAndNoOthers()
    {
        var tokens = await _server.IssueAsync();
        var answer = await AskAsync(tokens.AccessToken);
        var body = TestServer.Body(answer);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Contains(answer.Headers, h => h is { Key: "Cache-Control", Value: "no-store" });
        Assert.Equal(
            ["acr", "act", "active", "amr", "aud", "auth_time", "client_id", "consent_id", "exp", "iat", "iss", "jti", "patient", "scope", "sub", "token_type"],
            body.Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.True((bool?)body["active"]);
        Assert.Equal("Bearer", (string?)body["token_type"]);
        var claims = TestJws.Claims(tokens.AccessToken);
        foreach (var (name, value) in body.Where(m => m.Key is not ("active" or "token_type")))
        {
            Assert.Equal(claims[name]!.ToJsonString(), value!.ToJsonString());
        }
    }

    [Theory]
    [InlineData("application/token-introspection+jwt", true)]
    [InlineData("application/json, Application/Token-Introspection+JWT;q=0.9", true)]
    [InlineData("application/token-introspection+jwt;q=0", false)]
    [InlineData("application/token-introspection+jwt; q = 0.000", false)]
    [InlineData("application/json", false)]
    [InlineData("*/*", false)]
    [InlineData(null, false)]
    public async Task HandleAsync_Accept_DecidesWhetherTheAnswerIsSigned(string? accept, bool signed)
    {
        var answer = await AskAsync((await _server.IssueAsync()).AccessToken, accept: accept);
        Assert.Equal(signed ? "application/token-introspection+jwt" : "application/json", answer.ContentType);
    }

    [Fact]
    public async Task HandleAsync_RegisteredForEncryption_OnlyTheResourceServerOpensTheAnswer()
    {
        using var key = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEsA128Kw, "enc-1");
        var (server, ask) = Encrypting("ECDH-ES+A128KW", "A256GCM", key);
        foreach (var (token, active) in new[] { ((await server.IssueAsync()).AccessToken, true), ("nonsense", false) })
        {
            var answer = await ask(token, TokenTypes.IntrospectionMediaType);
            Assert.Equal((200, TokenTypes.IntrospectionMediaType), (answer.Status, answer.ContentType));
            Assert.Contains(answer.Headers, h => h is { Key: "Cache-Control", Value: "no-store" });
            var opened = JweDecrypter.Decrypt(Encoding.ASCII.GetString(answer.Body.Span), [key], KeyManagementAlgorithm.EcdhEsA128Kw, ContentEncryption.A256Gcm);
            var claims = TestJws.Claims(Encoding.ASCII.GetString(opened.Value!));
            Assert.Equal((TestServer.ApiId, active), ((string?)claims["aud"], (bool?)claims["token_introspection"]!["active"]));
        }
    }

    [Theory]
    [InlineData("RSA-OAEP-256", null, OAuthServerErrorCodes.EncryptionKeyMissing)]
    [InlineData("RSA1_5", null, OAuthServerErrorCodes.EncryptionUnsupported)]
    [InlineData("ECDH-ES+A128KW", "A192GCM", OAuthServerErrorCodes.EncryptionUnsupported)]
    public async Task HandleAsync_EncryptionThatCannotBe_GivesNothingRatherThanWhatOthersRead(string algorithm, string? encryption, string code)
    {
        using var key = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEsA128Kw, "enc-1");
        var (server, ask) = Encrypting(algorithm, encryption, key);
        TestServer.AssertRefused(await ask((await server.IssueAsync()).AccessToken, TokenTypes.IntrospectionMediaType), code, "invalid_request", 400);
    }

    [Fact]
    public async Task HandleAsync_SignedAnswerAboutATokenOfOthers_SaysThatItIsInactiveAndNothingMore()
    {
        var token = (await _server.IssueAsync(TestServer.Grant() with { Resource = "https://other.example/fhir" })).AccessToken;
        var claims = TestJws.Claims(Encoding.ASCII.GetString((await AskAsync(token, accept: TokenTypes.IntrospectionMediaType)).Body.Span));
        Assert.Equal("{\"active\":false}", claims["token_introspection"]!.ToJsonString());
        Assert.Equal(["aud", "iat", "iss", "token_introspection"], claims.Select(c => c.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task HandleAsync_AlgorithmThatTheResourceServerRegistered_Signs()
    {
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.ES384, "op-2");
        var (server, ask) = Registered(metadata => metadata with { IntrospectionSignedResponseAlg = SignatureAlgorithm.ES384 });
        Assert.Equal(OAuthServerErrorCodes.SigningKeyMissing, (await ask("nonsense", TokenTypes.IntrospectionMediaType)).Error?.Code);
        server.Keys.Current = new([.. server.Keys.Current.SigningKeys, other]);
        var jwt = Encoding.ASCII.GetString((await ask("nonsense", TokenTypes.IntrospectionMediaType)).Body.Span);
        Assert.Equal(("ES384", "op-2"), (CompactJws.Parse(jwt).Value!.Header.Algorithm, CompactJws.Parse(jwt).Value!.Header.KeyId));
    }

    private static (TestServer Server, Func<string, string, Task<OAuthAnswer>> Ask) Encrypting(string algorithm, string? encryption, DecryptionKey key) => Registered(metadata => metadata with
    {
        Jwks = metadata.Jwks!.WithEncryptionKeys(key.Public),
        IntrospectionEncryptedResponseAlg = algorithm,
        IntrospectionEncryptedResponseEnc = encryption,
    });

    /// <summary>The resource server, registered in another way.</summary>
    private static (TestServer Server, Func<string, string, Task<OAuthAnswer>> Ask) Registered(Func<ClientMetadata, ClientMetadata> change)
    {
        var server = new TestServer();
        var api = new ClientRegistration(server.Api.Tenant, change(server.Api.Metadata)) { ServedResources = server.Api.ServedResources };
        var authenticator = new ClientAuthenticator(new ConfiguredClients(server.Ehr, api), new ClientKeySource(), server.Store, server.Options, server.Time);
        var endpoint = new IntrospectionEndpoint(authenticator, server.Store, server.Store, server.Keys, server.Options, server.Time, clientKeys: new ClientKeySource());
        return (server, async (token, accept) => await endpoint.HandleAsync(await server.RequestByAsync(TestServer.ApiId, ("token", token)) with { Accept = accept }));
    }

    [Fact]
    public async Task HandleAsync_SignedAnswer_IsForTheCallerAndHoldsTheSameMembers()
    {
        var token = (await _server.IssueAsync()).AccessToken;
        var jwt = Encoding.ASCII.GetString((await AskAsync(token, accept: TokenTypes.IntrospectionMediaType)).Body.Span);
        var verified = JwtVerifier.Verify(jwt, new()
        {
            Keys = _server.Keys.Current.Published,
            Algorithms = AlgorithmRule.Only(SignatureAlgorithm.ES256),
            Type = JwtTypeRule.OneOf("token-introspection+jwt"),
            Issuer = TestServer.Issuer,
            Audience = JwtAudienceRule.ExactlySingleString(TestServer.ApiId),
            Lifetime = JwtLifetimeRule.IssuedWithin(TimeSpan.FromSeconds(1)),
            Now = TestServer.Start,
        });
        Assert.True(verified.Succeeded);
        var claims = TestJws.Claims(jwt);
        Assert.Equal(["aud", "iat", "iss", "token_introspection"], claims.Select(c => c.Key).Order(StringComparer.Ordinal));
        Assert.Equal(TestServer.Body(await AskAsync(token)).ToJsonString(), claims["token_introspection"]!.ToJsonString());
    }

    [Fact]
    public async Task HandleAsync_SignedAnswerAboutAnInactiveToken_HoldsNothingElse()
    {
        var jwt = Encoding.ASCII.GetString((await AskAsync("nonsense", accept: TokenTypes.IntrospectionMediaType)).Body.Span);
        Assert.Equal("{\"active\":false}", TestJws.Claims(jwt)["token_introspection"]!.ToJsonString());
    }

    [Theory]
    [InlineData(599, true)]
    [InlineData(600, false)]
    public async Task HandleAsync_EndOfTheToken_IsExact(int seconds, bool active)
    {
        var token = (await _server.IssueAsync()).AccessToken;
        _server.Time.Advance(TimeSpan.FromSeconds(seconds));
        var answer = await AskAsync(token);
        Assert.Equal(active, (bool?)TestServer.Body(answer)["active"]);
        Assert.Equal(active ? null : CryptographyErrorCodes.JoseExpired, answer.Warning?.Code);
    }

    [Fact]
    public async Task HandleAsync_SignedAndTheAlgorithmOfTheCallerHasNoKey_IsRefusedUntilThereIsOne()
    {
        var token = (await _server.IssueAsync()).AccessToken;
        var api = new ClientRegistration(_server.Api.Tenant, _server.Api.Metadata with { IntrospectionSignedResponseAlg = SignatureAlgorithm.PS256 }) { ServedResources = _server.Api.ServedResources };
        var clients = new ClientAuthenticator(new ConfiguredClients(api), new ClientKeySource(), _server.Store, _server.Options, _server.Time);
        var endpoint = new IntrospectionEndpoint(clients, _server.Store, _server.Store, _server.Keys, _server.Options, _server.Time, _server.Store);
        var signed = await endpoint.HandleAsync(await _server.RequestByAsync(TestServer.ApiId, ("token", token)) with { Accept = "application/token-introspection+jwt" });
        Assert.Equal((503, OAuthServerErrorCodes.SigningKeyMissing), (signed.Status, signed.Error?.Code));
        Assert.True((bool?)TestServer.Body(await endpoint.HandleAsync(await _server.RequestByAsync(TestServer.ApiId, ("token", token))))["active"]);
    }

    [Fact]
    public async Task HandleAsync_WithdrawnGrant_IsInactiveAtOnce()
    {
        var token = (await _server.IssueAsync()).AccessToken;
        Assert.True((bool?)TestServer.Body(await AskAsync(token))["active"]);
        _server.Store.InactiveGrants.Add("consent-1");
        await AssertInactiveAsync(token, OAuthServerErrorCodes.GrantInactive);
    }

    [Fact]
    public async Task HandleAsync_OutdatedGrant_IsInactiveWithAReasonOfItsOwn()
    {
        var token = (await _server.IssueAsync()).AccessToken;
        _server.Store.OutdatedGrants.Add(("consent-1", GrantUse.Refresh));
        Assert.True((bool?)TestServer.Body(await AskAsync(token))["active"]);
        _server.Store.OutdatedGrants.Add(("consent-1", GrantUse.Introspect));
        await AssertInactiveAsync(token, OAuthServerErrorCodes.GrantOutdated);
    }

    [Fact]
    public async Task HandleAsync_ActiveAnswersOnly_AreWrittenDownBeforeTheyLeave()
    {
        var token = (await _server.IssueAsync()).AccessToken;
        var endpoint = new IntrospectionEndpoint(_server.Authenticator, _server.Store, _server.Store, _server.Keys, _server.Options, _server.Time, _server.Store);
        await endpoint.HandleAsync(await _server.RequestByAsync(TestServer.OtherApiId, ("token", token)));
        await endpoint.HandleAsync(await _server.RequestByAsync(TestServer.ApiId, ("token", "nonsense")));
        Assert.Empty(_server.Store.Reads);
        await endpoint.HandleAsync(await _server.RequestByAsync(TestServer.ApiId, ("token", token)));
        Assert.Equal([("consent-1", TestServer.ApiId, TestServer.Start)], _server.Store.Reads);
        _server.Store.InactiveGrants.Add("consent-1");
        await endpoint.HandleAsync(await _server.RequestByAsync(TestServer.ApiId, ("token", token)));
        Assert.Single(_server.Store.Reads);
    }

    [Fact]
    public async Task HandleAsync_GrantWithoutConsent_IsAskedByItsOwnId()
    {
        var token = (await _server.IssueAsync(TestServer.Grant("grant-7") with { ConsentId = null })).AccessToken;
        Assert.True((bool?)TestServer.Body(await AskAsync(token))["active"]);
        _server.Store.InactiveGrants.Add("grant-7");
        await AssertInactiveAsync(token, OAuthServerErrorCodes.GrantInactive);
    }

    [Fact]
    public async Task HandleAsync_TokenForAnotherResource_IsInactive()
    {
        await AssertInactiveAsync((await _server.IssueAsync()).AccessToken, OAuthServerErrorCodes.TokenNotForResourceServer, TestServer.OtherApiId);
        await AssertInactiveAsync((await _server.IssueAsync(TestServer.Grant() with { Resource = null })).AccessToken, OAuthServerErrorCodes.TokenNotForResourceServer);
    }

    [Fact]
    public async Task HandleAsync_RevokedTokenOrGrant_IsInactive()
    {
        var one = (await _server.IssueAsync()).AccessToken;
        _server.Store.Revoked[(string)TestJws.Claims(one)["jti"]!] = TestServer.Start;
        await AssertInactiveAsync(one, OAuthServerErrorCodes.TokenRevoked);
        var other = (await _server.IssueAsync(TestServer.Grant("consent-2"))).AccessToken;
        await _server.Revoker.RevokeGrantAsync(TenantId.Single, TestServer.Grant("consent-2"));
        await AssertInactiveAsync(other, OAuthServerErrorCodes.TokenRevoked);
    }

    [Fact]
    public async Task HandleAsync_RefreshAndIdTokens_AreInactiveToAResourceServer()
    {
        var tokens = await _server.IssueAsync();
        await AssertInactiveAsync(tokens.RefreshToken!, CryptographyErrorCodes.JoseMalformed, hint: "refresh_token");
        await AssertInactiveAsync(tokens.IdToken!, CryptographyErrorCodes.JoseTypeNotAccepted);
    }

    [Fact]
    public async Task HandleAsync_TokenOfAnotherKeyOrIssuer_IsInactive()
    {
        var claims = TestJws.Claims((await _server.IssueAsync()).AccessToken);
        await AssertInactiveAsync(
            await TestJws.SignAsync(TestServer.EhrKey, claims, h => (h["typ"], h["kid"]) = ("at+jwt", "op-1")), CryptographyErrorCodes.JoseSignatureInvalid);
        claims["iss"] = "https://other.example";
        await AssertInactiveAsync(await TestJws.SignAsync(TestServer.ServerKey, claims, h => h["typ"] = "at+jwt"), CryptographyErrorCodes.JoseIssuerMismatch);
    }

    [Fact]
    public async Task HandleAsync_TokenOfARetiredKey_IsActiveUntilTheKeyIsForgotten()
    {
        using var next = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-2");
        var token = (await _server.IssueAsync()).AccessToken;
        _server.Keys.Current = _server.Keys.Current.Publish(next).Promote("op-2");
        Assert.True((bool?)TestServer.Body(await AskAsync(token))["active"]);
        Assert.Equal("op-2", (string?)TestJws.Header((await _server.IssueAsync()).AccessToken)["kid"]);
        _server.Keys.Current = _server.Keys.Current.Forget("op-1");
        await AssertInactiveAsync(token, CryptographyErrorCodes.JoseKeyNotFound);
    }

    [Fact]
    public async Task HandleAsync_CallerThatIsNoResourceServer_IsRefused() => TestServer.AssertRefused(
        await AskAsync((await _server.IssueAsync()).AccessToken, TestServer.EhrId), OAuthServerErrorCodes.IntrospectionNotPermitted, "invalid_client", 401);

    [Fact]
    public async Task HandleAsync_UnauthenticatedCaller_IsRefused() => TestServer.AssertRefused(
        await Endpoint.HandleAsync(TestServer.Request(null, ("token", (await _server.IssueAsync()).AccessToken))),
        OAuthServerErrorCodes.ClientAuthenticationMissing,
        "invalid_client",
        401);

    [Fact]
    public async Task HandleAsync_WithoutToken_IsRefused() =>
        TestServer.AssertRefused(await AskAsync(null), OAuthServerErrorCodes.ParameterMissing, "invalid_request", 400);

    [Fact]
    public async Task HandleAsync_Mutants_AreInactiveOrTheSame()
    {
        var token = (await _server.IssueAsync()).AccessToken;
        var expected = TestServer.Body(await AskAsync(token)).ToJsonString();
        foreach (var mutant in new TestSupport.SeededMutator(7662).Mutate(token, 300))
        {
            var body = TestServer.Body(await AskAsync(mutant.Text)).ToJsonString();
            Assert.True(body is "{\"active\":false}" || (body == expected && mutant.Text == token), mutant.How);
        }
    }
}
