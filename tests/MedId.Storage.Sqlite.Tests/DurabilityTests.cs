using System.Diagnostics;
using System.Globalization;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;
using MedId.Storage.TestSupport.Exploration;
using MedId.Testing;
using Microsoft.Data.Sqlite;

namespace MedId.Storage.Sqlite.Tests;

public sealed class DurabilityTests
{
    [Fact]
    public void Open_Settings_AreReadBackFromSqlite()
    {
        using var database = new TemporaryDatabase();
        using var store = database.Open();
        using var session = new SqliteSession(database.Options, database.Path);

        Assert.Equal(2, session.Pragma("synchronous"));
        Assert.Equal("wal", session.Single("PRAGMA journal_mode", row => row.GetString(0)));
        Assert.Equal(1, session.Pragma("foreign_keys"));
        Assert.Equal(1, session.Pragma("secure_delete"));
        Assert.Equal(0, session.Pragma("trusted_schema"));
        Assert.Equal(10_000, session.Pragma("busy_timeout"));
        Assert.Equal($"sqlite {session.ServerVersion} journal_mode=wal synchronous=FULL secure_delete=ON", store.Durability);
    }

    [Fact]
    public void Open_NewFile_IsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such file modes.");
            return;
        }

        using var database = new TemporaryDatabase();
        using var store = database.Open();

        foreach (var file in database.Files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Equal(3, database.Files.Count);
    }

    /// <summary>What the README says of a backup, done: while the store works, and restored as a file of its own.</summary>
    [Fact]
    public async Task Backup_WhileItWorks_OpensWithItsTrailsWhole()
    {
        using var database = new TemporaryDatabase();
        using var copy = new TemporaryDatabase();
        await using var store = database.Open();
        var redeemed = await new StoreScene(store).RedeemedAsync("restored-refresh", "restored-family");
        var pending = await new StoreScene(store).PendingAsync();
        using (var session = new SqliteSession(database.Options, database.Path))
        {
            session.Script($"VACUUM INTO '{copy.Path}'");
        }

        await using var restored = copy.Open();
        Assert.True(AuditVerifier.Verify(AuditHead.Empty(redeemed.Tenant), await restored.ListAuditAsync(redeemed.Tenant, 1, 1000)).IsWhole);
        Assert.Equal(await store.FindAuditHeadAsync(redeemed.Tenant), await restored.FindAuditHeadAsync(redeemed.Tenant));
        Assert.NotNull(await restored.FindRefreshTokenAsync(redeemed.Tenant, "restored-refresh"));
        Assert.False(await restored.TryRedeemRequestAsync(redeemed.Tenant, redeemed.RequestId, null, StoreScene.Now.AddMinutes(2)));
        Assert.Equal(ApprovalOutcome.Approved, await restored.TryApproveAsync(pending.Approval()));
    }

    [Fact]
    public async Task Push_ProcessDiesOnceTheRequestIsStored_TheClientStillHearsOfItsEnd()
    {
        using var database = new TemporaryDatabase();
        var request = (CibaRequest?)null;
        await using (var store = database.Open())
        {
            var scene = await new StoreScene(store).EnrolledAsync();
            request = scene.Request() with { DeliveryMode = CibaDeliveryMode.Push, NotificationToken = "synthetic" };
            store.BeforeCommit = () => throw new TimeoutException();
            await Assert.ThrowsAsync<TimeoutException>(async () => await store.AddRequestAsync(request, 8));
            store.BeforeCommit = null;
            Assert.Empty(await store.LeaseMessagesAsync(request.Tenant, [OutboxKinds.Push, OutboxKinds.Announce], request.ExpiresAt, TimeSpan.FromMinutes(1), 8));

            // Nothing of this process runs after this one verb.
            await store.AddRequestAsync(request, 8);
        }

        await using var other = database.Open();
        var message = Assert.Single(await other.LeaseMessagesAsync(request.Tenant, [OutboxKinds.Push], request.ExpiresAt, TimeSpan.FromMinutes(1), 8));
        Assert.Equal((request.Id, request.ExpiresAt + CibaRequest.Retention), (message.Subject, message.ExpiresAt));
    }

    [Fact]
    public async Task Process_KilledWhileCommitting_LosesNothingItAcknowledged()
    {
        using var database = new TemporaryDatabase();
        var acknowledged = new List<int>();
        for (var kill = 0; kill < 3; kill++)
        {
            acknowledged.AddRange(await CommitUntilKilledAsync(database.Path, acknowledged.LastOrDefault() + 1_000_000));
            await using var store = database.Open();
            foreach (var number in acknowledged)
            {
                var (status, _) = await store.FindTicketAsync(TenantId.Single, number.ToString(CultureInfo.InvariantCulture), StoreScene.Now);
                Assert.Equal(TicketStatus.Open, status);
            }

            using var session = new SqliteSession(database.Options, database.Path);
            Assert.Equal("ok", session.Single("PRAGMA integrity_check", row => row.GetString(0)));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged.Count} acknowledged commits over 3 kills are there.");
    }

    [Fact]
    public async Task TwoProcesses_CommittingAtOnce_LoseNothing()
    {
        using var database = new TemporaryDatabase();
        await using var store = database.Open();
        var other = CommitUntilKilledAsync(database.Path, 1_000_000);
        var mine = 0;
        for (; !other.IsCompleted; mine++)
        {
            await store.AddTicketAsync(new() { Tenant = TenantId.Single, Digest = $"{mine}", AccountId = "synthetic", ExpiresAt = DateTimeOffset.MaxValue });
        }

        foreach (var number in Enumerable.Range(0, mine).Concat(await other))
        {
            Assert.Equal(TicketStatus.Open, (await store.FindTicketAsync(TenantId.Single, $"{number}", StoreScene.Now)).Status);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{mine} commits beside {(await other).Count} of the other process.");
    }

    [Fact]
    public async Task Verb_ProcessDiesBeforeCommit_ChangesNothing()
    {
        using var database = new TemporaryDatabase();
        await using var store = database.Open();
        var scene = await new StoreScene(store).PendingAsync();
        store.BeforeCommit = () => throw new TimeoutException();

        await Assert.ThrowsAsync<TimeoutException>(async () => await store.TryApproveAsync(scene.Approval()));
        store.BeforeCommit = null;

        Assert.Null(await store.FindConsentAsync(scene.Tenant, scene.ConsentId));
        Assert.Equal(10, (await store.ListDevicesAsync(scene.Tenant, scene.AccountId))[0].SignCounter);
        Assert.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(scene.Approval()));
    }

    [Fact]
    public async Task Verb_PowerCutInsideTheTransaction_LeavesTheStateBefore()
    {
        using var database = new TemporaryDatabase();
        await using var store = database.Open();
        var scene = await new StoreScene(store).ApprovedAsync();
        string? crash = null;
        store.BeforeCommit = () => crash = database.CopyAsAfterACrash();
        Assert.True(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, scene.RefreshToken("first", "family"), StoreScene.Now));
        store.BeforeCommit = null;

        await using var after = SqliteProviderStore.Open(TemporaryDatabase.OptionsOf(crash!));
        Assert.Null(await after.FindRefreshTokenAsync(scene.Tenant, "first"));
        Assert.Single(await after.ListConsentEventsAsync(scene.Tenant, scene.ConsentId));
        Assert.True(await after.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now));
    }

    [Fact]
    public async Task Verb_AnotherProcessHoldsTheWriteLockTooLong_FailsWithTheDatabasesException()
    {
        using var database = new TemporaryDatabase();
        await using var store = SqliteProviderStore.Open(database.Options with { BusyTimeout = TimeSpan.FromMilliseconds(50) });
        await store.RevokeTokenAsync(TenantId.Single, "first", StoreScene.Now);
        using var other = new SqliteSession(database.Options, database.Path);
        other.Script("BEGIN IMMEDIATE");

        var busy = await Assert.ThrowsAsync<SqliteException>(async () => await store.RevokeTokenAsync(TenantId.Single, "second", StoreScene.Now));
        Assert.Equal(5, busy.SqliteErrorCode);
        Assert.True(await store.IsTokenRevokedAsync(TenantId.Single, "first"));
        other.Script("COMMIT");
        await store.RevokeTokenAsync(TenantId.Single, "second", StoreScene.Now);
    }

    [Fact]
    public async Task Verb_AfterDisposal_Throws()
    {
        using var database = new TemporaryDatabase();
        var store = database.Open();
        await store.DisposeAsync();
        await store.DisposeAsync();
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.RevokeTokenAsync(TenantId.Single, "x", StoreScene.Now));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.IsTokenRevokedAsync(TenantId.Single, "x"));
    }

    private static async Task<List<int>> CommitUntilKilledAsync(string path, int from)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "MedId.Storage.Sqlite.Committer.dll");
        using var child = Process.Start(new ProcessStartInfo("dotnet", [program, path, from.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        var acknowledged = new List<int>();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged.Add(int.Parse(line, CultureInfo.InvariantCulture));
            if (acknowledged.Count == 200)
            {
                // SIGKILL: no handler, no flush. Lines that were written before it are read to the end below.
                child.Kill();
            }
        }

        await child.WaitForExitAsync();
        Assert.NotEqual(0, child.ExitCode);
        Assert.True(acknowledged.Count >= 200);
        return acknowledged;
    }
}
