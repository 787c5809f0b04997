using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

/// <summary>Polls with a DPoP proof (RFC 9449 §5): a new one each, bound when redeemed, nothing used up by a bad one.</summary>
public sealed class BoundPollTests
{
    private static readonly LocalSigningKey Key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

    private readonly TestOp _op = new(changeEhr: client => client with { DpopBoundAccessTokens = true });

    [Fact]
    public async Task HandleAsync_RedeemedWithAProof_BindsToItsKey()
    {
        var id = await _op.StartAsync();
        TestServer.AssertRefused(await PollAsync(id, await ProofAsync()), CibaErrorCodes.Pending, "authorization_pending", 400);
        _op.Approve();
        var body = TestServer.Body(await PollAsync(id, await ProofAsync()));
        Assert.Equal("DPoP", (string?)body["token_type"]);
        Assert.Equal(Key.PublicKey.Thumbprint, (string?)TestJws.Claims((string)body["access_token"]!)["cnf"]!["jkt"]);
        Assert.DoesNotContain("cnf", TestJws.Claims((string)body["id_token"]!));
    }

    [Fact]
    public async Task HandleAsync_SameProofWithTheNextPoll_IsRefused()
    {
        var id = await _op.StartAsync();
        var proof = await ProofAsync();
        await PollAsync(id, proof);
        _op.Server.Time.Advance(TimeSpan.FromSeconds(6));
        TestServer.AssertRefused(await PollAsync(id, proof), OAuthServerErrorCodes.DpopProofReplayed, "invalid_dpop_proof", 400);
    }

    [Fact]
    public async Task HandleAsync_BadProofOrNone_CostsNeitherPaceNorRequest()
    {
        var id = await _op.StartAsync();
        for (var time = 0; time < 3; time++)
        {
            TestServer.AssertRefused(await PollAsync(id, null), OAuthServerErrorCodes.DpopProofMissing, "invalid_dpop_proof", 400);
            TestServer.AssertRefused(await PollAsync(id, "nonsense"), OAuthErrorCodes.DpopMalformed, "invalid_dpop_proof", 400);
        }

        TestServer.AssertRefused(await PollAsync(id, await ProofAsync()), CibaErrorCodes.Pending, "authorization_pending", 400);
        _op.Approve();
        TestServer.AssertRefused(await PollAsync(id, null), OAuthServerErrorCodes.DpopProofMissing, "invalid_dpop_proof", 400);
        Assert.Equal(200, (await PollAsync(id, await ProofAsync())).Status);
    }

    private ValueTask<string> ProofAsync() => new DpopProofs(Key, _op.Server.Time).MakeAsync("POST", new Uri(TestServer.Issuer + "/token"));

    private async Task<OAuthAnswer> PollAsync(string id, string? proof) =>
        await _op.Tokens.HandleAsync(await _op.Server.RequestByAsync(TestServer.EhrId, ("grant_type", GrantTypes.Ciba), ("auth_req_id", id)) with { DPoP = proof });
}
