using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.OAuth;
using MedId.Provider;
using MedId.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TrimmedSmoke;

/// <summary>A patient's OP on a loopback port: what it says of itself, and that it refuses a caller that nobody knows.</summary>
internal static class RoofCheck
{
    private const string Issuer = "https://op.example";

    public static async Task RunAsync()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        using var http = new HttpClient();
        using var issuers = new PractitionerIssuers(new ProtocolHttpClient(http), ["https://doctor-op.example"], TimeProvider.System);
        await using var app = Build(key, issuers);
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        using var discovery = JsonDocument.Parse(await http.GetStringAsync(new Uri(address, "/.well-known/openid-configuration")));
        Require.That(discovery.RootElement.GetProperty("issuer").GetString() == Issuer, "discovery names another issuer");
        Require.Accepted(JsonWebKeySet.Parse(await http.GetByteArrayAsync(new Uri(address, "/jwks"))));
        using var form = new FormUrlEncodedContent([new("scope", "openid"), new("login_hint", "somebody")]);
        using var refused = await http.PostAsync(new Uri(address, "/bc-authorize"), form);
        Require.That(refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest, $"an unknown client got {(int)refused.StatusCode}");
        using var error = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        Require.That(error.RootElement.GetProperty("error").GetString() == "invalid_client", "an unknown client got another error");
        await app.StopAsync();
    }

    private static WebApplication Build(SigningKey key, PractitionerIssuers issuers)
    {
        var model = SoftwareUafModel.Create();
        var statement = Require.Accepted(UafMetadataStatement.Parse(model.MetadataStatement));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddMedIdProvider(options =>
            {
                options.Issuer = Issuer;
                options.Laws = LawPolicy.In("JP");
                options.AcrTable = new AcrTable(
                [
                    new AcrRequirement
                    {
                        Acr = "urn:example:smoke",
                        Edition = AssuranceEdition.Nist80063Rev4,
                        MinimumAal = AuthenticatorAssuranceLevel.Aal1,
                        Protocols = ["fido-uaf"],
                    },
                ]);
            })
            .AddCiba()
            .AddUaf(new UafMetadataSet([statement]), UafPolicy.ForModels(statement.Aaid), "android:apk-key-hash-sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
            .AddClients()
            .AddSigningKeys(new KeyRing([key]))
            .AddAccountDigestKey(RandomNumberGenerator.GetBytes(32))
            .AddPractitionerIssuers(_ => issuers)
            .AddPush(_ => new NoPush(), "http")
            .WithoutTimestampedHistory()
            .UseStore(_ => new InMemoryProviderStore());
        var app = builder.Build();
        app.MapMedIdProvider();
        return app;
    }

    private sealed class NoPush : IDeviceNotifier
    {
        public ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default) => ValueTask.FromResult(false);
    }
}
