using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Provider.Tests.Delivery;

/// <summary>A request of a client that is told, a store, and the client's endpoint on loopback. Synthetic.</summary>
internal sealed class DeliveryWorld : IAsyncDisposable
{
    public const string Token = "synthetic-notification-token-0123456789";
    public const string AuthReqId = "synthetic-auth-req-id";

    private readonly HttpClient _http;

    private DeliveryWorld(TestNotificationEndpoint endpoint, CibaDeliveryMode mode, bool isDown)
    {
        Endpoint = endpoint;
        Mode = mode;
        var name = mode == CibaDeliveryMode.Push ? "push" : "ping";
        Client = new(ProviderStoreConformance.Tenant, new()
        {
            ClientId = StoreScene.Client,
            ClientSecret = "synthetic secret: 32 characters +",
            GrantTypes = [GrantTypes.Ciba, GrantTypes.RefreshToken],
            BackchannelTokenDeliveryMode = name,
            BackchannelClientNotificationEndpoint = isDown ? "http://127.0.0.1:1/notify" : endpoint.PlainUrl,
        });
        Clients = new(Client);
        var rules = new GuardedHttpOptions { AllowHttpOnLoopback = true };
        _http = new(GuardedHttpHandler.Create(rules));
        Sender = new(_http, rules, TimeSpan.FromSeconds(60));
        Scene = new(Store);
    }

    public ManualTimeProvider Time { get; } = new(StoreScene.Now.AddMinutes(1));

    public InMemoryProviderStore Store { get; } = new();

    public TestNotificationEndpoint Endpoint { get; }

    public CibaDeliveryMode Mode { get; }

    public ClientRegistration Client { get; }

    public ConfiguredClients Clients { get; set; }

    public CibaNotificationSender Sender { get; }

    public StoreScene Scene { get; }

    public LocalSigningKey Key { get; } = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-1");

    public OAuthServerOptions Server { get; } = new() { Issuer = "https://op.example" };

    public TenantId Tenant => ProviderStoreConformance.Tenant;

    public static async Task<DeliveryWorld> StartAsync(CibaDeliveryMode mode, bool isDown = false) => new(await TestNotificationEndpoint.StartAsync(), mode, isDown);

    public async Task<DeliveryWorld> PendingAsync()
    {
        await Scene.EnrolledAsync();
        Assert.Equal(CibaAddOutcome.Added, await Store.AddRequestAsync(Scene.Request() with { DeliveryMode = Mode, NotificationToken = Token, AuthReqId = AuthReqId }, 8));
        return this;
    }

    public async Task<DeliveryWorld> ApprovedAsync()
    {
        await PendingAsync();
        Assert.Equal(ApprovalOutcome.Approved, await Store.TryApproveAsync(Scene.Approval()));
        return this;
    }

    public PushHandler PushHandler() => new(Store, Clients, new ConsentGrantStatus(Store, Options), new TokenMinter(new SingleKeyRing(new KeyRing([Key])), Server, Time, Gate), Server, Sender, Time);

    /// <summary>What is asked before tokens are made, and before they leave.</summary>
    public ITokenIssueGate? Gate { get; set; }

    public ProviderOptions Options { get; } = new() { Issuer = "https://op.example", Tenant = ProviderStoreConformance.Tenant };

    public IOutboxHandler Handler() => Mode == CibaDeliveryMode.Push ? PushHandler() : new PingHandler(Store, Clients, Sender, Time);

    /// <summary>What the outbox's worker does until nothing is due.</summary>
    public async Task RunAsync()
    {
        var runner = new OutboxRunner(Store, Options, [Handler()], Time);
        for (var i = 0; i < 10 && await runner.RunOnceAsync() > 0; i++)
        {
            // Until nothing is due.
        }
    }

    public async Task<OutboxMessage> LeaseAsync() =>
        Assert.Single(await Store.LeaseMessagesAsync(Tenant, (string[])[Mode == CibaDeliveryMode.Push ? OutboxKinds.Push : OutboxKinds.Ping], Time.GetUtcNow(), TimeSpan.FromSeconds(60), 8));

    public JsonObject Body(int index = 0) => JsonNode.Parse(Endpoint.Received[index].Body)!.AsObject();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Endpoint.DisposeAsync();
    }
}
