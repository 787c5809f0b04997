using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider.Tests.Registration;

/// <summary>Who registers a client has the document at its <c>sector_identifier_uri</c> fetched (OIDC Core §8.1, CIBA Core §4), by the guarded transport of the host.</summary>
public sealed class SectorOfRegistrationTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _asked = new();
    private WebApplication _group = null!;
    private string _base = null!;
    private Func<HttpContext, Task> _answer = static _ => Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _group = builder.Build();
        _group.Run(http =>
        {
            _asked.Enqueue(http.Request.Path);
            return http.Request.Path == "/sector" ? _answer(http) : http.Response.WriteAsync(new JsonArray(_base + "/jwks").ToJsonString());
        });
        await _group.StartAsync(TestContext.Current.CancellationToken);
        _base = _group.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Lists(_base + "/jwks");
    }

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    [Fact]
    public async Task Administered_DocumentThatListsTheKeys_IsTakenAndOneThatDoesNotIsRefused()
    {
        using var console = await StartAsync();
        await using var world = console.World;
        (await PutAsync(console, 0)).Expect(201);
        Assert.Equal(["/sector"], _asked);

        // A change is judged like a new one: the keys go elsewhere and the document does not follow.
        var moved = await PutAsync(console, 1, json => json["jwks_uri"] = _base + "/elsewhere");
        Assert.Equal((400, OAuthServerErrorCodes.SectorIdentifierForeign), (moved.Status, moved.Code));
        Assert.StartsWith("sector_identifier_uri: ", moved["detail"], StringComparison.Ordinal);
        Lists("https://clinic-b.example/jwks");
        Assert.Equal(OAuthServerErrorCodes.SectorIdentifierForeign, (await PutAsync(console, 1, json => json["client_name"] = "Another name")).Code);

        // To stop a client asks nobody.
        var before = _asked.Count;
        (await console.PostAsync("/clients/" + RegistrationCase.ClientId + "/suspension")).Expect(200);
        Assert.Equal(before, _asked.Count);
    }

    [Fact]
    public async Task Administered_PushClient_IsListedByItsEndpoint()
    {
        using var console = await StartAsync();
        await using var world = console.World;
        Assert.Equal(OAuthServerErrorCodes.SectorIdentifierForeign, (await PutAsync(console, 0, Push)).Code);
        Lists(_base + "/push");
        (await PutAsync(console, 0, Push)).Expect(201);

        void Push(JsonObject json)
        {
            json["backchannel_token_delivery_mode"] = "push";
            json["backchannel_client_notification_endpoint"] = _base + "/push";
        }
    }

    [Fact]
    public async Task Administered_NoDocument_IsRefused()
    {
        using var console = await StartAsync();
        await using var world = console.World;
        foreach (var (answer, code) in new (Func<HttpContext, Task>, string)[]
        {
            (http => RedirectAsync(http, _base + "/elsewhere"), OAuthServerErrorCodes.SectorIdentifierUnavailable),
            (http => http.Response.WriteAsync(new string(' ', 65 * 1024)), OAuthServerErrorCodes.SectorIdentifierUnavailable),
            (http =>
            {
                http.Abort();
                return Task.CompletedTask;
            }, OAuthServerErrorCodes.SectorIdentifierUnavailable),
            (http => http.Response.WriteAsync("<html>"), OAuthServerErrorCodes.SectorIdentifierMalformed),
        })
        {
            _answer = answer;
            Assert.Equal(code, (await PutAsync(console, 0)).Code);
        }

        // No redirect was followed.
        Assert.All(_asked, static path => Assert.Equal("/sector", path));
    }

    [Fact]
    public async Task Administered_SectorInsideTheHospital_IsNotCalledUnlessTheOperatorSaysSo()
    {
        using var console = await StartAsync(loopback: false);
        await using var world = console.World;
        Assert.Equal(ProviderErrorCodes.ClientSectorUrlRefused, (await PutAsync(console, 0, json => json["jwks_uri"] = "https://ehr.example/jwks")).Code);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task InTheLab_DocumentThatDoesNotListTheKeys_IsRefused()
    {
        await using var lab = await LabWorld.StartAsync(
            static builder =>
            {
                RegistrationCase.Whole(builder);
                builder.AddPairwiseSubjects(static tenant => new(tenant, new byte[32]));
            },
            withClients: false);
        (await lab.HookAsync("clients", Registration(static _ => { }))).Expect(201);
        Lists("https://clinic-b.example/jwks");
        Assert.Equal(OAuthServerErrorCodes.SectorIdentifierForeign, (await lab.HookAsync("clients", Registration(static _ => { }))).Expect(400)["error"]);
    }

    private static Task RedirectAsync(HttpContext http, string to)
    {
        http.Response.Redirect(to);
        return Task.CompletedTask;
    }

    private static Task<AdminConsole> StartAsync(bool loopback = true) => AdminConsole.StartAsync(new()
    {
        Ciba = ciba =>
        {
            ciba.AllowLoopbackNotifications = loopback;
            ciba.DeliveryModes = [Ciba.Server.CibaDeliveryMode.Poll, Ciba.Server.CibaDeliveryMode.Ping, Ciba.Server.CibaDeliveryMode.Push];
        },
        More = static builder => builder.AddPairwiseSubjects(static tenant => new(tenant, new byte[32])),
    });

    private void Lists(string url) => _answer = http => http.Response.WriteAsync(new JsonArray(url).ToJsonString());

    private Task<AdminAnswer> PutAsync(AdminConsole console, long version, Action<JsonObject>? change = null) =>
        console.PutAsync("/clients/" + RegistrationCase.ClientId, Registration(change ?? (static _ => { })), match: version);

    private JsonObject Registration(Action<JsonObject> change)
    {
        var json = new RegistrationCase(string.Empty, string.Empty).Registration(withSecret: false);
        json.Remove("jwks");
        json["jwks_uri"] = _base + "/jwks";
        json["subject_type"] = "pairwise";
        json["sector_identifier_uri"] = _base + "/sector";
        change(json);
        return json;
    }
}
