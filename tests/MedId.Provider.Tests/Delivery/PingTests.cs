using MedId.Ciba.Server;
using MedId.Testing;

namespace MedId.Provider.Tests.Delivery;

public sealed class PingTests
{
    [Fact]
    public async Task RunOnceAsync_Approved_PingsOnceWithTheIdAndNothingElse()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Ping)).ApprovedAsync();
        await world.RunAsync();
        await world.RunAsync();
        var ping = Assert.Single(world.Endpoint.Received);
        Assert.Equal("""{"auth_req_id":"synthetic-auth-req-id"}""", ping.Body);
        Assert.Equal("Bearer " + DeliveryWorld.Token, ping.Authorization);
        Assert.Equal(CibaPollOutcome.Approved, await world.Scene.PollAsync(world.Time.GetUtcNow()));
        Assert.Equal(CibaPollOutcome.Approved, await world.Scene.PollAsync(world.Time.GetUtcNow()));
    }

    [Fact]
    public async Task RunOnceAsync_Denied_PingsToo()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Ping)).PendingAsync();
        await world.RunAsync();
        Assert.Empty(world.Endpoint.Received);
        Assert.True(await world.Store.TryDenyRequestAsync(world.Tenant, world.Scene.RequestId, world.Time.GetUtcNow()));
        await world.RunAsync();
        Assert.Equal("""{"auth_req_id":"synthetic-auth-req-id"}""", Assert.Single(world.Endpoint.Received).Body);
        Assert.Equal(CibaPollOutcome.Denied, await world.Scene.PollAsync(world.Time.GetUtcNow()));
    }

    [Fact]
    public async Task RunOnceAsync_ClientFails_IsTriedAgainWithLongerPausesUntilTheRequestEnds()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Ping)).ApprovedAsync();
        world.Endpoint.MisbehaveNext(NotificationFault.InternalServerError, NotificationFault.ConnectionReset);
        await world.RunAsync();
        Assert.Single(world.Endpoint.Received);
        world.Time.Advance(TimeSpan.FromSeconds(0.7));
        await world.RunAsync();
        Assert.Single(world.Endpoint.Received);
        world.Time.Advance(TimeSpan.FromSeconds(0.6));
        await world.RunAsync();
        Assert.Equal(2, world.Endpoint.Received.Count);
        world.Time.Advance(TimeSpan.FromSeconds(1.5));
        await world.RunAsync();
        Assert.Equal(2, world.Endpoint.Received.Count);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.RunAsync();
        Assert.Equal(3, world.Endpoint.Received.Count);
        await world.RunAsync();
        Assert.Equal(3, world.Endpoint.Received.Count);
    }

    [Fact]
    public async Task RunOnceAsync_ClientAsksForPeace_GetsIt()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Ping)).ApprovedAsync();
        world.Endpoint.MisbehaveNext(NotificationFault.Unavailable);
        await world.RunAsync();
        world.Time.Advance(TimeSpan.FromSeconds(1.9));
        await world.RunAsync();
        Assert.Single(world.Endpoint.Received);
        world.Time.Advance(TimeSpan.FromSeconds(0.2));
        await world.RunAsync();
        Assert.Equal(2, world.Endpoint.Received.Count);
    }

    [Theory]
    [InlineData(NotificationFault.Unauthorized)]
    [InlineData(NotificationFault.Forbidden)]
    [InlineData(NotificationFault.BadRequest)]
    [InlineData(NotificationFault.Redirect)]
    public async Task RunOnceAsync_ClientRefuses_IsNotToldAgainAndGetsItsAnswerByAsking(NotificationFault fault)
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Ping)).ApprovedAsync();
        world.Endpoint.Misbehave(fault);
        await world.RunAsync();
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.RunAsync();
        Assert.Single(world.Endpoint.Received);
        Assert.Equal(CibaPollOutcome.Approved, await world.Scene.PollAsync(world.Time.GetUtcNow()));
    }

    [Fact]
    public async Task RunOnceAsync_NobodyThere_EndsWithTheRequest()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Ping, isDown: true)).ApprovedAsync();
        for (var i = 0; i < 30; i++)
        {
            await world.RunAsync();
            world.Time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Empty(await world.Store.LeaseMessagesAsync(world.Tenant, (string[])[OutboxKinds.Ping], world.Time.GetUtcNow(), TimeSpan.FromSeconds(1), 8));
    }

    [Fact]
    public async Task RunOnceAsync_ClientAskedMeanwhile_IsNotTold()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Ping)).ApprovedAsync();
        Assert.True(await world.Store.TryRedeemRequestAsync(world.Tenant, world.Scene.RequestId, null, world.Time.GetUtcNow()));
        await world.RunAsync();
        Assert.Empty(world.Endpoint.Received);
    }

    [Fact]
    public async Task RunOnceAsync_DecidedBeforeTheAcknowledgementCanHaveArrived_WaitsForIt()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Ping)).PendingAsync();
        world.Time.SetUtcNow(StoreScene.Now);
        Assert.True(await world.Store.TryDenyRequestAsync(world.Tenant, world.Scene.RequestId, world.Time.GetUtcNow()));
        await world.RunAsync();
        Assert.Empty(world.Endpoint.Received);
        world.Time.Advance(TimeSpan.FromMilliseconds(300));
        await world.RunAsync();
        Assert.Single(world.Endpoint.Received);
    }

    [Fact]
    public async Task RunOnceAsync_ClientIsRegisteredOtherwiseByNow_IsNotTold()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Ping)).ApprovedAsync();
        world.Clients = new(new OAuth.Server.ClientRegistration(world.Tenant, world.Client.Metadata with
        {
            BackchannelTokenDeliveryMode = "poll",
            ClientSecret = "synthetic secret: 32 characters +",
        }));
        await world.RunAsync();
        Assert.Empty(world.Endpoint.Received);
    }
}
