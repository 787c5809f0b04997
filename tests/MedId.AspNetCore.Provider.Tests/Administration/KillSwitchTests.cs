using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests.Administration;

/// <summary>The kill switch: at once, on every node, as a dated and signed line.</summary>
public sealed class KillSwitchTests
{
    [Fact]
    public async Task Requests_Stopped_NothingNewIsTakenAndWaitingOnesGoOn()
    {
        var (console, phone) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        var waiting = (await world.Ehr.AuthorizeAsync()).Expect(200);

        var engaged = (await console.SwitchAsync("requests", "engaged")).Expect(200);
        Assert.Equal("engaged", (string?)engaged.Json["line"]!["state"]);
        var refused = await world.Ehr.AuthorizeAsync();
        Assert.Equal((503, "temporarily_unavailable", ProviderErrorCodes.RequestsStopped, "60"), (refused.Status, refused.Error, refused.Code, refused.RetryAfter));
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id, [OpWorld.Basic])).UafStatus);
        (await world.Ehr.PollAsync(waiting["auth_req_id"])).Expect(200);

        (await console.SwitchAsync("requests", "released")).Expect(200);
        (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Equal(
            [("requests", "switch-engaged", AdminConsole.Officer), ("requests", "switch-released", AdminConsole.Officer)],
            (await console.TrailAsync()).Where(line => line.Event == AuditEventKind.SwitchChanged).Select(line => (line.ObjectId!, line.Reason!, line.Agents[0].Id!)));
    }

    [Fact]
    public async Task Tokens_Stopped_NoneIsIssuedAndWhatWasApprovedIsFetchedLater()
    {
        var (console, phone) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        var token = await AdministrationClientTests.TokenAsync(world, phone);
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id, [OpWorld.Basic])).UafStatus);

        (await console.SwitchAsync("tokens", "engaged")).Expect(200);
        var refused = await world.Ehr.PollAsync(asked["auth_req_id"]);
        Assert.Equal((503, "temporarily_unavailable", "oauth_server.issue_stopped"), (refused.Status, refused.Error, refused.Code));
        Assert.True(await ActiveAsync(world, token));
        (await console.SwitchAsync("tokens", "engaged", change: claims => claims["issued_tokens"] = true)).Expect(200);
        Assert.False(await ActiveAsync(world, token));
        Assert.Equal(401, (await world.GetAsync("/userinfo", token)).Status);

        (await console.SwitchAsync("tokens", "released")).Expect(200);
        Assert.True(await ActiveAsync(world, token));
        (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);
    }

    [Fact]
    public async Task Client_Stopped_IsUnknownAndItsTokensInactive()
    {
        var (console, phone) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        var token = await AdministrationClientTests.TokenAsync(world, phone);

        (await console.SwitchAsync("client:ehr-clinic-a", "engaged")).Expect(200);
        Assert.Equal("invalid_client", (await world.Ehr.AuthorizeAsync()).Error);
        Assert.False(await ActiveAsync(world, token));
        (await world.PsEhr.AuthorizeAsync()).Expect(200);
        (await console.SwitchAsync("client:ehr-clinic-a", "released")).Expect(200);
        Assert.True(await ActiveAsync(world, token));
        var self = await console.SwitchAsync("client:" + AdminConsole.ClientId, "engaged");
        Assert.Equal((400, ProviderErrorCodes.SwitchOrderRefused), (self.Status, self.Code));
    }

    [Fact]
    public async Task ResourceServer_Stopped_EveryTokenIsInactiveToItAndNothingIsAskedForIt()
    {
        var (console, phone) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        var token = await AdministrationClientTests.TokenAsync(world, phone);

        (await console.SwitchAsync("resource-server:health-record-api", "engaged")).Expect(200);
        Assert.False(await ActiveAsync(world, token));
        Assert.Equal(ProviderErrorCodes.RequestsStopped, (await world.Ehr.AuthorizeAsync()).Code);
        (await console.SwitchAsync("resource-server:health-record-api", "released")).Expect(200);
        Assert.True(await ActiveAsync(world, token));
    }

    [Fact]
    public async Task ResourceServer_StoppedAndOtherwiseUnknown_StaysStoppedUntilTheSwitchIsReleased()
    {
        var (console, _) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;

        // Stopped as a client too.
        (await console.SwitchAsync("resource-server:health-record-api", "engaged")).Expect(200);
        (await console.SwitchAsync("client:health-record-api", "engaged")).Expect(200);
        Assert.Equal(ProviderErrorCodes.RequestsStopped, (await world.Ehr.AuthorizeAsync()).Code);
        (await console.SwitchAsync("resource-server:health-record-api", "released")).Expect(200);
        (await world.Ehr.AuthorizeAsync()).Expect(200);

        // Suspended, which needs no officer; and what would need none either is refused.
        var server = new JsonObject { ["token_endpoint_auth_method"] = "client_secret_basic", ["grant_types"] = new JsonArray(), ["served_resources"] = new JsonArray(OpWorld.Resource) };
        (await console.PutAsync("/resource-servers/api-new", server, AdminConsole.Operator, 0)).Expect(201);
        (await console.SwitchAsync("resource-server:api-new", "engaged")).Expect(200);
        (await console.PostAsync("/resource-servers/api-new/suspension", actor: AdminConsole.Operator)).Expect(200);
        Assert.Equal(ProviderErrorCodes.RequestsStopped, (await world.Ehr.AuthorizeAsync()).Code);
        server["served_resources"] = new JsonArray("https://elsewhere.example/fhir");
        var changed = await console.PutAsync("/resource-servers/api-new", server, AdminConsole.Operator, 2);
        Assert.Equal((409, ProviderErrorCodes.AdministrationStopped), (changed.Status, changed.Code));
        var removed = await console.DeleteAsync("/resource-servers/api-new", 2, AdminConsole.Operator);
        Assert.Equal((409, ProviderErrorCodes.AdministrationStopped), (removed.Status, removed.Code));
        Assert.Equal(ProviderErrorCodes.RequestsStopped, (await world.Ehr.AuthorizeAsync()).Code);
        (await console.SwitchAsync("resource-server:api-new", "released")).Expect(200);
        Assert.Equal(204, (await console.DeleteAsync("/resource-servers/api-new", 2, AdminConsole.Operator)).Status);
    }

    [Fact]
    public async Task Model_Stopped_NeitherActsNorEnrolsAndWhatItOpenedIsInactive()
    {
        var (console, phone) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        var token = await AdministrationClientTests.TokenAsync(world, phone);
        var model = (string)(await console.GetAsync("/users/synthetic-account-a/devices")).Expect(200).Json["devices"]![0]!["model"]!;

        (await console.SwitchAsync("model:" + model, "engaged")).Expect(200);
        Assert.False(await ActiveAsync(world, token));
        Assert.Equal(ProviderErrorCodes.ModelStopped, (await phone.SignInAsync()).Code);
        await world.PutAccountAsync("synthetic-account-b");
        Assert.Equal(ProviderErrorCodes.ModelStopped, (await new Phone(world, "synthetic-account-b").EnrolAsync()).Code);
        (await console.SwitchAsync("model:" + model, "released")).Expect(200);
        Assert.True(await ActiveAsync(world, token));
        Assert.Equal(1200, (await phone.SignInAsync()).UafStatus);
    }

    [Fact]
    public async Task Order_NotSignedByWhoCallsForThisOpNow_IsRefused()
    {
        var (console, _) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        await Refused(console.Order("requests", "engaged", key: other));
        await Refused(console.Order("requests", "engaged", AdminConsole.OtherOfficer));
        await Refused(console.Order("requests", "engaged", type: "JWT"));
        await Refused(console.Order("requests", "engaged", change: claims => claims["aud"] = "https://elsewhere.example"));
        await Refused(console.Order("requests", "engaged", change: claims => claims["aud"] = new JsonArray(world.Issuer)));
        await Refused(console.Order("requests", "engaged", change: claims => claims["iss"] = "ehr-clinic-a"));
        await Refused(console.Order("requests", "engaged", change: claims => claims["exp"] = world.Time.GetUtcNow().ToUnixTimeSeconds() + 600));
        await Refused(console.Order("requests", "engaged", change: claims => claims["exp"] = world.Time.GetUtcNow().ToUnixTimeSeconds() - 60));
        await Refused(console.Order("requests", "engaged", change: claims => claims.Remove("jti")));
        await Refused(console.Order("requests", "engaged", change: claims => claims.Remove("iat")));
        await Refused(console.Order("requests", "paused"));
        await Refused(console.Order("everything", "engaged"));
        await Refused(console.Order("client:", "engaged"));
        await Refused(console.Order("requests", "engaged", change: claims => claims["reason"] = "Free text of somebody"));
        await Refused(console.Order("requests", "engaged", change: claims => claims["issued_tokens"] = true));
        await Refused(console.Order("tokens", "engaged", change: claims => claims["issued_tokens"] = "yes"));
        await Refused("nonsense");
        Assert.Equal(ProviderErrorCodes.AdministrationUnknown, (await console.SwitchAsync("requests", "released")).Code);
        var order = console.Order("requests", "engaged");
        (await console.PostAsync("/switches", new() { ["order"] = order })).Expect(200);
        await Refused(order);

        async Task Refused(string made)
        {
            var answer = await console.PostAsync("/switches", new() { ["order"] = made });
            Assert.Equal((400, ProviderErrorCodes.SwitchOrderRefused), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task Line_Kept_IsTheOrderAsItWasSigned()
    {
        var (console, _) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        var order = console.Order("tokens", "engaged");
        (await console.PostAsync("/switches", new() { ["order"] = order })).Expect(200);

        var line = Assert.Single((await console.GetAsync("/switches", AdminConsole.Reader)).Expect(200).Json["switches"]!.AsArray())!;
        Assert.Equal(order, (string?)line["order"]);
        Assert.Equal(("tokens", AdminConsole.Officer, "drill"), ((string?)line["target"], (string?)line["operator"], (string?)line["reason"]));
        Assert.Equal(world.Time.GetUtcNow(), (DateTimeOffset)line["at"]!);

        // The same state again is no new line.
        (await console.SwitchAsync("tokens", "engaged", AdminConsole.Officer)).Expect(200);
        Assert.Equal(1, (await console.TrailAsync()).Count(one => one.Event == AuditEventKind.SwitchChanged));
    }

    [Fact]
    public async Task FourEyes_ReleaseAndRevocation_NeedTwoOperators()
    {
        using var console = await AdminConsole.StartAsync(change: options => options.FourEyes = true, more: builder => Microsoft.Extensions.DependencyInjection.MedIdProviderBuilderAdministrationExtensions.AddStoredSigningKeys(builder, keys => keys.Age = TimeSpan.FromDays(30)));
        await using var world = console.World;

        // To stop takes one.
        (await console.SwitchAsync("requests", "engaged")).Expect(200);
        Assert.Equal(202, (await console.SwitchAsync("requests", "released")).Status);
        Assert.Equal(202, (await console.SwitchAsync("requests", "released")).Status);
        Assert.Equal("engaged", (string?)(await console.GetAsync("/switches")).Json["switches"]![0]!["state"]);
        world.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(202, (await console.SwitchAsync("requests", "released", AdminConsole.OtherOfficer)).Status);
        var released = (await console.SwitchAsync("requests", "released", AdminConsole.Officer)).Expect(200);
        Assert.Equal((AdminConsole.OtherOfficer, AdminConsole.Officer), ((string?)released.Json["line"]!["first_operator"], (string?)released.Json["line"]!["operator"]));

        var kid = (string)(await console.GetAsync("/keys")).Json["keys"]![0]!["kid"]!;
        Assert.Equal(202, (await console.PostAsync($"/keys/{kid}/revocation")).Status);
        Assert.Equal("current", (string?)(await console.GetAsync("/keys")).Json["keys"]![0]!["state"]);
        (await console.PostAsync($"/keys/{kid}/revocation", actor: AdminConsole.OtherOfficer)).Expect(200);
        Assert.Contains((await console.GetAsync("/keys")).Json["keys"]!.AsArray(), key => (string?)key!["kid"] == kid && (string?)key["state"] == "revoked");
        Assert.Equal(2, (await console.TrailAsync()).Count(line => line.Reason == "switch-released-asked"));
    }

    [Fact]
    public async Task OtherNode_OverOneDatabase_HeedsItWithinASecond()
    {
        using var console = new AdminConsole();
        await using var world = await OpWorld.StartAsync(console.Settings(new() { Sqlite = true }));
        console.Watch(world);
        await world.PutAccountAsync("synthetic-account-a");
        Assert.Equal(1200, (await new Phone(world, "synthetic-account-a").EnrolAsync()).UafStatus);
        var other = await world.AddInstanceAsync();
        (await world.Ehr.AuthorizeAsync(http: other)).Expect(200);

        (await console.SwitchAsync("requests", "engaged")).Expect(200);
        Assert.Equal(503, (await world.Ehr.AuthorizeAsync()).Status);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(503, (await world.Ehr.AuthorizeAsync(http: other)).Status);
        (await console.SwitchAsync("requests", "released", http: other)).Expect(200);
        (await world.Ehr.AuthorizeAsync(http: other)).Expect(200);
    }

    [Fact]
    public async Task Settings_CannotBeRead_NothingOpens()
    {
        var away = false;
        using var console = await AdminConsole.StartAsync(new() { Before = (verb, _) => Fail(away && verb == nameof(IProviderStore.ListSettingsAsync)) });
        await using var world = console.World;
        await world.PutAccountAsync("synthetic-account-a");
        var phone = new Phone(world, "synthetic-account-a");
        Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);
        var token = await AdministrationClientTests.TokenAsync(world, phone);

        away = true;
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(500, (await world.Ehr.AuthorizeAsync()).Status);
        Assert.Equal(500, (await world.IntrospectAsync(token)).Status);
        away = false;
        Assert.True(await ActiveAsync(world, token));
    }

    private static void Fail(bool away)
    {
        if (away)
        {
            throw new IOException("the disk is away");
        }
    }

    private static async Task<bool> ActiveAsync(OpWorld world, string token) => (bool)(await world.IntrospectAsync(token)).Expect(200).Json["active"]!;

    private static async Task<(AdminConsole Console, Phone Phone)> StartAsync()
    {
        var console = await AdminConsole.StartAsync();
        await console.World.PutAccountAsync("synthetic-account-a");
        var phone = new Phone(console.World, "synthetic-account-a");
        Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);
        return (console, phone);
    }
}
