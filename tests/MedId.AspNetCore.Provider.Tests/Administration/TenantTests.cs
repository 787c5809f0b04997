using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using MedId.Storage.Sqlite;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests.Administration;

/// <summary>Two OPs of two tenants over one database: through no endpoint of one is anything of the other seen or changed.</summary>
public sealed class TenantTests
{
    private static readonly TenantId One = new("hospital-one");
    private static readonly TenantId Two = new("hospital-two");

    // Beside what everybody may read anyway. Every other endpoint has to refuse, or to find nothing.
    private static readonly string[] Public = ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/jwks", "/uaf/facets", "/admin/v1/openapi.json"];

    [Fact]
    public async Task EveryEndpoint_CalledWithWhatTheOtherTenantHas_ShowsAndChangesNothing()
    {
        var folder = Directory.CreateTempSubdirectory("medid-tenants").FullName;
        try
        {
            var master = RandomNumberGenerator.GetBytes(32);
            using var store = SqliteProviderStore.Open(new SqliteStorageOptions
            {
                Path = System.IO.Path.Combine(folder, "op.db"),
                Cipher = tenant => new FieldCipher(tenant.Value, FieldKey.DeriveForTenant("test", master, tenant.Value)),
            });
            using var ours = new AdminConsole();
            using var theirs = new AdminConsole();
            await using var one = await OpWorld.StartAsync(Settings(ours, One, "https://one.example", store));
            await using var two = await OpWorld.StartAsync(Settings(theirs, Two, "https://two.example", store));
            ours.Watch(one);
            theirs.Watch(two);
            var held = await FillAsync(ours);
            await FillAsync(theirs);
            var before = await StandingAsync(one, held);

            // The same ids stand in both: whoever is in the other tenant is somebody else.
            await one.PutAccountAsync("synthetic-account-b");
            await two.PutAccountAsync("synthetic-account-b");
            (await ours.PostAsync("/users/synthetic-account-b/suspension")).Expect(200);
            Assert.Equal("active", (await theirs.GetAsync("/users/synthetic-account-b"))["status"]);

            var called = 0;
            foreach (var endpoint in two.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
            {
                foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                {
                    foreach (var answer in await CallAsync(theirs, two, held, method, endpoint.RoutePattern.RawText!))
                    {
                        called++;
                        Assert.All(held.Markers, marker => Assert.False(answer.Text.Contains(marker.Value, StringComparison.Ordinal), $"{marker.Key} in {method} {endpoint.RoutePattern.RawText}: {answer.Text}"));
                        Assert.True(
                            answer.Status >= 400 || Public.Contains(endpoint.RoutePattern.RawText) || Nothing(endpoint.RoutePattern.RawText!, answer),
                            $"{method} {endpoint.RoutePattern.RawText} answered {answer.Status} {answer.Text}");
                        Assert.True(answer.Status < 500, $"{method} {endpoint.RoutePattern.RawText} answered {answer.Status} {answer.Text}");
                    }
                }
            }

            Assert.True(called > 100, $"{called} calls");

            // The first is as it was; what the second wrote is in its own trail, and neither names the other's things.
            Assert.Equal(before, await StandingAsync(one, held));
            Assert.True((await one.Services.GetRequiredService<AuditTrail>().VerifyAsync()).IsWhole);
            Assert.True((await two.Services.GetRequiredService<AuditTrail>().VerifyAsync()).IsWhole);
            var trail = Encoding.UTF8.GetString([.. (await store.ListAuditAsync(Two, 1, 1000)).SelectMany(entry => entry.Bytes.ToArray())]);
            Assert.DoesNotContain("hospital-one", trail, StringComparison.Ordinal);
            Assert.DoesNotContain(held.Markers["consent"], trail, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Limits_UsedUpInOneTenant_AreWholeInTheOther()
    {
        var store = new InMemoryProviderStore();
        using var ours = new AdminConsole();
        using var theirs = new AdminConsole();
        await using var one = await OpWorld.StartAsync(Settings(ours, One, "https://one.example", store));
        await using var two = await OpWorld.StartAsync(Settings(theirs, Two, "https://two.example", store));
        ours.Watch(one);
        theirs.Watch(two);
        foreach (var world in (OpWorld[])[one, two])
        {
            await world.PutAccountAsync("synthetic-account-a");
            Assert.Equal(1200, (await new Phone(world, "synthetic-account-a").EnrolAsync()).UafStatus);
        }

        for (var i = 0; i <= IAccountStore.UserCodeAttempts; i++)
        {
            await one.Ehr.AuthorizeAsync(claims => claims["user_code"] = "wrong");
        }

        Assert.Equal("ciba.user_code_locked", (await one.Ehr.AuthorizeAsync()).Code);
        (await two.Ehr.AuthorizeAsync()).Expect(200);

        // A switch of one stops nothing in the other; keys and trust data are of one.
        (await ours.SwitchAsync("tokens", "engaged")).Expect(200);
        Assert.Empty((await theirs.GetAsync("/switches")).Json["switches"]!.AsArray());
        var key = (string)(await ours.GetAsync("/keys")).Json["keys"]![0]!["kid"]!;
        Assert.DoesNotContain(key, (await two.GetAsync("/jwks")).Text, StringComparison.Ordinal);
        Assert.Contains(key, (await one.GetAsync("/jwks")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await theirs.PostAsync($"/keys/{key}/promotion")).Status);
    }

    private static OpSettings Settings(AdminConsole console, TenantId tenant, string issuer, IProviderStore store) =>
        console.Settings(new() { Tenant = tenant, Issuer = issuer, Shared = store }, more: builder => builder.AddStoredSigningKeys(keys => keys.Age = TimeSpan.FromDays(30)), tenant: tenant);

    /// <summary>A person with a phone, tokens, a consent, a waiting request, a registered client and trust data.</summary>
    private static async Task<Held> FillAsync(AdminConsole console)
    {
        var world = console.World;
        await world.PutAccountAsync("synthetic-account-a");
        var phone = new Phone(world, "synthetic-account-a");
        Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);
        var token = await AdministrationClientTests.TokenAsync(world, phone);
        var secret = (await console.PutAsync("/clients/ehr-of-its-own", AdministrationClientTests.Registration(), match: 0)).Expect(201)["client_secret"];
        var waiting = (await world.Ehr.AuthorizeAsync()).Expect(200)["auth_req_id"];
        var request = world.Announced.Last().Id;
        var opened = Phone.Token(await phone.OpenAsync(request));
        var signedIn = Phone.Token(await phone.SignInAsync());
        var device = (string)(await console.GetAsync("/users/synthetic-account-a/devices")).Json["devices"]![0]!["id"]!;
        var consent = (string)(await console.GetAsync("/users/synthetic-account-a/consents")).Json["consents"]![0]!["id"]!;
        var key = (string)(await console.GetAsync("/keys")).Json["keys"]![0]!["kid"]!;
        return new(token, secret, waiting, opened, signedIn, phone.Handle!, new Dictionary<string, string>
        {
            ["request"] = request,
            ["device"] = device,
            ["consent"] = consent,
            ["key"] = key,
            ["issuer"] = world.Issuer,
        });
    }

    private static async Task<string> StandingAsync(OpWorld world, Held held)
    {
        var store = world.Store;
        var consent = (await store.FindConsentAsync(One, held.Markers["consent"]))!;
        var device = (await store.FindDeviceAsync(One, held.Markers["device"]))!;
        var request = (await store.FindRequestAsync(One, held.Markers["request"]))!;
        var client = (await store.FindSettingAsync(One, SettingKinds.Client, "ehr-of-its-own"))!;
        return $"{consent.Status} {device.State} {request.Status} {client.Version} {(await store.FindSettingAsync(One, SettingKinds.Key, "ring"))!.Version} {(await world.IntrospectAsync(held.Token)).Status}";
    }

    /// <summary>One endpoint, with everything that the other tenant has where it could stand.</summary>
    private static async Task<IReadOnlyList<WireAnswer>> CallAsync(AdminConsole console, OpWorld world, Held held, string method, string route)
    {
        List<WireAnswer> answers = [];
        foreach (var id in held.Markers.Values.Where(value => !value.Contains('/', StringComparison.Ordinal)).Distinct())
        {
            var path = Path(route, id);
            if (route.StartsWith("/admin/v1", StringComparison.Ordinal))
            {
                var body = method is "GET" or "DELETE" ? null : new JsonObject { ["hint_digest"] = id, ["reason"] = "written-order", ["order_digest"] = new string('A', 43), ["order"] = held.Token, ["alg"] = "none" };
                answers.Add((await console.SendAsync(new(method), path["/admin/v1".Length..], body, AdminConsole.Officer, method is "GET" ? null : 1)).Wire);
            }
            else
            {
                foreach (var bearer in (string?[])[null, held.Token, held.Opened, held.SignedIn])
                {
                    answers.Add(await world.SendAsync(new(method), path, method == "GET" ? null : OpWorld.Content(Json(held, id), route.StartsWith("/uaf", StringComparison.Ordinal) ? Phone.UafMediaType : "application/json"), Bearer(bearer)));
                }

                if (method == "POST")
                {
                    answers.Add(await world.SendFormAsync(path, Form(held, id), request => request.Headers.Authorization = Ehr.BasicHeader("ehr-of-its-own", held.Secret)));
                    answers.Add(await world.Ehr.FormAsync(path, Form(held, id)));
                }
            }

            if (!route.Contains('{', StringComparison.Ordinal))
            {
                break;
            }
        }

        return answers;
    }

    private static Action<HttpRequestMessage> Bearer(string? token) => request =>
    {
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }
    };

    // What a person has in both tenants is called alike; what is not theirs is called by the other's ids.
    private static string Path(string route, string id) => System.Text.RegularExpressions.Regex.Replace(route.Replace("/users/{id}", "/users/synthetic-account-a", StringComparison.Ordinal), "\\{[a-z]+\\}", Uri.EscapeDataString(id));

    private static byte[] Json(Held held, string id) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["op"] = "Auth",
        ["context"] = new JsonObject { ["act"] = "open", ["request"] = held.Markers["request"], ["account"] = held.Handle }.ToJsonString(),
        ["request"] = held.Markers["request"],
        ["act"] = "open",
        ["confirmed"] = true,
        ["granted"] = new JsonArray(OpWorld.Basic),
        ["client_id"] = "ehr-clinic-a",
        ["id"] = id,
        ["ticket"] = held.Opened,
        ["name"] = "x",
    }.ToJsonString());

    private static KeyValuePair<string, string>[] Form(Held held, string id) =>
    [
        new("grant_type", Ehr.CibaGrant), new("auth_req_id", held.Waiting), new("token", held.Token), new("consent_id", held.Markers["consent"]), new("format", "iso-27560"), new("clerk", "synthetic-clerk"), new("id", id),
    ];

    /// <summary>An inactive token, a token given back that nobody had, a UAF refusal; and of the administration what is this tenant's own, which the markers are not.</summary>
    private static bool Nothing(string route, WireAnswer answer) =>
        route.StartsWith("/admin/v1", StringComparison.Ordinal)
        || (answer.Status == 200 && (answer.Body.Length == 0 || (bool?)answer.Json["active"] == false || (int?)answer.Json["statusCode"] >= 1400));

    private sealed record Held(string Token, string Secret, string Waiting, string Opened, string SignedIn, string Handle, IReadOnlyDictionary<string, string> Markers);
}
