using System.Net;
using System.Text.Json.Nodes;
using MedId.Ciba.Client;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MedId.Ciba.Interop.Tests;

/// <summary>Our relying party against our OP, each a program or a host of its own: the modes that no peer of others has, and the pace.</summary>
public sealed class BothSidesTests : IAsyncLifetime
{
    private OpProcess _op = null!;

    public async ValueTask InitializeAsync() => _op = await OpProcess.StartAsync();

    public ValueTask DisposeAsync() => _op.DisposeAsync();

    [Theory]
    [InlineData(TokenDeliveryMode.Push, "approve", null)]
    [InlineData(TokenDeliveryMode.Push, "deny", OAuthErrorCodes.AccessDenied)]
    [InlineData(TokenDeliveryMode.Ping, "approve", null)]
    [InlineData(TokenDeliveryMode.Ping, "deny", OAuthErrorCodes.AccessDenied)]
    [InlineData(TokenDeliveryMode.Poll, "approve", null)]
    [InlineData(TokenDeliveryMode.Poll, "deny", OAuthErrorCodes.AccessDenied)]
    public async Task Flow_EachMode_BringsTheOutcomeOnce(TokenDeliveryMode mode, string decision, string? code)
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "rp-1");
        await using var rp = await StartAsync(mode, key);
        var scheduler = rp.Services.GetRequiredService<CibaScheduler>();
        var hint = UserHint.LoginHint("alice");
        var started = await scheduler.StartAsync("", new BackchannelRequest { Scopes = ["openid", "patient/Patient.read"], Hint = hint, BindingMessage = BindingMessage.Parse("XK-42").Value }, await TakenConsent.ProveAsync(hint, TimeProvider.System, "both-sides"), "visit-1");
        Assert.True(started.Succeeded, started.Error?.ToString());
        await _op.DecideAsync(decision);
        var outcome = (await scheduler.WaitAsync(started.Value.Id).WaitAsync(TimeSpan.FromSeconds(60)))!;
        Assert.Equal(code, outcome.Result.Error?.Code);
        Assert.Equal(code is null ? "alice" : null, outcome.Result.Value?.IdToken.Subject);
        Assert.Null(await scheduler.TryTakeAsync(started.Value.Id));
    }

    [Fact]
    public async Task PollAsync_FasterThanAllowed_IsToldToSlowDownAndGrowsByFiveSeconds()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "rp-1");
        await using var rp = await StartAsync(TokenDeliveryMode.Poll, key);
        var client = rp.Services.GetRequiredService<AspNetCore.RelyingParty.CibaService>();
        var hint = UserHint.LoginHint("alice");
        var started = (await client.StartAsync(new BackchannelRequest { Scopes = ["openid"], Hint = hint, BindingMessage = BindingMessage.Parse("XK-43").Value }, await TakenConsent.ProveAsync(hint, TimeProvider.System, "both-sides"))).Value!;
        var polled = (await client.PollAsync(started)).Value!;
        for (var turn = 0; turn < 3 && polled.Next.Interval == started.Interval; turn++)
        {
            polled = (await client.PollAsync(polled.Next)).Value!;
        }

        Assert.Equal(started.Interval + TimeSpan.FromSeconds(5), polled.Next.Interval);
        Assert.Null(polled.Tokens);
    }

    private async Task<WebApplication> StartAsync(TokenDeliveryMode mode, SigningKey key)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddMedIdCibaClient(options =>
        {
            options.Issuer = _op.Issuer;
            options.Credential = new PrivateKeyJwtCredential("both-sides", key);
            options.RequestSigningKey = key;
            options.DeliveryMode = mode;
            options.DpopKey = mode == TokenDeliveryMode.Push ? null : key;
            options.Http.AllowHttpOnLoopback = true;
        });
        builder.Services.AddMedIdCibaScheduler(configure: options => options.Jitter = 0);
        var app = builder.Build();
        app.MapCibaNotifications("/notifications");
        await app.StartAsync();
        var metadata = new JsonObject
        {
            ["client_id"] = "both-sides",
            ["jwks"] = JsonNode.Parse(JsonWebKeySet.Of(key.ToJwk()).ToJson()),
            ["token_endpoint_auth_method"] = "private_key_jwt",
            ["token_endpoint_auth_signing_alg"] = "ES256",
            ["backchannel_authentication_request_signing_alg"] = "ES256",
            ["backchannel_token_delivery_mode"] = mode switch { TokenDeliveryMode.Push => "push", TokenDeliveryMode.Ping => "ping", _ => "poll" },
        };
        if (mode != TokenDeliveryMode.Poll)
        {
            metadata["backchannel_client_notification_endpoint"] = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/notifications";
        }

        Assert.Equal(HttpStatusCode.Created, await _op.RegisterAsync(metadata));
        return app;
    }
}
