using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.TestSupport;

namespace MedId.Ciba.Client.Tests;

/// <content>Modes and OPs.</content>
public sealed partial class NotificationTests
{
    [Fact]
    public async Task ReceiveAsync_TwoOps_NeitherSpeaksForTheOther()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping);
        await s.StartAsync();
        await using var other = new SchedulerFixture(TokenDeliveryMode.Ping, store: s.Store, f: s.F, op: "other-op");
        other.Run();
        await other.SettleAsync();
        Assert.Equal(401, (await other.Scheduler.ReceiveAsync("other-op", "Bearer " + s.NotificationToken, "{\"auth_req_id\":\"req-1\"}"u8.ToArray())).Status);
    }

    [Fact]
    public async Task RunAsync_PushThatNeverComes_GivesUpAtTheEnd()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Push);
        s.Run();
        var pending = await s.StartAsync();
        await s.PassAsync(120);
        Assert.Equal(CibaClientErrorCodes.GaveUp, (await s.Scheduler.TryTakeAsync(pending.Id))!.Result.Error!.Code);
    }

    [Fact]
    public async Task WaitAsync_ClientOfPush_IsMisuse()
    {
        using var f = new CibaFixture(options => options.DeliveryMode = TokenDeliveryMode.Push);
        await Assert.ThrowsAsync<InvalidOperationException>(() => f.Client.WaitAsync(f.Authentication));
        await Assert.ThrowsAsync<InvalidOperationException>(() => f.Client.PollAsync(f.Authentication));
    }

    [Theory]
    [InlineData(TokenDeliveryMode.Ping)]
    [InlineData(TokenDeliveryMode.Push)]
    public async Task StartAsync_OpWithoutTheMode_IsRefused(TokenDeliveryMode mode)
    {
        using var f = new CibaFixture(options => options.DeliveryMode = mode);
        Assert.Equal(CibaClientErrorCodes.DeliveryModeNotSupported, (await f.Client.StartTakenAsync(f.Request, f.Op.Time)).Error!.Code);
        Assert.Empty(f.Op.To("/bc-authorize"));
    }

    [Fact]
    public async Task ToString_OfEverything_ShowsNoSecret()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Push);
        var pending = await s.StartAsync("chart-4711");
        await PushAsync(s);
        var outcome = await s.Scheduler.TryTakeAsync(pending.Id);
        var text = $"{pending} {outcome} {CibaNotification.Parse("{\"auth_req_id\":\"req-1\"}"u8.ToArray()).Value}";
        Assert.All(["chart-4711", "req-1", Pushed, s.NotificationToken], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }
}
