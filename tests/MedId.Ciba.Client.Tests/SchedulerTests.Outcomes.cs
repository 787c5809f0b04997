using System.Net;
using System.Net.Http.Headers;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

/// <content>Outcomes: who gets them, and what is kept.</content>
public sealed partial class SchedulerTests
{
    [Fact]
    public async Task CancelAsync_Waiting_ForgetsItAndPollsNoMore()
    {
        await using var s = new SchedulerFixture();
        s.F.Op.On("/token", _ => SchedulerFixture.Pending());
        s.Run();
        var pending = await s.StartAsync();
        var waiting = s.Scheduler.WaitAsync(pending.Id, TestContext.Current.CancellationToken);
        await s.PassAsync(3);
        Assert.True(await s.Scheduler.CancelAsync(pending.Id));
        Assert.False(await s.Scheduler.CancelAsync(pending.Id));
        Assert.Null(await waiting);
        await s.PassAsync(5);
        Assert.Equal([2], s.F.PollSeconds());
        Assert.Empty(await s.Store.ListAsync(null, 10));
    }

    [Fact]
    public async Task CancelAsync_DecidedAndNotTaken_GivesTheTokensBack()
    {
        await using var s = new SchedulerFixture();
        s.F.Op.On("/token", s.Grant);
        s.F.Op.On("/revoke", _ => OpDouble.Answer(HttpStatusCode.OK, "text/plain", ""));
        s.Run();
        var pending = await s.StartAsync();
        await s.PassAsync(2);
        Assert.True(await s.Scheduler.CancelAsync(pending.Id));
        Assert.Equal(CibaFixture.AccessToken, Assert.Single(s.F.Op.To("/revoke")).Form["token"]);
    }

    [Fact]
    public async Task RunAsync_Stopped_WaitsForThePollOnItsWay()
    {
        var taker = new SchedulerFixture.Taker();
        await using var s = new SchedulerFixture(handler: taker);
        var held = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        s.F.Op.OnLater("/token", _ => held.Task);
        s.Run();
        await s.StartAsync();
        await s.PassAsync(1);
        s.F.Op.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => s.F.Op.To("/token").Count == 1);
        var stopping = s.StopAsync();
        Assert.False(stopping.IsCompleted);
        held.SetResult(s.F.Tokens(s.Claims("req-1")));
        await stopping;
        Assert.True(Assert.Single(taker.Outcomes).Result.Succeeded);
    }

    [Fact]
    public async Task HandleAsync_Throws_IsNotCalledAgain()
    {
        var taker = new SchedulerFixture.Taker { Throws = true };
        await using var s = new SchedulerFixture(handler: taker);
        s.F.Op.On("/token", s.Grant);
        s.Run();
        await s.StartAsync();
        await s.PassAsync(30);
        Assert.Single(taker.Outcomes);
        Assert.Empty(await s.Store.ListAsync(null, 10));
    }

    [Fact]
    public async Task RunAsync_StoreFailsAtTheTokens_KeepsThemAndStoresThemLater()
    {
        var store = new FailingStore();
        await using var s = new SchedulerFixture(store: store);
        s.F.Op.On("/token", s.Grant);
        s.Run();
        var pending = await s.StartAsync();
        await s.PassAsync(1);
        store.Fails = true;
        await s.PassAsync(2);
        Assert.True(s.Scheduler.Status.IsStoreFailing);
        store.Fails = false;
        await s.PassAsync(6);
        Assert.True((await s.Scheduler.TryTakeAsync(pending.Id))!.Result.Succeeded);
        Assert.Equal([2], s.F.PollSeconds());
        Assert.False(s.Scheduler.Status.IsStoreFailing);
    }

    [Fact]
    public async Task TryTakeAsync_ManyAtOnce_OneGetsIt()
    {
        await using var s = new SchedulerFixture();
        s.F.Op.On("/token", s.Grant);
        s.Run();
        var pending = await s.StartAsync();
        await s.PassAsync(2);
        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => s.Scheduler.TryTakeAsync(pending.Id))));
        Assert.Single(taken, outcome => outcome is not null);
    }

    [Fact]
    public async Task RunAsync_OutcomeThatNobodyTakes_EndsAndIsGivenBack()
    {
        await using var s = new SchedulerFixture(configure: options => options.OutcomeRetention = TimeSpan.FromSeconds(30));
        s.F.Op.On("/token", s.Grant);
        s.F.Op.On("/revoke", _ => OpDouble.Answer(HttpStatusCode.OK, "text/plain", ""));
        s.Run();
        var pending = await s.StartAsync();
        await s.PassAsync(33);
        Assert.Null(await s.Scheduler.TryTakeAsync(pending.Id));
        Assert.Single(s.F.Op.To("/revoke"));
        Assert.Empty(await s.Store.ListAsync(null, 10));
    }

    [Fact]
    public async Task StartAsync_AsManyAsMay_SendsNothing()
    {
        await using var s = new SchedulerFixture(configure: options => options.MaxPending = 1);
        await s.StartAsync();
        var second = await s.Scheduler.StartAsync(SchedulerFixture.Op, s.F.Request, await TakenConsent.ProveAsync(s.F.Request.Hint, s.F.Op.Time), "b");
        Assert.Equal(CibaClientErrorCodes.TooManyPending, second.Error!.Code);
        Assert.Single(s.F.Op.To("/bc-authorize"));
    }

    [Fact]
    public async Task StartAsync_UnknownOp_IsMisuse()
    {
        await using var s = new SchedulerFixture();
        var proof = await TakenConsent.ProveAsync(s.F.Request.Hint, s.F.Op.Time);
        await Assert.ThrowsAsync<ArgumentException>(() => s.Scheduler.StartAsync("another", s.F.Request, proof, "a"));
    }

    [Fact]
    public async Task Stored_Anything_IsCiphertextBoundToItsPlace()
    {
        await using var s = new SchedulerFixture();
        s.F.Op.On("/token", s.Grant);
        s.Run();
        await s.StartAsync("chart-4711");
        await s.PassAsync(2);
        var stored = Assert.Single(await s.Store.ListAsync(null, 10));
        var text = System.Text.Encoding.UTF8.GetString(stored.Body.Span) + stored;
        Assert.All(["chart-4711", "req-1", CibaFixture.AccessToken, SchedulerFixture.Op], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.True(PendingState.Unprotect(SchedulerFixture.Cipher, stored).Succeeded);
        Assert.Equal(CryptographyErrorCodes.FieldNotAuthentic, PendingState.Unprotect(SchedulerFixture.Cipher, stored with { Version = stored.Version + 1 }).Error!.Code);
        Assert.Equal(CryptographyErrorCodes.FieldNotAuthentic, PendingState.Unprotect(SchedulerFixture.Cipher, stored with { Id = new string('a', 32) }).Error!.Code);
    }

    [Fact]
    public async Task RunAsync_StoredUnderAnotherKey_IsLeftAloneAndCounted()
    {
        var store = new InMemoryCibaPendingStore();
        await using var s = new SchedulerFixture(store: store, configure: options => (options.Cipher, options.Lease) = (new FieldCipher("tests", FieldKey.Generate("other")), TimeSpan.FromSeconds(10)));
        await s.StartAsync();
        await using var next = new SchedulerFixture(store: store, f: s.F);
        s.F.Op.Time.Advance(TimeSpan.FromSeconds(11));
        next.Run();
        await next.SettleAsync();
        Assert.Equal(1, next.Scheduler.Status.Unreadable);
        Assert.Single(await store.ListAsync(null, 10));
    }

    [Fact]
    public void Construct_StoreThatOutlivesTheProcessWithoutAKey_IsMisuse()
    {
        using var f = new CibaFixture();
        var clients = new Dictionary<string, CibaClient>(StringComparer.Ordinal) { ["a"] = f.Client };
        Assert.Throws<ArgumentException>(() => new CibaScheduler(clients, new FailingStore()));
        Assert.NotNull(new CibaScheduler(clients, new InMemoryCibaPendingStore()));
    }

    [Theory]
    [InlineData(-0.1, 1, 60, 120)]
    [InlineData(1.1, 1, 60, 120)]
    [InlineData(double.NaN, 1, 60, 120)]
    [InlineData(0.1, 0, 60, 120)]
    [InlineData(0.1, 1, 0, 120)]
    [InlineData(0.1, 1, 60, 9)]
    public void FindMistakes_OneMistake_IsNamed(double jitter, int concurrency, int fallback, int lease) =>
        Assert.Single(new CibaSchedulerOptions { Jitter = jitter, MaxConcurrencyPerOp = concurrency, PingFallback = TimeSpan.FromSeconds(fallback), Lease = TimeSpan.FromSeconds(lease) }.FindMistakes());
}
