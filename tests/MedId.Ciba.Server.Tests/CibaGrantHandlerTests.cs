using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

public sealed class CibaGrantHandlerTests
{
    private readonly TestOp _op = new();

    [Fact]
    public async Task HandleAsync_Approved_GivesTokensOfTheGrantOnce()
    {
        var id = await _op.StartAsync();
        _op.Approve();
        var answer = await _op.PollAsync(id);
        var body = TestServer.Body(answer);
        Assert.Equal(200, answer.Status);
        Assert.Contains(answer.Headers, h => h is { Key: "Cache-Control", Value: "no-store" });
        Assert.Equal("Bearer", (string?)body["token_type"]);
        Assert.Equal("openid patient/Patient.read", (string?)body["scope"]);
        Assert.Equal("pt-1", (string?)body["patient"]);
        Assert.Equal("consent-1", (string?)TestJws.Claims((string)body["access_token"]!)["consent_id"]);
        Assert.Equal(id, (string?)TestJws.Claims((string)body["id_token"]!)["urn:openid:params:jwt:claim:auth_req_id"]);
        Assert.NotNull(await _op.Server.Store.FindRefreshTokenAsync(TenantId.Single, TokenMinter.RefreshDigest((string)body["refresh_token"]!)));
        TestServer.AssertRefused(await _op.PollAsync(id), CibaErrorCodes.AuthReqIdUsed, "invalid_grant", 400);
    }

    [Fact]
    public async Task HandleAsync_NarrowedGrant_IsToldInScope()
    {
        var id = await _op.StartAsync();
        _op.Approve(g => g with { Scopes = ["openid"], AllowsRefresh = false });
        var body = TestServer.Body(await _op.PollAsync(id));
        Assert.Equal("openid", (string?)body["scope"]);
        Assert.DoesNotContain("refresh_token", body);
    }

    [Fact]
    public async Task HandleAsync_Pending_IsToldUntilTheEnd()
    {
        var id = await _op.StartAsync();
        TestServer.AssertRefused(await _op.PollAsync(id), CibaErrorCodes.Pending, "authorization_pending", 400);
        _op.Server.Time.Advance(TimeSpan.FromSeconds(5));
        TestServer.AssertRefused(await _op.PollAsync(id), CibaErrorCodes.Pending, "authorization_pending", 400);
        _op.Server.Time.Advance(TimeSpan.FromSeconds(295));
        TestServer.AssertRefused(await _op.PollAsync(id), CibaErrorCodes.AuthReqIdExpired, "expired_token", 400);
    }

    [Fact]
    public async Task HandleAsync_TooFast_IsSlowedForGood()
    {
        var id = await _op.StartAsync();
        await _op.PollAsync(id);
        _op.Server.Time.Advance(TimeSpan.FromSeconds(4));
        TestServer.AssertRefused(await _op.PollAsync(id), CibaErrorCodes.SlowDown, "slow_down", 400);
        _op.Server.Time.Advance(TimeSpan.FromSeconds(9));
        TestServer.AssertRefused(await _op.PollAsync(id), CibaErrorCodes.SlowDown, "slow_down", 400);
        _op.Server.Time.Advance(TimeSpan.FromSeconds(15));
        TestServer.AssertRefused(await _op.PollAsync(id), CibaErrorCodes.Pending, "authorization_pending", 400);
    }

    [Fact]
    public async Task HandleAsync_ApprovedWhileSlowed_IsAnsweredAtOnce()
    {
        var id = await _op.StartAsync();
        await _op.PollAsync(id);
        await _op.PollAsync(id);
        _op.Approve();
        Assert.Equal(200, (await _op.PollAsync(id)).Status);
    }

    [Fact]
    public async Task HandleAsync_Denied_IsAccessDeniedWithStatus400()
    {
        var id = await _op.StartAsync();
        Assert.True(await _op.Requests.TryDenyRequestAsync(TenantId.Single, _op.Requests.Single.Id, TestServer.Start));
        TestServer.AssertRefused(await _op.PollAsync(id), CibaErrorCodes.Denied, "access_denied", 400);
    }

    [Fact]
    public async Task HandleAsync_Cancelled_IsAccessDenied()
    {
        var id = await _op.StartAsync();
        _op.Approve();
        Assert.True(_op.Requests.Change(_op.Requests.Single.Id, r => r.Cancel()));
        TestServer.AssertRefused(await _op.PollAsync(id), CibaErrorCodes.Denied, "access_denied", 400);
    }

    [Fact]
    public async Task HandleAsync_ApprovedButTooLate_IsExpired()
    {
        var id = await _op.StartAsync();
        _op.Approve();
        _op.Server.Time.Advance(TimeSpan.FromSeconds(300));
        TestServer.AssertRefused(await _op.PollAsync(id), CibaErrorCodes.AuthReqIdExpired, "expired_token", 400);
    }

    [Fact]
    public async Task HandleAsync_UnknownId_IsRefused()
    {
        await _op.StartAsync();
        TestServer.AssertRefused(await _op.PollAsync("nothing"), CibaErrorCodes.AuthReqIdUnknown, "invalid_grant", 400);
        TestServer.AssertRefused(await _op.PollAsync(_op.Requests.Single.Id), CibaErrorCodes.AuthReqIdUnknown, "invalid_grant", 400);
        TestServer.AssertRefused(await _op.PollAsync(_op.Requests.Single.AuthReqIdDigest), CibaErrorCodes.AuthReqIdUnknown, "invalid_grant", 400);
    }

    [Fact]
    public async Task HandleAsync_IdOfAnotherClient_IsUnknownAndStaysGood()
    {
        var id = await _op.StartAsync();
        _op.Approve();
        var foreign = await _op.Tokens.HandleAsync(TestServer.Request(
            TestServer.BasicHeader(TestServer.BasicId, TestServer.Secret), ("grant_type", GrantTypes.Ciba), ("auth_req_id", id)));
        TestServer.AssertRefused(foreign, CibaErrorCodes.AuthReqIdUnknown, "invalid_grant", 400);
        Assert.Equal(200, (await _op.PollAsync(id)).Status);
    }

    [Fact]
    public async Task HandleAsync_WithoutId_IsRefused() =>
        TestServer.AssertRefused(await _op.PollAsync(null), OAuthServerErrorCodes.ParameterMissing, "invalid_request", 400);

    [Fact]
    public async Task HandleAsync_ClientWithoutTheGrantType_IsRefused()
    {
        var op = new TestOp(changeEhr: m => m with { GrantTypes = [GrantTypes.RefreshToken] });
        TestServer.AssertRefused(await op.PollAsync("x"), OAuthServerErrorCodes.GrantTypeNotRegistered, "unauthorized_client", 400);
    }

    [Fact]
    public async Task HandleAsync_GrantWithdrawnBeforeThePoll_IsRefused()
    {
        var id = await _op.StartAsync();
        _op.Approve();
        _op.Server.Store.InactiveGrants.Add("consent-1");
        TestServer.AssertRefused(await _op.PollAsync(id), OAuthServerErrorCodes.GrantInactive, "invalid_grant", 400);
        Assert.Equal(CibaStatus.Approved, _op.Requests.Single.Status);
    }

    [Fact]
    public async Task HandleAsync_OtherResource_IsRefusedAndNothingIsUsedUp()
    {
        var id = await _op.StartAsync();
        _op.Approve();
        TestServer.AssertRefused(
            await _op.PollAsync(id, ("resource", "https://other.example/fhir")), OAuthServerErrorCodes.ResourceMismatch, "invalid_target", 400);
        Assert.Equal(200, (await _op.PollAsync(id, ("resource", TestServer.Resource))).Status);
    }

    [Fact]
    public async Task HandleAsync_SigningFails_NothingIsLost()
    {
        var id = await _op.StartAsync();
        _op.Approve();
        var broken = new TokenEndpoint(
            _op.Server.Authenticator,
            [new CibaGrantHandler(_op.Requests, _op.Server.Store, new TokenMinter(new BrokenKeys(), _op.Server.Options, _op.Server.Time))],
            _op.Server.Options,
            _op.Server.Time);
        var request = await _op.Server.RequestByAsync(TestServer.EhrId, ("grant_type", GrantTypes.Ciba), ("auth_req_id", id));
        await Assert.ThrowsAsync<IOException>(async () => await broken.HandleAsync(request));
        Assert.Equal(200, (await _op.PollAsync(id)).Status);
    }

    [Fact]
    public async Task HandleAsync_ManyPollsAtOnce_OneWins()
    {
        var id = await _op.StartAsync();
        _op.Approve();
        var requests = new List<GrantRequest>();
        for (var i = 0; i < 32; i++)
        {
            requests.Add(new() { Tenant = TenantId.Single, Client = _op.Server.Ehr, Form = TestServer.Request(null, ("auth_req_id", id)).Form, At = TestServer.Start });
        }

        var handler = new CibaGrantHandler(_op.Requests, _op.Server.Store, _op.Server.Minter);
        var answers = await Task.WhenAll(requests.Select(r => Task.Run(async () => await handler.HandleAsync(r))));
        Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a.Status != 200), a => Assert.Equal(CibaErrorCodes.AuthReqIdUsed, a.Error?.Code));
    }

    private sealed class BrokenKeys : IKeyRingSource
    {
        public ValueTask<KeyRing> GetKeyRingAsync(TenantId tenant, CancellationToken cancellationToken = default) => throw new IOException("no key service");
    }
}
