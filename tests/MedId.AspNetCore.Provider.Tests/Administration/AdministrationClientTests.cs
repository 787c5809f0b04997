using System.Text.Json.Nodes;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests.Administration;

/// <summary>The durable registry of clients.</summary>
public sealed class AdministrationClientTests
{
    [Fact]
    public async Task Client_RegisteredWhileTheOpRuns_AsksAtOnceAndIsNeverShownItsSecretAgain()
    {
        var (console, phone) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;

        var made = (await console.PutAsync("/clients/ehr-new", Registration(), AdminConsole.Operator, 0)).Expect(201);
        var secret = made["client_secret"];
        Assert.Equal(64, secret.Length);
        Assert.Equal(1, made.Version);
        Assert.Equal("invalid_request", (await BasicAsync(world, "ehr-new", secret)).Error);
        Assert.Equal("invalid_client", (await BasicAsync(world, "ehr-new", secret + "x")).Error);

        var read = (await console.GetAsync("/clients/ehr-new")).Expect(200);
        Assert.DoesNotContain("client_secret\"", read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await console.GetAsync("/clients")).Expect(200).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("digest", read.Text, StringComparison.Ordinal);
        Assert.Equal(("active", 1), ((string?)read.Json["status"], (int)read.Json["secrets"]!));

        // The same again changes nothing, and makes no second secret.
        var again = (await console.PutAsync("/clients/ehr-new", Registration(), AdminConsole.Operator, 0)).Expect(201);
        Assert.Equal(1, again.Version);
        Assert.Null(again.Json["client_secret"]);
        var changed = (await console.PutAsync("/clients/ehr-new", Registration(name: "Another name"), AdminConsole.Operator, 1)).Expect(200);
        Assert.Equal(2, changed.Version);
        Assert.Equal("invalid_request", (await BasicAsync(world, "ehr-new", secret)).Error);

        var line = (await console.TrailAsync()).Last(one => one.Event == AuditEventKind.ClientChanged);
        Assert.Equal(("ehr-new", "client-changed", AdminConsole.Operator), (line.ObjectId, line.Reason, line.Agents[0].Id));
        _ = phone;
    }

    [Fact]
    public async Task Versions_WrongOrMissing_AreRefused()
    {
        var (console, _) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;

        Assert.Equal((428, ProviderErrorCodes.AdministrationPrecondition), Is(await console.PutAsync("/clients/ehr-new", Registration())));
        Assert.Equal((412, ProviderErrorCodes.AdministrationConflict), Is(await console.PutAsync("/clients/ehr-new", Registration(), match: 3)));
        (await console.PutAsync("/clients/ehr-new", Registration(), match: 0)).Expect(201);
        Assert.Equal((412, ProviderErrorCodes.AdministrationConflict), Is(await console.PutAsync("/clients/ehr-new", Registration(name: "Other"), match: 0)));
        Assert.Equal((412, ProviderErrorCodes.AdministrationConflict), Is(await console.DeleteAsync("/clients/ehr-new", 2)));
        Assert.Equal(400, (await console.SendAsync(HttpMethod.Delete, "/clients/ehr-new", null, AdminConsole.Officer, change: request => request.Headers.TryAddWithoutValidation("If-Match", "*"))).Status);
        Assert.Equal((412, ProviderErrorCodes.AdministrationConflict), Is(await console.PostAsync("/clients/ehr-new/secret", match: 9)));
    }

    [Fact]
    public async Task Registration_ThatThisOpDoesNotTake_IsRefused()
    {
        var (console, _) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;

        Assert.Equal((400, ProviderErrorCodes.ClientRefused), Is(await console.PutAsync("/clients/ehr-new", Registration(change: json => json["client_secret"] = new string('x', 40)), match: 0)));
        Assert.Equal(ProviderErrorCodes.ClientRefused, (await console.PutAsync("/clients/ehr-new", Registration(change: json => json["client_id"] = "another"), match: 0)).Code);
        Assert.Equal(ProviderErrorCodes.ClientRefused, (await console.PutAsync("/clients/ehr-new", Registration(change: json => json["resources"] = new JsonArray("/no-uri")), match: 0)).Code);
        Assert.Equal(ProviderErrorCodes.ClientRefused, (await console.PutAsync("/clients/ehr-new", Registration(change: json => json["token_endpoint_auth_method"] = "private_key_jwt"), match: 0)).Code);
        Assert.Equal(ProviderErrorCodes.ClientRefused, (await console.PutAsync("/clients/ehr%20new", Registration(), match: 0)).Code);
        Assert.Equal((409, ProviderErrorCodes.AdministrationConfigured), Is(await console.PutAsync("/clients/ehr-clinic-a", Registration(), match: 0)));
        Assert.Equal(ProviderErrorCodes.AdministrationConfigured, (await console.PutAsync("/clients/" + AdminConsole.ClientId, Registration(), match: 0)).Code);
        Assert.Equal(ProviderErrorCodes.AdministrationConfigured, (await console.PostAsync("/clients/ehr-clinic-a/suspension")).Code);
        Assert.Equal((404, ProviderErrorCodes.AdministrationUnknown), Is(await console.GetAsync("/clients/nobody")));
        Assert.Equal(ProviderErrorCodes.AdministrationUnknown, (await console.PostAsync("/clients/nobody/suspension")).Code);
        Assert.Equal(400, (await console.PutAsync("/clients/ehr-new", Registration(change: json => json["served_resources"] = new JsonArray(OpWorld.Resource)), match: 0)).Status);
    }

    [Fact]
    public async Task Client_ReadAndSentBack_IsTheSameAndKeepsNothingOfTheAnswer()
    {
        var (console, _) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        (await console.PutAsync("/clients/ehr-new", Registration(), match: 0)).Expect(201);
        var read = (JsonObject)(await console.GetAsync("/clients/ehr-new")).Expect(200).Json;
        Assert.Equal(1, (await console.PutAsync("/clients/ehr-new", (JsonObject)read.DeepClone(), match: 1)).Expect(200).Version);

        // What an answer says of a client is never what somebody wrote into its registration.
        read["client_name"] = "Another name";
        read["status"] = "suspended";
        var changed = (await console.PutAsync("/clients/ehr-new", read, match: 1)).Expect(200);
        Assert.Equal((2, "active"), (changed.Version, (string?)changed.Json["status"]));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(changed.Text, "\"status\""));
    }

    [Fact]
    public async Task Client_SuspendedRemovedAndItsSecretRotated_CountsAtOnce()
    {
        var (console, _) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        var first = (await console.PutAsync("/clients/ehr-new", Registration(), match: 0)).Expect(201)["client_secret"];

        (await console.PostAsync("/clients/ehr-new/suspension", actor: AdminConsole.Operator)).Expect(200);
        Assert.Equal("invalid_client", (await BasicAsync(world, "ehr-new", first)).Error);
        Assert.Equal(2, (await console.PostAsync("/clients/ehr-new/suspension")).Expect(200).Version);
        Assert.Equal(3, (await console.PostAsync("/clients/ehr-new/resumption")).Expect(200).Version);
        Assert.Equal("invalid_request", (await BasicAsync(world, "ehr-new", first)).Error);

        var second = (await console.PostAsync("/clients/ehr-new/secret", new() { ["overlap_seconds"] = 60 }, match: 3)).Expect(200)["client_secret"];
        Assert.Equal("invalid_request", (await BasicAsync(world, "ehr-new", first)).Error);
        Assert.Equal("invalid_request", (await BasicAsync(world, "ehr-new", second)).Error);
        world.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("invalid_client", (await BasicAsync(world, "ehr-new", first)).Error);
        Assert.Equal("invalid_request", (await BasicAsync(world, "ehr-new", second)).Error);
        var third = (await console.PostAsync("/clients/ehr-new/secret", match: 4)).Expect(200)["client_secret"];
        Assert.Equal("invalid_client", (await BasicAsync(world, "ehr-new", second)).Error);

        Assert.Equal(204, (await console.DeleteAsync("/clients/ehr-new", 5)).Status);
        Assert.Equal(204, (await console.DeleteAsync("/clients/ehr-new", 5)).Status);
        Assert.Equal("invalid_client", (await BasicAsync(world, "ehr-new", third)).Error);
        Assert.Equal(412, (await console.PutAsync("/clients/ehr-new", Registration(), match: 0)).Status);
        var back = (await console.PutAsync("/clients/ehr-new", Registration(), match: 6)).Expect(200);
        Assert.NotEqual(third, back["client_secret"]);
        Assert.Equal(
            ["client-registered", "client-suspended", "client-resumed", "secret-rotated", "secret-rotated", "client-removed", "client-registered"],
            (await console.TrailAsync()).Where(line => line.Event == AuditEventKind.ClientChanged).Select(line => line.Reason));
    }

    [Fact]
    public async Task ResourceServer_Registered_IntrospectsAndIsListedApart()
    {
        var (console, phone) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;

        var server = new JsonObject { ["token_endpoint_auth_method"] = "client_secret_basic", ["grant_types"] = new JsonArray(), ["served_resources"] = new JsonArray(OpWorld.Resource) };
        var secret = (await console.PutAsync("/resource-servers/api-new", server, match: 0)).Expect(201)["client_secret"];
        (await console.PutAsync("/clients/ehr-new", Registration(), match: 0)).Expect(201);
        Assert.Equal("api-new", (string?)Assert.Single((await console.GetAsync("/resource-servers")).Json["resource_servers"]!.AsArray())!["client_id"]);
        Assert.Equal("ehr-new", (string?)Assert.Single((await console.GetAsync("/clients")).Json["clients"]!.AsArray())!["client_id"]);
        Assert.Equal(404, (await console.GetAsync("/clients/api-new")).Status);
        Assert.Equal(404, (await console.PostAsync("/clients/api-new/suspension")).Status);

        var token = await TokenAsync(world, phone);
        Assert.True((bool)(await IntrospectAsync(world, token, "api-new", secret)).Expect(200).Json["active"]!);
        (await console.PostAsync("/resource-servers/api-new/suspension")).Expect(200);
        Assert.Equal(401, (await IntrospectAsync(world, token, "api-new", secret)).Status);
    }

    [Fact]
    public async Task List_Pages_AreWholeAndEnd()
    {
        var (console, _) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        foreach (var id in (string[])["c", "a", "b", "d", "e"])
        {
            (await console.PutAsync("/clients/" + id, Registration(), match: 0)).Expect(201);
        }

        List<string> seen = [];
        var next = string.Empty;
        do
        {
            var page = (await console.GetAsync("/clients?limit=2" + (next.Length == 0 ? string.Empty : "&after=" + next))).Expect(200);
            seen.AddRange(page.Json["clients"]!.AsArray().Select(one => (string)one!["client_id"]!));
            next = (string?)page.Json["next"] ?? string.Empty;
        }
        while (next.Length > 0);
        Assert.Equal(["a", "b", "c", "d", "e"], seen);
        Assert.Equal(400, (await console.GetAsync("/clients?limit=0")).Status);
        Assert.Equal(400, (await console.GetAsync("/clients?limit=201")).Status);
        Assert.Equal(400, (await console.GetAsync("/clients?limit=1&limit=2")).Status);
    }

    [Fact]
    public async Task Registry_OverSqlite_IsThereAfterARestartAndOnTheOtherNode()
    {
        using var console = new AdminConsole();
        await using var world = await OpWorld.StartAsync(console.Settings(new() { Sqlite = true }));
        console.Watch(world);
        var secret = (await console.PutAsync("/clients/ehr-new", Registration(), match: 0)).Expect(201)["client_secret"];

        var other = await world.AddInstanceAsync();
        Assert.Equal("invalid_request", (await BasicAsync(world, "ehr-new", secret, other)).Error);
        (await console.PostAsync("/clients/ehr-new/suspension")).Expect(200);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("invalid_client", (await BasicAsync(world, "ehr-new", secret, other)).Error);
    }

    [Fact]
    public async Task Registry_StorageAway_FailsClosed()
    {
        var away = false;
        using var console = await AdminConsole.StartAsync(new()
        {
            Before = (verb, _) =>
            {
                if (away && verb == nameof(IProviderStore.FindSettingAsync))
                {
                    throw new IOException("the disk is away");
                }
            },
        });
        await using var world = console.World;
        var secret = (await console.PutAsync("/clients/ehr-new", Registration(), match: 0)).Expect(201)["client_secret"];
        Assert.Equal("invalid_request", (await BasicAsync(world, "ehr-new", secret)).Error);

        away = true;
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(500, (await BasicAsync(world, "ehr-new", secret)).Status);
        Assert.Equal(500, (await BasicAsync(world, "nobody", secret)).Status);
        away = false;
        Assert.Equal("invalid_request", (await BasicAsync(world, "ehr-new", secret)).Error);
    }

    internal static async Task<string> TokenAsync(OpWorld world, Phone phone)
    {
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id, [OpWorld.Basic])).UafStatus);
        return (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200)["access_token"];
    }

    internal static JsonObject Registration(string name = "Synthetic", Action<JsonObject>? change = null)
    {
        var json = new JsonObject
        {
            ["client_name"] = name,
            ["client_name#ja"] = "架空クリニック",
            ["token_endpoint_auth_method"] = "client_secret_basic",
            ["grant_types"] = new JsonArray("urn:openid:params:grant-type:ciba"),
            ["backchannel_token_delivery_mode"] = "poll",
            ["scope"] = "openid " + OpWorld.Basic,
            ["resources"] = new JsonArray(OpWorld.Resource),
        };
        change?.Invoke(json);
        return json;
    }

    internal static Task<WireAnswer> BasicAsync(OpWorld world, string id, string secret, HttpClient? http = null) =>
        world.SendFormAsync("/token", [new("scope", "openid")], request => request.Headers.Authorization = Ehr.BasicHeader(id, secret), http);

    private static Task<WireAnswer> IntrospectAsync(OpWorld world, string token, string id, string secret) =>
        world.SendFormAsync("/introspect", [new("token", token)], request => request.Headers.Authorization = Ehr.BasicHeader(id, secret));

    private static (int Status, string? Code) Is(AdminAnswer answer) => (answer.Status, answer.Code);

    private static async Task<(AdminConsole Console, Phone Phone)> StartAsync()
    {
        var console = await AdminConsole.StartAsync();
        await console.World.PutAccountAsync("synthetic-account-a");
        var phone = new Phone(console.World, "synthetic-account-a");
        Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);
        return (console, phone);
    }
}
