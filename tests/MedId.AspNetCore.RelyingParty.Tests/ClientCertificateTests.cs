using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MedId.Ciba.Client;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.RelyingParty.Tests;

/// <summary>An OP over TLS that sees which certificate a connection shows, and at which of its addresses.</summary>
public sealed class ClientCertificateTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flow_WithACertificate_ShowsItAtTheAliasesOnly(bool authenticates)
    {
        using var server = NotificationHost.Certificate();
        using var mine = NotificationHost.Certificate("ehr-clinic-a");
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-1");
        List<(string Path, string? Thumbprint, string? ClientId)> seen = [];
        await using var op = await StartAsync(server, key, seen);
        var issuer = op.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using var host = await NotificationHost.StartAsync(
            options =>
            {
                options.Issuer = issuer;
                options.Credential = authenticates ? new TlsClientCredential("ehr-clinic-a", mine) : new ClientSecretPostCredential("ehr-clinic-a", "a-secret");
                options.Certificate = authenticates ? null : mine;
            },
            more: services => services.AddHttpClient("MedId.Ciba.Client:" + NotificationHost.Op)
                .UseSocketsHttpHandler((handler, _) => handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == server.GetCertHashString()));
        var pending = await host.AskAsync(new BackchannelRequest { Scopes = ["openid"], Hint = UserHint.LoginHint("alice") }, "ehr-clinic-a");
        var outcome = (await host.Scheduler.WaitAsync(pending.Id).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken))!;
        Assert.True(outcome.Result.Succeeded, outcome.Result.Error?.ToString());
        Assert.Equal(["/mtls/bc", "/mtls/token"], seen.Select(one => one.Path));
        Assert.All(seen, one => Assert.Equal((mine.Thumbprint, "ehr-clinic-a"), (one.Thumbprint, one.ClientId)));
    }

    private static async Task<WebApplication> StartAsync(X509Certificate2 certificate, SigningKey key, List<(string Path, string? Thumbprint, string? ClientId)> seen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate, https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.ClientCertificateValidation = (_, _, _) => true;
        })));
        var app = builder.Build();
        string Base(HttpContext context) => "https://" + context.Request.Host;
        app.MapGet("/.well-known/openid-configuration", context => context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["issuer"] = Base(context),
            ["jwks_uri"] = Base(context) + "/jwks",
            ["token_endpoint"] = Base(context) + "/token",
            ["backchannel_authentication_endpoint"] = Base(context) + "/bc",
            ["backchannel_token_delivery_modes_supported"] = new JsonArray("poll"),
            ["tls_client_certificate_bound_access_tokens"] = true,
            ["mtls_endpoint_aliases"] = new JsonObject { ["token_endpoint"] = Base(context) + "/mtls/token", ["backchannel_authentication_endpoint"] = Base(context) + "/mtls/bc" },
        }));
        app.MapGet("/jwks", () => Results.Bytes(JsonWebKeySet.Of(key.ToJwk()).ToJson(), "application/json"));
        app.MapPost("/{**path}", async context =>
        {
            var form = await context.Request.ReadFormAsync();
            lock (seen)
            {
                seen.Add((context.Request.Path, context.Connection.ClientCertificate?.Thumbprint, form["client_id"]));
            }

            if (context.Request.Path.Value!.EndsWith("/bc", StringComparison.Ordinal))
            {
                await context.Response.WriteAsJsonAsync(new JsonObject { ["auth_req_id"] = "req-1", ["expires_in"] = 60, ["interval"] = 1 });
                return;
            }

            var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
            var claims = new JsonObject
            {
                ["iss"] = Base(context),
                ["sub"] = "s",
                ["aud"] = "ehr-clinic-a",
                ["iat"] = now,
                ["exp"] = now + 60,
                ["cnf"] = new JsonObject { ["x5t#S256"] = StrictBase64Url.Encode(System.Security.Cryptography.SHA256.HashData(context.Connection.ClientCertificate!.RawData)) },
            };
            await context.Response.WriteAsJsonAsync(new JsonObject
            {
                ["access_token"] = "a",
                ["token_type"] = "Bearer",
                ["id_token"] = await JwtSigner.SignAsync(key, "JWT", System.Text.Encoding.UTF8.GetBytes(claims.ToJsonString())),
            });
        });
        await app.StartAsync();
        return app;
    }
}
