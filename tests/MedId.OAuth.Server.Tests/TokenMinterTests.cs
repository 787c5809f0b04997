using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.OAuth.Server.Tests;

public sealed class TokenMinterTests
{
    private readonly TestServer _server = new();

    private async Task<IssuedTokens> IssueAsync(Grant grant, TokenIssue? issue = null, TestServer? server = null)
    {
        server ??= _server;
        return (await server.Minter.IssueAsync((issue ?? new() { Grant = grant, Client = server.Ehr }) with { Grant = grant })).Value!;
    }

    [Fact]
    public async Task IssueAsync_AccessToken_HoldsTheContractsClaimsAndNoOthers()
    {
        var tokens = await IssueAsync(TestServer.Grant());
        var header = TestJws.Header(tokens.AccessToken);
        Assert.Equal("at+jwt", (string?)header["typ"]);
        Assert.Equal("op-1", (string?)header["kid"]);
        Assert.Equal("ES256", (string?)header["alg"]);

        var claims = TestJws.Claims(tokens.AccessToken);
        Assert.Equal(
            ["acr", "act", "amr", "aud", "auth_time", "azp", "client_id", "consent_id", "exp", "iat", "iss", "jti", "patient", "scope", "sub"],
            claims.Select(c => c.Key).Order(StringComparer.Ordinal));
        Assert.Equal(TestServer.Issuer, (string?)claims["iss"]);
        Assert.Equal(TestServer.Resource, (string?)claims["aud"]);
        Assert.Equal("patient-0001", (string?)claims["sub"]);
        Assert.Equal(TestServer.EhrId, (string?)claims["client_id"]);
        Assert.Equal(TestServer.EhrId, (string?)claims["azp"]);
        Assert.Equal(_server.Now, (long?)claims["iat"]);
        Assert.Equal(_server.Now + 600, (long?)claims["exp"]);
        Assert.Equal(22, ((string?)claims["jti"])!.Length);
        Assert.Equal("openid patient/Patient.read patient/MedicationRequest.read", (string?)claims["scope"]);
        Assert.Equal("urn:cibatest:auth:fido", (string?)claims["acr"]);
        Assert.Equal(["hwk", "fpt"], claims["amr"]!.AsArray().Select(m => (string?)m));
        Assert.Equal(_server.Now - 30, (long?)claims["auth_time"]);
        Assert.Equal("pt-1", (string?)claims["patient"]);
        Assert.Equal("consent-1", (string?)claims["consent_id"]);
        Assert.Equal("合成 太郎", (string?)claims["act"]!["extensions"]!["ihe_iua"]!["subject_name"]);
    }

    [Fact]
    public async Task IssueAsync_AuthorizationDetailsAsGranted_AreInAnswerAndAccessToken()
    {
        var tokens = await IssueAsync(TestServer.Grant() with { AuthorizationDetails = """[{"type":"one","consent_id":"consent-1"}]""" });
        Assert.Equal("""[{"type":"one","consent_id":"consent-1"}]""", TestJws.Claims(tokens.AccessToken)["authorization_details"]!.ToJsonString());
        Assert.Equal("""[{"type":"one","consent_id":"consent-1"}]""", System.Text.Json.Nodes.JsonNode.Parse(tokens.ToJson())!["authorization_details"]!.ToJsonString());
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(1800, 1800)]
    [InlineData(3600, 3600)]
    [InlineData(3601, 3600)]
    [InlineData(long.MaxValue / TimeSpan.TicksPerSecond, 3600)]
    public async Task IssueAsync_LifetimeOfTheGrant_ReplacesTheServersAndEndsWithTheGrant(long seconds, long expected)
    {
        var tokens = await IssueAsync(TestServer.Grant() with { AccessTokenLifetime = TimeSpan.FromSeconds(seconds) });
        Assert.Equal(_server.Now + expected, (long?)TestJws.Claims(tokens.AccessToken)["exp"]);
        Assert.Equal(TimeSpan.FromSeconds(expected), tokens.ExpiresIn);
    }

    [Fact]
    public async Task IssueAsync_LifetimeOfNothing_IsMisuse() =>
        await Assert.ThrowsAsync<ArgumentException>(() => IssueAsync(TestServer.Grant() with { AccessTokenLifetime = TimeSpan.Zero }));

    [Fact]
    public async Task IssueAsync_IdToken_HoldsTheContractsClaimsAndNoOthers()
    {
        var tokens = await IssueAsync(TestServer.Grant(), new() { Grant = TestServer.Grant(), Client = _server.Ehr, AuthReqId = "auth-req-1" });
        Assert.Equal("JWT", (string?)TestJws.Header(tokens.IdToken!)["typ"]);
        var claims = TestJws.Claims(tokens.IdToken!);
        Assert.Equal(
            ["acr", "amr", "at_hash", "aud", "auth_time", "azp", "consent_id", "exp", "iat", "iss", "sub", "urn:openid:params:jwt:claim:auth_req_id", "urn:openid:params:jwt:claim:rt_hash"],
            claims.Select(c => c.Key).Order(StringComparer.Ordinal));
        Assert.Equal(TestServer.EhrId, (string?)claims["aud"]);
        Assert.Equal(TestServer.EhrId, (string?)claims["azp"]);
        Assert.Equal(_server.Now + 300, (long?)claims["exp"]);
        Assert.Equal("auth-req-1", (string?)claims["urn:openid:params:jwt:claim:auth_req_id"]);
        var half = SHA256.HashData(Encoding.ASCII.GetBytes(tokens.AccessToken)).AsSpan(0, 16);
        Assert.Equal(StrictBase64Url.Encode(half), (string?)claims["at_hash"]);
    }

    [Fact]
    public async Task IssueAsync_AlgorithmRegisteredForIdTokens_IsUsedWithItsHash()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES384, "op-384");
        var server = new TestServer(ehr => ehr with { IdTokenSignedResponseAlg = SignatureAlgorithm.ES384 });
        server.Keys.Current = new([TestServer.ServerKey, key]);
        var tokens = await IssueAsync(TestServer.Grant(), server: server);
        Assert.Equal("op-384", (string?)TestJws.Header(tokens.IdToken!)["kid"]);
        Assert.Equal("op-1", (string?)TestJws.Header(tokens.AccessToken)["kid"]);
        var half = SHA384.HashData(Encoding.ASCII.GetBytes(tokens.AccessToken)).AsSpan(0, 24);
        Assert.Equal(StrictBase64Url.Encode(half), (string?)TestJws.Claims(tokens.IdToken!)["at_hash"]);
    }

    [Fact]
    public async Task IssueAsync_AlgorithmWithoutKey_GivesNoTokens()
    {
        var server = new TestServer(ehr => ehr with { IdTokenSignedResponseAlg = SignatureAlgorithm.PS256 });
        var issued = await server.Minter.IssueAsync(new() { Grant = TestServer.Grant(), Client = server.Ehr });
        Assert.Equal(OAuthServerErrorCodes.SigningKeyMissing, issued.Error?.Code);
        Assert.Equal(503, OAuthServerRefusals.Of(issued.Error!).Status);
    }

    [Theory]
    [InlineData(599, 599, 300, 599)]
    [InlineData(600, 600, 300, 600)]
    [InlineData(601, 600, 300, 601)]
    [InlineData(10, 10, 10, 10)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(90000, 600, 300, 86400)]
    public async Task IssueAsync_Lifetimes_EndWithTheGrantAtTheLatest(int grantSeconds, int accessSeconds, int idSeconds, int refreshSeconds)
    {
        var tokens = await IssueAsync(TestServer.Grant() with { ExpiresAt = TestServer.Start.AddSeconds(grantSeconds).AddMilliseconds(400) });
        Assert.Equal(TimeSpan.FromSeconds(accessSeconds), tokens.ExpiresIn);
        Assert.Equal(_server.Now + accessSeconds, (long?)TestJws.Claims(tokens.AccessToken)["exp"]);
        Assert.Equal(_server.Now + idSeconds, (long?)TestJws.Claims(tokens.IdToken!)["exp"]);
        Assert.Equal(TestServer.Start.AddSeconds(refreshSeconds), tokens.RefreshRecord!.ExpiresAt);
    }

    [Theory]
    [InlineData(999)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task IssueAsync_GrantThatHasEnded_IsRefused(int milliseconds)
    {
        var grant = TestServer.Grant() with { ExpiresAt = TestServer.Start.AddMilliseconds(milliseconds) };
        Assert.Equal(OAuthServerErrorCodes.GrantInactive, (await _server.Minter.IssueAsync(new() { Grant = grant, Client = _server.Ehr })).Error?.Code);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public async Task IssueAsync_RefreshToken_NeedsGrantAndRegistration(bool grantAllows, bool registered, bool given)
    {
        var server = new TestServer(ehr => ehr with { GrantTypes = registered ? [GrantTypes.Ciba, GrantTypes.RefreshToken] : [GrantTypes.Ciba] });
        var tokens = await IssueAsync(TestServer.Grant() with { AllowsRefresh = grantAllows }, server: server);
        Assert.Equal(given, tokens.RefreshToken is not null);
        Assert.Equal(given, tokens.RefreshRecord is not null);
    }

    [Fact]
    public async Task IssueAsync_RefreshRecord_HoldsTheDigestAndTheWholeGrant()
    {
        var tokens = await IssueAsync(TestServer.Grant(), new() { Grant = TestServer.Grant(), Client = _server.Ehr, Scopes = ["openid"] });
        Assert.Equal(TokenMinter.RefreshDigest(tokens.RefreshToken!), tokens.RefreshRecord!.Digest);
        Assert.DoesNotContain(tokens.RefreshToken!, tokens.RefreshRecord.ToString(), StringComparison.Ordinal);
        Assert.Equal(TestServer.Grant().Scopes, tokens.RefreshRecord.Grant.Scopes);
        Assert.Equal(["openid"], tokens.Scopes);
        Assert.Equal("openid", (string?)TestJws.Claims(tokens.AccessToken)["scope"]);
    }

    [Fact]
    public async Task IssueAsync_WithoutOpenId_GivesNoIdToken() =>
        Assert.Null((await IssueAsync(TestServer.Grant(), new() { Grant = TestServer.Grant(), Client = _server.Ehr, Scopes = ["patient/Patient.read"] })).IdToken);

    [Fact]
    public async Task IssueAsync_GrantWithoutConsentResourceAndActor_NamesItselfAndThisServer()
    {
        var tokens = await IssueAsync(TestServer.Grant("grant-1") with { ConsentId = null, Resource = null, Patient = null, Actor = null });
        var claims = TestJws.Claims(tokens.AccessToken);
        Assert.Equal(TestServer.Issuer, (string?)claims["aud"]);
        Assert.Equal("grant-1", (string?)claims["grant_id"]);
        Assert.DoesNotContain("consent_id", claims);
        Assert.DoesNotContain("act", claims);
        Assert.DoesNotContain("patient", JsonNode.Parse(tokens.ToJson())!.AsObject());
        Assert.DoesNotContain("consent_id", TestJws.Claims(tokens.IdToken!));
    }

    [Fact]
    public async Task IssueAsync_MisuseOfTheGrant_Throws()
    {
        TokenIssue valid = new() { Grant = TestServer.Grant(), Client = _server.Ehr };
        foreach (var wrong in new[]
        {
            valid with { Scopes = ["patient/Observation.read"] },
            valid with { Client = _server.Basic },
            valid with { Grant = TestServer.Grant() with { ConsentId = "another" } },
            valid with { Grant = TestServer.Grant() with { Tenant = new("other") } },
        })
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await _server.Minter.IssueAsync(wrong));
        }
    }

    [Fact]
    public async Task ToJson_Tokens_AreTheAnswerOfTheContract()
    {
        var tokens = await IssueAsync(TestServer.Grant());
        var json = JsonNode.Parse(tokens.ToJson())!.AsObject();
        Assert.Equal(
            ["access_token", "expires_in", "id_token", "patient", "refresh_token", "scope", "token_type"], json.Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Equal("Bearer", (string?)json["token_type"]);
        Assert.Equal(600, (long?)json["expires_in"]);
        Assert.Equal("pt-1", (string?)json["patient"]);
    }

    [Fact]
    public async Task ToString_Tokens_ShowsNone()
    {
        var tokens = await IssueAsync(TestServer.Grant());
        foreach (var secret in new[] { tokens.AccessToken, tokens.IdToken!, tokens.RefreshToken!, tokens.RefreshRecord!.Digest, "patient-0001", "pt-1", "doctor-1", "合成" })
        {
            Assert.DoesNotContain(secret, $"{tokens} {tokens.RefreshRecord} {TestServer.Grant()}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task IssueAsync_EveryToken_HasAnIdentifierOfItsOwn()
    {
        var ids = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            Assert.True(ids.Add((string)TestJws.Claims((await IssueAsync(TestServer.Grant())).AccessToken)["jti"]!));
        }
    }
}
