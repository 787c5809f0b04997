using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider.Tests.Administration;

/// <summary>Who is let in, what is recorded, and that the description says what is there.</summary>
public sealed class AdministrationAccessTests
{
    [Fact]
    public async Task WithoutAddAdministration_NothingIsThere()
    {
        await using var world = await OpWorld.StartAsync();

        Assert.Equal(404, (await world.GetAsync("/admin/v1/clients")).Status);
        Assert.Throws<InvalidOperationException>(() => new Routes(world.Services).MapMedIdAdministration());
    }

    [Fact]
    public async Task WithAddAdministration_PublicPathsHaveItOnlyWhenSaid()
    {
        using var console = new AdminConsole();
        await using (var world = await OpWorld.StartAsync(console.Settings() with { Pipeline = null }))
        {
            Assert.Equal(404, (await world.GetAsync("/admin/v1/clients")).Status);
        }

        await using var open = await OpWorld.StartAsync(console.Settings(change: options => options.OnPublicPaths = true) with { Pipeline = null });
        console.Watch(open);
        (await console.GetAsync("/clients")).Expect(200);
    }

    [Fact]
    public async Task Call_NotAuthenticated_Is401WithoutALine()
    {
        using var console = await AdminConsole.StartAsync();
        await using var world = console.World;
        var lines = (await console.TrailAsync()).Count;

        Assert.Equal(401, (await world.GetAsync("/admin/v1/clients")).Status);
        Assert.Equal("oauth_server.client_authentication_missing", (await world.GetAsync("/admin/v1/clients")).Code);
        Assert.Equal(401, (await console.SendAsync(HttpMethod.Get, "/clients", null, AdminConsole.Officer, change: request => request.Headers.Authorization = new("Bearer", "nonsense"))).Status);
        var basic = await console.SendAsync(HttpMethod.Get, "/clients", null, AdminConsole.Officer, change: request => request.Headers.Authorization = Ehr.BasicHeader("ehr-clinic-c", OpWorld.Secret));
        Assert.Equal(401, basic.Status);
        var assertion = console.Assertion();
        Task<AdminAnswer> Same() => console.SendAsync(HttpMethod.Get, "/clients", null, AdminConsole.Officer, change: request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", assertion));
        (await Same()).Expect(200);
        Assert.Equal("oauth_server.client_assertion_replayed", (await Same()).Code);
        var foreign = console.Assertion(claims => claims["aud"] = "https://elsewhere.example");
        Assert.Equal(401, (await console.SendAsync(HttpMethod.Get, "/clients", null, AdminConsole.Officer, change: request => request.Headers.Authorization = new("Bearer", foreign))).Status);

        Assert.Equal(lines + 1, (await console.TrailAsync()).Count);
    }

    [Fact]
    public async Task Call_AuthenticatedAndNotPermitted_IsRefusedWithALine()
    {
        using var console = await AdminConsole.StartAsync();
        await using var world = console.World;

        var ehr = world.Ehr.Assertion().Single(one => one.Key == "client_assertion").Value;
        var stranger = await console.SendAsync(HttpMethod.Get, "/clients", null, AdminConsole.Officer, change: request => request.Headers.Authorization = new("Bearer", ehr));
        Assert.Equal((403, ProviderErrorCodes.AdministrationClientUnknown), (stranger.Status, stranger.Code));
        var nobody = await console.SendAsync(HttpMethod.Get, "/clients", null, actor: null);
        Assert.Equal((403, ProviderErrorCodes.AdministrationOperatorUnknown), (nobody.Status, nobody.Code));
        Assert.Equal(ProviderErrorCodes.AdministrationOperatorUnknown, (await console.GetAsync("/clients", "somebody-else")).Code);
        var reader = await console.GetAsync("/keys", AdminConsole.Reader);
        Assert.Equal((403, ProviderErrorCodes.AdministrationNotPermitted), (reader.Status, reader.Code));
        Assert.Equal(ProviderErrorCodes.AdministrationNotPermitted, (await console.PutAsync("/clients/x", [], AdminConsole.Reader, 0)).Code);
        Assert.Equal(ProviderErrorCodes.AdministrationNotPermitted, (await console.GetAsync("/audit-events", AdminConsole.Operator)).Code);

        var lines = (await console.TrailAsync()).TakeLast(6).ToList();
        Assert.All(lines, line => Assert.Equal((AuditEventKind.AdministrationRefused, AuditOutcome.Refused), (line.Event, line.Outcome)));
        Assert.Equal("ehr-clinic-a", Assert.Single(lines[0].Agents).Id);
        Assert.Equal([AdminConsole.Reader, AdminConsole.ClientId], lines[3].Agents.Select(agent => agent.Id));
        Assert.Equal("keys-read", lines[3].Reason);
    }

    [Fact]
    public async Task Roles_Configured_AreAskedFor()
    {
        using var console = await AdminConsole.StartAsync(change: options => options.Roles[AdministrationVerbs.ReadClients] = AdministrationRole.Security);
        await using var world = console.World;

        Assert.Equal(ProviderErrorCodes.AdministrationNotPermitted, (await console.GetAsync("/clients", AdminConsole.Reader)).Code);
        (await console.GetAsync("/clients", AdminConsole.OtherOfficer)).Expect(200);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Body_Malformed_Is400(string body)
    {
        using var console = await AdminConsole.StartAsync();
        await using var world = console.World;

        var answer = await console.SendAsync(HttpMethod.Post, "/keys", null, AdminConsole.Officer, change: request => request.Content = OpWorld.Content(System.Text.Encoding.UTF8.GetBytes(body), "application/json"));
        Assert.Equal((400, ProviderErrorCodes.AdministrationMalformed), (answer.Status, answer.Code));
        Assert.Equal(415, (await console.SendAsync(HttpMethod.Post, "/keys", null, AdminConsole.Officer, change: request => request.Content = OpWorld.Content("{}"u8.ToArray(), "text/plain"))).Status);
    }

    [Fact]
    public async Task Start_AdministrationThatLetsInTheWrong_IsRefusedByName()
    {
        using var console = new AdminConsole();
        async Task<string> Refused(Action<AdministrationOptions> change) =>
            (await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(console.Settings(change: change)))).Message;

        Assert.Contains("Clients is empty", await Refused(options => options.Clients.Clear()), StringComparison.Ordinal);
        Assert.Contains("not a configured client", await Refused(options => options.Clients.Add(new("nobody", new AdministrationOperator("one", AdministrationRole.Read)))), StringComparison.Ordinal);
        Assert.Contains("by a secret", await Refused(options => options.Clients.Add(new("ehr-clinic-c", new AdministrationOperator("one", AdministrationRole.Read)))), StringComparison.Ordinal);
        Assert.Contains("does nothing else", await Refused(options => options.Clients.Add(new("ehr-clinic-a", new AdministrationOperator("one", AdministrationRole.Read)))), StringComparison.Ordinal);
        Assert.Contains("Roles names a verb", await Refused(options => options.Roles["fly"] = AdministrationRole.Read), StringComparison.Ordinal);
        Assert.Contains("fewer than two", await Refused(options =>
        {
            options.FourEyes = true;
            options.Clients.Clear();
            options.Clients.Add(new(AdminConsole.ClientId, new AdministrationOperator("one", AdministrationRole.Security)));
        }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Description_SaysEveryRouteAndNoOther()
    {
        using var console = await AdminConsole.StartAsync();
        await using var world = console.World;

        var described = (await world.GetAsync("/admin/v1/openapi.json")).Expect(200).Json["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(method => method.Key.ToUpperInvariant() + " " + path.Key)).Order(StringComparer.Ordinal);
        var mapped = world.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/admin/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => method + " " + endpoint.RoutePattern.RawText)).Order(StringComparer.Ordinal);
        Assert.Equal(mapped, described);
    }

    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => throw new NotSupportedException();
    }
}
