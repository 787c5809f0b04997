using System.Text.Json.Nodes;
using MedId.OAuth;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

public sealed class ParameterRulesTests
{
    public static TheoryData<string, string?, string, string> Refused { get; } = new()
    {
        { "scope", null, CibaErrorCodes.ScopeMissing, "invalid_request" },
        { "scope", "\"\"", CibaErrorCodes.ScopeMissing, "invalid_request" },
        { "scope", "\"patient/Patient.read\"", CibaErrorCodes.ScopeWithoutOpenId, "invalid_scope" },
        { "scope", "\"openid  patient/Patient.read\"", CibaErrorCodes.ScopeMalformed, "invalid_scope" },
        { "scope", "\"openid openid\"", CibaErrorCodes.ScopeMalformed, "invalid_scope" },
        { "scope", "\"openid patient/Observation.read\"", CibaErrorCodes.ScopeNotAllowed, "invalid_scope" },
        { "scope", "\"openid patient/*.read\"", CibaErrorCodes.ScopeNotAllowed, "invalid_scope" },
        { "scope", "[\"openid\"]", CibaErrorCodes.ParameterMalformed, "invalid_request" },
        { "login_hint", null, CibaErrorCodes.HintMissing, "invalid_request" },
        { "login_hint", "\"\"", CibaErrorCodes.HintMissing, "invalid_request" },
        { "login_hint", "7", CibaErrorCodes.ParameterMalformed, "invalid_request" },
        { "login_hint", "null", CibaErrorCodes.ParameterMalformed, "invalid_request" },
        { "id_token_hint", "\"x\"", CibaErrorCodes.HintMultiple, "invalid_request" },
        { "login_hint_token", "\"x\"", CibaErrorCodes.HintMultiple, "invalid_request" },
        { "binding_message", "\"a\\nb\"", CibaErrorCodes.BindingMessageRefused, "invalid_binding_message" },
        { "binding_message", "\"12345678901234567890123456789012345678901\"", CibaErrorCodes.BindingMessageRefused, "invalid_binding_message" },
        { "binding_message", "{}", CibaErrorCodes.ParameterMalformed, "invalid_request" },
        { "requested_expiry", "0", CibaErrorCodes.RequestedExpiryMalformed, "invalid_request" },
        { "requested_expiry", "-1", CibaErrorCodes.RequestedExpiryMalformed, "invalid_request" },
        { "requested_expiry", "1.5", CibaErrorCodes.RequestedExpiryMalformed, "invalid_request" },
        { "requested_expiry", "1e2", CibaErrorCodes.RequestedExpiryMalformed, "invalid_request" },
        { "requested_expiry", "\"soon\"", CibaErrorCodes.RequestedExpiryMalformed, "invalid_request" },
        { "requested_expiry", "true", CibaErrorCodes.ParameterMalformed, "invalid_request" },
        { "acr_values", "\"urn:unknown\"", CibaErrorCodes.AcrUnknown, "invalid_request" },
        { "acr_values", "\"URN:cibatest:auth:fido\"", CibaErrorCodes.AcrUnknown, "invalid_request" },
        { "acr_values", "\"a  b\"", CibaErrorCodes.ParameterMalformed, "invalid_request" },
        { "resource", "\"https://other.example/fhir\"", CibaErrorCodes.ResourceRefused, "invalid_target" },
        { "resource", "\"https://api.example/fhir#x\"", CibaErrorCodes.ResourceRefused, "invalid_target" },
        { "resource", "\"not a uri\"", CibaErrorCodes.ResourceRefused, "invalid_target" },
        { "resource", "[\"https://api.example/fhir\",\"https://other.example/fhir\"]", CibaErrorCodes.ParameterMalformed, "invalid_request" },
        { "actor_token", "\"e.e.e\"", CibaErrorCodes.ActorTokenTypeUnsupported, "invalid_request" },
        { "actor_token_type", "\"urn:ietf:params:oauth:token-type:jwt\"", CibaErrorCodes.ActorTokenTypeUnsupported, "invalid_request" },
        { "user_code", "1234", CibaErrorCodes.ParameterMalformed, "invalid_request" },
        { "request_context", "\"{}\"", CibaErrorCodes.RequestContextMalformed, "invalid_request" },
        { "request_context", "[]", CibaErrorCodes.ParameterMalformed, "invalid_request" },
        { "request_context", "7", CibaErrorCodes.ParameterMalformed, "invalid_request" },
        { "request_context", "{\"a\":[[[[[[[[1]]]]]]]]}", CibaErrorCodes.RequestContextMalformed, "invalid_request" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task HandleAsync_OneParameterChanged_IsRefused(string name, string? json, string code, string wireError)
    {
        var op = new TestOp();
        var answer = await op.SendAsync(c =>
        {
            c.Remove(name);
            if (json is not null)
            {
                c[name] = JsonNode.Parse(json);
            }
        });
        TestServer.AssertRefused(answer, code, wireError, 400);
        Assert.True(op.Requests.IsEmpty);
        Assert.Null(op.Opened);
    }

    [Theory]
    [InlineData("login_hint", 1025)]
    [InlineData("user_code", 257)]
    [InlineData("actor_token", (16 * 1024) + 1)]
    public async Task HandleAsync_ValueTooLong_IsRefused(string name, int length) => TestServer.AssertRefused(
        await new TestOp().SendPlainAsync((name, new string('x', length))), CibaErrorCodes.ParameterMalformed, "invalid_request", 400);

    [Fact]
    public async Task HandleAsync_LongestValues_AreLookedAt()
    {
        TestServer.AssertRefused(await new TestOp(o => o.UserCodeRequiredFor = []).SendPlainAsync(("login_hint", new string('x', 1024))), CibaErrorCodes.UserUnknown, "unknown_user_id", 400);
        TestServer.AssertRefused(await new TestOp().SendPlainAsync(("user_code", new string('x', 256))), CibaErrorCodes.UserCodeWrong, "invalid_user_code", 400);
    }

    [Fact]
    public async Task HandleAsync_PlainActorToken_IsRefused() => TestServer.AssertRefused(
        await new TestOp().SendPlainAsync(("actor_token", "e.e.e"), ("actor_token_type", TokenTypes.JwtUrn)), CibaErrorCodes.ActorTokenUnsigned, "invalid_request", 400);

    [Fact]
    public async Task HandleAsync_PlainAuthorizationDetails_AreRefused() => TestServer.AssertRefused(
        await new TestOp().SendPlainAsync(("authorization_details", """[{"type":"medid_consent"}]""")), CibaErrorCodes.AuthorizationDetailsUnsigned, "invalid_request", 400);

    [Fact]
    public async Task HandleAsync_AuthorizationDetails_ComeToTheHandlerAsTheyWereSigned()
    {
        var op = new TestOp();
        Assert.Equal(200, (await op.SendAsync(c => c["authorization_details"] = JsonNode.Parse("""[{"type":"one","a":[1,"two"]}]"""))).Status);
        Assert.Equal("""[{"type":"one","a":[1,"two"]}]""", op.Opened!.Parameters.AuthorizationDetails);
    }

    [Theory]
    [InlineData("""{"type":"one"}""")]
    [InlineData("""[1]""")]
    [InlineData("""[{}]""")]
    [InlineData("""[{"type":1}]""")]
    [InlineData("\"[]\"")]
    [InlineData("""[{"type":"one"},[]]""")]
    [InlineData("""[{"type":"one","a":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}]""")]
    public async Task HandleAsync_AuthorizationDetailsOfAnotherForm_AreRefused(string details)
    {
        var answer = await new TestOp().SendAsync(c => c["authorization_details"] = JsonNode.Parse(details));
        if (details[0] == '{')
        {
            TestServer.AssertRefused(answer, CibaErrorCodes.ParameterMalformed, "invalid_request", 400);
            return;
        }

        TestServer.AssertRefused(answer, CibaErrorCodes.AuthorizationDetailsMalformed, "invalid_authorization_details", 400);
    }

    [Fact]
    public async Task HandleAsync_AuthorizationDetailsAtTheirLimit_AreTaken()
    {
        var room = (8 * 1024) - """[{"type":"one","a":""}]""".Length;
        Assert.Equal(200, (await new TestOp().SendAsync(c => c["authorization_details"] = Details(room))).Status);
        TestServer.AssertRefused(
            await new TestOp().SendAsync(c => c["authorization_details"] = Details(room + 1)), CibaErrorCodes.AuthorizationDetailsMalformed, "invalid_authorization_details", 400);

        static JsonNode Details(int length) => new JsonArray(new JsonObject { ["type"] = "one", ["a"] = new string('x', length) });
    }

    [Theory]
    [InlineData("patient/Patient.read openid")]
    [InlineData("openid")]
    [InlineData("openid patient/Patient.read patient/MedicationRequest.read")]
    public async Task HandleAsync_AllowedScopes_AreTakenInTheirOrder(string scope)
    {
        var op = new TestOp();
        Assert.Equal(200, (await op.SendAsync(c => c["scope"] = scope)).Status);
        Assert.Equal(scope.Split(' '), op.Requests.Single.Scopes);
    }

    [Theory]
    [InlineData("urn:unknown urn:cibatest:auth:fido", 2)]
    [InlineData("", 0)]
    public async Task HandleAsync_AcrValues_OneKnownOrNoneIsEnough(string values, int count)
    {
        var op = new TestOp();
        Assert.Equal(200, (await op.SendAsync(c => c["acr_values"] = values)).Status);
        Assert.Equal(count, op.Requests.Single.AcrValues.Count);
    }

    [Fact]
    public async Task HandleAsync_UnknownAcrIgnoredByPolicy_IsTakenAsNone()
    {
        var op = new TestOp(o => o.UnknownAcr = UnknownAcrPolicy.Ignore);
        Assert.Equal(200, (await op.SendAsync(c => c["acr_values"] = "urn:unknown")).Status);
        Assert.Empty(op.Requests.Single.AcrValues);
    }

    [Fact]
    public async Task HandleAsync_BindingMessageMissing_IsRefusedWhereItIsNeeded()
    {
        Assert.Equal(200, (await new TestOp().SendAsync(c => c.Remove("binding_message"))).Status);
        TestServer.AssertRefused(
            await new TestOp(o => o.RequireBindingMessage = true).SendAsync(c => c.Remove("binding_message")),
            CibaErrorCodes.BindingMessageMissing,
            "invalid_request",
            400);
    }

    [Fact]
    public async Task HandleAsync_OneResourceAsArray_IsThatResource()
    {
        var op = new TestOp();
        Assert.Equal(200, (await op.SendAsync(c => c["resource"] = new JsonArray(TestServer.Resource))).Status);
        Assert.Equal(TestServer.Resource, op.Requests.Single.Resource);
    }

    [Fact]
    public async Task HandleAsync_NoResource_IsTaken()
    {
        var op = new TestOp();
        Assert.Equal(200, (await op.SendAsync(c => c.Remove("resource"))).Status);
        Assert.Null(op.Requests.Single.Resource);
    }

    [Fact]
    public async Task HandleAsync_RequestContext_ComesToTheHandlerFromSignedAndPlainRequests()
    {
        var op = new TestOp();
        Assert.Equal(200, (await op.SendAsync(c => c["request_context"] = JsonNode.Parse("""{"place":{"ward":"合成"},"n":1}"""))).Status);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"place":{"ward":"合成"},"n":1}"""), JsonNode.Parse(op.Opened!.Parameters.RequestContext!)));
        op = new();
        Assert.Equal(200, (await op.SendPlainAsync(("request_context", """{"n":1}"""))).Status);
        Assert.Equal("""{"n":1}""", op.Opened!.Parameters.RequestContext);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public async Task HandleAsync_PlainRequestContextThatIsNoObject_IsRefused(string context) =>
        TestServer.AssertRefused(await new TestOp().SendPlainAsync(("request_context", context)), CibaErrorCodes.RequestContextMalformed, "invalid_request", 400);

    [Theory]
    [InlineData(4096, 200)]
    [InlineData(4097, 400)]
    public async Task HandleAsync_RequestContextAtItsLimit(int length, int status) =>
        Assert.Equal(status, (await new TestOp().SendPlainAsync(("request_context", $$"""{"a":"{{new string('x', length - 8)}}"}"""))).Status);

    [Fact]
    public async Task HandleAsync_NothingMakesTheRequestUnique_IsRefusedWhereTheProfileAsks()
    {
        TestServer.AssertRefused(
            await new TestOp(o => o.RequireTransactionContext = true).SendAsync(c => c.Remove("binding_message")), CibaErrorCodes.TransactionContextMissing, "invalid_request", 400);
        Assert.Equal(200, (await new TestOp(o => o.RequireTransactionContext = true).SendAsync()).Status);
        Assert.Equal(200, (await new TestOp(o => o.RequireTransactionContext = true).SendAsync(c =>
        {
            c.Remove("binding_message");
            c["authorization_details"] = JsonNode.Parse("""[{"type":"one"}]""");
        })).Status);

        // A context of the client's own is for the OP's rules, not for the person's eyes.
        TestServer.AssertRefused(
            await new TestOp(o => o.RequireTransactionContext = true).SendAsync(c =>
            {
                c.Remove("binding_message");
                c["request_context"] = new JsonObject();
            }), CibaErrorCodes.TransactionContextMissing, "invalid_request", 400);
    }

    [Fact]
    public async Task HandleAsync_TypeOfDetailsThatIsNotPublished_IsRefused()
    {
        Action<CibaOptions> one = o => o.AuthorizationDetailsTypes = ["one"];
        Assert.Equal(200, (await new TestOp(one).SendAsync(c => c["authorization_details"] = JsonNode.Parse("""[{"type":"one"}]"""))).Status);
        TestServer.AssertRefused(
            await new TestOp(one).SendAsync(c => c["authorization_details"] = JsonNode.Parse("""[{"type":"one"},{"type":"two"}]""")),
            CibaErrorCodes.AuthorizationDetailsMalformed, "invalid_authorization_details", 400);
    }

    /// <summary>CIBA Core §7.2: one request with a defect of every step; mended step by step, each time the next is named.</summary>
    [Fact]
    public async Task HandleAsync_Order_IsThatOfTheStandard()
    {
        var op = new TestOp(changeEhr: m => m with { BackchannelTokenDeliveryMode = "ping", BackchannelClientNotificationEndpoint = "https://ehr.example/cb" });
        var steps = new (string Code, Action<JsonObject> Mend)[]
        {
            (CibaErrorCodes.HintMissing, c => c["login_hint"] = "nobody"),
            (CibaErrorCodes.ScopeMissing, c => c["scope"] = "openid"),
            (CibaErrorCodes.ResourceRefused, c => c["resource"] = TestServer.Resource),
            (CibaErrorCodes.NotificationTokenMissing, c => c["client_notification_token"] = "synthetic-notification-token"),
            (CibaErrorCodes.BindingMessageRefused, c => c["binding_message"] = "W4SCT"),
            (CibaErrorCodes.RequestedExpiryMalformed, c => c["requested_expiry"] = 60),
            (CibaErrorCodes.AcrUnknown, c => c["acr_values"] = TestOp.Acr),
            (CibaErrorCodes.ActorTokenTypeUnsupported, c => c.Remove("actor_token")),
            (CibaErrorCodes.AuthorizationDetailsMalformed, c => c.Remove("authorization_details")),
            (CibaErrorCodes.UserCodeMissing, c => c["user_code"] = "wrong"),
            (CibaErrorCodes.UserCodeWrong, c => (c["login_hint"], c["user_code"]) = (TestOp.LoginHint, TestOp.UserCode)),
        };
        var mended = 0;
        foreach (var (code, _) in steps)
        {
            Assert.Equal(code, (await op.SendAsync(Break)).Error?.Code);
            mended++;
        }

        Assert.Equal(200, (await op.SendAsync(Break)).Status);
        Assert.Equal(CibaErrorCodes.RequestNested, (await op.SendAsync(c =>
        {
            mended = 0;
            Break(c);
            c["request"] = "x";
        })).Error?.Code);

        void Break(JsonObject claims)
        {
            foreach (var name in (string[])["login_hint", "scope", "user_code"])
            {
                claims.Remove(name);
            }

            claims["resource"] = "https://other.example/fhir";
            claims["binding_message"] = "a\nb";
            claims["requested_expiry"] = 0;
            claims["acr_values"] = "urn:unknown";
            claims["actor_token"] = "e.e.e";
            claims["authorization_details"] = new JsonArray(1);
            foreach (var (_, mend) in steps.Take(mended))
            {
                mend(claims);
            }
        }
    }
}
