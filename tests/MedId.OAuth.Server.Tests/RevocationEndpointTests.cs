using MedId.Core;

namespace MedId.OAuth.Server.Tests;

public sealed class RevocationEndpointTests
{
    private readonly TestServer _server = new();

    private RevocationEndpoint Endpoint => new(_server.Authenticator, _server.Store, _server.Store, _server.Keys, _server.Options, _server.Time);

    private async Task<OAuthAnswer> RevokeAsync(string? token, string? hint = null) =>
        await Endpoint.HandleAsync(await _server.RequestByAsync(TestServer.EhrId, ("token", token), ("token_type_hint", hint)));

    private static void AssertDone(OAuthAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        Assert.True(answer.Body.IsEmpty);
        Assert.Null(answer.Error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    [InlineData("nonsense")]
    public async Task HandleAsync_AccessToken_IsRememberedUntilItsEndWhateverTheHint(string? hint)
    {
        var token = (await _server.IssueAsync()).AccessToken;
        AssertDone(await RevokeAsync(token, hint));
        var revoked = Assert.Single(_server.Store.Revoked);
        Assert.Equal((string?)TestJws.Claims(token)["jti"], revoked.Key);
        Assert.Equal(TestServer.Start.AddMinutes(10), revoked.Value);
    }

    [Fact]
    public async Task HandleAsync_RefreshToken_EndsItsFamilyAndTheGrantsAccessTokens()
    {
        var tokens = await _server.IssueAsync();
        AssertDone(await RevokeAsync(tokens.RefreshToken));
        Assert.Contains("grant.consent-1", _server.Store.Revoked.Keys);
        Assert.Equal(
            RefreshOutcome.Unknown,
            await _server.Store.RotateRefreshTokenAsync(TenantId.Single, tokens.RefreshRecord!.Digest, TestServer.EhrId, tokens.RefreshRecord, TestServer.Start));
    }

    [Fact]
    public async Task HandleAsync_TokensOfAnotherClient_AreAnsweredAlikeAndStayGood()
    {
        var other = new ClientRegistration(TenantId.Single, _server.Basic.Metadata with { GrantTypes = [GrantTypes.RefreshToken] }, _server.Basic.SecretDigests);
        var tokens = (await _server.Minter.IssueAsync(new() { Grant = TestServer.Grant() with { ClientId = TestServer.BasicId }, Client = other })).Value!;
        _server.Store.Put(tokens.RefreshRecord!);
        AssertDone(await RevokeAsync(tokens.AccessToken));
        AssertDone(await RevokeAsync(tokens.RefreshToken));
        Assert.Empty(_server.Store.Revoked);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("no.thing")]
    [InlineData("a.b.c")]
    public async Task HandleAsync_UnknownToken_IsAnsweredAlike(string token)
    {
        AssertDone(await RevokeAsync(token));
        Assert.Empty(_server.Store.Revoked);
    }

    [Fact]
    public async Task HandleAsync_IdToken_IsOfAKindThatIsNotRevoked()
    {
        var token = (await _server.IssueAsync()).IdToken!;
        TestServer.AssertRefused(await RevokeAsync(token), OAuthServerErrorCodes.TokenTypeUnsupported, "unsupported_token_type", 400);
        AssertDone(await RevokeAsync(await TestJws.SignAsync(TestServer.EhrKey, TestJws.Claims(token))));
    }

    [Fact]
    public async Task HandleAsync_WithoutToken_IsRefused() =>
        TestServer.AssertRefused(await RevokeAsync(null), OAuthServerErrorCodes.ParameterMissing, "invalid_request", 400);

    [Fact]
    public async Task HandleAsync_Unauthenticated_IsRefused() => TestServer.AssertRefused(
        await Endpoint.HandleAsync(TestServer.Request(null, ("token", "x"))), OAuthServerErrorCodes.ClientAuthenticationMissing, "invalid_client", 401);
}
