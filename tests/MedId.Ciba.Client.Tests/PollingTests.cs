using System.Net;
using System.Net.Http.Headers;
using MedId.Consumers.TestSupport;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

public sealed class PollingTests : IDisposable
{
    private readonly CibaFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task WaitAsync_PendingThenApproved_PollsAtTheIntervalAndGivesTokens()
    {
        _f.Script(Pending, Pending, () => _f.Tokens());
        var tokens = (await Wait()).Value!;
        Assert.Equal([2, 4, 6], _f.PollSeconds());
        Assert.Equal(CibaFixture.AccessToken, tokens.AccessToken);
        Assert.Equal("patient-0001", tokens.Patient);
        Assert.Equal(["openid", "patient/Patient.read"], tokens.Scopes);
        Assert.Equal(OpDouble.Start.AddSeconds(606), tokens.ExpiresAt);
        Assert.Equal(CibaFixture.Acr, tokens.IdToken.Acr);
        Assert.Equal("consent-1", tokens.IdToken.ConsentId);
        var sent = _f.Op.To("/token")[0];
        Assert.Equal(GrantTypes.Ciba, sent.Form["grant_type"]);
        Assert.Equal(CibaFixture.AuthReqId, sent.Form["auth_req_id"]);
        Assert.NotEqual(sent.Form["client_assertion"], _f.Op.To("/token")[1].Form["client_assertion"]);
    }

    [Fact]
    public async Task WaitAsync_SlowDown_IsFiveSecondsSlowerForGood()
    {
        _f.Script(Pending, SlowDown, Pending, SlowDown, Pending, () => _f.Tokens());
        Assert.True((await Wait()).Succeeded);
        Assert.Equal([2, 4, 11, 18, 30, 42], _f.PollSeconds());
    }

    [Fact]
    public async Task WaitAsync_ServiceUnavailable_BacksOffAndComesBackToThePace()
    {
        _f.Script(Unavailable, Unavailable, Unavailable, Pending, () => _f.Tokens());
        Assert.True((await Wait()).Succeeded);
        Assert.Equal([2, 6, 14, 30, 32], _f.PollSeconds());
    }

    [Fact]
    public async Task WaitAsync_RetryAfter_IsKeptFromTheAnswerOn()
    {
        _f.Script(() => WithRetryAfter(Unavailable(), 30), () => WithRetryAfter(Pending(), 7), () => _f.Tokens());
        Assert.True((await Wait()).Succeeded);
        Assert.Equal([2, 32, 39], _f.PollSeconds());
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task WaitAsync_ServerInTrouble_AsksAgain(HttpStatusCode status)
    {
        _f.Script(() => OpDouble.Answer(status, "text/html", "<h1>busy</h1>"), () => _f.Tokens());
        Assert.True((await Wait()).Succeeded);
        Assert.Equal([2, 6], _f.PollSeconds());
    }

    [Fact]
    public async Task WaitAsync_DiscoveryInTrouble_AsksAgain()
    {
        var asked = 0;
        _f.Op.On(AuthorizationServerMetadata.WellKnownPath, _ => asked++ == 0 ? Unavailable() : OpDouble.Json(_f.Op.Metadata));
        Assert.True((await Wait()).Succeeded);
        Assert.Equal([6], _f.PollSeconds());
    }

    [Fact]
    public async Task WaitAsync_NetworkBreaks_BacksOff()
    {
        _f.Script(() => throw new HttpRequestException("reset"), () => throw new HttpRequestException("reset"), () => _f.Tokens());
        Assert.True((await Wait()).Succeeded);
        Assert.Equal([2, 6, 14], _f.PollSeconds());
    }

    [Fact]
    public async Task WaitAsync_OneAnswerNeverComes_TimesOutAndAsksAgain()
    {
        var polls = 0;
        _f.Op.OnLater("/token", _ => polls++ == 0 ? new TaskCompletionSource<HttpResponseMessage>().Task : Task.FromResult(_f.Tokens()));
        Assert.True((await Wait()).Succeeded);
        Assert.Equal([2, 12], _f.PollSeconds());
    }

    [Fact]
    public async Task WaitAsync_HeldAnswer_IsFollowedAtOnceAndNeverOverlaps()
    {
        var held = new TaskCompletionSource<HttpResponseMessage>();
        var polls = 0;
        _f.Op.OnLater("/token", _ => polls++ == 0 ? held.Task : Task.FromResult(_f.Tokens()));
        var result = await Task.Run(async () =>
        {
            var wait = _f.Client.WaitAsync(_f.Authentication);
            _f.Op.Time.Advance(TimeSpan.FromSeconds(2));
            _f.Op.Time.Advance(TimeSpan.FromSeconds(8));
            Assert.Single(_f.Op.To("/token"));
            held.SetResult(Pending());
            return await wait;
        });
        Assert.True(result.Succeeded);
        Assert.Equal([2, 10], _f.PollSeconds());
    }

    [Fact]
    public async Task WaitAsync_NobodyDecides_GivesUpAtTheEndAndNotLater()
    {
        _f.Script(Pending);
        Assert.Equal(CibaClientErrorCodes.GaveUp, (await Wait()).Error!.Code);
        Assert.Equal(118, _f.PollSeconds()[^1]);
        Assert.Equal(59, _f.PollSeconds().Length);
    }

    [Theory]
    [InlineData("access_denied", OAuthErrorCodes.AccessDenied)]
    [InlineData("expired_token", OAuthErrorCodes.ExpiredToken)]
    [InlineData("invalid_grant", OAuthErrorCodes.InvalidGrant)]
    [InlineData("invalid_request", OAuthErrorCodes.InvalidRequest)]
    [InlineData("unauthorized_client", OAuthErrorCodes.UnauthorizedClient)]
    [InlineData("transaction_failed", OAuthErrorCodes.TransactionFailed)]
    [InlineData("an_error_of_tomorrow", OAuthErrorCodes.UnknownError)]
    public async Task WaitAsync_RefusedForGood_StopsAtOnce(string error, string code)
    {
        _f.Script(Pending, () => OpDouble.Error(error));
        Assert.Equal(code, (await Wait()).Error!.Code);
        Assert.Equal(2, _f.PollSeconds().Length);
    }

    [Fact]
    public async Task WaitAsync_PendingWithStatus200_IsNoPending()
    {
        _f.Script(() => OpDouble.Error("authorization_pending", HttpStatusCode.OK));
        Assert.Equal(OAuthErrorCodes.TokenResponseMalformed, (await Wait()).Error!.Code);
    }

    [Fact]
    public async Task WaitAsync_Cancelled_StopsAsking()
    {
        _f.Script(Pending);
        using var cancel = new CancellationTokenSource();
        await Task.Run(async () =>
        {
            var wait = _f.Client.WaitAsync(_f.Authentication, cancel.Token);
            _f.Op.Time.Advance(TimeSpan.FromSeconds(5));
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        });
        Assert.Equal([2, 4], _f.PollSeconds());
    }

    [Fact]
    public async Task PollAsync_SlowDown_TellsHowToGoOn()
    {
        _f.Script(SlowDown, Pending, () => _f.Tokens());
        var first = (await _f.Client.PollAsync(_f.Authentication)).Value!;
        Assert.Null(first.Tokens);
        Assert.Equal(TimeSpan.FromSeconds(7), first.Wait);
        Assert.Equal(TimeSpan.FromSeconds(7), first.Next.Interval);
        var second = (await _f.Client.PollAsync(first.Next)).Value!;
        Assert.Equal(TimeSpan.FromSeconds(7), second.Wait);
        Assert.NotNull((await _f.Client.PollAsync(second.Next)).Value!.Tokens);
    }

    [Fact]
    public async Task PollAsync_AfterTheEnd_DoesNotAsk()
    {
        _f.Op.Time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(CibaClientErrorCodes.GaveUp, (await _f.Client.PollAsync(_f.Authentication)).Error!.Code);
        Assert.Empty(_f.PollSeconds());
    }

    [Fact]
    public async Task PollAsync_OpUnreachable_LetsTheExceptionPass()
    {
        _f.Script(() => throw new HttpRequestException("down"));
        await Assert.ThrowsAsync<HttpRequestException>(() => _f.Client.PollAsync(_f.Authentication));
    }

    private static HttpResponseMessage Pending() => OpDouble.Error("authorization_pending");

    private static HttpResponseMessage SlowDown() => OpDouble.Error("slow_down");

    private static HttpResponseMessage Unavailable() => OpDouble.Answer(HttpStatusCode.ServiceUnavailable, "text/plain", "");

    private static HttpResponseMessage WithRetryAfter(HttpResponseMessage response, int seconds)
    {
        response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        return response;
    }

    private Task<Core.MedIdResult<CibaTokens>> Wait() => _f.Drive(() => _f.Client.WaitAsync(_f.Authentication));
}
