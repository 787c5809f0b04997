using System.Net;
using MedId.AspNetCore.Provider.Tests.Clients;
using MedId.Cryptography;
using MedId.OAuth;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>DPoP over the wire (RFC 9449): polls, introspection, userinfo, nonces. The key is synthetic.</summary>
public sealed class BoundTokenTests
{
    private static readonly LocalSigningKey Key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
    private static readonly Uri TokenUri = new(OpWorld.DefaultIssuer + "/token");
    private static readonly Uri UserInfoUri = new(OpWorld.DefaultIssuer + "/userinfo");

    [Fact]
    public async Task Poll_WithAProof_BindsTokensThatUserinfoTakesWithTheirProofOnly()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var proofs = new DpopProofs(Key, world.Time);
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id)).UafStatus);

        var twice = await world.Ehr.PollWithAsync(asked["auth_req_id"], Headers(await Proof(proofs), await Proof(proofs)));
        Assert.Equal((400, "invalid_dpop_proof", OAuthErrorCodes.DpopMalformed), (twice.Status, twice.Error, twice.Code));
        var bad = await world.Ehr.PollWithAsync(asked["auth_req_id"], Headers("nonsense"));
        Assert.Equal((400, "invalid_dpop_proof", "no-store"), (bad.Status, bad.Error, bad.CacheControl));

        var tokens = (await world.Ehr.PollWithAsync(asked["auth_req_id"], Headers(await Proof(proofs)))).Expect(200);
        Assert.Equal("DPoP", tokens["token_type"]);
        var state = (await world.IntrospectAsync(tokens["access_token"])).Json;
        Assert.Equal(("DPoP", proofs.KeyThumbprint), ((string?)state["token_type"], (string?)state["cnf"]!["jkt"]));

        var token = tokens["access_token"];
        var bearer = await world.GetAsync("/userinfo", token);
        Assert.Equal((401, "invalid_token"), (bearer.Status, bearer.Error));
        Assert.Contains("DPoP algs=\"ES256 ", bearer.Challenge, StringComparison.Ordinal);
        var proof = await proofs.MakeAsync("GET", UserInfoUri, token);
        Assert.Equal(200, (await UserInfoAsync(world, token, proof)).Status);
        var replayed = await UserInfoAsync(world, token, proof);
        Assert.Equal((401, "invalid_dpop_proof", "oauth_server.dpop_proof_replayed"), (replayed.Status, replayed.Error, replayed.Code));
        Assert.Equal(401, (await UserInfoAsync(world, token, await proofs.MakeAsync("GET", UserInfoUri, token), await proofs.MakeAsync("GET", UserInfoUri, token))).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Poll_OpWithNonces_AsksForOneThatEveryNodeGives(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite, More = op => op.AddDpopNonces(new byte[32]) });
        await using var _ = world;
        var proofs = new DpopProofs(Key, world.Time);
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id)).UafStatus);

        var refused = await world.Ehr.PollWithAsync(asked["auth_req_id"], Headers(await Proof(proofs)));
        Assert.Equal((400, "use_dpop_nonce", OAuthErrorCodes.DpopNonceNeeded), (refused.Status, refused.Error, refused.Code));
        Assert.True(proofs.Remember(TokenUri, refused.DpopNonce));
        var tokens = (await world.Ehr.PollWithAsync(asked["auth_req_id"], Headers(await Proof(proofs)))).Expect(200);
        Assert.Equal(("DPoP", refused.DpopNonce), (tokens["token_type"], tokens.DpopNonce));
    }

    [Fact]
    public async Task Poll_SameProofAtTwoNodesAtOnce_IsTakenByOneOfThem()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = true, More = op => op.AddDpopNonces(new byte[32]) });
        await using var _ = world;
        var second = await world.AddInstanceAsync();
        var proofs = new DpopProofs(Key, world.Time);
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id)).UafStatus);

        // The nonce of one node is good at the other.
        Assert.True(proofs.Remember(TokenUri, (await world.Ehr.PollWithAsync(asked["auth_req_id"], Headers(await Proof(proofs)), second)).DpopNonce));
        var same = await Proof(proofs);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(turn => world.Ehr.PollWithAsync(asked["auth_req_id"], Headers(same), turn % 2 == 0 ? null : second)));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(5, answers.Count(answer => answer.Status == 400 && answer.Code == "oauth_server.dpop_proof_replayed"));
    }

    [Fact]
    public async Task Poll_OpThatGivesBoundTokensOnly_RefusesPlainOnes()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { More = op => op.RequireSenderConstrainedTokens() });
        await using var _ = world;
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id)).UafStatus);
        var plain = await world.Ehr.PollAsync(asked["auth_req_id"]);
        Assert.Equal((400, "invalid_dpop_proof", "oauth_server.dpop_proof_missing"), (plain.Status, plain.Error, plain.Code));
        Assert.Equal("DPoP", (await world.Ehr.PollWithAsync(asked["auth_req_id"], Headers(await Proof(new(Key, world.Time))))).Expect(200)["token_type"]);
    }

    [Fact]
    public async Task Poll_ClientWhoseTokensAreBoundToItsCertificate_NeedsItFromThenOn()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new()
        {
            Client = metadata => metadata["tls_client_certificate_bound_access_tokens"] = true,
            More = op => op.AddClientCertificates(options => options.Proxy = new([IPNetwork.Parse("127.0.0.0/8")])),
        });
        await using var _ = world;
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id)).UafStatus);

        var missing = await world.Ehr.PollAsync(asked["auth_req_id"]);
        Assert.Equal((400, "invalid_request", "oauth_server.certificate_missing"), (missing.Status, missing.Error, missing.Code));
        var both = await world.Ehr.PollWithAsync(asked["auth_req_id"], Shown(MtlsWorld.Own) + Headers(await Proof(new(Key, world.Time))));
        Assert.Equal((400, "invalid_request", "oauth_server.binding_ambiguous"), (both.Status, both.Error, both.Code));
        var tokens = (await world.Ehr.PollWithAsync(asked["auth_req_id"], Shown(MtlsWorld.Own))).Expect(200);
        Assert.Equal("Bearer", tokens["token_type"]);

        var token = tokens["access_token"];
        var state = (await world.IntrospectAsync(token)).Json;
        Assert.Equal(("Bearer", new PresentedCertificate(MtlsWorld.Own.Der).Thumbprint), ((string?)state["token_type"], (string?)state["cnf"]!["x5t#S256"]));
        Assert.Equal(200, (await BearerAsync(world, token, Shown(MtlsWorld.Own))).Status);
        foreach (var other in new[] { static _ => { }, Shown(MtlsWorld.Certificate) })
        {
            var refused = await BearerAsync(world, token, other);
            Assert.Equal((401, "invalid_token", "oauth_server.access_token_binding"), (refused.Status, refused.Error, refused.Code));
        }
    }

    private static Action<HttpRequestMessage> Shown(Testing.TestCertificate certificate) =>
        request => request.Headers.TryAddWithoutValidation("Client-Cert", ":" + Convert.ToBase64String(certificate.Der) + ":");

    private static Task<WireAnswer> BearerAsync(OpWorld world, string token, Action<HttpRequestMessage> change) =>
        world.SendAsync(HttpMethod.Get, "/userinfo", null, change + (request => request.Headers.Authorization = new("Bearer", token)));

    private static ValueTask<string> Proof(DpopProofs proofs) => proofs.MakeAsync("POST", TokenUri);

    private static Action<HttpRequestMessage> Headers(params string[] proofs) => request =>
    {
        foreach (var proof in proofs)
        {
            request.Headers.TryAddWithoutValidation("DPoP", proof);
        }
    };

    private static Task<WireAnswer> UserInfoAsync(OpWorld world, string token, params string[] proofs) => world.SendAsync(HttpMethod.Get, "/userinfo", null, request =>
    {
        request.Headers.TryAddWithoutValidation("Authorization", "DPoP " + token);
        Headers(proofs)(request);
    });
}
