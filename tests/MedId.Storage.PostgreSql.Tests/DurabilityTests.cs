using System.Collections.Concurrent;
using System.Globalization;
using MedId.Core;
using MedId.Provider;
using MedId.Testing;
using Npgsql;

namespace MedId.Storage.PostgreSql.Tests;

public sealed class DurabilityTests(PostgreSqlServer server)
{
    [Fact]
    public async Task Open_Settings_AreReadBackFromTheServer()
    {
        await using var store = await PostgreSqlProviderStore.OpenAsync(server.NewStore());

        Assert.Matches(@"^postgresql \d+\.\d+ fsync=on synchronous_commit=on full_page_writes=on$", store.Durability);
    }

    [Fact]
    public async Task Open_ServerThatMayLoseCommits_IsRefusedUnlessSaidLoudly()
    {
        var options = server.NewStore() with { ConnectionString = server.ConnectionString(options: "-c synchronous_commit=off") };

        var refused = await Assert.ThrowsAsync<ProviderStorageException>(async () => await PostgreSqlProviderStore.OpenAsync(options));
        Assert.Contains("synchronous_commit=off", refused.Message, StringComparison.Ordinal);
        await using var store = await PostgreSqlProviderStore.OpenAsync(options with { LosesDataOnPowerCut = true });
        Assert.Contains("synchronous_commit=off", store.Durability, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fsync")]
    [InlineData("full_page_writes")]
    public async Task Open_ServerWithoutSync_IsRefused(string setting)
    {
        server.Require();
        await using var own = new PostgreSqlServer();
        await own.InitializeAsync();
        var options = own.NewStore();
        await SchemaTests.ScalarAsync(options, $"ALTER SYSTEM SET {setting}=off");
        await own.KillAsync();
        await own.StartAsync();

        var refused = await Assert.ThrowsAsync<ProviderStorageException>(async () => await PostgreSqlProviderStore.OpenAsync(options));
        Assert.Contains($"{setting}=off", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_KilledWhileNodesWork_LosesNothingThatWasAcknowledged()
    {
        server.Require();
        await using var own = new PostgreSqlServer();
        await own.InitializeAsync();
        var options = own.NewStore();
        await using var one = await PostgreSqlProviderStore.OpenAsync(options);
        await using var two = await PostgreSqlProviderStore.OpenAsync(options);
        var acknowledged = new ConcurrentBag<int>();
        var approved = new List<StoreScene>();
        for (var kill = 0; kill < 3; kill++)
        {
            approved.Add(await new StoreScene(one).ApprovedAsync());
            var from = kill * 1_000_000;
            var before = acknowledged.Count;
            var working = Enumerable.Range(0, 8).Select(worker => CommitUntilKilledAsync(worker % 2 == 0 ? one : two, from + (worker * 100_000), acknowledged)).ToArray();
            while (acknowledged.Count < before + 200)
            {
                await Task.Delay(5);
            }

            await own.KillAsync();
            await Task.WhenAll(working);
            await own.StartAsync();
            foreach (var number in acknowledged)
            {
                var (status, _) = await FindAgainAsync(two, number);
                Assert.Equal(TicketStatus.Open, status);
            }
        }

        foreach (var scene in approved)
        {
            Assert.True(await two.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now.AddMinutes(1)));
            Assert.False(await one.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now.AddMinutes(1)));
        }

        Assert.True(AuditVerifier.Verify(AuditHead.Empty(approved[0].Tenant), await one.ListAuditAsync(approved[0].Tenant, 1, 1000)).IsWhole);
        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged.Count} acknowledged commits over 3 kills are there.");
    }

    [Fact]
    public async Task Verb_NodeDiesBeforeCommit_ChangesNothing()
    {
        await using var store = await PostgreSqlProviderStore.OpenAsync(server.NewStore());
        var scene = await new StoreScene(store).PendingAsync();
        store.BeforeCommit = () => throw new TimeoutException();

        await Assert.ThrowsAsync<TimeoutException>(async () => await store.TryApproveAsync(scene.Approval()));
        store.BeforeCommit = null;

        Assert.Null(await store.FindConsentAsync(scene.Tenant, scene.ConsentId));
        Assert.Equal(10, (await store.ListDevicesAsync(scene.Tenant, scene.AccountId))[0].SignCounter);
        Assert.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(scene.Approval()));
    }

    [Fact]
    public async Task Dispose_WithoutWaiting_ClosesAsWell()
    {
        var store = await PostgreSqlProviderStore.OpenAsync(server.NewStore());
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.IsTokenRevokedAsync(TenantId.Single, "x"));
    }

    [Fact]
    public async Task Verb_AfterDisposal_Throws()
    {
        var store = await PostgreSqlProviderStore.OpenAsync(server.NewStore());
        await store.DisposeAsync();
        await store.DisposeAsync();
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.RevokeTokenAsync(TenantId.Single, "x", StoreScene.Now));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.IsTokenRevokedAsync(TenantId.Single, "x"));
    }

    private static async Task CommitUntilKilledAsync(PostgreSqlProviderStore store, int from, ConcurrentBag<int> acknowledged)
    {
        try
        {
            for (var number = from; ; number++)
            {
                await store.AddTicketAsync(new() { Tenant = TenantId.Single, Digest = number.ToString(CultureInfo.InvariantCulture), AccountId = "synthetic", ExpiresAt = DateTimeOffset.MaxValue });
                acknowledged.Add(number);
            }
        }
        catch (NpgsqlException)
        {
            // Killed: whether this one is there nobody knows.
        }
    }

    /// <summary>A pool still holds connections of the server before; each is found out once.</summary>
    private static async Task<(TicketStatus Status, EnrolmentTicket? Ticket)> FindAgainAsync(PostgreSqlProviderStore store, int number)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await store.FindTicketAsync(TenantId.Single, number.ToString(CultureInfo.InvariantCulture), StoreScene.Now);
            }
            catch (NpgsqlException) when (attempt < 30)
            {
                await Task.Delay(20);
            }
        }
    }
}
