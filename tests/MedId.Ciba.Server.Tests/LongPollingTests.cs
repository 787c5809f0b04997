using MedId.OAuth.Server;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

public sealed class LongPollingTests
{
    private static TestOp Op(int seconds = 30, int most = 20) => new(o =>
    {
        o.LongPollHold = TimeSpan.FromSeconds(seconds);
        o.MaxHeldPollsOfClient = most;
    });

    private static async Task<Task<OAuthAnswer>> HoldAsync(TestOp op, string id, int held = 1)
    {
        var poll = Task.Run(() => op.PollAsync(id));
        for (var i = 0; i < 400 && op.Held.Count < held && !poll.IsCompleted; i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.False(poll.IsCompleted);
        return poll;
    }

    [Fact]
    public async Task HandleAsync_Approved_WakesTheHeldPollWithTheTokens()
    {
        var op = Op();
        var poll = await HoldAsync(op, await op.StartAsync());
        op.Server.Time.Advance(TimeSpan.FromSeconds(3));
        op.Approve();
        Assert.Equal(200, (await poll.WaitAsync(TimeSpan.FromSeconds(20))).Status);
        Assert.Equal(0, op.Held.Count);
    }

    [Fact]
    public async Task HandleAsync_Denied_WakesTheHeldPoll()
    {
        var op = Op();
        var poll = await HoldAsync(op, await op.StartAsync());
        var request = op.Requests.Single;
        Assert.True(await op.Requests.TryDenyRequestAsync(request.Tenant, request.Id, op.Server.Time.GetUtcNow()));
        op.Signals.Raise(ChangeTopics.Request(request.Tenant, request.Id));
        TestServer.AssertRefused(await poll.WaitAsync(TimeSpan.FromSeconds(20)), CibaErrorCodes.Denied, "access_denied", 400);
    }

    [Fact]
    public async Task HandleAsync_NobodyDecides_IsPendingWhenTheTimeIsOverAndTheNextPollIsNotTooFast()
    {
        var op = Op();
        var id = await op.StartAsync();
        var poll = await HoldAsync(op, id);
        op.Server.Time.Advance(TimeSpan.FromSeconds(30));
        TestServer.AssertRefused(await poll.WaitAsync(TimeSpan.FromSeconds(20)), CibaErrorCodes.Pending, "authorization_pending", 400);
        var next = await HoldAsync(op, id);
        op.Approve();
        Assert.Equal(200, (await next.WaitAsync(TimeSpan.FromSeconds(20))).Status);
    }

    [Fact]
    public async Task HandleAsync_PollBesideAHeldOne_IsTooFastAsEver()
    {
        var op = Op();
        var id = await op.StartAsync();
        var poll = await HoldAsync(op, id);
        TestServer.AssertRefused(await op.PollAsync(id), CibaErrorCodes.SlowDown, "slow_down", 400);
        op.Approve();
        Assert.Equal(200, (await poll.WaitAsync(TimeSpan.FromSeconds(20))).Status);
    }

    [Fact]
    public async Task HandleAsync_SignalIsLost_CostsTimeAndNothingElse()
    {
        var op = Op();
        var poll = await HoldAsync(op, await op.StartAsync());
        op.Approve(silently: true);
        op.Server.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (await poll.WaitAsync(TimeSpan.FromSeconds(20))).Status);
    }

    [Fact]
    public async Task HandleAsync_RequestEndsWhileHeld_IsExpired()
    {
        var op = new TestOp(o =>
        {
            o.LongPollHold = TimeSpan.FromSeconds(30);
            o.DefaultExpiry = TimeSpan.FromSeconds(10);
        });
        var poll = await HoldAsync(op, await op.StartAsync());
        op.Server.Time.Advance(TimeSpan.FromSeconds(10));
        TestServer.AssertRefused(await poll.WaitAsync(TimeSpan.FromSeconds(20)), CibaErrorCodes.AuthReqIdExpired, "expired_token", 400);
    }

    [Fact]
    public async Task HandleAsync_ConnectionIsGone_FreesTheWaiter()
    {
        var op = Op();
        var request = await op.Server.RequestByAsync(TestServer.EhrId, ("grant_type", MedId.OAuth.GrantTypes.Ciba), ("auth_req_id", await op.StartAsync()));
        using var gone = new CancellationTokenSource();
        var poll = Task.Run(async () => await op.Tokens.HandleAsync(request, gone.Token));
        for (var i = 0; i < 400 && op.Held.Count == 0; i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, op.Held.Count);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(0, op.Held.Count);
        Assert.Equal(CibaStatus.Pending, op.Requests.Single.Status);
    }

    [Fact]
    public async Task HandleAsync_MoreThanTheClientMayHold_AreAnsweredAtOnce()
    {
        var op = Op(most: 1);
        var first = await op.StartAsync();
        var second = await op.StartAsync();
        var held = await HoldAsync(op, first);
        TestServer.AssertRefused(await op.PollAsync(second), CibaErrorCodes.Pending, "authorization_pending", 400);
        op.Held.Stop();
        TestServer.AssertRefused(await held.WaitAsync(TimeSpan.FromSeconds(20)), CibaErrorCodes.Pending, "authorization_pending", 400);
    }

    [Fact]
    public async Task Stop_HostStops_EverybodyIsAnsweredAndNobodyHeld()
    {
        var op = Op();
        var id = await op.StartAsync();
        var held = await HoldAsync(op, id);
        op.Held.Stop();
        TestServer.AssertRefused(await held.WaitAsync(TimeSpan.FromSeconds(20)), CibaErrorCodes.Pending, "authorization_pending", 400);
        op.Server.Time.Advance(TimeSpan.FromSeconds(5));
        TestServer.AssertRefused(await op.PollAsync(id).WaitAsync(TimeSpan.FromSeconds(20)), CibaErrorCodes.Pending, "authorization_pending", 400);
    }

    [Fact]
    public async Task HandleAsync_LongPollingOff_AnswersAtOnce()
    {
        var op = Op(seconds: 0);
        TestServer.AssertRefused(await (op.PollAsync(await op.StartAsync())).WaitAsync(TimeSpan.FromSeconds(20)), CibaErrorCodes.Pending, "authorization_pending", 400);
    }
}
