using MedId.Ciba.Server;
using MedId.OAuth;
using MedId.Testing;

namespace MedId.Provider.Tests.Delivery;

/// <summary>A client whose endpoint is dead or slow is left alone for a while, all its messages together.</summary>
public sealed class ClientPauseTests
{
    [Fact]
    public async Task Handle_ClientIsAwayAgainAndAgain_IsLeftAloneAndTriedAfterwards()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Ping)).ApprovedAsync();
        world.Endpoint.Misbehave(NotificationFault.InternalServerError);
        var (handler, message) = (world.Handler(), await world.LeaseAsync());
        for (var strike = 1; strike <= 4; strike++)
        {
            Assert.NotNull((await handler.HandleAsync(message, TestContext.Current.CancellationToken)).DueAt);
        }

        var left = await handler.HandleAsync(message, TestContext.Current.CancellationToken);
        Assert.Equal(4, world.Endpoint.Received.Count);
        Assert.InRange(left.DueAt!.Value - world.Time.GetUtcNow(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.2));
        Assert.Equal(CibaErrorCodes.NotificationUnreachable, (await handler.HandleAsync(message with { ExpiresAt = world.Time.GetUtcNow().AddSeconds(1) }, TestContext.Current.CancellationToken)).Code);

        world.Endpoint.Misbehave(NotificationFault.None);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(OutboxOutcome.Done, await handler.HandleAsync(message, TestContext.Current.CancellationToken));
        world.Endpoint.Misbehave(NotificationFault.InternalServerError);
        await handler.HandleAsync(message, TestContext.Current.CancellationToken);
        await handler.HandleAsync(message, TestContext.Current.CancellationToken);
        Assert.Equal(7, world.Endpoint.Received.Count);
    }

    [Fact]
    public async Task Handle_ClientIsSlow_IsLeftAloneToo()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Ping)).ApprovedAsync();
        var sent = 0;
        using var http = new HttpClient(new Slow(() =>
        {
            sent++;
            world.Time.Advance(TimeSpan.FromSeconds(2));
        }));
        var handler = new PingHandler(world.Store, world.Clients, new CibaNotificationSender(http, new GuardedHttpOptions { AllowHttpOnLoopback = true }), world.Time);
        var message = await world.LeaseAsync();
        for (var strike = 1; strike <= 4; strike++)
        {
            Assert.Equal(OutboxOutcome.Done, await handler.HandleAsync(message, TestContext.Current.CancellationToken));
        }

        Assert.NotNull((await handler.HandleAsync(message, TestContext.Current.CancellationToken)).DueAt);
        Assert.Equal(4, sent);
    }

    [Fact]
    public void Pauses_GrowToAMinuteAndTakeWhatTheClientAsksFor()
    {
        var time = new TestSupport.ManualTimeProvider(ProviderWorld.Start);
        var pauses = new ClientPauses(time);
        List<double> seconds = [];
        for (var strike = 1; strike <= 11; strike++)
        {
            pauses.Sent("one", TimeSpan.Zero, isAway: true, retryAfter: null);
            seconds.Add((pauses.Until("one") - time.GetUtcNow())?.TotalSeconds ?? 0);
        }

        Assert.Equal([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60], seconds);
        Assert.Null(pauses.Until("two"));
        pauses.Sent("two", TimeSpan.Zero, isAway: true, TimeSpan.FromSeconds(30));
        Assert.Equal(time.GetUtcNow().AddSeconds(30), pauses.Until("two"));
        pauses.Sent("three", TimeSpan.Zero, isAway: true, TimeSpan.FromDays(1));
        Assert.Equal(time.GetUtcNow().AddSeconds(60), pauses.Until("three"));
        pauses.Sent("one", TimeSpan.Zero, isAway: false, retryAfter: null);
        Assert.Null(pauses.Until("one"));
    }

    private sealed class Slow(Action takes) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            takes();
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NoContent));
        }
    }
}
