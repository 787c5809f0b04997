using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>The lab hook: what it opens, and to whom it does not.</summary>
public class LabHookTests
{
    [Theory]
    [InlineData("approve")]
    [InlineData("deny")]
    [InlineData("expire")]
    public async Task SecondDecision_Is4xxAndChangesNothing(string first)
    {
        await using var world = await LabWorld.StartAsync();
        var id = await world.OpenAsync(decide: first);
        var before = await world.PollAsync(id);

        foreach (var verb in (string[])["approve", "deny", "expire"])
        {
            Assert.Equal(409, (await world.DecideAsync(id, verb)).Status);
        }

        Assert.Equal(first == "approve" ? 200 : 400, before.Status);
    }

    [Fact]
    public async Task LateDecision_Is4xx()
    {
        await using var world = await LabWorld.StartAsync();
        var id = await world.OpenAsync(parameters: ("requested_expiry", "30"));
        world.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(409, (await world.DecideAsync(id)).Status);
        Assert.Equal("expired_token", (await world.PollAsync(id))["error"]);
    }

    [Fact]
    public async Task Request_IsShownByWhatTheClientHolds_AndUnknownIs404()
    {
        await using var world = await LabWorld.StartAsync();
        var id = await world.OpenAsync();

        var seen = (await world.SendAsync(HttpMethod.Get, "/_lab/requests/" + id, content: null)).Expect(200);

        Assert.Equal(id, seen["id"]);
        Assert.NotEqual(id, seen["request"]);
        Assert.Equal(404, (await world.SendAsync(HttpMethod.Get, "/_lab/requests/unknown-request", content: null)).Status);
    }

    [Fact]
    public async Task Last_IsTheNewestRequest_AndUnknownIs404()
    {
        await using var world = await LabWorld.StartAsync();
        Assert.Equal(404, (await world.DecideAsync("last")).Status);
        await world.OpenAsync();
        var newest = await world.OpenAsync();

        Assert.Equal(newest, (await world.DecideAsync("last")).Expect(200)["id"]);
        Assert.Equal(404, (await world.DecideAsync("unknown-request")).Status);
        Assert.Equal(404, (await world.DecideAsync(newest, "forget")).Status);
        Assert.Equal(404, (await world.HookAsync("nothing")).Status);
    }

    [Theory]
    [InlineData("""{"authenticator":"card"}""", 400)]
    [InlineData("""{"scope":"patient/Patient.rs"}""", 409)]
    [InlineData("""{"authenticator":"fido2"}""", 409)]
    public async Task Approve_ThatTheRulesDoNotAllow_Is4xxAndStaysOpen(string body, int status)
    {
        await using var world = await LabWorld.StartAsync();
        var id = await world.OpenAsync("basic", null, ("scope", "openid patient/Observation.rs"), ("acr_values", "urn:medid:ial3:aal3"));

        Assert.Equal(status, (await world.DecideAsync(id, body: JsonNode.Parse(body)!.AsObject())).Status);
        Assert.Equal("authorization_pending", (await world.PollAsync(id))["error"]);
    }

    [Fact]
    public async Task Approve_WithFewerScopes_Narrows()
    {
        await using var world = await LabWorld.StartAsync();
        var id = await world.OpenAsync("basic", null, ("scope", "openid patient/Observation.rs patient/Patient.rs"));

        (await world.DecideAsync(id, body: new() { ["scope"] = "openid patient/Patient.rs" })).Expect(200);

        Assert.Equal("openid patient/Patient.rs", (await world.PollAsync(id)).Expect(200)["scope"]);
    }

    [Theory]
    [InlineData("approve", 200)]
    [InlineData("deny", 400)]
    public async Task Policy_DecidesBeforeTheAcknowledgement(string mode, int status)
    {
        await using var world = await LabWorld.StartAsync();
        (await world.HookAsync("policy", new() { ["mode"] = mode, ["delayMs"] = 0 })).Expect(200);

        Assert.Equal(status, (await world.PollAsync(await world.OpenAsync())).Status);

        (await world.HookAsync("reset")).Expect(200);
        Assert.Equal("authorization_pending", (await world.PollAsync(await world.OpenAsync()))["error"]);
    }

    [Theory]
    [InlineData("""{"mode":"perhaps"}""")]
    [InlineData("""{"delayMs":-1}""")]
    [InlineData("""[]""")]
    public async Task Policy_ThatIsNone_Is400(string body)
    {
        await using var world = await LabWorld.StartAsync();

        var answer = await world.SendAsync(HttpMethod.Post, "/_lab/policy", new StringContent(body));

        Assert.Equal(400, answer.Status);
    }

    [Theory]
    [InlineData("""{"client_id":"x","client_secret":"short","token_endpoint_auth_method":"client_secret_basic"}""", 400)]
    [InlineData("""{"client_id":"x","token_endpoint_auth_method":"private_key_jwt"}""", 400)]
    [InlineData("""{"client_id":"x","token_endpoint_auth_method":"none"}""", 400)]
    [InlineData("""{"client_id":"x","client_secret":"a-secret-of-at-least-thirty-two-characters","id_token_signed_response_alg":"PS512"}""", 400)]
    [InlineData("""{"client_id":"x","client_secret":"a-secret-of-at-least-thirty-two-characters","backchannel_token_delivery_mode":"ping"}""", 400)]
    [InlineData("""{"client_id":"x","client_secret":"a-secret-of-at-least-thirty-two-characters","backchannel_token_delivery_mode":"ping","backchannel_client_notification_endpoint":"http://client.example/cb"}""", 400)]
    [InlineData("""{"client_id":"x","client_secret":"a-secret-of-at-least-thirty-two-characters","backchannel_token_delivery_mode":"ping","backchannel_client_notification_endpoint":"https://10.0.0.1/cb"}""", 400)]
    [InlineData("""{"client_id":"x","client_secret":"a-secret-of-at-least-thirty-two-characters","backchannel_token_delivery_mode":"push","backchannel_client_notification_endpoint":"http://192.168.1.2/cb"}""", 400)]
    [InlineData("""{"client_id":"x","client_secret":"a-secret-of-at-least-thirty-two-characters","backchannel_token_delivery_mode":"ping","backchannel_client_notification_endpoint":"http://169.254.169.254/cb"}""", 400)]
    [InlineData("""{"client_id":"x","client_secret":"a-secret-of-at-least-thirty-two-characters","backchannel_token_delivery_mode":"ping","backchannel_client_notification_endpoint":"http://127.0.0.1:1/cb"}""", 201)]
    [InlineData("""{"client_id":"x","client_secret":"a-secret-of-at-least-thirty-two-characters","backchannel_token_delivery_mode":"push","backchannel_client_notification_endpoint":"https://client.example/cb"}""", 201)]
    public async Task Clients_AreRegisteredByTheRulesOfTheOp(string metadata, int status)
    {
        await using var world = await LabWorld.StartAsync();

        Assert.Equal(status, (await world.HookAsync("clients", JsonNode.Parse(metadata)!.AsObject())).Status);
    }

    [Fact]
    public async Task Clients_AreReplacedWhileTheOpRuns()
    {
        await using var world = await LabWorld.StartAsync();
        const string next = "another-secret-of-at-least-thirty-two-characters";

        (await world.HookAsync("clients", new() { ["client_id"] = "basic", ["client_secret"] = next })).Expect(201);

        (await world.AskAsync("basic")).Expect(401);
        var answer = await world.FormAsync("/bc-authorize", [new("scope", "openid"), new("login_hint", "alice")], r => r.Headers.Authorization = LabWorld.Basic("basic", next));
        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Users_AreAddedChangedAndSuspended()
    {
        await using var world = await LabWorld.StartAsync();
        (await world.HookAsync("users", new() { ["id"] = "carol", ["userCode"] = "9876" })).Expect(200);
        (await world.AskAsync("ucode", ("login_hint", "carol"), ("user_code", "9876"))).Expect(200);

        (await world.HookAsync("users", new() { ["id"] = "carol", ["active"] = false })).Expect(200);
        (await world.AskAsync("basic", ("login_hint", "carol"))).Expect(403);
        (await world.HookAsync("users", new() { ["id"] = "carol", ["active"] = true })).Expect(200);
        (await world.AskAsync("basic", ("login_hint", "carol"))).Expect(200);

        (await world.HookAsync("users/carol/suspend")).Expect(200);
        (await world.AskAsync("basic", ("login_hint", "carol"))).Expect(403);
        (await world.HookAsync("reset")).Expect(200);
        (await world.AskAsync("basic", ("login_hint", "carol"))).Expect(200);
        Assert.Equal(404, (await world.HookAsync("users/nobody/suspend")).Status);
        Assert.Equal(400, (await world.HookAsync("users", new() { ["id"] = "unknown-person" })).Status);
    }

    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("acct:alice", "alice")]
    [InlineData("+819012345678", "+819012345678")]
    public async Task EveryHint_NamesTheSamePersonEachTime(string hint, string subject)
    {
        await using var world = await LabWorld.StartAsync();

        var tokens = (await world.PollAsync(await world.OpenAsync("basic", "approve", ("login_hint", hint)))).Expect(200);

        Assert.Equal(subject, (string?)Jwt.Claims(tokens["id_token"])["sub"]);
        var again = (await world.PollAsync(await world.OpenAsync("basic", "approve", ("login_hint", ""), ("id_token_hint", tokens["id_token"])))).Expect(200);
        Assert.Equal(subject, (string?)Jwt.Claims(again["id_token"])["sub"]);
    }

    [Fact]
    public async Task Suspended_BetweenApprovalAndPoll_GetsNoTokens()
    {
        await using var world = await LabWorld.StartAsync();
        var id = await world.OpenAsync(decide: "approve");

        (await world.HookAsync("users/alice/suspend")).Expect(200);

        Assert.Equal(400, (await world.PollAsync(id)).Status);
    }

    [Theory]
    [InlineData("Forwarded", "for=203.0.113.5")]
    [InlineData("X-Forwarded-For", "203.0.113.5")]
    public async Task ForwardedCaller_FindsNoHook(string header, string value)
    {
        await using var world = await LabWorld.StartAsync();

        Assert.Equal(404, (await world.SendAsync(HttpMethod.Get, "/_lab/state", content: null, r => r.Headers.Add(header, value))).Status);
    }

    [Fact]
    public void Map_WithoutALabOrOnAnotherAddress_IsRefused()
    {
        var without = WebApplication.CreateSlimBuilder().Build();
        Assert.Throws<InvalidOperationException>(() => without.MapMedIdLab());
    }

    [Fact]
    public async Task ManyRequests_OfManyPeopleAtOnce_AreAllDecidedOnce()
    {
        await using var world = await LabWorld.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
            (await world.PollAsync(await world.OpenAsync("basic", "approve", ("login_hint", "patient-" + (i % 7))))).Status));

        Assert.All(answers, status => Assert.Equal(200, status));
    }
}
