using System.Text.Json.Nodes;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>What certification tests of CIBA send that is unusual and right.</summary>
public class ConformanceIdeasTests
{
    [Theory]
    [InlineData("\"https://op.example\"")]
    [InlineData("\"https://op.example/token\"")]
    [InlineData("\"https://op.example/bc-authorize\"")]
    [InlineData("[\"https://op.example\",\"https://op.example/token\"]")]
    public async Task ClientAssertion_EachAudienceOfTheStandard_IsAccepted(string audience)
    {
        await using var world = await LabWorld.StartAsync();

        var answer = await world.FormAsync("/bc-authorize", [.. world.Assertion("pk", claims => claims["aud"] = JsonNode.Parse(audience)), new("scope", "openid"), new("login_hint", "alice")]);

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("JWT")]
    [InlineData("jwt")]
    [InlineData("oauth-authz-req+jwt")]
    [InlineData("OaUtH-AuThZ-rEq+JwT")]
    public async Task SignedRequest_TypeInAnyCase_IsAccepted(string? type)
    {
        await using var world = await LabWorld.StartAsync();

        Assert.Equal(200, (await world.AskSignedAsync(type: type)).Status);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("\"90\"", 90)]
    [InlineData("100000", 600)]
    public async Task RequestedExpiry_NumberOrString_IsToldTruly(string expiry, int told)
    {
        await using var world = await LabWorld.StartAsync();

        var answer = (await world.AskSignedAsync(claims => claims["requested_expiry"] = JsonNode.Parse(expiry))).Expect(200);

        Assert.Equal(told, (int)answer.Json["expires_in"]!);
    }

    [Fact]
    public async Task SignedRequest_OfAClientWithItsSecretInTheForm_IsAccepted()
    {
        await using var world = await LabWorld.StartAsync();
        (await world.HookAsync("clients", new()
        {
            ["client_id"] = "post",
            ["client_secret"] = LabWorld.Secret,
            ["token_endpoint_auth_method"] = "client_secret_post",
            ["backchannel_authentication_request_signing_alg"] = "ES256",
            ["jwks"] = new JsonObject { ["keys"] = new JsonArray(Jwt.PublicJwk(world.Key, "key")) },
        })).Expect(201);
        var claims = world.RequestClaims();
        claims["iss"] = "post";

        // CIBA Core §7.1.1: what authenticates the client stays outside the signed request.
        var answer = await world.FormAsync("/bc-authorize", [new("client_id", "post"), new("client_secret", LabWorld.Secret), new("request", Jwt.Sign(world.Key, "ES256", "JWT", claims, "key"))]);

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task ClientRegisteredForPushedRequests_PostsDirectly()
    {
        await using var world = await LabWorld.StartAsync();
        (await world.HookAsync("clients", new() { ["client_id"] = "par", ["client_secret"] = LabWorld.Secret, ["require_pushed_authorization_requests"] = true })).Expect(201);

        // RFC 9126 is about the authorization endpoint; CIBA's requests go straight to the backchannel.
        Assert.Equal(200, (await world.AskAsync("par")).Status);
        Assert.DoesNotContain("pushed_authorization_request", (await world.SendAsync(HttpMethod.Get, "/.well-known/openid-configuration", null)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acknowledgement_HasWhatTheStandardNamesAndNoMore()
    {
        await using var world = await LabWorld.StartAsync();

        var answer = (await world.AskAsync("basic")).Expect(200);

        Assert.Equal(["auth_req_id", "expires_in", "interval"], answer.Json.Select(member => member.Key));
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal("application/json", answer.Headers["Content-Type"]);
        Assert.Matches("^[A-Za-z0-9._-]{27,}$", answer["auth_req_id"]);
    }

    [Fact]
    public async Task Acknowledgement_OfPush_HasNoInterval()
    {
        await using var world = await LabWorld.StartAsync();

        var answer = (await world.AskAsync("push", ("client_notification_token", LabWorld.Notification))).Expect(200);

        Assert.Equal(["auth_req_id", "expires_in"], answer.Json.Select(member => member.Key));
    }

    [Fact]
    public async Task NotificationToken_Of1024Characters_IsAccepted()
    {
        await using var world = await LabWorld.StartAsync();

        Assert.Equal(200, (await world.AskAsync("ping", ("client_notification_token", new string('a', 1024)))).Status);
    }

    [Fact]
    public async Task NotificationToken_OfAPollingClient_IsIgnored()
    {
        await using var world = await LabWorld.StartAsync();

        Assert.Equal(200, (await world.AskAsync("basic", ("client_notification_token", "x"))).Status);
    }

    [Fact]
    public async Task BindingMessage_OfEmojiAndKanji_IsShownAsItCame()
    {
        const string message = "山田内科 🏥 12-34";
        await using var world = await LabWorld.StartAsync();

        (await world.AskAsync("basic", ("binding_message", message))).Expect(200);

        var requests = JsonNode.Parse((await world.SendAsync(HttpMethod.Get, "/_lab/requests", content: null)).Body)!.AsArray();
        Assert.Equal(message, (string?)requests[^1]!["params"]!["binding_message"]);
    }

    [Fact]
    public async Task Scope_InAnyOrder_IsAccepted()
    {
        await using var world = await LabWorld.StartAsync();

        var tokens = await world.TokensAsync(scope: "patient/Observation.rs offline_access openid");

        Assert.Equal(["openid", "patient/Observation.rs"], tokens["scope"].Split(' ').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("openid", LabWorld.Issuer)]
    [InlineData("openid patient/Observation.rs", LabWorld.Resource)]
    public async Task Resource_NotNamed_IsTheDefaultOfTheClientWhereDataIsAskedFor(string scope, string audience)
    {
        await using var world = await LabWorld.StartAsync();

        var tokens = await world.TokensAsync(scope: scope);

        Assert.Equal(audience, (string?)Jwt.Claims(tokens["access_token"])["aud"]);
    }

    [Fact]
    public async Task UnknownParameters_AreIgnored()
    {
        await using var world = await LabWorld.StartAsync();

        Assert.Equal(200, (await world.AskAsync("basic", ("x-unknown", "1"), ("nonce", "n"))).Status);
        Assert.Equal(200, (await world.AskSignedAsync(claims => claims["x-unknown"] = "1")).Status);
    }

    [Fact]
    public async Task EmptyParameter_CountsAsLeftOut()
    {
        await using var world = await LabWorld.StartAsync();

        // RFC 6749 §3.1: a parameter without a value is treated as if it were omitted.
        var answer = await world.BasicAsync("/bc-authorize", "basic", ("scope", "openid"), ("login_hint", "alice"), ("login_hint_token", ""), ("binding_message", ""));

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Poll_AfterADecision_IsNeverTooFast()
    {
        await using var world = await LabWorld.StartAsync();
        var id = await world.OpenAsync();
        await world.PollAsync(id);
        Assert.Equal("slow_down", (await world.PollAsync(id))["error"]);

        (await world.DecideAsync(id)).Expect(200);

        Assert.Equal(200, (await world.PollAsync(id)).Status);
    }

    [Fact]
    public async Task Tokens_HaveWhatTheStandardsName()
    {
        await using var world = await LabWorld.StartAsync();

        var tokens = await world.TokensAsync();

        Assert.Equal("no-store", tokens.Headers["Cache-Control"]);
        Assert.Equal("Bearer", tokens["token_type"]);
        Assert.True((int)tokens.Json["expires_in"]! > 0);
        var idToken = Jwt.Claims(tokens["id_token"]);
        Assert.Equal((LabWorld.Issuer, "alice", "basic"), ((string?)idToken["iss"], (string?)idToken["sub"], (string?)idToken["aud"]));
        Assert.NotNull(idToken["auth_time"]);
        Assert.NotNull(idToken["at_hash"]);
    }

    [Theory]
    [InlineData("urn:medid:ial3:aal3", "uaf", "urn:medid:ial3:aal3")]
    [InlineData("urn:medid:ial2:aal2", "uaf", "urn:medid:ial2:aal2")]
    [InlineData("urn:example:unknown urn:medid:ial2:aal2", "uaf", "urn:medid:ial2:aal2")]
    [InlineData("urn:medid:ial3:aal3 urn:medid:ial2:aal2", "uaf-software", "urn:medid:ial2:aal2")]
    [InlineData("urn:medid:ial3:aal3 urn:medid:ial2:aal2", "fido2", "urn:medid:ial2:aal2")]
    [InlineData("urn:medid:ial2:aal2", "fido2-synced", "urn:medid:ial2:aal2")]
    public async Task AcrValues_AreWhatTheAuthenticatorReaches(string asked, string authenticator, string reached)
    {
        await using var world = await LabWorld.StartAsync();
        var id = await world.OpenAsync(parameters: ("acr_values", asked));

        (await world.DecideAsync(id, body: new() { ["authenticator"] = authenticator })).Expect(200);

        Assert.Equal(reached, (string?)Jwt.Claims((await world.PollAsync(id)).Expect(200)["id_token"])["acr"]);
    }
}
