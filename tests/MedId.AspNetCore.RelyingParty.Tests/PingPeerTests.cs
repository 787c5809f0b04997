using MedId.Ciba.Client;
using MedId.Consumers.TestSupport;
using MedId.OAuth;

namespace MedId.AspNetCore.RelyingParty.Tests;

/// <summary>Pings of an OP that others wrote, to our endpoint: plain, and over TLS with DPoP nonces.</summary>
[Trait("Peer", "node")]
public sealed class PingPeerTests
{
    [Theory]
    [InlineData("approve", null)]
    [InlineData("deny", OAuthErrorCodes.AccessDenied)]
    public async Task Ping_Plain_BringsTheOutcomeByOnePoll(string decision, string? code)
    {
        await using var peer = await CibaPeer.StartAsync(("CIBA_OP_PLAIN_PING", "1"));
        peer.Require();
        await using var host = await NotificationHost.StartAsync(options => Right(options, peer));
        await RegisterAsync(peer, host.Address.Replace("http://", "https://", StringComparison.Ordinal));
        await DecideAsync(peer, host, decision, code);
    }

    [Fact]
    public async Task Ping_OverTlsWithDpopNonces_BringsBoundTokens()
    {
        using var certificate = NotificationHost.Certificate();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        try
        {
            await using var peer = await CibaPeer.StartAsync(("CIBA_OP_CA", file), ("CIBA_OP_NONCE", "1"));
            peer.Require();
            using var key = Cryptography.LocalSigningKey.Generate(Cryptography.SignatureAlgorithm.ES256, "dpop-1");
            await using var host = await NotificationHost.StartAsync(
                options =>
                {
                    Right(options, peer);
                    options.DpopKey = key;
                },
                certificate: certificate);
            await RegisterAsync(peer, host.Address);
            var tokens = await DecideAsync(peer, host, "approve", null);
            Assert.Equal("DPoP", tokens!.TokenType);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Right(CibaClientOptions options, CibaPeer peer)
    {
        options.Issuer = peer.Issuer;
        options.Credential = new ClientSecretBasicCredential("pinged", CibaPeer.Secret);
        options.DeliveryMode = TokenDeliveryMode.Ping;
        options.Http.AllowHttpOnLoopback = true;
    }

    private static Task<System.Text.Json.Nodes.JsonObject> RegisterAsync(CibaPeer peer, string address) => peer.RegisterAsync("pinged", change: metadata =>
    {
        metadata["backchannel_token_delivery_mode"] = "ping";
        metadata["backchannel_client_notification_endpoint"] = address + "/ciba/notifications";
    });

    private static async Task<CibaTokens?> DecideAsync(CibaPeer peer, NotificationHost host, string decision, string? code)
    {
        var pending = await host.AskAsync(new BackchannelRequest { Scopes = ["openid"], Hint = UserHint.LoginHint("alice") }, "pinged");
        await peer.DoAsync(new() { ["do"] = "decide", ["as"] = decision });
        var outcome = (await host.Scheduler.WaitAsync(pending.Id).WaitAsync(TimeSpan.FromSeconds(60)))!;
        Assert.Equal(code, outcome.Result.Error?.Code);
        var pings = (await peer.DoAsync(new() { ["do"] = "seen" }))["pings"]!.AsArray();
        Assert.Equal(204, (int)Assert.Single(pings)!["status"]!);
        return outcome.Result.Value;
    }
}
