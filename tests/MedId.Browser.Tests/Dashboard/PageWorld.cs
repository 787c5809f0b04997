using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Samples.PatientAuthOp;
using MedId.Testing;
using MedId.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.Browser.Tests.Dashboard;

/// <summary>The OP with its page in this process, so that a test can hold the clock and put records into the store that the walk would not make.</summary>
internal sealed class PageWorld : IAsyncDisposable
{
    private const string ApiSecret = "a-synthetic-secret-of-forty-characters-xx";
    private readonly WebApplication _app;
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false };

    private PageWorld(string address)
    {
        Address = address;
        Http = new(_handler) { BaseAddress = new(address) };
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
        builder.Logging.ClearProviders();
        Configure(builder.Services);
        _app = builder.Build();
        _app.MapMedIdProvider();
        PasskeyPage.Map(_app);
        ConsentPage.Map(_app, secure: false, passkeys: true);
        Records = new(Store, Time);
    }

    /// <summary>Begins now, because a browser has a clock of its own.</summary>
    public MedId.TestSupport.ManualTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public string Address { get; }

    public HttpClient Http { get; }

    public PageRecords Records { get; }

    public IProviderStore Store => _app.Services.GetRequiredService<IProviderStore>();

    public LifeCycleDesk LifeCycle => _app.Services.GetRequiredService<LifeCycleDesk>();

    public static async Task<PageWorld> StartAsync()
    {
        var world = new PageWorld($"http://localhost:{ConsentServers.FreePort()}");
        await world._app.StartAsync();
        return world;
    }

    /// <summary>The link that the person's app asks for.</summary>
    public async Task<string> LinkAsync(string person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/device/dashboard/sessions") { Content = JsonContent.Create(new JsonObject()) };
        request.Headers.Authorization = new("Bearer", await Records.DeviceTokenAsync(person));
        using var answer = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["link"]!;
    }

    /// <summary>An access token of a consent, minted by the OP's own code.</summary>
    public async Task<string> AccessTokenAsync(Grant grant)
    {
        var client = (await _app.Services.GetRequiredService<IClientStore>().FindClientAsync(TenantId.Single, grant.ClientId, TestContext.Current.CancellationToken))!;
        return (await _app.Services.GetRequiredService<TokenMinter>().IssueAsync(new() { Grant = grant, Client = client })).Value!.AccessToken;
    }

    /// <summary>What the data API hears about a token.</summary>
    public async Task<string> IntrospectAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/introspect") { Content = new FormUrlEncodedContent([new("token", token)]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("health-record-api:" + ApiSecret)));
        using var answer = await Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _handler.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void Configure(IServiceCollection services)
    {
        var model = SoftwareUafModel.Create(time: Time);
        var statement = UafMetadataStatement.Parse(model.MetadataStatement).Value!;
        services.AddSingleton<TimeProvider>(Time);
        services
            .AddMedIdProvider(options =>
            {
                options.Issuer = Address;
                options.Laws = LawPolicy.In("JP");
                options.AcrTable = new([new() { Acr = "urn:example:trial", Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = AuthenticatorAssuranceLevel.None, Protocols = ["fido-uaf"] }]);
                options.DashboardPage = new(Address + ConsentPage.Path);
            })
            .ConfigureServer(server => server.AllowHttpOnLoopback = true)
            .AddCiba()
            .AddUaf(new UafMetadataSet([statement]), UafPolicy.ForModels(statement.Aaid), "android:apk-key-hash-sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
            .AddClients(Client(PageRecords.Clinic), Client("health-record-api") with { ServedResources = [PageRecords.Resource] })
            .AddSigningKeys(new KeyRing([LocalSigningKey.Generate(SignatureAlgorithm.ES256)]))
            .AddAccountDigestKey(RandomNumberGenerator.GetBytes(32))
            .AddPractitionerIssuers(_ => PractitionerIssuers.None)
            .AddPush(_ => new NoPush(), "http")
            .WithoutTimestampedHistory()
            .UseStore(_ => new InMemoryProviderStore());
    }

    private static ClientRegistration Client(string id) => new(TenantId.Single, ClientMetadata.Parse(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["client_id"] = id,
        ["client_name"] = "Synthetic",
        ["token_endpoint_auth_method"] = "client_secret_basic",
        ["client_secret"] = ApiSecret,
        ["grant_types"] = id == PageRecords.Clinic ? new JsonArray("urn:openid:params:grant-type:ciba") : [],
        ["backchannel_token_delivery_mode"] = id == PageRecords.Clinic ? "poll" : null,
    })).Value!)
    { Resources = [PageRecords.Resource] };

    private sealed class NoPush : IDeviceNotifier
    {
        public ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);
    }
}
