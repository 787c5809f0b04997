using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Testing;
using Npgsql;

namespace MedId.Storage.PostgreSql.Tests;

/// <summary>Verbs of two nodes at the same moment.</summary>
public sealed class ConcurrencyTests(PostgreSqlServer server)
{
    [Fact]
    public async Task OneRequest_DecidedAndRedeemedFromTwoNodesAtOnce_HasOneWinner()
    {
        var options = server.NewStore();
        await using var one = await PostgreSqlProviderStore.OpenAsync(options);
        await using var two = await PostgreSqlProviderStore.OpenAsync(options with { Migrations = [.. options.Migrations.SkipLast(1)] });
        var tally = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < 24; round++)
        {
            var scene = await new StoreScene(one).PendingAsync();
            var at = StoreScene.Now.AddMinutes(1);
            var races = Enumerable.Range(0, 4).SelectMany(i =>
            {
                var store = i % 2 == 0 ? one : two;
                return new[]
                {
                    RunAsync(async () => await store.TryApproveAsync(scene.Approval()) == ApprovalOutcome.Approved ? "approved" : string.Empty),
                    RunAsync(async () => await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, at) ? "denied" : string.Empty),
                    RunAsync(async () => (await store.PollRequestAsync(scene.Tenant, scene.Digest, StoreScene.Client, at))!.Outcome == CibaPollOutcome.SlowDown ? "slow" : string.Empty),
                    RunAsync(async () => await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, scene.RefreshToken(scene.RequestId + i, scene.RequestId), at) ? "redeemed" : string.Empty),
                    RunAsync(async () => i == 3 && await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, at) == WithdrawalOutcome.Withdrawn ? "withdrawn" : string.Empty),
                };
            });
            var won = (await Task.WhenAll(races)).Where(outcome => outcome.Length > 0).CountBy(outcome => outcome, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

            Assert.Equal(1, won.GetValueOrDefault("approved") + won.GetValueOrDefault("denied"));
            Assert.InRange(won.GetValueOrDefault("redeemed"), 0, won.GetValueOrDefault("approved"));
            Assert.InRange(won.GetValueOrDefault("withdrawn"), 0, won.GetValueOrDefault("approved"));
            var lines = await two.ListConsentEventsAsync(scene.Tenant, scene.ConsentId);
            Assert.Equal(won.GetValueOrDefault("redeemed"), lines.Count(line => line.Kind == "token-issued"));
            Assert.Equal(won.GetValueOrDefault("withdrawn"), lines.Count(line => line.Kind == "withdrawn"));
            Assert.Equal(won.ContainsKey("approved") && !won.ContainsKey("withdrawn"), await one.IsConsentActiveAsync(scene.Tenant, scene.ConsentId, scene.AccountId, at));
            foreach (var (what, times) in won)
            {
                tally[what] = tally.GetValueOrDefault(what) + times;
            }
        }

        await AssertTrailIsWholeAsync(one);
        TestContext.Current.TestOutputHelper?.WriteLine($"{string.Join(", ", tally)}; {one.Retries + two.Retries} verbs run again");
    }

    [Fact]
    public async Task RefreshToken_RotatedWhileItsConsentIsWithdrawn_LeavesNoneBehind()
    {
        var options = server.NewStore();
        await using var one = await PostgreSqlProviderStore.OpenAsync(options);
        await using var two = await PostgreSqlProviderStore.OpenAsync(options);
        for (var round = 0; round < 12; round++)
        {
            var scene = await new StoreScene(one).RedeemedAsync($"first-{round}", $"family-{round}");
            await Task.WhenAll(
                RunAsync(async () => (await one.RotateRefreshTokenAsync(scene.Tenant, $"first-{round}", StoreScene.Client, scene.RefreshToken($"next-{round}", $"family-{round}"), StoreScene.Now.AddMinutes(2))).ToString()),
                RunAsync(async () => (await two.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now.AddMinutes(2))).ToString()));

            Assert.Null(await one.FindRefreshTokenAsync(scene.Tenant, $"first-{round}"));
            Assert.Null(await one.FindRefreshTokenAsync(scene.Tenant, $"next-{round}"));
        }
    }

    [Fact]
    public async Task PeopleTiedInARing_EverythingEndsAtOnce_NobodyWaitsForEver()
    {
        var options = server.NewStore();
        await using var one = await PostgreSqlProviderStore.OpenAsync(options);
        await using var two = await PostgreSqlProviderStore.OpenAsync(options);
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => new StoreScene(one).EnrolledAsync()));
        var at = StoreScene.Now.AddMinutes(1);
        var ring = people.Select((person, i) => new ProxyScene(one) { Patient = person, Proxy = people[(i + 1) % people.Length] }).ToList();
        foreach (var relation in ring)
        {
            Assert.Null((await one.AddProxyRelationAsync(relation.Relation())).Error);
            Assert.Equal(CibaAddOutcome.Added, await one.AddRequestAsync(relation.Patient.Request(), 8));
        }

        var all = ring.SelectMany((relation, i) => new[]
        {
            RunAsync(async () => (await one.TryApproveAsync(relation.Approval())).ToString()),
            RunAsync(async () => (await two.ChangeProxyRelationAsync(relation.Change(ProxyEvent.End))).Succeeded.ToString()),
            RunAsync(async () => (await one.ChangeDeviceAsync(Change(relation.Proxy, DeviceEvent.ReportLost, at))).Succeeded.ToString()),
            RunAsync(async () => (await two.ChangeAccountAsync(Change(relation.Patient, i % 2 == 0 ? AccountEvent.Suspend : AccountEvent.Archive, at))).Succeeded.ToString()),
            RunAsync(async () => (await two.SweepAsync(ProxyScene.End.AddMinutes(1))).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            RunAsync(async () => (await one.SweepAsync(ProxyScene.End.AddMinutes(1))).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        });
        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(60));

        foreach (var relation in ring)
        {
            Assert.False(await two.IsConsentActiveAsync(relation.Tenant, relation.Patient.ConsentId, relation.Patient.AccountId, at));
            Assert.Equal(ProxyState.Ended, (await one.FindProxyRelationAsync(relation.Tenant, relation.RelationId))!.State);
        }

        await AssertTrailIsWholeAsync(two);
        TestContext.Current.TestOutputHelper?.WriteLine($"{one.Retries + two.Retries} verbs run again");
    }

    [Fact]
    public async Task TwoPeople_OneIsHeld_TheOtherDoesNotWait()
    {
        var options = server.NewStore();
        await using var store = await PostgreSqlProviderStore.OpenAsync(options);
        var (held, free) = (await new StoreScene(store).PendingAsync(), await new StoreScene(store).PendingAsync());
        await using var connection = new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync();
        await using var other = await connection.BeginTransactionAsync();
        var session = new PostgreSqlSession(connection, CancellationToken.None);
        await session.LockAsync(SqlLock.Person, held.Tenant, held.AccountId);

        var waits = store.TryApproveAsync(held.Approval()).AsTask();
        Assert.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(free.Approval()).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.False(waits.IsCompleted);
        await other.RollbackAsync();
        Assert.Equal(ApprovalOutcome.Approved, await waits.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Session_LocksOutOfOrder_AreRefusedBeforeTheyCanWait()
    {
        var options = server.NewStore();
        await using var connection = new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var session = new PostgreSqlSession(connection, CancellationToken.None);
        await session.LockAsync(SqlLock.Person, [(TenantId.Single, "a"), (TenantId.Single, "b")]);
        await session.LockAsync(SqlLock.Person, TenantId.Single, "b");
        await session.LockAsync(SqlLock.Audit, TenantId.Single, "audit");

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.LockAsync(SqlLock.Person, TenantId.Single, "c"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.LockAsync(SqlLock.Codes, TenantId.Single, "codes"));
    }

    [Fact]
    public async Task Verb_CaughtInADeadlock_IsRunAgain()
    {
        var options = server.NewStore();
        await using var store = await PostgreSqlProviderStore.OpenAsync(options);
        var scene = await new StoreScene(store).EnrolledAsync();
        var deaths = 0;
        store.BeforeCommit = () =>
        {
            if (deaths++ < 2)
            {
                throw new PostgresException("deadlock detected", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected);
            }
        };

        Assert.Equal(CibaAddOutcome.Added, await store.AddRequestAsync(scene.Request(), 8));
        store.BeforeCommit = null;
        Assert.Equal(2, store.Retries);
        Assert.Equal(CibaStatus.Pending, await scene.StatusAsync());
        await AssertTrailIsWholeAsync(store);
    }

    [Fact]
    public async Task Outbox_TwoNodesLeaseAtOnce_EachMessageGoesToOne()
    {
        var options = server.NewStore();
        await using var one = await PostgreSqlProviderStore.OpenAsync(options);
        await using var two = await PostgreSqlProviderStore.OpenAsync(options);
        var tenant = ProviderStoreConformance.Tenant;
        for (var i = 0; i < 60; i++)
        {
            Assert.True(await one.AddMessageAsync(new() { Tenant = tenant, Id = $"m{i}", Kind = OutboxKinds.Ping, Subject = "s", DueAt = StoreScene.Now, ExpiresAt = StoreScene.AccessEnd }));
        }

        var leased = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? one : two).LeaseMessagesAsync(tenant, [OutboxKinds.Ping], StoreScene.Now, TimeSpan.FromMinutes(1), 5))));
        var ids = leased.SelectMany(messages => messages).Select(message => message.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());

        // A lock that was in the way is none later: what nobody took is taken now.
        var rest = await two.LeaseMessagesAsync(tenant, [OutboxKinds.Ping], StoreScene.Now, TimeSpan.FromMinutes(1), 100);
        Assert.Equal(60, ids.Union(rest.Select(message => message.Id), StringComparer.Ordinal).Count());
        Assert.Equal(60, ids.Count + rest.Count);
    }

    private static Task<string> RunAsync(Func<Task<string>> verb) => Task.Run(verb);

    private static DeviceChange Change(StoreScene person, DeviceEvent happened, DateTimeOffset at) => new()
    {
        Tenant = person.Tenant,
        AccountId = person.AccountId,
        DeviceId = person.Device().Id,
        Event = happened,
        Actor = LifeCycleActor.Person(null),
        At = at,
    };

    private static AccountChange Change(StoreScene person, AccountEvent happened, DateTimeOffset at) =>
        new() { Tenant = person.Tenant, AccountId = person.AccountId, Event = happened, Actor = LifeCycleActor.Clerk("clerk-1", "synthetic-1"), At = at };

    private static async Task AssertTrailIsWholeAsync(PostgreSqlProviderStore store)
    {
        var head = AuditHead.Empty(ProviderStoreConformance.Tenant);
        while (await store.ListAuditAsync(head.Tenant, head.Length + 1, 1000) is { Count: > 0 } page)
        {
            var report = AuditVerifier.Verify(head, page);
            Assert.True(report.IsWhole, report.Error?.ToString());
            head = report.Head;
        }

        Assert.Equal(await store.FindAuditHeadAsync(head.Tenant), head);
    }
}
