using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;
using MedId.Testing;

namespace MedId.Provider.Tests.Delivery;

public sealed class PushTests
{
    private static JsonObject Claims(string jwt) => JsonNode.Parse(StrictBase64Url.Decode(jwt.Split('.')[1], 64 * 1024).Value)!.AsObject();

    [Fact]
    public async Task RunOnceAsync_Approved_PushesTokensThatTheIdTokenSeals()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        await world.RunAsync();
        Assert.Equal("Bearer " + DeliveryWorld.Token, Assert.Single(world.Endpoint.Received).Authorization);
        var body = world.Body();
        Assert.Equal(DeliveryWorld.AuthReqId, (string?)body["auth_req_id"]);
        Assert.Equal("Bearer", (string?)body["token_type"]);
        Assert.InRange((int)body["expires_in"]!, 1, 600);
        var claims = Claims((string)body["id_token"]!);
        Assert.Equal(DeliveryWorld.AuthReqId, (string?)claims["urn:openid:params:jwt:claim:auth_req_id"]);
        Assert.Equal(TokenHash.Compute(SignatureAlgorithm.ES256, (string)body["access_token"]!), (string?)claims["at_hash"]);
        Assert.Equal(TokenHash.Compute(SignatureAlgorithm.ES256, (string)body["refresh_token"]!), (string?)claims["urn:openid:params:jwt:claim:rt_hash"]);
        Assert.Equal(CibaStatus.Redeemed, await world.Scene.StatusAsync());
        Assert.NotNull(await world.Store.FindRefreshTokenAsync(world.Tenant, TokenMinter.RefreshDigest((string)body["refresh_token"]!)));
        await world.RunAsync();
        Assert.Single(world.Endpoint.Received);
    }

    [Fact]
    public async Task RunOnceAsync_Denied_PushesAccessDenied()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).PendingAsync();
        Assert.True(await world.Store.TryDenyRequestAsync(world.Tenant, world.Scene.RequestId, world.Time.GetUtcNow()));
        await world.RunAsync();
        Assert.Equal("""{"auth_req_id":"synthetic-auth-req-id","error":"access_denied","error_description":"ciba.denied"}""", Assert.Single(world.Endpoint.Received).Body);
    }

    [Fact]
    public async Task RunOnceAsync_NobodyDecides_PushesExpiredTokenAtTheEnd()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).PendingAsync();
        world.Time.SetUtcNow(StoreScene.RequestEnd.AddTicks(-1));
        await world.RunAsync();
        Assert.Empty(world.Endpoint.Received);
        world.Time.SetUtcNow(StoreScene.RequestEnd);
        await world.RunAsync();
        Assert.Equal("""{"auth_req_id":"synthetic-auth-req-id","error":"expired_token","error_description":"ciba.auth_req_id_expired"}""", Assert.Single(world.Endpoint.Received).Body);
    }

    [Fact]
    public async Task RunOnceAsync_DecidedBeforeTheEnd_PushesNothingAtTheEnd()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        await world.RunAsync();
        world.Time.SetUtcNow(StoreScene.RequestEnd);
        await world.RunAsync();
        Assert.True(world.Body().ContainsKey("access_token"));
        Assert.Single(world.Endpoint.Received);
    }

    [Fact]
    public async Task RunOnceAsync_DeniedAtTheLastMomentAndTheClientIsAway_IsPushedAfterTheEnd()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).PendingAsync();
        world.Time.SetUtcNow(StoreScene.RequestEnd.AddSeconds(-1));
        Assert.True(await world.Store.TryDenyRequestAsync(world.Tenant, world.Scene.RequestId, world.Time.GetUtcNow()));
        world.Endpoint.MisbehaveNext(NotificationFault.Unavailable);
        await world.RunAsync();
        world.Time.Advance(TimeSpan.FromSeconds(30));
        await world.RunAsync();
        Assert.Equal(2, world.Endpoint.Received.Count);
        Assert.Equal("access_denied", (string?)world.Body(1)["error"]);
    }

    [Fact]
    public async Task RunOnceAsync_GrantHasNothingLeft_PushesTransactionFailed()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).PendingAsync();
        var approval = world.Scene.Approval();
        var end = world.Time.GetUtcNow().AddMilliseconds(500);
        Assert.Equal(ApprovalOutcome.Approved, await world.Store.TryApproveAsync(approval with
        {
            Grant = approval.Grant with { ExpiresAt = end },
            Consent = approval.Consent with { AccessUntil = end.AddMinutes(1) },
        }));
        await world.RunAsync();
        Assert.Equal("transaction_failed", (string?)world.Body()["error"]);
    }

    [Fact]
    public async Task RunOnceAsync_AnswerIsLost_ExactlyTheSameTokensAreSentAgain()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        world.Endpoint.MisbehaveNext(NotificationFault.TakenThenReset, NotificationFault.InternalServerError, NotificationFault.ConnectionReset);
        for (var i = 0; i < 8; i++)
        {
            await world.RunAsync();
            world.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(4, world.Endpoint.Received.Count);
        for (var i = 1; i < 4; i++)
        {
            foreach (var member in (string[])["access_token", "id_token", "refresh_token", "auth_req_id"])
            {
                Assert.Equal((string?)world.Body()[member], (string?)world.Body(i)[member]);
            }

            // The life that is left is told truly.
            Assert.True((int)world.Body(i)["expires_in"]! < (int)world.Body(i - 1)["expires_in"]!);
        }
    }

    [Fact]
    public async Task HandleAsync_WorkerDiesBeforeTheTokensAreStored_TheyAreNeverSent()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        var dying = await world.LeaseAsync();
        var lost = await world.PushHandler().HandleAsync(dying, TestContext.Current.CancellationToken);
        Assert.NotNull(lost.Body);
        world.Time.Advance(TimeSpan.FromSeconds(61));

        // Another worker takes over; the first comes back and finds that the message is not its own any more.
        var next = await world.LeaseAsync();
        var kept = await world.PushHandler().HandleAsync(next, TestContext.Current.CancellationToken);
        Assert.True(await world.Store.PostponeMessageAsync(world.Tenant, next.Id, next.Lease!, kept.DueAt!.Value, kept.Body));
        Assert.False(await world.Store.PostponeMessageAsync(world.Tenant, dying.Id, dying.Lease!, lost.DueAt!.Value, lost.Body));
        await world.RunAsync();
        var access = (string)world.Body()["access_token"]!;
        Assert.Contains(access, kept.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(access, lost.Body, StringComparison.Ordinal);
        Assert.Single(world.Endpoint.Received);
    }

    [Fact]
    public async Task HandleAsync_WorkerDiesBetweenRedemptionAndSending_TheNextSendsTheStoredTokens()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        var first = await world.LeaseAsync();
        var prepared = await world.PushHandler().HandleAsync(first, TestContext.Current.CancellationToken);
        Assert.True(await world.Store.PostponeMessageAsync(world.Tenant, first.Id, first.Lease!, prepared.DueAt!.Value, prepared.Body));

        // It redeems, sends, is told nothing, and dies: the lease runs out.
        var second = await world.LeaseAsync();
        world.Endpoint.MisbehaveNext(NotificationFault.TakenThenReset);
        await world.PushHandler().HandleAsync(second, TestContext.Current.CancellationToken);
        Assert.Equal(CibaStatus.Redeemed, await world.Scene.StatusAsync());
        world.Time.Advance(TimeSpan.FromSeconds(61));
        await world.RunAsync();
        Assert.Equal(2, world.Endpoint.Received.Count);
        Assert.Equal((string?)world.Body()["refresh_token"], (string?)world.Body(1)["refresh_token"]);
        Assert.Equal((string?)world.Body()["access_token"], (string?)world.Body(1)["access_token"]);
    }

    [Fact]
    public async Task HandleAsync_TwoWorkersWithTheSameTokens_SendOneSet()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        var first = await world.LeaseAsync();
        var prepared = await world.PushHandler().HandleAsync(first, TestContext.Current.CancellationToken);
        var both = first with { Body = prepared.Body };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await world.PushHandler().HandleAsync(both, TestContext.Current.CancellationToken))));
        Assert.Single(world.Endpoint.Received.Select(received => (string?)JsonNode.Parse(received.Body)!["access_token"]).Distinct());
    }

    [Fact]
    public async Task RunOnceAsync_ConsentWithdrawnBeforeThePush_PushesAccessDeniedAndNoTokens()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        var first = await world.LeaseAsync();
        var prepared = await world.PushHandler().HandleAsync(first, TestContext.Current.CancellationToken);
        Assert.True(await world.Store.PostponeMessageAsync(world.Tenant, first.Id, first.Lease!, prepared.DueAt!.Value, prepared.Body));
        await world.Store.WithdrawConsentAsync(world.Tenant, world.Scene.ConsentId, world.Scene.AccountId, world.Time.GetUtcNow());
        await world.RunAsync();
        Assert.Equal("access_denied", (string?)world.Body()["error"]);
        Assert.DoesNotContain(world.Endpoint.Received, received => received.Body.Contains("access_token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunOnceAsync_NobodyTakesThePush_EndsWithTheRequest()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push, isDown: true)).ApprovedAsync();
        for (var i = 0; i < 30; i++)
        {
            await world.RunAsync();
            world.Time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Empty(await world.Store.LeaseMessagesAsync(world.Tenant, (string[])[OutboxKinds.Push], world.Time.GetUtcNow(), TimeSpan.FromSeconds(1), 8));
        Assert.Equal(CibaStatus.Redeemed, await world.Scene.StatusAsync());
    }

    [Fact]
    public async Task HandleAsync_TokensThatEndedMeanwhile_AreGivenUp()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        world.Server.IdTokenLifetime = TimeSpan.FromMinutes(1);
        var message = await world.LeaseAsync();
        var prepared = await world.PushHandler().HandleAsync(message, TestContext.Current.CancellationToken);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var late = await world.PushHandler().HandleAsync(message with { Body = prepared.Body }, TestContext.Current.CancellationToken);
        Assert.Equal(CibaErrorCodes.NotificationTooLate, late.Code);
        Assert.Empty(world.Endpoint.Received);
        Assert.Equal(CibaStatus.Approved, await world.Scene.StatusAsync());
    }

    [Theory]
    [InlineData(NotificationFault.Unauthorized)]
    [InlineData(NotificationFault.NotFound)]
    public async Task RunOnceAsync_ClientRefuses_IsNotPushedToAgain(NotificationFault fault)
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        world.Endpoint.Misbehave(fault);
        await world.RunAsync();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.RunAsync();
        Assert.Single(world.Endpoint.Received);
    }

    [Fact]
    public async Task RunOnceAsync_IssueStoppedBeforeTheTokensAreMade_IsPushedWhenItIsLetGo()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        var gate = new Gate { Error = Stopped };
        world.Gate = gate;
        await world.RunAsync();
        Assert.Empty(world.Endpoint.Received);
        Assert.Equal(CibaStatus.Approved, await world.Scene.StatusAsync());

        gate.Error = null;
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await world.RunAsync();
        Assert.True(world.Body().ContainsKey("access_token"));
        Assert.Single(world.Endpoint.Received);
    }

    [Fact]
    public async Task RunOnceAsync_IssueStoppedAfterTheTokensAreMade_TheyDoNotLeaveUntilItIsLetGo()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        var gate = new Gate();
        world.Gate = gate;
        world.Endpoint.MisbehaveNext(NotificationFault.Unavailable);
        await world.RunAsync();
        Assert.Single(world.Endpoint.Received);

        // The client comes back, and an operator stopped everything meanwhile.
        gate.Error = Stopped;
        world.Time.Advance(TimeSpan.FromSeconds(10));
        await world.RunAsync();
        Assert.Single(world.Endpoint.Received);
        gate.Error = null;
        world.Time.Advance(TimeSpan.FromSeconds(30));
        await world.RunAsync();
        Assert.Equal((string?)world.Body()["access_token"], (string?)world.Body(1)["access_token"]);
    }

    [Fact]
    public async Task RunOnceAsync_IssueStoppedToTheEnd_PushesTransactionFailed()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        world.Gate = new Gate { Error = Stopped };
        for (var i = 0; i < 60 && world.Endpoint.Received.Count == 0; i++)
        {
            await world.RunAsync();
            world.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal("transaction_failed", (string?)world.Body()["error"]);
        Assert.Single(world.Endpoint.Received);
    }

    [Fact]
    public async Task RunOnceAsync_RegistrationNarrowedAfterTheTokensAreMade_PushesTransactionFailedAndNoTokens()
    {
        await using var world = await (await DeliveryWorld.StartAsync(CibaDeliveryMode.Push)).ApprovedAsync();
        var gate = new Gate();
        world.Gate = gate;
        world.Endpoint.MisbehaveNext(NotificationFault.Unavailable);
        await world.RunAsync();
        gate.Error = new(OAuthServerErrorCodes.GrantInactive, ErrorCategory.Policy, "test");
        world.Time.Advance(TimeSpan.FromSeconds(10));
        await world.RunAsync();
        Assert.Equal("transaction_failed", (string?)world.Body(1)["error"]);
    }

    [Theory]
    [InlineData(CibaDeliveryMode.Push)]
    [InlineData(CibaDeliveryMode.Ping)]
    public async Task RunOnceAsync_ClientSuspended_IsToldWhenItIsBack(CibaDeliveryMode mode)
    {
        await using var world = await (await DeliveryWorld.StartAsync(mode)).ApprovedAsync();
        var (known, nobody) = (world.Clients, new ConfiguredClients());
        world.Clients = nobody;
        await world.RunAsync();
        Assert.Empty(world.Endpoint.Received);
        Assert.Equal(CibaStatus.Approved, await world.Scene.StatusAsync());
        world.Clients = known;
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await world.RunAsync();
        Assert.Equal(mode == CibaDeliveryMode.Push, world.Body().ContainsKey("access_token"));
        Assert.Single(world.Endpoint.Received);

        // Nobody is looked for when the request has ended.
        await using var other = await (await DeliveryWorld.StartAsync(mode)).ApprovedAsync();
        other.Clients = nobody;
        other.Time.SetUtcNow(StoreScene.RequestEnd.AddMilliseconds(-1));
        await other.RunAsync();
        other.Clients = known;
        other.Time.SetUtcNow(StoreScene.RequestEnd.AddMinutes(1));
        await other.RunAsync();
        Assert.Empty(other.Endpoint.Received);
    }

    private static MedIdError Stopped => new(OAuthServerErrorCodes.IssueStopped, ErrorCategory.Policy, "test");

    private sealed class Gate : ITokenIssueGate
    {
        public MedIdError? Error { get; set; }

        public ValueTask<MedIdError?> RefuseAsync(TokenIssue issue, CancellationToken cancellationToken = default) => ValueTask.FromResult(Error);
    }
}
