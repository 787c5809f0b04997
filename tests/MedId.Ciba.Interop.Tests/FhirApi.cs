using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MedId.AspNetCore.ResourceServer;
using MedId.Cryptography;
using MedId.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MedId.Ciba.Interop.Tests;

/// <summary>A resource over TLS that takes bound tokens only, and asks the OP about each by credentials of its own.</summary>
internal sealed class FhirApi : IAsyncDisposable
{
    private const string Id = "fhir-api";
    private const string Resource = "https://fhir.example/r4";

    private readonly WebApplication _app;
    private readonly LocalSigningKey _key;

    private FhirApi(WebApplication app, LocalSigningKey key) => (_app, _key) = (app, key);

    /// <summary>What is read.</summary>
    public string Record => Address + "/fhir/Patient";

    /// <summary>What the OP said of the newest token that was shown.</summary>
    public IntrospectionResponse? Introspected { get; private set; }

    private string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<FhirApi> StartAsync(TlsOp world)
    {
        var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "rs-1");
        FhirApi? api = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(world.Server().ToX509(), https =>
        {
            // Whose certificate it is, the token says.
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        })));
        builder.Services
            .AddMedIdIntrospection(options =>
            {
                options.Issuer = world.Op.Issuer;
                options.Credential = new PrivateKeyJwtCredential(Id, key);
                options.Audience = Resource;
                options.RequireSenderConstrainedTokens = true;
                options.OnIntrospected = (_, outcome) =>
                {
                    api!.Introspected = outcome.Response;
                    return Task.CompletedTask;
                };
            })
            .UseSocketsHttpHandler((handler, _) => handler.SslOptions.CertificateChainPolicy = OpProcess.Trust(X509CertificateLoader.LoadCertificate(world.Servers.Certificate.Der)));
        var app = builder.Build();
        app.MapGet("/fhir/{**path}", () => "{}").RequireFhirScope("/fhir");
        api = new(app, key);
        await app.StartAsync();

        // The port is known now, and proofs are for the address that is called.
        app.Services.GetRequiredService<IOptionsMonitor<IntrospectionBearerOptions>>().Get(IntrospectionBearerDefaults.Scheme).PublicOrigin = new(api.Address);
        Assert.Equal(HttpStatusCode.Created, await world.Op.RegisterAsync(new()
        {
            ["client_id"] = Id,
            ["token_endpoint_auth_method"] = "private_key_jwt",
            ["token_endpoint_auth_signing_alg"] = "ES256",
            ["jwks"] = JsonNode.Parse(JsonWebKeySet.Of(key.ToJwk()).ToJson()),
            ["grant_types"] = new JsonArray(),
            ["served_resources"] = new JsonArray(Resource),
        }));
        return api;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _key.Dispose();
    }
}
