using System.Net;
using System.Net.Http.Headers;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

public sealed partial class SchedulerTests
{
    [Fact]
    public async Task RunAsync_PendingThenGranted_PollsAtTheIntervalAndHandsOutOnce()
    {
        await using var s = new SchedulerFixture();
        var polls = 0;
        s.F.Op.On("/token", request => ++polls < 3 ? SchedulerFixture.Pending() : s.Grant(request));
        s.Run();
        var pending = await s.StartAsync("visit-7");
        await s.PassAsync(7);
        Assert.Equal([2, 4, 6], s.F.PollSeconds());
        Assert.True(Assert.Single(s.Scheduler.List()).IsDecided);
        var outcome = await s.Scheduler.WaitAsync(pending.Id);
        Assert.Equal("visit-7", outcome!.Reference);
        Assert.Equal(CibaFixture.AccessToken, outcome.Result.Value!.AccessToken);
        Assert.Null(await s.Scheduler.TryTakeAsync(pending.Id));
        Assert.Empty(s.Scheduler.List());
        Assert.Empty(await s.Store.ListAsync(null, 10));
    }

    [Fact]
    public async Task RunAsync_ManyPatients_EachAtItsOwnPace()
    {
        await using var s = new SchedulerFixture();
        s.F.Op.On("/token", request => request.Form["auth_req_id"] == "req-2" && request.At >= OpDouble.Start.AddSeconds(7) ? s.Grant(request) : SchedulerFixture.Pending());
        s.Run();
        await s.StartAsync("a");
        await s.PassAsync(1);
        var second = await s.StartAsync("b");
        await s.PassAsync(8);
        Assert.Equal([2, 4, 6, 8], Seconds(s, "req-1"));
        Assert.Equal([3, 5, 7], Seconds(s, "req-2"));
        Assert.True((await s.Scheduler.TryTakeAsync(second.Id))!.Result.Succeeded);
    }

    [Fact]
    public async Task RunAsync_SlowDown_IsForGoodAlsoAfterARestart()
    {
        var store = new InMemoryCibaPendingStore();
        await using var s = new SchedulerFixture(store: store);
        var polls = 0;
        s.F.Op.On("/token", _ => ++polls == 1 ? OpDouble.Error("slow_down") : SchedulerFixture.Pending());
        s.Run();
        await s.StartAsync();
        await s.PassAsync(17);
        Assert.Equal([2, 9, 16], s.F.PollSeconds());
        await s.StopAsync();

        await using var next = new SchedulerFixture(store: store, f: s.F);
        s.F.Op.Time.Advance(TimeSpan.FromSeconds(83));
        s.F.Op.Requests.Clear();
        next.Run();
        await next.PassAsync(21);
        Assert.Equal(CibaClientErrorCodes.GaveUp, (await next.Scheduler.TryTakeAsync(next.Scheduler.List()[0].Id))!.Result.Error!.Code);
        Assert.Equal([107, 114], s.F.PollSeconds());
    }

    [Fact]
    public async Task RunAsync_AfterARestart_AsksOnWithoutAnotherRequest()
    {
        var store = new InMemoryCibaPendingStore();
        var taker = new SchedulerFixture.Taker();
        await using var s = new SchedulerFixture(store: store, configure: options => options.Lease = TimeSpan.FromSeconds(10));
        s.F.Op.On("/token", _ => SchedulerFixture.Pending());
        s.Run();
        await s.StartAsync("visit-9");
        await s.PassAsync(3);
        await s.StopAsync();

        await using var next = new SchedulerFixture(store: store, f: s.F, handler: taker, configure: options => options.Lease = TimeSpan.FromSeconds(10));
        s.F.Op.On("/token", next.Grant);
        next.Run();
        await next.PassAsync(30);
        Assert.Equal("visit-9", Assert.Single(taker.Outcomes).Reference);
        Assert.True(taker.Outcomes[0].Result.Succeeded);
        Assert.Single(s.F.Op.To("/bc-authorize"));
        Assert.Empty(await store.ListAsync(null, 10));
    }

    [Fact]
    public async Task List_WhileTheHandlerHasTheOutcome_ShowsItAndNotAfterwards()
    {
        var taker = new SchedulerFixture.Taker();
        await using var s = new SchedulerFixture(handler: taker);
        IReadOnlyList<CibaPending>? meanwhile = null;
        taker.Meanwhile = () => meanwhile = s.Scheduler.List();
        s.F.Op.On("/token", s.Grant);
        s.Run();
        var pending = await s.StartAsync();
        await s.PassAsync(2);
        Assert.Equal(pending.Id, Assert.Single(meanwhile!).Id);
        Assert.Empty(s.Scheduler.List());
    }

    [Fact]
    public async Task TakenUp_StoreOutOfReachAtFirst_CompletesWithItsFirstAnswer()
    {
        var store = new FailingStore { Fails = true };
        await using var s = new SchedulerFixture(store: store);
        s.Run();
        await s.SettleAsync();
        Assert.False(s.Scheduler.TakenUp.IsCompleted);
        store.Fails = false;
        await s.PassAsync(5);
        Assert.True(s.Scheduler.TakenUp.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task RunAsync_RedeemedByAProcessThatDied_SaysThatTheTokensAreLost()
    {
        var store = new InMemoryCibaPendingStore();
        await using var s = new SchedulerFixture(store: store, configure: options => options.Lease = TimeSpan.FromSeconds(10));
        await s.StartAsync();
        await using var next = new SchedulerFixture(store: store, f: s.F, configure: options => options.Lease = TimeSpan.FromSeconds(10));
        s.F.Op.On("/token", _ => OpDouble.Error("invalid_grant"));
        next.Run();
        await next.PassAsync(20);
        Assert.Equal(CibaClientErrorCodes.RedemptionLost, (await next.Scheduler.TryTakeAsync(next.Scheduler.List()[0].Id))!.Result.Error!.Code);
    }

    [Fact]
    public async Task RunAsync_InvalidGrantOfAnOwnRequest_KeepsItsCode()
    {
        await using var s = new SchedulerFixture();
        s.F.Op.On("/token", _ => OpDouble.Error("invalid_grant"));
        s.Run();
        var pending = await s.StartAsync();
        await s.PassAsync(3);
        Assert.Equal(OAuthErrorCodes.InvalidGrant, (await s.Scheduler.TryTakeAsync(pending.Id))!.Result.Error!.Code);
    }

    [Fact]
    public async Task RunAsync_AnotherScheduleHoldsTheLease_LeavesItsRequestsAlone()
    {
        var store = new InMemoryCibaPendingStore();
        await using var s = new SchedulerFixture(store: store);
        s.F.Op.On("/token", _ => SchedulerFixture.Pending());
        s.Run();
        await s.StartAsync();
        await s.PassAsync(1);
        await using var other = new SchedulerFixture(store: store, f: s.F);
        other.Run();
        await other.SettleAsync();
        Assert.Empty(other.Scheduler.List());
        Assert.Equal(1, s.Scheduler.Status.Waiting);
    }

    [Theory]
    [InlineData(TokenDeliveryMode.Push)]
    [InlineData(TokenDeliveryMode.Ping)]
    public async Task RunAsync_WaitsWithoutAsking_KeepsItsLease(TokenDeliveryMode mode)
    {
        var store = new InMemoryCibaPendingStore();
        await using var s = new SchedulerFixture(mode, store, options => options.Lease = TimeSpan.FromSeconds(10));
        s.F.Op.On("/token", _ => SchedulerFixture.Pending());
        s.Run();
        await s.StartAsync();
        await using var other = new SchedulerFixture(mode, store, options => options.Lease = TimeSpan.FromSeconds(10), f: s.F);
        other.Run();
        for (var second = 0; second < 59; second++)
        {
            s.F.Op.Time.Advance(TimeSpan.FromSeconds(1));
            await s.SettleAsync();
            await other.SettleAsync();
        }

        Assert.Empty(other.Scheduler.List());
        Assert.Single(s.Scheduler.List());
        Assert.Empty(s.F.PollSeconds());
    }

    [Fact]
    public async Task RunAsync_OneStoredRequestOfAnotherVersion_HidesNoOther()
    {
        var store = new InMemoryCibaPendingStore();
        await using var s = new SchedulerFixture(store: store);
        s.F.Op.On("/token", _ => SchedulerFixture.Pending());
        s.Run();
        var kept = await s.StartAsync();
        await s.StopAsync();

        // Sorts before every other, and is whole but for its format.
        const string id = "00000000000000000000000000000000";
        await store.AddAsync(new()
        {
            Id = id,
            Version = 1,
            KeepUntil = s.F.Op.Time.GetUtcNow().AddHours(1),
            Body = SchedulerFixture.Cipher.Protect($"ciba pending/{id}/1", "{\"format\":2}"u8),
        });
        await using var next = new SchedulerFixture(store: store, f: s.F);
        next.Run();
        await next.SettleAsync();
        Assert.Equal(kept.Id, Assert.Single(next.Scheduler.List()).Id);
        Assert.Equal(1, next.Scheduler.Status.Unreadable);
    }

    [Fact]
    public async Task RunAsync_NobodyDecides_GivesUpAtTheEndAndNotLater()
    {
        await using var s = new SchedulerFixture();
        s.F.Op.On("/token", _ => SchedulerFixture.Pending());
        s.Run();
        var pending = await s.StartAsync();
        await s.PassAsync(119);
        Assert.Null(await s.Scheduler.TryTakeAsync(pending.Id));
        await s.PassAsync(1);
        Assert.Equal(CibaClientErrorCodes.GaveUp, (await s.Scheduler.TryTakeAsync(pending.Id))!.Result.Error!.Code);
        Assert.Equal(118, s.F.PollSeconds()[^1]);
    }

    [Fact]
    public async Task RunAsync_HeldPoll_NeverOverlapsAndIsFollowedAtOnce()
    {
        await using var s = new SchedulerFixture();
        var held = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        s.F.Op.OnLater("/token", _ => held.Task);
        s.Run();
        await s.StartAsync();
        await s.PassAsync(1);
        s.F.Op.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => s.F.Op.To("/token").Count == 1);
        s.F.Op.Time.Advance(TimeSpan.FromSeconds(6));
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Single(s.F.Op.To("/token"));
        s.F.Op.On("/token", s.Grant);
        held.SetResult(SchedulerFixture.Pending());
        await s.SettleAsync();
        Assert.Equal([2, 8], s.F.PollSeconds());
    }

    [Fact]
    public async Task RunAsync_BusyOp_StopsEveryPollToItUntilRetryAfter()
    {
        await using var s = new SchedulerFixture();
        var polls = 0;
        s.F.Op.On("/token", _ =>
        {
            if (++polls > 1)
            {
                return SchedulerFixture.Pending();
            }

            var busy = OpDouble.Answer(HttpStatusCode.ServiceUnavailable, "text/plain", "busy");
            busy.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(20));
            return busy;
        });
        s.Run();
        await s.StartAsync("a");
        await s.PassAsync(1);
        await s.StartAsync("b");
        await s.PassAsync(21);
        Assert.Equal([2, 22], Seconds(s, "req-1"));
        Assert.Equal([22], Seconds(s, "req-2"));
    }

    [Fact]
    public async Task Status_BusyOp_NamesIt()
    {
        await using var s = new SchedulerFixture();
        s.F.Op.On("/token", _ =>
        {
            var busy = OpDouble.Answer(HttpStatusCode.TooManyRequests, "text/plain", "busy");
            busy.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(20));
            return busy;
        });
        s.Run();
        await s.StartAsync();
        await s.PassAsync(3);
        Assert.Equal([SchedulerFixture.Op], s.Scheduler.Status.PausedOps);
        Assert.True(s.Scheduler.Status.IsRunning);
    }

    [Fact]
    public async Task RunAsync_NetworkBreaks_BacksOffAndComesBack()
    {
        await using var s = new SchedulerFixture();
        var polls = 0;
        s.F.Op.On("/token", request => ++polls < 3 ? throw new HttpRequestException("reset") : s.Grant(request));
        s.Run();
        var pending = await s.StartAsync();
        await s.PassAsync(14);
        Assert.Equal([2, 6, 14], s.F.PollSeconds());
        Assert.True((await s.Scheduler.TryTakeAsync(pending.Id))!.Result.Succeeded);
    }

    [Fact]
    public async Task RunAsync_MoreDueThanMayRun_KeepsTheLimitAndServesAll()
    {
        await using var s = new SchedulerFixture(configure: options => options.MaxConcurrencyPerOp = 2);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (now, most) = (0, 0);
        s.F.Op.OnLater("/token", async request =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await gate.Task;
            Interlocked.Decrement(ref now);
            return s.Grant(request);
        });
        s.Run();
        for (var one = 0; one < 7; one++)
        {
            await s.StartAsync("visit-" + one);
        }

        await s.PassAsync(1);
        s.F.Op.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => s.F.Op.To("/token").Count == 2);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(2, s.F.Op.To("/token").Count);
        gate.SetResult();
        await s.SettleAsync();
        Assert.Equal(7, s.Scheduler.Status.Untaken);
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task RunAsync_Jitter_IsNeverEarlierAndAtMostItsShare()
    {
        await using var s = new SchedulerFixture(configure: options => options.Jitter = 1);
        s.F.Op.On("/token", _ => SchedulerFixture.Pending());
        s.Run();
        for (var one = 0; one < 40; one++)
        {
            await s.StartAsync("visit-" + one);
        }

        await s.SettleAsync();
        for (var tenth = 0; tenth < 40; tenth++)
        {
            s.F.Op.Time.Advance(TimeSpan.FromSeconds(0.1));
            await s.SettleAsync();
        }

        var first = Enumerable.Range(1, 40).Select(one => Seconds(s, "req-" + one)[0]).ToList();
        Assert.All(first, at => Assert.InRange(at, 2, 4.1));
        Assert.True(first.Distinct().Count() > 5, string.Join(' ', first));
    }

    private static double[] Seconds(SchedulerFixture s, string authReqId) =>
        [.. s.F.Op.To("/token").Where(request => request.Form["auth_req_id"] == authReqId).Select(request => (request.At - OpDouble.Start).TotalSeconds)];

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var turn = 0; turn < 15_000 && !condition(); turn++)
        {
            await Task.Delay(2);
        }

        Assert.True(condition());
    }

    private sealed class FailingStore : ICibaPendingStore
    {
        private readonly InMemoryCibaPendingStore _inner = new();

        public bool Fails { get; set; }

        public ValueTask<bool> AddAsync(StoredCibaRequest request, CancellationToken cancellationToken = default) => Try(() => _inner.AddAsync(request, cancellationToken));

        public ValueTask<IReadOnlyList<StoredCibaRequest>> ListAsync(string? after, int limit, CancellationToken cancellationToken = default) => Try(() => _inner.ListAsync(after, limit, cancellationToken));

        public ValueTask<bool> TryReplaceAsync(StoredCibaRequest request, CancellationToken cancellationToken = default) => Try(() => _inner.TryReplaceAsync(request, cancellationToken));

        public ValueTask<bool> TryRemoveAsync(string id, long version, CancellationToken cancellationToken = default) => Try(() => _inner.TryRemoveAsync(id, version, cancellationToken));

        private T Try<T>(Func<T> call) => Fails ? throw new IOException("the disk is full") : call();
    }
}
