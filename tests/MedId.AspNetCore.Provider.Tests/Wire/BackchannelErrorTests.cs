using System.Text.Json.Nodes;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Every error of CIBA Core §13 and of its extensions, at the backchannel authentication endpoint over HTTP.</summary>
public class BackchannelErrorTests
{
    private static readonly Dictionary<string, WireError> Rows = new(StringComparer.Ordinal)
    {
        ["no hint"] = Invalid(w => w.AskAsync("basic", ("login_hint", ""))),
        ["two hints"] = Invalid(w => w.AskAsync("basic", ("login_hint_token", w.LoginHintToken()))),
        ["three hints"] = Invalid(w => w.AskAsync("basic", ("login_hint_token", w.LoginHintToken()), ("id_token_hint", "x"))),
        ["no scope"] = Invalid(w => w.AskAsync("basic", ("scope", ""))),
        ["scope twice"] = Invalid(w => w.BasicAsync("/bc-authorize", "basic", ("scope", "openid"), ("scope", "openid"), ("login_hint", "alice"))),
        ["login_hint twice"] = Invalid(w => w.BasicAsync("/bc-authorize", "basic", ("scope", "openid"), ("login_hint", "alice"), ("login_hint", "alice"))),
        ["an unknown parameter twice"] = Invalid(w => w.BasicAsync("/bc-authorize", "basic", ("scope", "openid"), ("login_hint", "alice"), ("x", "1"), ("x", "2"))),
        ["request_uri"] = Invalid(w => w.AskAsync("basic", ("request_uri", "https://client.example/r"))),
        ["requested_expiry of zero"] = Invalid(w => w.AskAsync("basic", ("requested_expiry", "0"))),
        ["requested_expiry below zero"] = Invalid(w => w.AskAsync("basic", ("requested_expiry", "-5"))),
        ["requested_expiry with a fraction"] = Invalid(w => w.AskAsync("basic", ("requested_expiry", "60.5"))),
        ["requested_expiry in words"] = Invalid(w => w.AskAsync("basic", ("requested_expiry", "soon"))),
        ["acr_values of nobody"] = Invalid(w => w.AskAsync("basic", ("acr_values", "urn:example:nothing"))),
        ["id_token_hint of another OP"] = Invalid(w => w.AskAsync("basic", ("login_hint", ""), ("id_token_hint", w.LoginHintToken()))),
        ["id_token_hint that is none"] = Invalid(w => w.AskAsync("basic", ("login_hint", ""), ("id_token_hint", "nonsense"))),
        ["login_hint_token that is none"] = Invalid(w => w.AskAsync("basic", ("login_hint", ""), ("login_hint_token", "nonsense"))),
        ["ping without a notification token"] = Invalid(w => w.AskAsync("ping")),
        ["push without a notification token"] = Invalid(w => w.AskAsync("push")),
        ["a notification token of 1025 characters"] = Invalid(w => w.AskAsync("ping", ("client_notification_token", new string('a', 1025)))),
        ["a notification token that is no bearer token"] = Invalid(w => w.AskAsync("ping", ("client_notification_token", "has a space and is long enough for it"))),
        ["unsigned, of a client that has to sign"] = Invalid(w => w.FormAsync("/bc-authorize", [.. w.Assertion("jar"), new("scope", "openid"), new("login_hint", "alice")])),
        ["signed, of a client that registered no algorithm"] = Invalid(w => w.FormAsync("/bc-authorize", [.. w.Assertion("pk"), new("request", Jwt.Sign(w.Key, "ES256", null, w.RequestClaims(), "key"))])),
        ["a parameter beside the signed request"] = Invalid(w => w.AskSignedAsync(beside: ("login_hint", "alice"))),
        ["signed request without aud"] = Without("aud"),
        ["signed request without iss"] = Without("iss"),
        ["signed request without exp"] = Without("exp"),
        ["signed request without iat"] = Without("iat"),
        ["signed request without nbf"] = Without("nbf"),
        ["signed request without jti"] = Without("jti"),
        ["signed request for another OP"] = Signed("aud", "https://elsewhere.example"),
        ["signed request of another client"] = Signed("iss", "pk"),
        ["signed request that has expired"] = Signed("exp", LabWorld.Start.ToUnixTimeSeconds() - 3600),
        ["signed request not valid for ten minutes yet"] = Signed("nbf", LabWorld.Start.ToUnixTimeSeconds() + 600),
        ["signed request issued in the future"] = Signed("iat", LabWorld.Start.ToUnixTimeSeconds() + 600),
        ["signed request good for more than an hour"] = Signed("exp", LabWorld.Start.ToUnixTimeSeconds() + 3700),
        ["signed request with a request inside"] = Signed("request", "x"),
        ["signed request with a request_uri inside"] = Signed("request_uri", "https://client.example/r"),
        ["signed request of a strange type"] = Invalid(w => w.AskSignedAsync(type: "logout+jwt")),
        ["signed request without a signature"] = Invalid(w => w.AskSignedAsync(sign: claims => Unsigned(claims))),
        ["signed request signed by somebody else"] = Invalid(w => w.AskSignedAsync(sign: claims =>
        {
            using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
            return Jwt.Sign(other, "ES256", "JWT", claims, "key");
        })),
        ["signed request of another algorithm"] = Invalid(w => w.AskSignedAsync(sign: claims =>
        {
            using var other = System.Security.Cryptography.RSA.Create(2048);
            return Jwt.Sign(other, "PS256", "JWT", claims, "key");
        })),
        ["encrypted request"] = Invalid(w => w.AskSignedAsync(sign: _ => "eyJhbGciOiJFQ0RILUVTIn0..AAAA.AAAA.AAAA")),
        ["signed request used twice"] = Invalid(async w =>
        {
            (await w.AskSignedAsync(claims => claims["jti"] = "once")).Expect(200);
            return await w.AskSignedAsync(claims => claims["jti"] = "once");
        }),
        ["not a form"] = Invalid(w => w.SendAsync(HttpMethod.Post, "/bc-authorize", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), r => r.Headers.Authorization = LabWorld.Basic("basic", LabWorld.Secret))),
        ["two ways of client authentication"] = Invalid(w => w.FormAsync(
            "/bc-authorize", [.. w.Assertion("pk"), new("scope", "openid"), new("login_hint", "alice")], r => r.Headers.Authorization = LabWorld.Basic("basic", LabWorld.Secret))),
        ["scope without openid"] = new(400, "invalid_scope", w => w.AskAsync("basic", ("scope", "patient/Observation.rs"))),
        ["scope of nobody"] = new(400, "invalid_scope", w => w.AskAsync("basic", ("scope", "openid nonsense"))),
        ["scope with a quote"] = new(400, "invalid_scope", w => w.AskAsync("basic", ("scope", "openid \"x\""))),
        ["scope that is not registered"] = new(400, "invalid_scope", w => w.AskAsync("narrow", ("scope", "openid patient/Observation.rs"))),
        ["login_hint_token that has expired"] = new(400, "expired_login_hint_token", w => w.AskAsync(
            "basic", ("login_hint", ""), ("login_hint_token", w.LoginHintToken(change: claims => (claims["iat"], claims["exp"]) = ((long)claims["iat"]! - 900, (long)claims["iat"]! - 600))))),
        ["a hint that names nobody"] = new(400, "unknown_user_id", w => w.AskAsync("basic", ("login_hint", "nobody"))),
        ["a client that did not register for CIBA asks"] = new(400, "unauthorized_client", async w =>
        {
            (await w.HookAsync("clients", new() { ["client_id"] = "nothing", ["client_secret"] = LabWorld.Secret, ["grant_types"] = new JsonArray("refresh_token"), ["backchannel_token_delivery_mode"] = null })).Expect(201);
            return await w.AskAsync("nothing");
        }),
        ["a user code after five wrong ones"] = new(403, "access_denied", async w =>
        {
            for (var i = 0; i < 5; i++)
            {
                await w.AskAsync("ucode", ("user_code", "9999"));
            }

            return await w.AskAsync("ucode", ("user_code", "9999"));
        }),
        ["a resource server asks"] = new(400, "unauthorized_client", w => w.AskAsync("rs")),
        ["no user code"] = new(400, "missing_user_code", w => w.AskAsync("ucode")),
        ["a wrong user code"] = new(400, "invalid_user_code", w => w.AskAsync("ucode", ("user_code", "9999"))),
        ["a binding message that is too long"] = new(400, "invalid_binding_message", w => w.AskAsync("basic", ("binding_message", new string('x', 301)))),
        ["a binding message with a control character"] = new(400, "invalid_binding_message", w => w.AskAsync("basic", ("binding_message", "AB\u0007CD"))),
        ["a binding message that turns the direction"] = new(400, "invalid_binding_message", w => w.AskAsync("basic", ("binding_message", "AB\u202eCD"))),
        ["a resource of somebody else"] = new(400, "invalid_target", w => w.AskAsync("basic", ("scope", "openid patient/Observation.rs"), ("resource", "https://elsewhere.example/r4"))),
        ["a resource that is no URI"] = new(400, "invalid_target", w => w.AskAsync("basic", ("scope", "openid patient/Observation.rs"), ("resource", "/r4"))),
        ["authorization_details that are no array"] = new(400, "invalid_authorization_details", w => w.AskSignedAsync(claims => claims["authorization_details"] = "x")),
        ["authorization_details without a type"] = new(400, "invalid_authorization_details", w => w.AskSignedAsync(claims => claims["authorization_details"] = new JsonArray(new JsonObject { ["x"] = 1 }))),
        ["authorization_details of an unknown type"] = new(400, "invalid_authorization_details", w => w.AskSignedAsync(claims =>
        {
            claims["scope"] = "openid patient/Observation.rs";
            claims["authorization_details"] = new JsonArray(new JsonObject { ["type"] = "nothing-known" });
        })),
        ["no client authentication"] = new(401, "invalid_client", w => w.FormAsync("/bc-authorize", [new("scope", "openid"), new("login_hint", "alice")]), "Basic "),
        ["a wrong secret"] = new(401, "invalid_client", w => w.FormAsync("/bc-authorize", [new("scope", "openid")], r => r.Headers.Authorization = LabWorld.Basic("basic", "wrong")), "Basic "),
        ["a client that nobody knows"] = new(401, "invalid_client", w => w.FormAsync("/bc-authorize", [new("scope", "openid")], r => r.Headers.Authorization = LabWorld.Basic("nobody", LabWorld.Secret)), "Basic "),
        ["an assertion for somebody else"] = Assertion(claims => claims["aud"] = "https://elsewhere.example"),
        ["an assertion for this OP and somebody else"] = Assertion(claims => claims["aud"] = new JsonArray(LabWorld.Issuer, "https://elsewhere.example")),
        ["an assertion that has expired"] = Assertion(claims => claims["exp"] = LabWorld.Start.ToUnixTimeSeconds() - 3600),
        ["an assertion without jti"] = Assertion(claims => claims.Remove("jti")),
        ["an assertion about another client"] = Assertion(claims => claims["sub"] = "jar"),
        ["a person who is suspended"] = new(403, "access_denied", async w =>
        {
            (await w.HookAsync("users/alice/suspend")).Expect(200);
            return await w.AskAsync("basic");
        }),
    };

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Authorize_OneDefect_IsRefusedAsTheStandardSays(string name)
    {
        await using var world = await LabWorld.StartAsync();

        var row = Rows[name];
        WireErrors.Check(row, await row.Send(world));

        // Nothing was opened: the person's device was not disturbed.
        var requests = JsonNode.Parse((await world.SendAsync(HttpMethod.Get, "/_lab/requests", content: null)).Expect(200).Body)!.AsArray();
        Assert.DoesNotContain(requests, one => (string?)one!["status"] == "pending" && !name.Contains("twice", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/bc-authorize")]
    [InlineData("/token")]
    [InlineData("/introspect")]
    [InlineData("/revoke")]
    public async Task Get_WithParametersInTheQuery_IsNoRequest(string path)
    {
        await using var world = await LabWorld.StartAsync();

        var answer = await world.SendAsync(HttpMethod.Get, path + "?scope=openid&login_hint=alice", content: null, r => r.Headers.Authorization = LabWorld.Basic("basic", LabWorld.Secret));

        Assert.Equal(405, answer.Status);
        Assert.Equal("POST", answer.Headers["Allow"]);
    }

    [Fact]
    public async Task Authorize_MorePendingRequestsThanAPersonMayHave_Is403()
    {
        await using var world = await LabWorld.StartAsync();
        for (var i = 0; i < 200; i++)
        {
            (await world.AskAsync("basic")).Expect(200);
        }

        WireErrors.Check(new(403, "access_denied", _ => throw new InvalidOperationException()), await world.AskAsync("basic"));
    }

    private static WireError Invalid(Func<LabWorld, Task<LabAnswer>> send) => new(400, "invalid_request", send);

    private static WireError Without(string claim) => Invalid(w => w.AskSignedAsync(claims => claims.Remove(claim)));

    private static WireError Signed(string claim, JsonNode value) => Invalid(w => w.AskSignedAsync(claims => claims[claim] = value.DeepClone()));

    private static WireError Assertion(Action<JsonObject> change) =>
        new(401, "invalid_client", w => w.FormAsync("/bc-authorize", [.. w.Assertion("pk", change), new("scope", "openid"), new("login_hint", "alice")]), "Basic ");

    private static string Unsigned(JsonObject claims) =>
        "eyJhbGciOiJub25lIn0." + System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims.ToJsonString())) + ".";
}
