using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server.Tests;

public sealed class RefreshGrantHandlerTests
{
    private readonly TestServer _server = new();

    private static TokenEndpoint Endpoint(TestServer server, TokenMinter? minter = null) =>
        new(server.Authenticator, [new RefreshGrantHandler(server.Store, server.Store, minter ?? server.Minter, server.Revoker)], server.Options, server.Time);

    private async Task<OAuthAnswer> RefreshAsync(string? refreshToken, params (string Name, string? Value)[] parameters) => await Endpoint(_server).HandleAsync(
        await _server.RequestByAsync(TestServer.EhrId, [("grant_type", GrantTypes.RefreshToken), ("refresh_token", refreshToken), .. parameters]));

    private static string RefreshTokenOf(OAuthAnswer answer) => (string)TestServer.Body(answer)["refresh_token"]!;

    [Fact]
    public async Task HandleAsync_LiveToken_IsRotatedWithinItsFamily()
    {
        var first = await _server.IssueAsync();
        _server.Time.Advance(TimeSpan.FromMinutes(5));
        var answer = await RefreshAsync(first.RefreshToken);
        Assert.Equal(200, answer.Status);
        Assert.Null(answer.Error);
        var next = await _server.Store.FindRefreshTokenAsync(TenantId.Single, TokenMinter.RefreshDigest(RefreshTokenOf(answer)));
        Assert.NotEqual(first.RefreshToken, RefreshTokenOf(answer));
        Assert.Equal(first.RefreshRecord!.Family, next!.Family);
        Assert.Equal(200, (await RefreshAsync(RefreshTokenOf(answer))).Status);
    }

    [Fact]
    public async Task HandleAsync_IdToken_IsReissuedAboutTheSameAuthentication()
    {
        var first = await _server.IssueAsync();
        _server.Time.Advance(TimeSpan.FromMinutes(5));
        var before = TestJws.Claims(first.IdToken!);
        var after = TestJws.Claims((string)TestServer.Body(await RefreshAsync(first.RefreshToken))["id_token"]!);
        foreach (var claim in new[] { "iss", "sub", "aud", "azp", "auth_time", "acr" })
        {
            Assert.Equal(before[claim]!.ToJsonString(), after[claim]!.ToJsonString());
        }

        Assert.Equal(_server.Now, (long?)after["iat"]);
        Assert.DoesNotContain(OAuthClaims.AuthReqId, after);
        Assert.DoesNotContain("nonce", after);
    }

    [Fact]
    public async Task HandleAsync_TokenUsedTwice_EndsTheFamilyAndItsAccessTokens()
    {
        var first = await _server.IssueAsync();
        var second = RefreshTokenOf(await RefreshAsync(first.RefreshToken));
        TestServer.AssertRefused(await RefreshAsync(first.RefreshToken), OAuthServerErrorCodes.RefreshTokenReused, "invalid_grant", 400);
        TestServer.AssertRefused(await RefreshAsync(second), OAuthServerErrorCodes.RefreshTokenUnknown, "invalid_grant", 400);
        Assert.Contains("grant.consent-1", _server.Store.Revoked.Keys);
    }

    [Fact]
    public async Task HandleAsync_NarrowerScope_NarrowsThisAccessTokenOnly()
    {
        var first = await _server.IssueAsync();
        var narrow = await RefreshAsync(first.RefreshToken, ("scope", "openid patient/Patient.read"));
        Assert.Equal("openid patient/Patient.read", (string?)TestServer.Body(narrow)["scope"]);
        Assert.Equal("openid patient/Patient.read", (string?)TestJws.Claims((string)TestServer.Body(narrow)["access_token"]!)["scope"]);
        Assert.Equal(string.Join(' ', TestServer.Grant().Scopes), (string?)TestServer.Body(await RefreshAsync(RefreshTokenOf(narrow)))["scope"]);
    }

    [Theory]
    [InlineData("openid patient/Observation.read", OAuthServerErrorCodes.ScopeWidened)]
    [InlineData("patient/*.read", OAuthServerErrorCodes.ScopeWidened)]
    [InlineData("OPENID", OAuthServerErrorCodes.ScopeWidened)]
    [InlineData("openid  patient/Patient.read", OAuthServerErrorCodes.ScopeMalformed)]
    public async Task HandleAsync_WiderOrMalformedScope_IsRefusedAndTheTokenStaysGood(string scope, string code)
    {
        var first = await _server.IssueAsync();
        TestServer.AssertRefused(await RefreshAsync(first.RefreshToken, ("scope", scope)), code, "invalid_scope", 400);
        Assert.Equal(200, (await RefreshAsync(first.RefreshToken)).Status);
    }

    [Fact]
    public async Task HandleAsync_OtherResource_IsRefused()
    {
        var first = await _server.IssueAsync();
        TestServer.AssertRefused(
            await RefreshAsync(first.RefreshToken, ("resource", "https://other.example/fhir")), OAuthServerErrorCodes.ResourceMismatch, "invalid_target", 400);
        Assert.Equal(200, (await RefreshAsync(first.RefreshToken, ("resource", TestServer.Resource))).Status);
    }

    [Fact]
    public async Task HandleAsync_GrantThatNoLongerStands_IsRefused()
    {
        var first = await _server.IssueAsync();
        _server.Store.InactiveGrants.Add("consent-1");
        TestServer.AssertRefused(await RefreshAsync(first.RefreshToken), OAuthServerErrorCodes.GrantInactive, "invalid_grant", 400);
    }

    [Fact]
    public async Task HandleAsync_GrantOfAnOlderNotice_HasACodeOfItsOwnAndKeepsTheToken()
    {
        var first = await _server.IssueAsync();
        _server.Store.OutdatedGrants.Add(("consent-1", GrantUse.Refresh));
        TestServer.AssertRefused(await RefreshAsync(first.RefreshToken), OAuthServerErrorCodes.GrantOutdated, "invalid_grant", 400);
        _server.Store.OutdatedGrants.Clear();
        Assert.Equal(200, (await RefreshAsync(first.RefreshToken)).Status);
    }

    [Theory]
    [InlineData(3599, 200)]
    [InlineData(3600, 400)]
    public async Task HandleAsync_EndOfTheToken_IsExact(int seconds, int status)
    {
        var first = await _server.IssueAsync();
        _server.Time.Advance(TimeSpan.FromSeconds(seconds));
        var answer = await RefreshAsync(first.RefreshToken);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? null : OAuthServerErrorCodes.RefreshTokenUnknown, answer.Error?.Code);
    }

    [Fact]
    public async Task HandleAsync_UnknownToken_IsRefused() =>
        TestServer.AssertRefused(await RefreshAsync("nothing"), OAuthServerErrorCodes.RefreshTokenUnknown, "invalid_grant", 400);

    [Fact]
    public async Task HandleAsync_TokenOfAnotherClient_IsUnknown()
    {
        var grant = TestServer.Grant() with { ClientId = TestServer.BasicId };
        var tokens = (await _server.Minter.IssueAsync(new()
        {
            Grant = grant,
            Client = new(TenantId.Single, _server.Basic.Metadata with { GrantTypes = [GrantTypes.RefreshToken] }, _server.Basic.SecretDigests),
        })).Value!;
        _server.Store.Put(tokens.RefreshRecord!);
        TestServer.AssertRefused(await RefreshAsync(tokens.RefreshToken), OAuthServerErrorCodes.RefreshTokenUnknown, "invalid_grant", 400);
    }

    [Fact]
    public async Task HandleAsync_WithoutToken_IsRefused() =>
        TestServer.AssertRefused(await RefreshAsync(null), OAuthServerErrorCodes.ParameterMissing, "invalid_request", 400);

    [Fact]
    public async Task HandleAsync_SigningFails_LeavesThePresentedTokenGood()
    {
        var first = await _server.IssueAsync();
        var broken = new TokenMinter(new BrokenKeys(), _server.Options, _server.Time);
        var request = await _server.RequestByAsync(TestServer.EhrId, ("grant_type", GrantTypes.RefreshToken), ("refresh_token", first.RefreshToken));
        await Assert.ThrowsAsync<IOException>(async () => await Endpoint(_server, broken).HandleAsync(request));
        Assert.Equal(200, (await RefreshAsync(first.RefreshToken)).Status);
    }

    private sealed class BrokenKeys : IKeyRingSource
    {
        public ValueTask<KeyRing> GetKeyRingAsync(TenantId tenant, CancellationToken cancellationToken = default) => throw new IOException("no key service");
    }
}
