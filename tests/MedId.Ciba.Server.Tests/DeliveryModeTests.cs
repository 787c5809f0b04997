using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

public sealed class DeliveryModeTests
{
    private const string Token = "synthetic.notification-token_~+/0123==";

    private static TestOp Op(string mode, bool withGrantType = true) => new(
        o => o.DeliveryModes = Enum.GetValues<CibaDeliveryMode>(),
        m => m with
        {
            BackchannelTokenDeliveryMode = mode,
            BackchannelClientNotificationEndpoint = "https://ehr.example/cb",
            GrantTypes = withGrantType ? m.GrantTypes : [GrantTypes.RefreshToken],
        });

    private static Task<MedId.OAuth.Server.OAuthAnswer> SendAsync(TestOp op, string? token) => op.SendAsync(c =>
    {
        if (token is not null)
        {
            c["client_notification_token"] = token;
        }
    });

    [Theory]
    [InlineData("ping", CibaDeliveryMode.Ping)]
    [InlineData("push", CibaDeliveryMode.Push)]
    public async Task HandleAsync_ClientThatIsTold_GivesATokenThatIsKeptWithTheRequest(string mode, CibaDeliveryMode stored)
    {
        var op = Op(mode);
        var body = TestServer.Body(await SendAsync(op, Token));
        Assert.Equal(stored, op.Requests.Single.DeliveryMode);
        Assert.Equal(Token, op.Requests.Single.NotificationToken);
        Assert.Equal((string?)body["auth_req_id"], op.Requests.Single.AuthReqId);
        Assert.Equal(stored == CibaDeliveryMode.Ping, body.ContainsKey("interval"));
    }

    [Fact]
    public async Task HandleAsync_ClientThatPolls_LeavesNoTokenAndNoPlainId()
    {
        var op = Op("poll");
        Assert.Equal(200, (await SendAsync(op, "not even a token")).Status);
        Assert.Null(op.Requests.Single.NotificationToken);
        Assert.Null(op.Requests.Single.AuthReqId);
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("push")]
    public async Task HandleAsync_NotificationTokenMissing_IsRefused(string mode) =>
        TestServer.AssertRefused(await SendAsync(Op(mode), null), CibaErrorCodes.NotificationTokenMissing, "invalid_request", 400);

    public static TheoryData<string> Malformed { get; } = new(
        "short", new string('a', 21), new string('a', 1025), new string('=', 40), "synthetic token with spaces 0123", "synthetic=token=inside=0123456",
        "synthetic\"token\"0123456789", "合成トークン合成トークン合成トークン合成トークン", "synthetic\ttoken0123456789abc");

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task HandleAsync_NotificationTokenThatIsNoBearerToken_IsRefused(string token) =>
        TestServer.AssertRefused(await SendAsync(Op("ping"), token), CibaErrorCodes.NotificationTokenMalformed, "invalid_request", 400);

    [Theory]
    [InlineData(22)]
    [InlineData(1024)]
    public async Task HandleAsync_NotificationTokenAtItsLimits_IsTaken(int length) => Assert.Equal(200, (await SendAsync(Op("ping"), new string('a', length))).Status);

    [Fact]
    public async Task HandleAsync_PushClientWithoutTheGrantType_MayAskButNotPoll()
    {
        var op = Op("push", withGrantType: false);
        var id = (string)TestServer.Body(await SendAsync(op, Token))["auth_req_id"]!;
        Assert.Equal("unauthorized_client", (string?)TestServer.Body(await op.PollAsync(id))["error"]);
    }

    [Fact]
    public async Task HandleAsync_PushClientPolls_IsUnauthorizedAndGetsNoTokens()
    {
        var op = Op("push");
        var id = (string)TestServer.Body(await SendAsync(op, Token))["auth_req_id"]!;
        TestServer.AssertRefused(await op.PollAsync(id), CibaErrorCodes.PushClientPolls, "unauthorized_client", 400);
        op.Approve();
        TestServer.AssertRefused(await op.PollAsync(id), CibaErrorCodes.PushClientPolls, "unauthorized_client", 400);
        Assert.Equal(CibaStatus.Approved, op.Requests.Single.Status);
        TestServer.AssertRefused(await op.PollAsync("unknown"), CibaErrorCodes.AuthReqIdUnknown, "invalid_grant", 400);
    }

    [Fact]
    public async Task HandleAsync_PingClientPolls_IsBoundToTheIntervalUntilThereIsAnAnswer()
    {
        var op = Op("ping");
        var id = (string)TestServer.Body(await SendAsync(op, Token))["auth_req_id"]!;
        TestServer.AssertRefused(await op.PollAsync(id), CibaErrorCodes.Pending, "authorization_pending", 400);
        TestServer.AssertRefused(await op.PollAsync(id), CibaErrorCodes.SlowDown, "slow_down", 400);
        op.Approve();

        // It was pinged: the interval is not held against it.
        Assert.Equal(200, (await op.PollAsync(id)).Status);
    }

    [Fact]
    public async Task HandleAsync_Approved_NamesTheRefreshTokenInTheIdToken()
    {
        var op = Op("poll");
        var id = (string)TestServer.Body(await SendAsync(op, null))["auth_req_id"]!;
        op.Approve();
        var body = TestServer.Body(await op.PollAsync(id));
        var claims = TestJws.Claims((string)body["id_token"]!);
        Assert.Equal(TokenHash.Compute(SignatureAlgorithm.ES256, (string)body["refresh_token"]!), (string?)claims["urn:openid:params:jwt:claim:rt_hash"]);
        Assert.Equal(TokenHash.Compute(SignatureAlgorithm.ES256, (string)body["access_token"]!), (string?)claims["at_hash"]);
    }

    [Fact]
    public async Task HandleAsync_ApprovedWithoutRefresh_NamesNone()
    {
        var op = Op("poll");
        var id = (string)TestServer.Body(await SendAsync(op, null))["auth_req_id"]!;
        op.Approve(g => g with { AllowsRefresh = false });
        Assert.DoesNotContain("urn:openid:params:jwt:claim:rt_hash", TestJws.Claims((string)TestServer.Body(await op.PollAsync(id))["id_token"]!));
    }

    [Fact]
    public async Task HandleAsync_ContinualFastPolling_IsInvalidRequest()
    {
        var op = Op("poll");
        var id = (string)TestServer.Body(await SendAsync(op, null))["auth_req_id"]!;
        for (var i = 0; i <= CibaRequest.MaxFastPolls; i++)
        {
            await op.PollAsync(id);
        }

        TestServer.AssertRefused(await op.PollAsync(id), CibaErrorCodes.PolledTooOften, "invalid_request", 400);
        op.Approve();
        TestServer.AssertRefused(await op.PollAsync(id), CibaErrorCodes.PolledTooOften, "invalid_request", 400);
    }

    [Fact]
    public void Ping_Body_IsTheIdAndNothingElse() => Assert.Equal("""{"auth_req_id":"id-1"}""", System.Text.Encoding.UTF8.GetString(NotificationBody.Ping("id-1")));

    [Theory]
    [InlineData("access_denied")]
    [InlineData("expired_token")]
    [InlineData("transaction_failed")]
    public void PushError_Body_NamesErrorAndRequest(string error)
    {
        Assert.Equal($$"""{"auth_req_id":"id-1","error":"{{error}}"}""", System.Text.Encoding.UTF8.GetString(NotificationBody.PushError("id-1", error)));
        Assert.Equal("ciba.denied", (string?)JsonNode.Parse(NotificationBody.PushError("id-1", error, "ciba.denied"))!["error_description"]);
    }

    [Fact]
    public void PushError_AnotherError_Throws() => Assert.Throws<ArgumentException>(() => NotificationBody.PushError("id-1", "invalid_grant"));

    [Fact]
    public async Task Push_Body_IsATokenAnswerThatNamesTheRequest()
    {
        var tokens = await Op("push").Server.IssueAsync();
        var body = JsonNode.Parse(NotificationBody.Push("id-1", tokens))!.AsObject();
        Assert.Equal("id-1", (string?)body["auth_req_id"]);
        body.Remove("auth_req_id");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(tokens.ToJson()), body));
    }
}
