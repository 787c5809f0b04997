using System.Net;
using System.Text.Json.Nodes;
using MedId.Testing;

namespace MedId.Ciba.Interop.Tests;

/// <summary>The profile heart, in which RS256 is taken, beside core, in which it is not.</summary>
[Trait("Peer", "node")]
public sealed class HeartTests(RpProcess peer) : IClassFixture<RpProcess>
{
    [Theory]
    [InlineData("issuer")]
    [InlineData("token endpoint")]
    public async Task Poll_ByRs256_GivesAnIdTokenByRs256(string audience)
    {
        peer.Require();
        await using var op = await OpProcess.StartAsync(root: null, "--profile", "heart");
        Assert.Equal(HttpStatusCode.Created, await op.RegisterAsync(Client()));
        var job = Job(op);
        if (audience == "token endpoint")
        {
            job["assertionAudience"] = op.Issuer + "/token";
        }

        var flow = await peer.RunAsync(job);

        CoreTests.Ok(flow);
        Assert.Equal("RS256", (string?)flow["idTokenAlg"]);
        Assert.Equal("heart", (string?)flow["access"]!["azp"]);
    }

    [Fact]
    public async Task Registration_OfASecret_Is4xx()
    {
        peer.Require();
        await using var op = await OpProcess.StartAsync(root: null, "--profile", "heart");

        Assert.Equal(HttpStatusCode.BadRequest, await op.RegisterAsync(new() { ["client_id"] = "x", ["client_secret"] = MedIdLab.WellKnownSecret, ["token_endpoint_auth_method"] = "client_secret_basic" }));
    }

    [Fact]
    public async Task Core_ByRs256_IsInvalidClient()
    {
        peer.Require();
        await using var op = await OpProcess.StartAsync();
        var client = Client();
        client.Remove("id_token_signed_response_alg");
        if (await op.RegisterAsync(client) != HttpStatusCode.Created)
        {
            // Refused already when it registers.
            return;
        }

        var job = Job(op);
        job.Remove("idTokenAlg");
        var flow = await peer.RunAsync(job);

        Assert.False((bool)flow["ok"]!, flow.ToJsonString());
        Assert.Equal(401, (int)flow["status"]!);
    }

    private static JsonObject Job(OpProcess op) => new()
    {
        ["issuer"] = op.Issuer,
        ["clientId"] = "heart",
        ["auth"] = "private_key_jwt",
        ["key"] = "RS256",
        ["idTokenAlg"] = "RS256",
        ["params"] = new JsonObject { ["login_hint"] = "alice" },
        ["decide"] = "approve",
    };

    private JsonObject Client() => new()
    {
        ["client_id"] = "heart",
        ["token_endpoint_auth_method"] = "private_key_jwt",
        ["token_endpoint_auth_signing_alg"] = "RS256",
        ["id_token_signed_response_alg"] = "RS256",
        ["jwks"] = peer.Jwks("RS256"),
    };
}
