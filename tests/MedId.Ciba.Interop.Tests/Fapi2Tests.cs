using System.Text.Json.Nodes;

namespace MedId.Ciba.Interop.Tests;

/// <summary>FAPI-CIBA over the FAPI 2.0 Security Profile, against a client that others wrote.</summary>
[Trait("Peer", "node")]
public sealed class Fapi2Tests(Fapi2Op world) : IClassFixture<Fapi2Op>
{
    [Theory]
    [InlineData("dpop", "ES256", false)]
    [InlineData("dpop", "PS256", false)]
    [InlineData("signed", "ES256", true)]
    public async Task Poll_WithDPoP_BindsTheTokensToTheKey(string client, string alg, bool signed)
    {
        var job = world.Job(client, "private_key_jwt");
        job["dpop"] = alg;
        job["userinfo"] = true;
        if (signed)
        {
            job["signed"] = "PS256";
        }

        var flow = await world.Peer.RunAsync(job);

        CoreTests.Ok(flow);
        Assert.NotNull(flow["access"]!["cnf"]!["jkt"]);
    }

    [Fact]
    public async Task Poll_WithACertificate_BindsTheTokensToIt()
    {
        world.Peer.Require();
        var flow = await world.Peer.RunAsync(world.Job("mtls", "private_key_jwt", world.Named));

        CoreTests.Ok(flow);
        Assert.NotNull(flow["access"]!["cnf"]!["x5t#S256"]);
    }

    [Fact]
    public async Task Poll_WithoutAProofOrCertificate_IsRefused()
    {
        world.Peer.Require();
        CoreTests.Refused(await world.Peer.RunAsync(world.Job("dpop", "private_key_jwt")), "invalid_dpop_proof");
        CoreTests.Refused(await world.Peer.RunAsync(world.Job("mtls", "private_key_jwt")), "invalid_request");
    }

    [Theory]
    [InlineData("/token")]
    [InlineData("/bc-authorize")]
    [InlineData("[]")]
    public async Task Assertion_ForAnythingButTheIssuerAsOneString_IsInvalidClient(string audience)
    {
        var job = world.Job("dpop", "private_key_jwt");
        job["dpop"] = "ES256";
        job["assertionAudience"] = audience == "[]" ? new JsonArray(world.Op.Issuer) : world.Op.Issuer + audience;

        var flow = await world.Peer.RunAsync(job);

        Assert.False((bool)flow["ok"]!, flow.ToJsonString());
        Assert.Equal(401, (int)flow["status"]!);
    }
}
