using System.Net;
using System.Text.Json.Nodes;
using MedId.Ciba.Client.Tests;
using MedId.Testing;

namespace MedId.Ciba.Interop.Tests;

/// <summary>The OP against a client that others wrote: every way of authentication, signing, hinting, binding and deciding.</summary>
[Trait("Peer", "node")]
public sealed class CoreTests(CoreOp world) : IClassFixture<CoreOp>
{
    [Theory]
    [MemberData(nameof(CibaCombinations.SecretMethods), MemberType = typeof(CibaCombinations))]
    public async Task Poll_ByASecret_GivesTokens(string method)
    {
        var flow = await RunAsync(Job(method, method));

        Ok(flow);
        Assert.Equal("alice", (string?)flow["claims"]!["sub"]);
        Assert.Equal("bearer", (string?)flow["tokens"]!["token_type"]);
    }

    [Theory]
    [MemberData(nameof(CibaCombinations.AlgorithmsTwice), MemberType = typeof(CibaCombinations))]
    public async Task Poll_ByAKey_GivesAnIdTokenOfTheRegisteredAlgorithm(string alg, bool signed)
    {
        var job = Job((signed ? "signed-" : "key-") + alg, "private_key_jwt");
        job["key"] = alg;
        job["idTokenAlg"] = alg;
        if (signed)
        {
            job["signed"] = alg;
        }

        var flow = await RunAsync(job);

        Ok(flow);
        Assert.Equal(alg, (string?)flow["idTokenAlg"]);
    }

    [Fact]
    public async Task Poll_WithEverything_IntrospectsRefreshesAndShowsUserInfo()
    {
        var job = Job("client_secret_basic", "client_secret_basic");
        job["scope"] = "openid offline_access profile patient/Observation.rs";
        job["params"]!["acr_values"] = "urn:medid:ial3:aal3";
        job["params"]!["binding_message"] = "XK-42";
        job["params"]!["requested_expiry"] = "90";
        (job["userinfo"], job["refresh"]) = (true, true);

        var flow = await RunAsync(job);

        Ok(flow);
        Assert.Equal(90, (int)flow["acknowledgement"]!["expires_in"]!);
        Assert.Equal("urn:medid:ial3:aal3", (string?)flow["claims"]!["acr"]);
        Assert.Equal("alice", (string?)flow["userinfo"]!["sub"]);
        Assert.Equal("https://fhir.example/r4", (string?)flow["access"]!["aud"]);
        Assert.Equal("openid profile patient/Observation.rs", (string?)flow["refreshed"]!["scope"]);
        Assert.True((bool)(await IntrospectAsync((string)flow["tokens"]!["access_token"]!, MedIdLab.WellKnownSecret)).Answer!["active"]!);
        Assert.Equal(HttpStatusCode.Unauthorized, (await IntrospectAsync("x", "wrong")).Status);
    }

    [Theory]
    [InlineData("id_token_hint")]
    [InlineData("login_hint_token")]
    public async Task Poll_ByAnotherHint_FindsTheSamePerson(string hint)
    {
        world.Peer.Require();
        var value = hint == "login_hint_token"
            ? (string)(await world.Op.GetAsync("/_lab/users/alice/login-hint-token"))["login_hint_token"]!
            : (string)(await RunAsync(Job("client_secret_basic", "client_secret_basic")))["tokens"]!["id_token"]!;
        var job = Job("client_secret_basic", "client_secret_basic");
        job["params"] = new JsonObject { [hint] = value };

        var flow = await RunAsync(job);

        Ok(flow);
        Assert.Equal("alice", (string?)flow["claims"]!["sub"]);
    }

    [Theory]
    [MemberData(nameof(CibaCombinations.Algorithms), MemberType = typeof(CibaCombinations))]
    public async Task DPoP_BindsTheTokensToTheKey(string alg)
    {
        var job = Job("dpop", "client_secret_basic");
        job["dpop"] = alg;
        (job["scope"], job["userinfo"], job["refresh"]) = ("openid offline_access", true, true);

        var flow = await RunAsync(job);

        Ok(flow);
        Assert.Equal("dpop", (string?)flow["tokens"]!["token_type"]);
        Assert.NotNull(flow["access"]!["cnf"]!["jkt"]);
        Assert.Equal((string?)flow["access"]!["cnf"]!["jkt"], (string?)flow["refreshed"]!["access"]!["cnf"]!["jkt"]);
    }

    [Fact]
    public async Task Ping_TellsTheIdAndNothingElse()
    {
        var job = Job("ping", "client_secret_basic");
        job["mode"] = "ping";

        var flow = await RunAsync(job);

        Ok(flow);
        Assert.Equal(["auth_req_id"], flow["notification"]!.AsObject().Select(member => member.Key));
        Assert.Equal((string?)flow["acknowledgement"]!["auth_req_id"], (string?)flow["notification"]!["auth_req_id"]);
    }

    [Theory]
    [InlineData("deny", "access_denied")]
    [InlineData("expire", "expired_token")]
    public async Task Poll_OfWhatWasNotApproved_Ends(string decide, string error)
    {
        var job = Job("client_secret_basic", "client_secret_basic");
        job["decide"] = decide;

        Refused(await RunAsync(job), error);
    }

    [Theory]
    [InlineData("login_hint", "nobody", "unknown_user_id")]
    [InlineData("id_token_hint", "x", "invalid_request")]
    [InlineData("requested_expiry", "never", "invalid_request")]
    [InlineData("resource", "https://elsewhere.example", "invalid_target")]
    public async Task Request_WithOneDefect_IsRefused(string parameter, string value, string error)
    {
        var job = Job("client_secret_basic", "client_secret_basic");
        job["params"]![parameter] = value;

        Refused(await RunAsync(job), error);
    }

    [Fact]
    public async Task Request_WithABindingMessageThatIsTooLong_IsRefused()
    {
        var job = Job("client_secret_basic", "client_secret_basic");
        job["params"]!["binding_message"] = new string('x', 1000);

        Refused(await RunAsync(job), "invalid_binding_message");
    }

    [Theory]
    [InlineData(null, "missing_user_code")]
    [InlineData("9", "invalid_user_code")]
    [InlineData("1234", null)]
    public async Task UserCode_IsAskedOfWhoRegisteredForIt(string? code, string? error)
    {
        var job = Job("user-code", "client_secret_basic");
        if (code is not null)
        {
            job["params"]!["user_code"] = code;
        }

        var flow = await RunAsync(job);

        Assert.Equal(error, (string?)flow["error"]);
    }

    [Fact]
    public async Task UnsignedRequest_OfAClientThatHasToSign_IsRefused()
    {
        var job = Job("signed-ES256", "private_key_jwt");
        job["key"] = "ES256";

        Refused(await RunAsync(job), "invalid_request");
    }

    [Fact]
    public async Task DPoP_LeftOut_IsRefused() => Refused(await RunAsync(Job("dpop", "client_secret_basic")), "invalid_dpop_proof");

    [Fact]
    public async Task WrongSecret_IsChallenged()
    {
        var job = Job("client_secret_basic", "client_secret_basic");
        job["secret"] = "wrong";

        var flow = await RunAsync(job);

        Assert.False((bool)flow["ok"]!);
        Assert.Equal(401, (int)flow["status"]!);
    }

    internal static void Ok(JsonNode flow) => Assert.True((bool)flow["ok"]!, flow.ToJsonString());

    internal static void Refused(JsonNode flow, string error)
    {
        Assert.False((bool)flow["ok"]!, flow.ToJsonString());
        Assert.Equal(error, (string?)flow["error"]);
    }

    private JsonObject Job(string client, string method)
    {
        world.Peer.Require();
        return new()
        {
            ["issuer"] = world.Issuer,
            ["clientId"] = client,
            ["auth"] = method,
            ["secret"] = MedIdLab.WellKnownSecret,
            ["params"] = new JsonObject { ["login_hint"] = "alice" },
            ["decide"] = "approve",
        };
    }

    private Task<JsonNode> RunAsync(JsonObject job) => world.Peer.RunAsync(job);

    private async Task<(HttpStatusCode Status, JsonNode? Answer)> IntrospectAsync(string token, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/introspect") { Content = new FormUrlEncodedContent([new("token", token)]) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes("lab-rs:" + secret)));
        using var answer = await world.Op.Http.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()));
    }
}
