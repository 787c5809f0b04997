using System.Diagnostics;
using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Ping, push and long polling through the whole host: endpoints, outbox worker, sender.</summary>
public sealed class DeliveryTests
{
    private static JsonObject Client(string id, string mode, string endpoint) => new()
    {
        ["client_id"] = id,
        ["client_secret"] = LabWorld.Secret,
        ["token_endpoint_auth_method"] = "client_secret_basic",
        ["backchannel_token_delivery_mode"] = mode,
        ["backchannel_client_notification_endpoint"] = endpoint,
    };

    private static async Task<(LabWorld World, TestNotificationEndpoint Endpoint, string AuthReqId)> OpenAsync(string mode)
    {
        var endpoint = await TestNotificationEndpoint.StartAsync(TestContext.Current.CancellationToken);
        var world = await LabWorld.StartAsync();
        (await world.HookAsync("clients", Client("told", mode, endpoint.PlainUrl))).Expect(201);
        var id = await world.OpenAsync("told", null, ("client_notification_token", LabWorld.Notification));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        return (world, endpoint, id);
    }

    [Theory]
    [InlineData("approve", 200)]
    [InlineData("deny", 400)]
    public async Task Ping_Decided_IsSentAndTheClientAsksAtOnce(string verb, int status)
    {
        var (world, endpoint, id) = await OpenAsync("ping");
        await using var _ = world;
        await using var __ = endpoint;
        Assert.Equal("authorization_pending", (await world.PollAsync(id, "told"))["error"]);
        (await world.DecideAsync(id, verb)).Expect(200);
        Assert.True(await endpoint.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        var ping = Assert.Single(endpoint.Received);
        Assert.Equal($$"""{"auth_req_id":"{{id}}"}""", ping.Body);
        Assert.Equal("Bearer " + LabWorld.Notification, ping.Authorization);

        // Asked long before the interval is over.
        Assert.Equal(status, (await world.PollAsync(id, "told")).Status);
    }

    [Fact]
    public async Task Push_Approved_IsSentOnceAndNothingIsFetched()
    {
        var (world, endpoint, id) = await OpenAsync("push");
        await using var _ = world;
        await using var __ = endpoint;
        (await world.DecideAsync(id)).Expect(200);
        Assert.True(await endpoint.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        var push = JsonNode.Parse(Assert.Single(endpoint.Received).Body)!.AsObject();
        Assert.Equal(id, (string?)push["auth_req_id"]);
        Assert.Equal(id, (string?)Jwt.Claims((string)push["id_token"]!)["urn:openid:params:jwt:claim:auth_req_id"]);
        Assert.Equal("unauthorized_client", (await world.PollAsync(id, "told"))["error"]);
        Assert.False(await endpoint.WaitAsync(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Push_Denied_IsToldSo()
    {
        var (world, endpoint, id) = await OpenAsync("push");
        await using var _ = world;
        await using var __ = endpoint;
        (await world.DecideAsync(id, "deny")).Expect(200);
        Assert.True(await endpoint.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Equal("access_denied", (string?)JsonNode.Parse(Assert.Single(endpoint.Received).Body)!["error"]);
    }

    [Fact]
    public async Task Push_NobodyDecides_IsToldAtTheEnd()
    {
        var (world, endpoint, id) = await OpenAsync("push");
        await using var _ = world;
        await using var __ = endpoint;
        world.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.True(await endpoint.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal("expired_token", (string?)JsonNode.Parse(Assert.Single(endpoint.Received).Body)!["error"]);
        Assert.NotEmpty(id);
    }

    [Fact]
    public async Task Poll_Held_IsAnsweredWhenThePersonDecides()
    {
        await using var world = await LabWorld.StartAsync(builder => builder.AddCiba(ciba => ciba.LongPollHold = TimeSpan.FromSeconds(30)));
        var id = await world.OpenAsync();
        var held = world.PollAsync(id);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(held.IsCompleted);
        var started = Stopwatch.StartNew();
        (await world.DecideAsync(id)).Expect(200);
        (await held.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Expect(200);
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Poll_HeldWhenTheHostStops_IsAnsweredBeforeItStops()
    {
        var world = await LabWorld.StartAsync(builder => builder.AddCiba(ciba => ciba.LongPollHold = TimeSpan.FromSeconds(30)));
        var held = world.PollAsync(await world.OpenAsync());
        await Task.Delay(300, TestContext.Current.CancellationToken);
        world.StopSoon();
        Assert.Equal("authorization_pending", (await held.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken))["error"]);
        await world.DisposeAsync();
    }
}
