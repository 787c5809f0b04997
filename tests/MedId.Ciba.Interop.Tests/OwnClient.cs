using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MedId.AspNetCore.RelyingParty;
using MedId.Ciba.Client;
using MedId.Consumers.TestSupport;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.Ciba.Interop.Tests;

/// <summary>Our relying party as its integrator builds it: a host over TLS with client, scheduler and notification endpoint, registered at an OP over TLS.</summary>
internal sealed class OwnClient : IAsyncDisposable
{
    public const string Acr = "urn:medid:ial3:aal3";

    // Made once: RSA takes its time.
    private static readonly Lazy<LocalSigningKey> Ps256 = new(() => LocalSigningKey.Generate(SignatureAlgorithm.PS256, "rp-1"));
    private static readonly LocalSigningKey Es256 = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "rp-1");

    private readonly WebApplication _app;
    private readonly LocalSigningKey _key;
    private readonly TlsOp _world;
    private readonly string _id;

    private OwnClient(WebApplication app, LocalSigningKey key, X509Certificate2? certificate, TlsOp world, string id) => (_app, _key, Certificate, _world, _id) = (app, key, certificate, world, id);

    public X509Certificate2? Certificate { get; }

    public CibaService Service => _app.Services.GetRequiredService<CibaService>();

    public CibaScheduler Scheduler => _app.Services.GetRequiredService<CibaScheduler>();

    /// <summary>The binding that an access token of this client has to have.</summary>
    public TokenConfirmation Binding { get; private init; } = new();

    private DpopProofs? Proofs { get; init; }

    /// <summary>Skips where a program cannot be told whom to trust: the OP calls a notification endpoint whose certificate is of the run.</summary>
    public static void RequirePing() => Assert.SkipUnless(OperatingSystem.IsLinux(), "SSL_CERT_FILE, by which the OP is told whose servers it may call, is read by .NET on Linux.");

    /// <summary>Starts the host and registers it.</summary>
    /// <param name="world">The OP.</param>
    /// <param name="id">The client id.</param>
    /// <param name="way">How it proves itself.</param>
    /// <param name="shown">The certificate that it really shows, where a test wants another than the registered one.</param>
    /// <param name="trusted">Whose servers it takes; the OP's authority when null.</param>
    public static async Task<OwnClient> StartAsync(TlsOp world, string id, OwnWay way, (string Certificate, string Key)? shown = null, X509Certificate2? trusted = null)
    {
        var key = way.Algorithm == "PS256" ? Ps256.Value : Es256;
        var (pem, pemKey) = shown ?? (way.Method == "self_signed_tls_client_auth" ? world.Own : world.Named);
        var certificate = way.ShowsCertificate ? X509Certificate2.CreateFromPem(pem, pemKey) : null;
        var root = trusted ?? X509CertificateLoader.LoadCertificate(world.Servers.Certificate.Der);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(world.Server().ToX509())));
        builder.Services
            .AddMedIdCibaClient(options =>
            {
                options.Profile = way.Profile;
                options.Issuer = world.Op.Issuer;
                options.Credential = way.Method == "private_key_jwt" ? new PrivateKeyJwtCredential(id, key) : new TlsClientCredential(id, certificate!);
                options.Certificate = way.Method == "private_key_jwt" ? certificate : null;
                options.RequestSigningKey = way.Signs ? key : null;
                options.DpopKey = way.ByProof ? key : null;
                options.DeliveryMode = way.Mode;
            })
            .UseSocketsHttpHandler((handler, _) => handler.SslOptions.CertificateChainPolicy = OpProcess.Trust(root));

        // Longer than any test: a client that is pinged does not come to its tokens by asking on its own.
        builder.Services.AddMedIdCibaScheduler(configure: options => (options.Jitter, options.PingFallback) = (0, TimeSpan.FromMinutes(10)));
        var app = builder.Build();
        app.MapCibaNotifications("/ciba/notifications");
        await app.StartAsync();
        var client = new OwnClient(app, key, certificate, world, id)
        {
            Proofs = way.ByProof ? new DpopProofs(key) : null,
            Binding = way.ByProof ? new() { KeyThumbprint = key.PublicKey.Thumbprint } : new() { CertificateThumbprint = new TlsClientCredential(id, certificate!).Thumbprint },
        };
        Assert.Equal(HttpStatusCode.Created, await world.Op.RegisterAsync(client.Metadata(way)));
        return client;
    }

    public static BackchannelRequest Request(params string[] scopes) => new()
    {
        Scopes = scopes,
        Hint = UserHint.LoginHint("alice"),
        AcrValues = [Acr],
        BindingMessage = BindingMessage.Parse("XK-42").Value,
    };

    /// <summary>From the request to its outcome.</summary>
    public async Task<MedIdResult<CibaTokens>> RunAsync(BackchannelRequest request, string decision = "approve")
    {
        var started = await Scheduler.StartAsync("", request, await TakenConsent.ProveAsync(request.Hint, TimeProvider.System, _id), "visit-1");
        if (!started.Succeeded)
        {
            return started.Error;
        }

        await _world.Op.DecideAsync(decision);
        return (await Scheduler.WaitAsync(started.Value.Id).WaitAsync(TimeSpan.FromSeconds(60)))!.Result;
    }

    /// <summary>Calls an API with a token of this client: over a connection that shows a certificate, and with a proof where the token is bound by one.</summary>
    /// <param name="url">The API.</param>
    /// <param name="accessToken">The token.</param>
    /// <param name="shown">The certificate; null shows none.</param>
    /// <param name="proves">Whether the proof goes with it.</param>
    public async Task<HttpStatusCode> CallAsync(string url, string accessToken, X509Certificate2? shown, bool proves = true)
    {
        var handler = shown is null ? new SocketsHttpHandler() : new TlsClientCredential("any", shown).CreateHandler();
        handler.SslOptions.CertificateChainPolicy = OpProcess.Trust(X509CertificateLoader.LoadCertificate(_world.Servers.Certificate.Der));
        using var http = new HttpClient(Proofs is { } proofs && proves ? new DpopHandler(proofs) { InnerHandler = handler } : handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue(Proofs is null ? TokenTypes.Bearer : TokenTypes.DPoP, accessToken);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Certificate?.Dispose();
    }

    private JsonObject Metadata(OwnWay way)
    {
        var keys = (JsonObject)JsonNode.Parse(JsonWebKeySet.Of(_key.ToJwk()).ToJson())!;
        var metadata = new JsonObject
        {
            ["client_id"] = _id,
            ["token_endpoint_auth_method"] = way.Method,
            ["jwks"] = way.Method == "self_signed_tls_client_auth" ? _world.WithOwnKey(keys) : keys,
            ["backchannel_token_delivery_mode"] = way.Mode == TokenDeliveryMode.Ping ? "ping" : "poll",
            [way.ByProof ? "dpop_bound_access_tokens" : "tls_client_certificate_bound_access_tokens"] = true,
        };
        if (way.Method == "private_key_jwt")
        {
            metadata["token_endpoint_auth_signing_alg"] = way.Algorithm;
        }
        else if (way.Method == "tls_client_auth")
        {
            metadata["tls_client_auth_san_dns"] = "client.example";
        }

        if (way.Signs)
        {
            metadata["backchannel_authentication_request_signing_alg"] = way.Algorithm;
        }

        if (way.Mode == TokenDeliveryMode.Ping)
        {
            metadata["backchannel_client_notification_endpoint"] = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/ciba/notifications";
        }

        return metadata;
    }
}
