using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.OAuth;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Proxies as desks, parents' phones, EHRs and APIs meet them, over real HTTP. Everybody is invented.</summary>
public class ProxyTests
{
    private const string Child = "synthetic-account-child";
    private const string Parent = "synthetic-account-parent";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ParentsPhone_ForAChildWithoutOne_OpensTheChildsDataUntilTheRelationEnds(bool sqlite)
    {
        var (world, phone) = await StartAsync(sqlite);
        await using var _ = world;
        var relation = await RegisterAsync(world);

        var asked = (await world.Ehr.AuthorizeAsync(account: Child)).Expect(200);
        Assert.Equal("http://127.0.0.1:5999/parent", world.Announced.Last().Address);
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id)).UafStatus);
        var tokens = (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);

        var seen = (await world.IntrospectAsync(tokens["access_token"])).Expect(200).Json;
        Assert.Equal((true, Child, "synthetic-child"), ((bool)seen["active"]!, (string?)seen["sub"], (string?)seen["patient"]));
        var proxy = seen["consent_proxy"]!;
        Assert.Equal(["sub", "relationship", "name", "patient_name"], proxy.AsObject().Select(member => member.Key));
        Assert.Equal(("parent", "架空 太郎", "架空 花子"), ((string?)proxy["relationship"], (string?)proxy["name"], (string?)proxy["patient_name"]));
        Assert.NotEqual(Parent, (string?)proxy["sub"]);
        Assert.NotNull(seen["act"]);
        var read = IntrospectionResponse.Parse(System.Text.Json.JsonDocument.Parse(seen.ToJsonString()).RootElement).Value!.ConsentProxy!;
        Assert.Equal(("parent", "架空 太郎", "架空 花子"), (read.Relationship, read.Name, read.PatientName));
        var idToken = JsonNode.Parse(Base64Url.DecodeFromChars(((string)tokens["id_token"]).Split('.')[1]))!;
        Assert.Equal((Child, proxy.ToJsonString()), ((string?)idToken["sub"], idToken["consent_proxy"]!.ToJsonString()));

        // The parent sees what they did; the record says who acted.
        var token = Phone.Token(await phone.SignInAsync());
        var history = (await phone.ConsentsAsync(token)).Expect(200).Json;
        Assert.Empty(history["consents"]!.AsArray());
        var given = Assert.Single(history["given_for_others"]!.AsArray())!;
        Assert.Equal(("given", "架空 花子", "parent"), ((string?)given["status"], (string?)given["proxy"]!["patient_name"], (string?)given["proxy"]!["relationship"]));
        Assert.Equal("proxy", (string?)given["events"]![0]!["by"]);
        Assert.DoesNotContain(Parent, history.ToJsonString(), StringComparison.Ordinal);
        var listed = (await world.GetAsync("/device/proxies", token)).Expect(200).Json;
        Assert.Equal(("proxy", "active"), ((string?)listed["proxies"]![0]!["role"], (string?)listed["proxies"]![0]!["state"]));

        Assert.Equal(204, (await world.PostJsonAsync($"/device/proxies/{relation}/end", "{}", token)).Status);

        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"])).Text);
        Assert.Equal((409, ProviderErrorCodes.ProxyEnded), Answer(await world.PostJsonAsync($"/device/proxies/{relation}/end", "{}", token)));
        Assert.Equal("withdrawn", (string?)(await phone.ConsentsAsync(token)).Json["given_for_others"]![0]!["status"]);
        Assert.Equal("access_denied", (await world.Ehr.AuthorizeAsync(account: Child)).Error);
    }

    [Fact]
    public async Task History_OfThePerson_SaysWhoActedForThem()
    {
        var (world, phone) = await StartAsync(sqlite: false, options => options.Asking = ProxyAsking.Both);
        await using var _ = world;
        var childs = new Phone(world, Child);
        Assert.Equal(1200, (await childs.EnrolAsync()).UafStatus);
        await RegisterAsync(world, order => order["born_on"] = "2011-04-02");
        var asked = (await world.Ehr.AuthorizeAsync(account: Child)).Expect(200);
        var request = world.Announced.Last().Id;
        Assert.Equal(1200, (await phone.ConsentAsync(request)).UafStatus);
        (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);

        var token = Phone.Token(await childs.SignInAsync());
        var consent = Assert.Single((await childs.ConsentsAsync(token)).Expect(200).Json["consents"]!.AsArray())!;
        Assert.Equal(("架空 太郎", "parental-authority", "proxy"), ((string?)consent["proxy"]!["name"], (string?)consent["proxy"]!["legal_basis"], (string?)consent["events"]![0]!["by"]));
        var devices = (await world.GetAsync("/device/devices", token)).Expect(200).Json;
        Assert.Contains("proxy-registered", devices["history"]!.AsArray().Select(line => (string?)line!["event"]));
        Assert.Equal(204, (await childs.WithdrawAsync((string)consent["id"]!, token)).Status);
    }

    [Fact]
    public async Task Desk_OtherClientOrFaultyOrder_IsRefused()
    {
        var (world, _) = await StartAsync(sqlite: false);
        await using var closing = world;
        Assert.Equal((403, ProviderErrorCodes.ProxyDeskUnknown), Answer(await DeskAsync(world, "/desk/proxies", Order(), world.PsEhr)));
        Assert.Equal((400, ProviderErrorCodes.ProxyRefused), Answer(await DeskAsync(world, "/desk/proxies", Order(order => order["legal_basis"] = "mandate"))));
        Assert.Equal((404, ProviderErrorCodes.AccountUnknown), Answer(await DeskAsync(world, "/desk/proxies", Order(order => order["proxy"] = "nobody"))));
        foreach (var member in new[] { "patient", "proxy", "relationship", "patient_name", "proxy_name", "evidence", "legal_basis", "scopes", "purposes", "valid_until" })
        {
            Assert.Equal((400, ProviderErrorCodes.DeviceMessageMalformed), Answer(await DeskAsync(world, "/desk/proxies", Order(order => order.Remove(member)))));
        }

        Assert.Equal((400, ProviderErrorCodes.DeviceMessageMalformed), Answer(await DeskAsync(world, "/desk/proxies", Order(order => order["born_on"] = "2012-02-30"))));
        var relation = await RegisterAsync(world);
        Assert.Equal((409, ProviderErrorCodes.ProxyExists), Answer(await DeskAsync(world, "/desk/proxies", Order())));
        Assert.Equal("suspended", (string?)(await DeskAsync(world, $"/desk/proxies/{relation}/suspension", order: null)).Expect(200).Json["state"]);
        Assert.Equal("active", (string?)(await DeskAsync(world, $"/desk/proxies/{relation}/resumption", order: null)).Expect(200).Json["state"]);
        Assert.Equal("ended", (string?)(await DeskAsync(world, $"/desk/proxies/{relation}/end", order: null)).Expect(200).Json["state"]);
        Assert.Equal((404, ProviderErrorCodes.ProxyUnknown), Answer(await DeskAsync(world, "/desk/proxies/unknown/end", order: null)));
    }

    [Fact]
    public async Task WithoutAddProxies_NoRelationIsHonouredAndNoRouteIsThere()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;

        Assert.Equal(404, (await world.GetAsync("/device/proxies", Phone.Token(await phone.SignInAsync()))).Status);
    }

    private static async Task<(OpWorld World, Phone Parent)> StartAsync(bool sqlite, Action<ProxyOptions>? configure = null)
    {
        var world = await OpWorld.StartAsync(new()
        {
            Sqlite = sqlite,
            More = builder => builder.AddProxies(options =>
            {
                options.Desks.Add(new() { ClientId = "ehr-clinic-a", InstitutionId = "synthetic-office" });
                configure?.Invoke(options);
            }),
        });
        await world.PutAccountAsync(Child, patient: "synthetic-child");
        await world.PutAccountAsync(Parent, patient: "synthetic-parent");
        var phone = new Phone(world, Parent) { PushAddress = "http://127.0.0.1:5999/parent" };
        Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);
        return (world, phone);
    }

    private static async Task<string> RegisterAsync(OpWorld world, Action<JsonObject>? change = null) =>
        (string)(await DeskAsync(world, "/desk/proxies", Order(change))).Expect(200).Json["id"]!;

    private static JsonObject Order(Action<JsonObject>? change = null)
    {
        var order = new JsonObject
        {
            ["patient"] = "login-of-" + Child,
            ["proxy"] = "login-of-" + Parent,
            ["relationship"] = "parent",
            ["patient_name"] = "架空 花子",
            ["proxy_name"] = "架空 太郎",
            ["evidence"] = new JsonArray(new JsonObject { ["kind"] = "family-register", ["issuer"] = "架空市", ["digest"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("synthetic"))) }),
            ["legal_basis"] = "parental-authority",
            ["scopes"] = new JsonArray("patient/*.rs"),
            ["purposes"] = new JsonArray("TREAT"),
            ["valid_until"] = "2027-11-21T09:00:00Z",
            ["born_on"] = "2018-04-02",
        };
        change?.Invoke(order);
        return order;
    }

    private static Task<WireAnswer> DeskAsync(OpWorld world, string path, JsonObject? order, Ehr? desk = null) => (desk ?? world.Ehr).FormAsync(
        path, [new("clerk", "synthetic-clerk"), .. order is null ? [] : new KeyValuePair<string, string>[] { new("order", order.ToJsonString()) }]);

    private static (int Status, string? Code) Answer(WireAnswer answer) => (answer.Status, answer.Code);
}
