using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.TestSupport;

namespace MedId.Ciba.Client.Tests;

/// <summary>What an OP sends. Every notification is right until a test changes one thing.</summary>
public sealed partial class NotificationTests
{
    private const string Pushed = "pushed-access-token";
    private const string Refresh = "pushed-refresh-token";

    [Fact]
    public async Task ReceiveAsync_Ping_LeadsToAPollAtOnceAndNotBefore()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping);
        s.F.Op.On("/token", s.Grant);
        s.Run();
        var pending = await s.StartAsync();
        await s.PassAsync(10);
        Assert.Empty(s.F.PollSeconds());
        Assert.Equal(204, (await PingAsync(s)).Status);
        await s.SettleAsync();
        Assert.Equal([10], s.F.PollSeconds());
        Assert.True((await s.Scheduler.TryTakeAsync(pending.Id))!.Result.Succeeded);
    }

    [Fact]
    public async Task ReceiveAsync_PingAfterDenial_TellsTheRefusal()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping);
        s.F.Op.On("/token", _ => OpDouble.Error("access_denied"));
        s.Run();
        var pending = await s.StartAsync();
        await PingAsync(s);
        await s.SettleAsync();
        Assert.Equal(OAuthErrorCodes.AccessDenied, (await s.Scheduler.TryTakeAsync(pending.Id))!.Result.Error!.Code);
    }

    [Fact]
    public async Task ReceiveAsync_SecondPing_IsTakenAndDoesNothing()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping);
        s.F.Op.On("/token", s.Grant);
        s.Run();
        var pending = await s.StartAsync();
        await PingAsync(s);
        await s.SettleAsync();
        Assert.Equal(204, (await PingAsync(s)).Status);
        await s.Scheduler.TryTakeAsync(pending.Id);
        Assert.Equal(204, (await PingAsync(s)).Status);
        Assert.Equal(401, (await PingAsync(s, bearer: "Bearer wrong")).Status);
        await s.PassAsync(2);
        Assert.Single(s.F.PollSeconds());
    }

    [Fact]
    public async Task RunAsync_PingLost_AsksByItselfNowAndThen()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping, configure: options => options.PingFallback = TimeSpan.FromSeconds(30));
        s.F.Op.On("/token", request => request.At < OpDouble.Start.AddSeconds(50) ? SchedulerFixture.Pending() : s.Grant(request));
        s.Run();
        await s.StartAsync();
        await s.PassAsync(61);
        Assert.Equal([30, 60], s.F.PollSeconds());
    }

    [Fact]
    public async Task ReceiveAsync_PingWhileAPollIsOnItsWay_IsFollowedAtOnceWithoutOverlap()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping, configure: options => options.PingFallback = TimeSpan.FromSeconds(2));
        var held = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        s.F.Op.OnLater("/token", _ => held.Task);
        s.Run();
        await s.StartAsync();
        await s.PassAsync(1);
        s.F.Op.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => s.F.Op.To("/token").Count == 1);
        Assert.Equal(204, (await PingAsync(s)).Status);
        await Task.Delay(30, TestContext.Current.CancellationToken);
        Assert.Single(s.F.Op.To("/token"));
        s.F.Op.On("/token", s.Grant);
        held.SetResult(SchedulerFixture.Pending());
        await s.SettleAsync();
        Assert.Equal([2, 2], s.F.PollSeconds());
    }

    [Fact]
    public async Task ReceiveAsync_PingBeforeTheAnswerToTheRequest_IsRemembered()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping);
        CibaNotificationAnswer? answer = null;
        s.F.Op.OnLater("/bc-authorize", async request =>
        {
            answer = await s.Scheduler.ReceiveAsync(SchedulerFixture.Op, "Bearer " + (string)request.ClaimsOf("request")["client_notification_token"]!, "{\"auth_req_id\":\"early-1\"}"u8.ToArray());
            return OpDouble.Json(new JsonObject { ["auth_req_id"] = "early-1", ["expires_in"] = 120 });
        });
        s.F.Op.On("/token", s.Grant);
        s.Run();
        await s.StartAsync();
        await s.SettleAsync();
        Assert.Equal(204, answer!.Status);
        Assert.Equal([0], s.F.PollSeconds());
    }

    [Fact]
    public async Task ReceiveAsync_BeforeTheStoreIsTakenUp_AsksForItAgain()
    {
        var store = new InMemoryCibaPendingStore();
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping, store);
        s.Run();
        await s.StartAsync();
        await s.StopAsync();

        await using var next = new SchedulerFixture(TokenDeliveryMode.Ping, store, f: s.F);
        s.F.Op.On("/token", next.Grant);
        var early = await PingAsync(next);
        Assert.Equal((503, CibaClientErrorCodes.NotificationEarly), (early.Status, early.Error!.Code));
        next.Run();
        await next.SettleAsync();
        Assert.Equal(204, (await PingAsync(next)).Status);
        await next.SettleAsync();
        Assert.Single(s.F.PollSeconds());
    }

    public static TheoryData<string?> WrongBearers => new()
    {
        (string?)null, "", "Bearer ", "Bearer wrong", "Basic RIGHT", "RIGHT", "Bearer RIGHT ", "Bearer RIGHT, Bearer RIGHT", "Bearer xRIGHT", "Bearer " + new string('a', 2000),
    };

    [Theory]
    [MemberData(nameof(WrongBearers))]
    public async Task ReceiveAsync_BearerNotThatOfTheRequest_IsUnauthorizedAndChangesNothing(string? header)
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping);
        s.Run();
        await s.StartAsync();
        var answer = await PingAsync(s, bearer: header?.Replace("RIGHT", s.NotificationToken, StringComparison.Ordinal), exact: true);
        Assert.Equal(401, answer.Status);
        Assert.Equal(CibaClientErrorCodes.NotificationNotAuthenticated, answer.Error!.Code);
        await s.PassAsync(2);
        Assert.Empty(s.F.PollSeconds());
    }

    [Fact]
    public async Task ReceiveAsync_BearerOfAnotherRequest_IsUnauthorized()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping);
        s.Run();
        await s.StartAsync();
        var first = s.NotificationToken;
        await s.StartAsync();
        Assert.NotEqual(first, s.NotificationToken);
        Assert.Equal(401, (await PingAsync(s, bearer: "Bearer " + first, id: "req-2")).Status);
        Assert.Equal(204, (await PingAsync(s, bearer: "bearer " + first, id: "req-1")).Status);
    }

    [Fact]
    public async Task ReceiveAsync_UnknownRequest_IsAnsweredLikeAWrongBearer()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping);
        s.Run();
        await s.StartAsync();
        await s.SettleAsync();
        var answer = await PingAsync(s, id: "another");
        Assert.Equal(401, answer.Status);
        Assert.Equal(CibaClientErrorCodes.NotificationNotAuthenticated, answer.Error!.Code);
    }

    [Fact]
    public async Task ReceiveAsync_ClientThatPolls_HasNoBearerThatFits()
    {
        await using var s = new SchedulerFixture();
        await s.StartAsync();
        Assert.Equal(401, (await s.Scheduler.ReceiveAsync(SchedulerFixture.Op, "Bearer x", "{\"auth_req_id\":\"req-1\"}"u8.ToArray())).Status);
        Assert.DoesNotContain("client_notification_token", s.F.Op.To("/bc-authorize")[0].ClaimsOf("request").Select(claim => claim.Key));
    }

    [Theory]
    [InlineData("{}", "auth_req_id")]
    [InlineData("{\"auth_req_id\":1}", "auth_req_id")]
    [InlineData("{\"auth_req_id\":\"\"}", "auth_req_id")]
    [InlineData("{\"auth_req_id\":\"with space\"}", "auth_req_id")]
    [InlineData("{\"auth_req_id\":\"req-1\",\"error\":\"access_denied\",\"access_token\":\"a\"}", "error")]
    public async Task ReceiveAsync_MalformedBody_IsABadRequest(string body, string detail)
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping);
        await s.StartAsync();
        var answer = await s.Scheduler.ReceiveAsync(SchedulerFixture.Op, "Bearer " + s.NotificationToken, Encoding.UTF8.GetBytes(body));
        Assert.Equal(400, answer.Status);
        Assert.Equal(CibaClientErrorCodes.NotificationMalformed, answer.Error!.Code);
        Assert.Equal(detail, answer.Error.Detail);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"auth_req_id\":\"req-1\",\"auth_req_id\":\"req-1\"}")]
    public async Task ReceiveAsync_BodyThatIsNoJsonObject_IsABadRequest(string body)
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Ping);
        await s.StartAsync();
        Assert.Equal(400, (await s.Scheduler.ReceiveAsync(SchedulerFixture.Op, "Bearer " + s.NotificationToken, Encoding.UTF8.GetBytes(body))).Status);
    }

    [Fact]
    public void Parse_LargerThanAllowed_IsRefused() =>
        Assert.Equal(CibaClientErrorCodes.NotificationMalformed, CibaNotification.Parse(new byte[CibaNotification.MaxBytes + 1]).Error!.Code);

    [Fact]
    public void Parse_Mutants_AreRefusedOrTheSame()
    {
        const string Ping = "{\"auth_req_id\":\"req-0123456789\"}";
        foreach (var mutant in new SeededMutator(47).Mutate(Ping, 2000))
        {
            var result = CibaNotification.Parse(Encoding.UTF8.GetBytes(mutant.Text));
            Assert.True(!result.Succeeded || mutant.Text.Contains(result.Value.AuthReqId, StringComparison.Ordinal), mutant.How);
        }
    }

    [Fact]
    public async Task ReceiveAsync_Push_IsTheOutcomeWithoutAPoll()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Push);
        s.Run();
        var pending = await s.StartAsync("visit-3");
        await s.PassAsync(5);
        Assert.Equal(204, (await PushAsync(s)).Status);
        Assert.Equal(204, (await PushAsync(s)).Status);
        var outcome = (await s.Scheduler.WaitAsync(pending.Id, TestContext.Current.CancellationToken))!;
        Assert.Equal(Pushed, outcome.Result.Value!.AccessToken);
        Assert.Equal(Refresh, outcome.Result.Value.RefreshToken);
        Assert.Equal(204, (await PushAsync(s)).Status);
        Assert.Null(await s.Scheduler.TryTakeAsync(pending.Id));
        Assert.Empty(s.F.PollSeconds());
    }

    public static TheoryData<string, string?, string> PushDefects => new()
    {
        { "at_hash", null, CibaClientErrorCodes.AccessTokenHashMismatch },
        { "at_hash", "\"AAAAAAAAAAAAAAAAAAAAAA\"", CibaClientErrorCodes.AccessTokenHashMismatch },
        { OAuthClaims.RefreshTokenHash, null, CibaClientErrorCodes.RefreshTokenHashMismatch },
        { OAuthClaims.RefreshTokenHash, "\"AAAAAAAAAAAAAAAAAAAAAA\"", CibaClientErrorCodes.RefreshTokenHashMismatch },
        { OAuthClaims.AuthReqId, null, CibaClientErrorCodes.AuthReqIdMismatch },
        { OAuthClaims.AuthReqId, "\"req-2\"", CibaClientErrorCodes.AuthReqIdMismatch },
        { "iss", "\"https://other.example\"", CryptographyErrorCodes.JoseIssuerMismatch },
        { "aud", "\"other-client\"", CryptographyErrorCodes.JoseAudienceMismatch },
        { "aud", "[\"ehr-clinic-a\",\"other-client\"]", CibaClientErrorCodes.AudienceNotSingle },
        { "exp", "1795251589", CryptographyErrorCodes.JoseExpired },
        { "sub", null, CryptographyErrorCodes.JoseClaimMissing },
        { "acr", "\"urn:other\"", CibaClientErrorCodes.AcrNotRequested },
    };

    [Theory]
    [MemberData(nameof(PushDefects))]
    public async Task ReceiveAsync_PushWithOneDefect_IsRefusedAndChangesNothing(string claim, string? json, string code)
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Push);
        s.Run();
        var pending = await s.StartAsync();
        var answer = await PushAsync(s, change: claims =>
        {
            claims.Remove(claim);
            if (json is not null)
            {
                claims[claim] = JsonNode.Parse(json);
            }
        });
        Assert.Equal(400, answer.Status);
        Assert.Equal(code, answer.Error!.Code);
        Assert.Null(await s.Scheduler.TryTakeAsync(pending.Id));
        Assert.Equal(1, Assert.Single(await s.Store.ListAsync(null, 10)).Version);
    }

    [Fact]
    public async Task ReceiveAsync_PushSignedBySomebodyElse_IsRefused()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Push);
        await s.StartAsync();
        using var foreign = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-1");
        Assert.Equal(CryptographyErrorCodes.JoseSignatureInvalid, (await PushAsync(s, key: foreign)).Error!.Code);
    }

    [Theory]
    [InlineData("id_token", CibaClientErrorCodes.IdTokenMissing)]
    [InlineData("access_token", OAuthErrorCodes.TokenResponseMalformed)]
    [InlineData("token_type", OAuthErrorCodes.TokenResponseMalformed)]
    public async Task ReceiveAsync_PushWithoutAMember_IsRefused(string member, string code)
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Push);
        await s.StartAsync();
        Assert.Equal(code, (await PushAsync(s, edit: body => body.Remove(member))).Error!.Code);
    }

    [Fact]
    public async Task ReceiveAsync_PushWithWrongBearer_IsUnauthorizedBeforeAnythingIsVerified()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Push);
        await s.StartAsync();
        s.F.Op.Requests.Clear();
        Assert.Equal(401, (await PushAsync(s, bearer: "Bearer wrong")).Status);
        Assert.Empty(s.F.Op.To("/jwks"));
    }

    [Fact]
    public async Task ReceiveAsync_PushWhileTheKeysCannotBeHad_IsToBeSentAgain()
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Push);
        var pending = await s.StartAsync();
        s.F.Op.On("/jwks", _ => throw new HttpRequestException("down"));
        var answer = await PushAsync(s);
        Assert.Equal(503, answer.Status);
        Assert.Equal(CibaClientErrorCodes.KeysUnreachable, answer.Error!.Code);
        Assert.Null(await s.Scheduler.TryTakeAsync(pending.Id));
    }

    [Theory]
    [InlineData("access_denied", OAuthErrorCodes.AccessDenied)]
    [InlineData("expired_token", OAuthErrorCodes.ExpiredToken)]
    [InlineData("transaction_failed", OAuthErrorCodes.TransactionFailed)]
    [InlineData("something_else", OAuthErrorCodes.UnknownError)]
    public async Task ReceiveAsync_PushedError_IsTheOutcome(string error, string code)
    {
        await using var s = new SchedulerFixture(TokenDeliveryMode.Push);
        var pending = await s.StartAsync();
        var body = new JsonObject { ["auth_req_id"] = "req-1", ["error"] = error, ["error_description"] = "the patient said no" };
        Assert.Equal(204, (await s.Scheduler.ReceiveAsync(SchedulerFixture.Op, "Bearer " + s.NotificationToken, Encoding.UTF8.GetBytes(body.ToJsonString()))).Status);
        Assert.Equal(code, (await s.Scheduler.TryTakeAsync(pending.Id))!.Result.Error!.Code);
    }

    [Theory]
    [InlineData(TokenDeliveryMode.Push)]
    [InlineData(TokenDeliveryMode.Ping)]
    public async Task ReceiveAsync_OfTheOtherMode_IsUnexpected(TokenDeliveryMode mode)
    {
        await using var s = new SchedulerFixture(mode);
        await s.StartAsync();
        var answer = mode == TokenDeliveryMode.Push ? await PingAsync(s) : await PushAsync(s);
        Assert.Equal(400, answer.Status);
        Assert.Equal(CibaClientErrorCodes.NotificationUnexpected, answer.Error!.Code);
    }

    private static Task<CibaNotificationAnswer> PingAsync(SchedulerFixture s, string? bearer = null, string id = "req-1", bool exact = false) =>
        s.Scheduler.ReceiveAsync(SchedulerFixture.Op, exact ? bearer : bearer ?? "Bearer " + s.NotificationToken, Encoding.UTF8.GetBytes(new JsonObject { ["auth_req_id"] = id }.ToJsonString()));

    private static Task<CibaNotificationAnswer> PushAsync(
        SchedulerFixture s, Action<JsonObject>? change = null, Action<JsonObject>? edit = null, SigningKey? key = null, string? bearer = null)
    {
        var claims = s.Claims("req-1");
        claims["at_hash"] = CibaFixture.HalfHash(Pushed);
        claims[OAuthClaims.RefreshTokenHash] = CibaFixture.HalfHash(Refresh);
        change?.Invoke(claims);
        var body = new JsonObject
        {
            ["auth_req_id"] = "req-1",
            ["access_token"] = Pushed,
            ["token_type"] = "Bearer",
            ["expires_in"] = 600,
            ["refresh_token"] = Refresh,
            ["id_token"] = s.F.Op.Sign("JWT", claims, key),
        };
        edit?.Invoke(body);
        return s.Scheduler.ReceiveAsync(SchedulerFixture.Op, bearer ?? "Bearer " + s.NotificationToken, Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var turn = 0; turn < 15_000 && !condition(); turn++)
        {
            await Task.Delay(2);
        }

        Assert.True(condition());
    }
}
