using MedId.AspNetCore.Provider;
using MedId.Ciba.Server;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Every error of the token endpoint (CIBA Core §11, RFC 6749 §5.2 and §6, RFC 8707, RFC 9449), and of introspection, revocation and userinfo, over HTTP.</summary>
public class TokenErrorTests
{
    private static readonly Dictionary<string, WireError> Rows = new(StringComparer.Ordinal)
    {
        ["nobody has decided"] = new(400, "authorization_pending", async w => await w.PollAsync(await w.OpenAsync())),
        ["asked too fast"] = new(400, "slow_down", async w =>
        {
            var id = await w.OpenAsync();
            await w.PollAsync(id);
            return await w.PollAsync(id);
        }),
        ["it has expired"] = new(400, "expired_token", async w =>
        {
            var id = await w.OpenAsync(parameters: ("requested_expiry", "60"));
            w.Time.Advance(TimeSpan.FromSeconds(60));
            return await w.PollAsync(id);
        }),
        ["it was made to expire"] = new(400, "expired_token", async w => await w.PollAsync(await w.OpenAsync(decide: "expire"))),
        ["the person said no"] = new(400, "access_denied", async w => await w.PollAsync(await w.OpenAsync(decide: "deny"))),
        ["an id that nobody was given"] = new(400, "invalid_grant", w => w.PollAsync("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        ["an id of another client"] = new(400, "invalid_grant", async w => await w.PollAsync(await w.OpenAsync(decide: "approve"), "other")),
        ["an id that was used"] = new(400, "invalid_grant", async w =>
        {
            var id = await w.OpenAsync(decide: "approve");
            (await w.PollAsync(id)).Expect(200);
            return await w.PollAsync(id);
        }),
        ["asked too fast again and again"] = new(400, "invalid_request", async w =>
        {
            var id = await w.OpenAsync();
            for (var i = 0; i <= CibaRequest.MaxFastPolls; i++)
            {
                await w.PollAsync(id);
            }

            return await w.PollAsync(id);
        }),
        ["no id"] = Invalid(w => w.BasicAsync("/token", "basic", ("grant_type", LabWorld.CibaGrant))),
        ["no grant type"] = Invalid(w => w.BasicAsync("/token", "basic", ("auth_req_id", "x"))),
        ["an id twice"] = Invalid(w => w.BasicAsync("/token", "basic", ("grant_type", LabWorld.CibaGrant), ("auth_req_id", "x"), ("auth_req_id", "y"))),
        ["not a form"] = Invalid(w => w.SendAsync(HttpMethod.Post, "/token", new StringContent("x", System.Text.Encoding.UTF8, "text/plain"), r => r.Headers.Authorization = LabWorld.Basic("basic", LabWorld.Secret))),
        ["a client of push"] = new(400, "unauthorized_client", async w => await w.PollAsync(await w.OpenAsync("push", parameters: ("client_notification_token", LabWorld.Notification)), "push")),
        ["a resource server"] = new(400, "unauthorized_client", w => w.PollAsync("x", "rs")),
        ["a grant type of nobody"] = new(400, "unsupported_grant_type", w => w.BasicAsync("/token", "basic", ("grant_type", "password"), ("username", "a"), ("password", "b"))),
        ["a wrong secret"] = new(401, "invalid_client", w => w.FormAsync("/token", [new("grant_type", LabWorld.CibaGrant)], r => r.Headers.Authorization = LabWorld.Basic("basic", "wrong")), "Basic "),
        ["no client authentication"] = new(401, "invalid_client", w => w.FormAsync("/token", [new("grant_type", LabWorld.CibaGrant), new("auth_req_id", "x")]), "Basic "),
        ["an assertion of another kind"] = new(401, "invalid_client", w => w.FormAsync("/token", [new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"), new("client_assertion", "x")]), "Basic "),
        ["two client identifiers"] = new(401, "invalid_client", w => w.FormAsync("/token", [.. w.Assertion("pk"), new("client_id", "basic"), new("grant_type", LabWorld.CibaGrant)]), "Basic "),
        ["two credentials in one header"] = new(401, "invalid_client", w => w.FormAsync(
            "/token", [new("grant_type", LabWorld.CibaGrant)], r => r.Headers.TryAddWithoutValidation("Authorization", ["Basic YTpi", "Basic YTpj"])), "Basic "),
        ["an assertion used twice"] = new(401, "invalid_client", async w =>
        {
            var assertion = w.Assertion("pk");
            await w.FormAsync("/token", [.. assertion, new("grant_type", LabWorld.CibaGrant), new("auth_req_id", "x")]);
            return await w.FormAsync("/token", [.. assertion, new("grant_type", LabWorld.CibaGrant), new("auth_req_id", "x")]);
        }, "Basic "),
        ["refresh with a scope that is none"] = new(400, "invalid_scope", async w => await w.BasicAsync(
            "/token", "basic", ("grant_type", "refresh_token"), ("refresh_token", (await w.TokensAsync())["refresh_token"]), ("scope", "openid  openid"))),
        ["another resource than was granted"] = new(400, "invalid_target", async w => await w.BasicAsync(
            "/token", "basic", ("grant_type", LabWorld.CibaGrant), ("auth_req_id", await w.OpenAsync("basic", "approve", ("scope", "openid patient/Observation.rs"))), ("resource", "https://elsewhere.example/r4"))),
        ["refresh without a token"] = Invalid(w => w.BasicAsync("/token", "basic", ("grant_type", "refresh_token"))),
        ["refresh with a token of nobody"] = new(400, "invalid_grant", w => w.BasicAsync("/token", "basic", ("grant_type", "refresh_token"), ("refresh_token", "x"))),
        ["refresh with a token of another client"] = new(400, "invalid_grant", async w => await w.BasicAsync("/token", "other", ("grant_type", "refresh_token"), ("refresh_token", (await w.TokensAsync())["refresh_token"]))),
        ["refresh with a rotated token"] = new(400, "invalid_grant", async w =>
        {
            var token = (await w.TokensAsync())["refresh_token"];
            (await w.BasicAsync("/token", "basic", ("grant_type", "refresh_token"), ("refresh_token", token))).Expect(200);
            return await w.BasicAsync("/token", "basic", ("grant_type", "refresh_token"), ("refresh_token", token));
        }),
        ["refresh for more than was granted"] = new(400, "invalid_scope", async w => await w.BasicAsync(
            "/token", "basic", ("grant_type", "refresh_token"), ("refresh_token", (await w.TokensAsync())["refresh_token"]), ("scope", "openid patient/Patient.rs"))),
        ["refresh for another resource"] = new(400, "invalid_target", async w => await w.BasicAsync(
            "/token", "basic", ("grant_type", "refresh_token"), ("refresh_token", (await w.TokensAsync())["refresh_token"]), ("resource", "https://elsewhere.example/r4"))),
        ["no DPoP proof where one is registered"] = Proof(w => null),
        ["a DPoP proof that is none"] = Proof(_ => "nonsense"),
        ["a DPoP proof of another type"] = Proof(w => w.Proof(type: "JWT")),
        ["a DPoP proof for another method"] = Proof(w => w.Proof(claims => claims["htm"] = "GET")),
        ["a DPoP proof for another URL"] = Proof(w => w.Proof(claims => claims["htu"] = LabWorld.Issuer + "/userinfo")),
        ["a DPoP proof from long ago"] = Proof(w => w.Proof(claims => claims["iat"] = (long)claims["iat"]! - 3600)),
        ["a DPoP proof without jti"] = Proof(w => w.Proof(claims => claims.Remove("jti"))),
        ["a DPoP proof used twice"] = new(400, "invalid_dpop_proof", async w =>
        {
            var proof = w.Proof();
            (await w.PollAsync(await w.OpenAsync("dpop", "approve"), "dpop", r => r.Headers.Add("DPoP", proof))).Expect(200);
            return await w.PollAsync(await w.OpenAsync("dpop", "approve"), "dpop", r => r.Headers.Add("DPoP", proof));
        }),
        ["two DPoP proofs"] = new(400, "invalid_dpop_proof", async w =>
            await w.PollAsync(await w.OpenAsync("dpop", "approve"), "dpop", r => r.Headers.Add("DPoP", (string[])[w.Proof(), w.Proof()]))),
        ["introspection without a token"] = Invalid(w => w.BasicAsync("/introspect", "rs")),
        ["introspection without authentication"] = new(401, "invalid_client", w => w.FormAsync("/introspect", [new("token", "x")]), "Basic "),
        ["introspection with a wrong secret"] = new(401, "invalid_client", w => w.FormAsync("/introspect", [new("token", "x")], r => r.Headers.Authorization = LabWorld.Basic("rs", "wrong")), "Basic "),
        ["introspection by a client that serves nothing"] = new(401, "invalid_client", async w => await w.BasicAsync("/introspect", "basic", ("token", (await w.TokensAsync())["access_token"])), "Basic "),
        ["revocation of an ID token"] = new(400, "unsupported_token_type", async w => await w.BasicAsync("/revoke", "basic", ("token", (await w.TokensAsync())["id_token"]), ("token_type_hint", "access_token"))),
        ["revocation with a wrong secret"] = new(401, "invalid_client", w => w.FormAsync("/revoke", [new("token", "x")], r => r.Headers.Authorization = LabWorld.Basic("basic", "wrong")), "Basic "),
        ["a token twice"] = Invalid(w => w.BasicAsync("/revoke", "basic", ("token", "x"), ("token", "y"))),
        ["revocation without a token"] = Invalid(w => w.BasicAsync("/revoke", "basic")),
        ["revocation without authentication"] = new(401, "invalid_client", w => w.FormAsync("/revoke", [new("token", "x")]), "Basic "),
        ["userinfo with a token of nobody"] = new(401, "invalid_token", w => w.SendAsync(HttpMethod.Get, "/userinfo", null, r => r.Headers.TryAddWithoutValidation("Authorization", "Bearer nonsense")), "Bearer error=\"invalid_token\""),
        ["userinfo with a token that has ended"] = new(401, "invalid_token", async w =>
        {
            var token = (await w.TokensAsync())["access_token"];
            w.Time.Advance(TimeSpan.FromHours(1));
            return await w.SendAsync(HttpMethod.Get, "/userinfo", null, r => r.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token));
        }, "Bearer error=\"invalid_token\""),
        ["userinfo with a token of too little scope"] = new(403, "insufficient_scope", async w =>
        {
            var narrow = (await w.BasicAsync("/token", "basic", ("grant_type", "refresh_token"), ("refresh_token", (await w.TokensAsync())["refresh_token"]), ("scope", "patient/Observation.rs"))).Expect(200);
            return await w.SendAsync(HttpMethod.Get, "/userinfo", null, r => r.Headers.TryAddWithoutValidation("Authorization", "Bearer " + narrow["access_token"]));
        }, "Bearer error=\"insufficient_scope\""),
        ["userinfo with a bound token as bearer"] = new(401, "invalid_token", async w => await BoundAsync(w, "Bearer", null), "Bearer error=\"invalid_token\""),
        ["userinfo with a bound token and no proof"] = new(401, "invalid_dpop_proof", async w => await BoundAsync(w, "DPoP", null), "Bearer, DPoP error=\"invalid_dpop_proof\""),
        ["userinfo with a proof for another token"] = new(401, "invalid_dpop_proof", async w => await BoundAsync(w, "DPoP", w.Proof(claims =>
            (claims["htm"], claims["htu"], claims["ath"]) = ("GET", LabWorld.Issuer + "/userinfo", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))), "Bearer, DPoP error=\"invalid_dpop_proof\""),
    };

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Token_OneDefect_IsRefusedAsTheStandardSays(string name)
    {
        await using var world = await LabWorld.StartAsync();

        var row = Rows[name];
        WireErrors.Check(row, await row.Send(world));
    }

    [Fact]
    public async Task Token_WithoutTheNonceThatIsAskedFor_TellsIt()
    {
        await using var world = await LabWorld.StartAsync(op => op.AddDpopNonces(new byte[32]));
        var id = await world.OpenAsync("dpop", "approve");

        var refused = await world.PollAsync(id, "dpop", r => r.Headers.Add("DPoP", world.Proof()));

        WireErrors.Check(new(400, "use_dpop_nonce", _ => throw new InvalidOperationException()), refused);
        var nonce = refused.Headers["DPoP-Nonce"];
        var tokens = await world.PollAsync(id, "dpop", r => r.Headers.Add("DPoP", world.Proof(claims => claims["nonce"] = nonce)));
        Assert.Equal("DPoP", tokens.Expect(200)["token_type"]);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("ended")]
    [InlineData("of another resource server")]
    [InlineData("revoked")]
    public async Task Introspect_WhatIsNoTokenHere_IsInactiveAndNothingMore(string kind)
    {
        await using var world = await LabWorld.StartAsync();
        var token = kind == "unknown" ? "nonsense" : (await world.TokensAsync(scope: kind == "of another resource server" ? "openid" : "openid patient/Observation.rs"))["access_token"];
        if (kind == "ended")
        {
            world.Time.Advance(TimeSpan.FromHours(1));
        }
        else if (kind == "revoked")
        {
            (await world.BasicAsync("/revoke", "basic", ("token", token))).Expect(200);
        }

        var answer = (await world.BasicAsync("/introspect", "rs", ("token", token))).Expect(200);

        Assert.Equal("""{"active":false}""", answer.Text);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
    }

    [Theory]
    [InlineData("nonsense", null)]
    [InlineData("nonsense", "of_no_kind")]
    public async Task Revoke_WhatIsNoToken_IsDone(string token, string? hint)
    {
        await using var world = await LabWorld.StartAsync();

        var answer = await world.BasicAsync("/revoke", "basic", [("token", token), .. hint is null ? [] : new[] { ("token_type_hint", hint) }]);

        Assert.Equal((200, 0), (answer.Status, answer.Body.Length));
    }

    [Fact]
    public async Task UserInfo_WithoutAToken_IsChallengedWithoutAnError()
    {
        await using var world = await LabWorld.StartAsync();

        var answer = await world.SendAsync(HttpMethod.Get, "/userinfo", content: null);

        // RFC 6750 §3.1: who sent nothing is told no error.
        Assert.Equal(401, answer.Status);
        Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.DoesNotContain("error", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task UserInfo_TokenInTheQueryOrTheBody_IsNone()
    {
        await using var world = await LabWorld.StartAsync();
        var token = (await world.TokensAsync())["access_token"];

        Assert.Equal(401, (await world.SendAsync(HttpMethod.Get, "/userinfo?access_token=" + token, content: null)).Status);
        Assert.Equal(401, (await world.FormAsync("/userinfo", [new("access_token", token)])).Status);
    }

    [Fact]
    public async Task UserInfo_ServerWithNonces_AsksForOne()
    {
        await using var world = await LabWorld.StartAsync(op => op.AddDpopNonces(new byte[32]));
        var id = await world.OpenAsync("dpop", "approve");
        var nonce = (await world.PollAsync(id, "dpop", r => r.Headers.Add("DPoP", world.Proof()))).Headers["DPoP-Nonce"];
        var token = (await world.PollAsync(id, "dpop", r => r.Headers.Add("DPoP", world.Proof(claims => claims["nonce"] = nonce)))).Expect(200)["access_token"];
        var hash = System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token)));

        var refused = await AskAsync(null);

        // RFC 9449 §9.
        WireErrors.Check(new(401, "use_dpop_nonce", _ => throw new InvalidOperationException(), "Bearer, DPoP error=\"use_dpop_nonce\""), refused);
        Assert.Equal(200, (await AskAsync(refused.Headers["DPoP-Nonce"])).Status);

        Task<LabAnswer> AskAsync(string? given) => world.SendAsync(HttpMethod.Get, "/userinfo", null, r =>
        {
            r.Headers.TryAddWithoutValidation("Authorization", "DPoP " + token);
            r.Headers.Add("DPoP", world.Proof(claims =>
            {
                (claims["htm"], claims["htu"], claims["ath"]) = ("GET", LabWorld.Issuer + "/userinfo", hash);
                if (given is not null)
                {
                    claims["nonce"] = given;
                }
            }));
        });
    }

    private static async Task<LabAnswer> BoundAsync(LabWorld world, string scheme, string? proof)
    {
        var token = (await world.PollAsync(await world.OpenAsync("dpop", "approve"), "dpop", r => r.Headers.Add("DPoP", world.Proof()))).Expect(200)["access_token"];
        return await world.SendAsync(HttpMethod.Get, "/userinfo", null, r =>
        {
            r.Headers.TryAddWithoutValidation("Authorization", scheme + " " + token);
            if (proof is not null)
            {
                r.Headers.Add("DPoP", proof);
            }
        });
    }

    private static WireError Invalid(Func<LabWorld, Task<LabAnswer>> send) => new(400, "invalid_request", send);

    private static WireError Proof(Func<LabWorld, string?> proof) => new(400, "invalid_dpop_proof", async w => await w.PollAsync(
        await w.OpenAsync("dpop", "approve"), "dpop", r =>
        {
            if (proof(w) is { } made)
            {
                r.Headers.Add("DPoP", made);
            }
        }));
}
