using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server.Tests;

public sealed class ClientAuthenticatorTests
{
    private readonly TestServer _server = new();

    private async Task<string?> CodeAsync(OAuthRequest request, TestServer? server = null)
    {
        server ??= _server;
        return (await server.Authenticator.AuthenticateAsync(request, server.Options.TokenEndpoint)).Error?.Code;
    }

    private Task<string?> CodeOfAssertionAsync(string assertion, TestServer? server = null) => CodeAsync(
        TestServer.Request(null, ("client_assertion", assertion), ("client_assertion_type", TokenTypes.JwtBearerAssertion)), server);

    private async Task<string?> CodeOfClaimsAsync(Action<JsonObject> change, TestServer? server = null) =>
        await CodeOfAssertionAsync(await (server ?? _server).AssertionAsync(change: change), server);

    [Fact]
    public async Task AuthenticateAsync_ValidAssertion_GivesTheClientAndConsumesTheIdentifier()
    {
        var result = await _server.Authenticator.AuthenticateAsync(await _server.RequestByAsync(TestServer.EhrId), _server.Options.TokenEndpoint);
        Assert.Same(_server.Ehr, result.Value);
        var consumed = Assert.Single(_server.Store.Consumed);
        Assert.Equal(TestServer.Start.AddSeconds(60) + _server.Options.ClockSkew, consumed.ExpiresAt);
    }

    [Fact]
    public async Task AuthenticateAsync_ValidSecret_GivesTheClient()
    {
        var result = await _server.Authenticator.AuthenticateAsync(
            TestServer.Request(TestServer.BasicHeader(TestServer.BasicId, TestServer.Secret)), _server.Options.TokenEndpoint);
        Assert.Same(_server.Basic, result.Value);
    }

    [Fact]
    public async Task AuthenticateAsync_SecondSecretWhileChanging_IsTaken()
    {
        const string next = "the next secret, also 32 characters";
        var clients = new ConfiguredClients(new ClientRegistration(TenantId.Single, _server.Basic.Metadata, [.. _server.Basic.SecretDigests, ClientSecret.Digest(next)]));
        var authenticator = new ClientAuthenticator(clients, new ClientKeySource(), _server.Store, _server.Options, _server.Time);
        foreach (var secret in new[] { TestServer.Secret, next })
        {
            Assert.True((await authenticator.AuthenticateAsync(TestServer.Request(TestServer.BasicHeader(TestServer.BasicId, secret)), TestServer.Issuer)).Succeeded);
        }
    }

    [Fact]
    public async Task AuthenticateAsync_UnknownClientAndWrongSecret_AreToldApartNowhere()
    {
        var unknown = await _server.Authenticator.AuthenticateAsync(TestServer.Request(TestServer.BasicHeader("nobody", TestServer.Secret)), TestServer.Issuer);
        var wrong = await _server.Authenticator.AuthenticateAsync(TestServer.Request(TestServer.BasicHeader(TestServer.BasicId, TestServer.Secret + "x")), TestServer.Issuer);
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, unknown.Error?.Code);
        Assert.Equal(unknown.Error, wrong.Error);
        TestServer.AssertRefused(OAuthAnswer.Refused(unknown.Error!), OAuthServerErrorCodes.ClientAuthenticationFailed, "invalid_client", 401);
    }

    [Fact]
    public async Task AuthenticateAsync_UnknownClientAndForeignSignature_HaveOneCode()
    {
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeOfAssertionAsync(await _server.AssertionAsync("nobody")));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeOfAssertionAsync(await _server.AssertionAsync(key: TestServer.ForeignKey)));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeOfAssertionAsync(await _server.AssertionAsync(key: TestServer.ApiKey)));
        Assert.Empty(_server.Store.Consumed);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("PS256")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES512")]
    public async Task AuthenticateAsync_UnknownClientWithAnyAlgorithm_IsRefusedAlike(string algorithm) => Assert.Equal(
        OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeOfAssertionAsync(await _server.AssertionAsync("nobody", changeHeader: h => h["alg"] = algorithm)));

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES384")]
    public async Task AuthenticateAsync_AlgorithmOfAnotherKey_IsRefused(string algorithm) => Assert.Equal(
        OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeOfAssertionAsync(await _server.AssertionAsync(changeHeader: h => h["alg"] = algorithm)));

    [Fact]
    public async Task AuthenticateAsync_AlgorithmThatWasNotRegistered_IsRefused()
    {
        var server = new TestServer(ehr => ehr with { TokenEndpointAuthSigningAlg = SignatureAlgorithm.PS256 });
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeOfAssertionAsync(await server.AssertionAsync(), server));
    }

    [Fact]
    public async Task AuthenticateAsync_RsaPssByRegistration_IsTaken()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.PS256);
        var server = new TestServer(ehr => ehr with { Jwks = JsonWebKeySet.Of(key.ToJwk()), TokenEndpointAuthSigningAlg = SignatureAlgorithm.PS256 });
        Assert.Null(await CodeOfAssertionAsync(await server.AssertionAsync(key: key), server));
    }

    [Fact]
    public async Task AuthenticateAsync_NoMethod_IsRefused()
    {
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationMissing, await CodeAsync(TestServer.Request(null, ("client_id", TestServer.EhrId))));
        TestServer.AssertRefused(
            OAuthAnswer.Refused(new MedIdError(OAuthServerErrorCodes.ClientAuthenticationMissing, ErrorCategory.Protocol, "t")),
            OAuthServerErrorCodes.ClientAuthenticationMissing,
            "invalid_client",
            401);
    }

    [Fact]
    public async Task AuthenticateAsync_MoreThanOneMethod_IsRefused()
    {
        var assertion = await _server.AssertionAsync();
        var basic = TestServer.BasicHeader(TestServer.BasicId, TestServer.Secret);
        foreach (var request in new[]
        {
            TestServer.Request(basic, ("client_assertion", assertion), ("client_assertion_type", TokenTypes.JwtBearerAssertion)),
            TestServer.Request(basic, ("client_assertion_type", TokenTypes.JwtBearerAssertion)),
            TestServer.Request(basic, ("client_secret", TestServer.Secret)),
            TestServer.Request(null, ("client_secret", TestServer.Secret), ("client_assertion", assertion), ("client_assertion_type", TokenTypes.JwtBearerAssertion)),
        })
        {
            Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationMultiple, await CodeAsync(request));
        }

        TestServer.AssertRefused(
            OAuthAnswer.Refused(new MedIdError(OAuthServerErrorCodes.ClientAuthenticationMultiple, ErrorCategory.Protocol, "t")),
            OAuthServerErrorCodes.ClientAuthenticationMultiple,
            "invalid_request",
            400);
    }

    [Fact]
    public async Task AuthenticateAsync_MethodThatWasNotRegistered_IsRefused()
    {
        var withSecret = new ClientRegistration(TenantId.Single, _server.Ehr.Metadata, ClientSecret.Digest(TestServer.Secret));
        var withKeys = new ClientRegistration(TenantId.Single, _server.Basic.Metadata with { Jwks = _server.Ehr.Metadata.Jwks }, _server.Basic.SecretDigests);
        var authenticator = new ClientAuthenticator(new ConfiguredClients(withSecret, withKeys), new ClientKeySource(), _server.Store, _server.Options, _server.Time);
        var bySecret = await authenticator.AuthenticateAsync(TestServer.Request(TestServer.BasicHeader(TestServer.EhrId, TestServer.Secret)), TestServer.Issuer);
        var byKey = await authenticator.AuthenticateAsync(
            TestServer.Request(
                null,
                ("client_assertion", await _server.AssertionAsync(TestServer.BasicId, key: TestServer.EhrKey)),
                ("client_assertion_type", TokenTypes.JwtBearerAssertion)),
            TestServer.Issuer);
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, bySecret.Error?.Code);
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, byKey.Error?.Code);
    }

    [Fact]
    public async Task AuthenticateAsync_SecretInTheBody_IsRefused() => Assert.Equal(
        OAuthServerErrorCodes.ClientAuthenticationFailed,
        await CodeAsync(TestServer.Request(null, ("client_id", TestServer.BasicId), ("client_secret", TestServer.Secret))));

    [Theory]
    [InlineData("Bearer abc")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YQ")]
    [InlineData("Basic YQ==")]
    [InlineData("Basic OmE=")]
    [InlineData("Basic JWc6YQ==")]
    public async Task AuthenticateAsync_MalformedHeader_IsRefused(string header) =>
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(TestServer.Request(header)));

    [Theory]
    [InlineData(null)]
    [InlineData("urn:ietf:params:oauth:client-assertion-type:saml2-bearer")]
    [InlineData("urn:ietf:params:oauth:client-assertion-type:JWT-bearer")]
    public async Task AuthenticateAsync_OtherAssertionType_IsRefused(string? type) => Assert.Equal(
        OAuthServerErrorCodes.ClientAssertionTypeUnsupported,
        await CodeAsync(TestServer.Request(null, ("client_assertion", await _server.AssertionAsync()), ("client_assertion_type", type))));

    [Fact]
    public async Task AuthenticateAsync_TypeWithoutAssertion_IsRefused() => Assert.Equal(
        OAuthServerErrorCodes.ClientAssertionTypeUnsupported, await CodeAsync(TestServer.Request(null, ("client_assertion_type", TokenTypes.JwtBearerAssertion))));

    [Fact]
    public async Task AuthenticateAsync_ClientIdOfAnother_IsRefused()
    {
        Assert.Equal(
            OAuthServerErrorCodes.ClientIdMismatch,
            await CodeAsync(TestServer.Request(
                null,
                ("client_id", TestServer.BasicId),
                ("client_assertion", await _server.AssertionAsync()),
                ("client_assertion_type", TokenTypes.JwtBearerAssertion))));
        Assert.Equal(
            OAuthServerErrorCodes.ClientIdMismatch,
            await CodeAsync(TestServer.Request(TestServer.BasicHeader(TestServer.BasicId, TestServer.Secret), ("client_id", TestServer.EhrId))));
        Assert.Null(await CodeAsync(TestServer.Request(TestServer.BasicHeader(TestServer.BasicId, TestServer.Secret), ("client_id", TestServer.BasicId))));
    }

    [Fact]
    public async Task AuthenticateAsync_AssertionSentTwice_IsRefusedTheSecondTime()
    {
        var assertion = await _server.AssertionAsync();
        Assert.Null(await CodeOfAssertionAsync(assertion));
        Assert.Equal(OAuthServerErrorCodes.ClientAssertionReplayed, await CodeOfAssertionAsync(assertion));
    }

    public static TheoryData<string, string?> MissingClaims { get; } = new()
    {
        { "iss", CryptographyErrorCodes.JoseClaimMissing },
        { "sub", CryptographyErrorCodes.JoseClaimMissing },
        { "aud", CryptographyErrorCodes.JoseAudienceMismatch },
        { "exp", CryptographyErrorCodes.JoseClaimMissing },
        { "jti", CryptographyErrorCodes.JoseClaimMissing },
        { "iat", null },
    };

    [Theory]
    [MemberData(nameof(MissingClaims))]
    public async Task AuthenticateAsync_MissingClaim_IsRefused(string claim, string? code) => Assert.Equal(code, await CodeOfClaimsAsync(c => c.Remove(claim)));

    [Fact]
    public async Task AuthenticateAsync_SubjectOfAnother_IsRefused() =>
        Assert.Equal(CryptographyErrorCodes.JoseSubjectMismatch, await CodeOfClaimsAsync(c => c["sub"] = TestServer.BasicId));

    public static TheoryData<string, string?> Audiences { get; } = new()
    {
        { "\"https://op.example\"", null },
        { "\"https://op.example/token\"", null },
        { "[\"https://op.example\"]", null },
        { "[\"https://op.example\",\"https://op.example/token\"]", null },
        { "\"https://op.example/\"", CryptographyErrorCodes.JoseAudienceMismatch },
        { "\"https://OP.example\"", CryptographyErrorCodes.JoseAudienceMismatch },
        { "\"https://op.example/introspect\"", CryptographyErrorCodes.JoseAudienceMismatch },
        { "\"https://other.example\"", CryptographyErrorCodes.JoseAudienceMismatch },
        { "[]", CryptographyErrorCodes.JoseAudienceMismatch },
        { "[\"https://op.example\",\"https://other.example\"]", OAuthServerErrorCodes.ClientAssertionAudience },
    };

    [Theory]
    [InlineData("https://mtls.op.example/token", null)]
    [InlineData("https://mtls.op.example/introspect", CryptographyErrorCodes.JoseAudienceMismatch)]
    [InlineData("https://mtls.op.example", CryptographyErrorCodes.JoseAudienceMismatch)]
    public async Task AuthenticateAsync_AudienceOfTheMtlsAlias_IsTheEndpointToo(string audience, string? code)
    {
        var server = new TestServer(changeOptions: options => options.MtlsBaseUrl = "https://mtls.op.example");
        Assert.Equal(code, await CodeOfClaimsAsync(c => c["aud"] = audience, server));
        Assert.Equal(CryptographyErrorCodes.JoseAudienceMismatch, await CodeOfClaimsAsync(c => c["aud"] = audience));
    }

    [Theory]
    [MemberData(nameof(Audiences))]
    public async Task AuthenticateAsync_Audience_IsThisServerAlone(string audience, string? code) =>
        Assert.Equal(code, await CodeOfClaimsAsync(c => c["aud"] = JsonNode.Parse(audience)));

    [Theory]
    [InlineData("\"https://op.example\"", null)]
    [InlineData("[\"https://op.example\"]", CryptographyErrorCodes.JoseAudienceMismatch)]
    [InlineData("\"https://op.example/token\"", CryptographyErrorCodes.JoseAudienceMismatch)]
    public async Task AuthenticateAsync_IssuerOnly_TakesTheIssuerAsString(string audience, string? code)
    {
        var server = new TestServer(changeOptions: o => o.ClientAssertionAudience = ClientAssertionAudience.IssuerOnly);
        Assert.Equal(code, await CodeOfClaimsAsync(c => c["aud"] = JsonNode.Parse(audience), server));
    }

    // Clock skew 30 s; an assertion may end at most 10 minutes and the skew from now.
    [Theory]
    [InlineData("exp", -29, null)]
    [InlineData("exp", -30, CryptographyErrorCodes.JoseExpired)]
    [InlineData("exp", 630, null)]
    [InlineData("exp", 631, CryptographyErrorCodes.JoseLifetimeTooLong)]
    [InlineData("nbf", 30, null)]
    [InlineData("nbf", 31, CryptographyErrorCodes.JoseNotYetValid)]
    [InlineData("iat", 30, null)]
    [InlineData("iat", 31, CryptographyErrorCodes.JoseIssuedInFuture)]
    public async Task AuthenticateAsync_Times_AreExact(string claim, int seconds, string? code) => Assert.Equal(code, await CodeOfClaimsAsync(c => c[claim] = _server.Now + seconds));

    [Fact]
    public async Task AuthenticateAsync_LifetimeFarAway_IsBoundedByNowNotByIssue() =>
        Assert.Equal(CryptographyErrorCodes.JoseLifetimeTooLong, await CodeOfClaimsAsync(c => c["exp"] = 253402300799L));

    [Theory]
    [InlineData("abc", CryptographyErrorCodes.JoseMalformed)]
    [InlineData("a.b.c.d.e", CryptographyErrorCodes.JoseEncryptedNotSupported)]
    public async Task AuthenticateAsync_NoJws_IsRefused(string assertion, string code) => Assert.Equal(code, await CodeOfAssertionAsync(assertion));

    [Fact]
    public async Task AuthenticateAsync_AccessTokenTyp_IsRefused() => Assert.Equal(
        OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeOfAssertionAsync(await _server.AssertionAsync(changeHeader: h => h["typ"] = TokenTypes.AccessTokenJwt)));

    [Fact]
    public async Task AuthenticateAsync_Mutants_NoneIsAccepted()
    {
        var assertion = await _server.AssertionAsync();
        foreach (var mutant in new TestSupport.SeededMutator(7523).Mutate(assertion, 400))
        {
            if (mutant.Text != assertion)
            {
                Assert.NotNull(await CodeOfAssertionAsync(mutant.Text));
            }
        }

        Assert.Null(await CodeOfAssertionAsync(assertion));
    }

    [Fact]
    public async Task AuthenticateAsync_JwksUriWithoutFetcher_IsAMisconfiguration()
    {
        var server = new TestServer(ehr => ehr with { Jwks = null, JwksUri = "https://ehr.example/jwks" });
        var assertion = await server.AssertionAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => CodeOfAssertionAsync(assertion, server));
    }

    [Fact]
    public void Constructor_WrongOptions_Throws() => Assert.Throws<ArgumentException>(
        () => new ClientAuthenticator(_server.Clients, new ClientKeySource(), _server.Store, new OAuthServerOptions { Issuer = "http://op.example" }));
}
