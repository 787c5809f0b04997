using System.Text;
using MedId.Ciba.Server;
using MedId.Provider;
using MedId.Storage.TestSupport;
using MedId.Testing;

namespace MedId.Storage.PostgreSql.Tests;

public sealed class BackupTests(PostgreSqlServer server)
{
    [Fact]
    public async Task Dump_AfterEveryVerb_HoldsNoPersonalValueInAnyForm()
    {
        var options = server.NewStore();
        await using var store = await PostgreSqlProviderStore.OpenAsync(options);
        var marks = new PersonalMarks();
        await marks.WriteEverywhereAsync(store);

        // Binary columns stand in a dump as their hexadecimal digits, which is one of the forms that are looked for.
        var dump = await server.RunAsServerAsync("pg_dump", "-h", server.Folder, "-U", "medid", "-n", options.Schema!, "postgres");
        Assert.Empty(marks.FoundIn(Encoding.UTF8.GetBytes(dump)));
        // What the scan can find it does find: our own ids and a client's id stand clear.
        Assert.Contains(StoreScene.Client, dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restored_Database_PassesReadsAndItsTrailsAreWhole()
    {
        var options = server.NewStore();
        await using var store = await PostgreSqlProviderStore.OpenAsync(options);
        var redeemed = await new StoreScene(store).RedeemedAsync("restored-refresh", "restored-family");
        var pending = await new StoreScene(store).PendingAsync();
        await using var restored = await RestoreAsync(options, "restored");

        Assert.Equal(await store.FindAuditHeadAsync(redeemed.Tenant), await restored.FindAuditHeadAsync(redeemed.Tenant));
        var report = AuditVerifier.Verify(AuditHead.Empty(redeemed.Tenant), await restored.ListAuditAsync(redeemed.Tenant, 1, 1000));
        Assert.True(report.IsWhole, report.Error?.ToString());
        Assert.Equal(await store.FindHistoryHeadAsync(redeemed.Tenant, redeemed.AccountId), await restored.FindHistoryHeadAsync(redeemed.Tenant, redeemed.AccountId));
        Assert.True(await restored.IsConsentActiveAsync(redeemed.Tenant, redeemed.ConsentId, redeemed.AccountId, StoreScene.Now.AddMinutes(2)));
        Assert.NotNull(await restored.FindRefreshTokenAsync(redeemed.Tenant, "restored-refresh"));
        Assert.False(await restored.TryRedeemRequestAsync(redeemed.Tenant, redeemed.RequestId, null, StoreScene.Now.AddMinutes(2)));
        Assert.Equal(ApprovalOutcome.Approved, await restored.TryApproveAsync(pending.Approval()));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => SchemaTests.ScalarAsync(Restored(options, "restored"), "DELETE FROM audit"));
    }

    /// <summary>What the README says of a restore to an older time, done.</summary>
    [Fact]
    public async Task Restored_ToAnOlderTime_RedeemedRequestIsBackUntilWhatIsOpenIsEnded()
    {
        var options = server.NewStore();
        await using var store = await PostgreSqlProviderStore.OpenAsync(options);
        var (naive, careful) = (await new StoreScene(store).ApprovedAsync(), await new StoreScene(store).ApprovedAsync());
        var pushed = new OutboxMessage { Tenant = naive.Tenant, Id = "push:synthetic", Kind = OutboxKinds.Push, Subject = "synthetic", Body = "{}", DueAt = StoreScene.Now, ExpiresAt = StoreScene.Now.AddMinutes(5) };
        await store.AddMessageAsync(pushed);
        await store.AddStandingConsentAsync(StandingChecks.Code(careful, "restored-code"));
        Assert.NotNull(await store.FindStandingConsentByCodeAsync(careful.Tenant, "restored-code", StoreScene.Now));
        await using var older = await RestoreAsync(options, "older");
        foreach (var scene in new[] { naive, careful })
        {
            Assert.True(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now.AddMinutes(1)));
        }

        Assert.True(await older.TryRedeemRequestAsync(naive.Tenant, naive.RequestId, null, StoreScene.Now.AddMinutes(1)));
        await SchemaTests.ScalarAsync(Restored(options, "older"), await EndWhatIsOpenAsync());
        Assert.False(await older.TryRedeemRequestAsync(careful.Tenant, careful.RequestId, null, StoreScene.Now.AddMinutes(1)));
        Assert.Null(await older.FindStandingConsentByCodeAsync(careful.Tenant, "restored-code", StoreScene.Now));
        Assert.Null(await older.TakeMessageAsync(pushed.Tenant, pushed.Id, StoreScene.Now, TimeSpan.FromMinutes(1)));
        Assert.NotEqual(CibaPollOutcome.Approved, (await older.PollRequestAsync(careful.Tenant, careful.Digest, StoreScene.Client, StoreScene.Now.AddMinutes(1)))!.Outcome);
    }

    /// <summary>The statements in the package's README, so that they are tried.</summary>
    private static async Task<string> EndWhatIsOpenAsync()
    {
        var readme = await File.ReadAllTextAsync(MedId.TestSupport.Checkout.PathOf("src", "MedId.Storage.PostgreSql", "README.md"));
        var from = readme.IndexOf("```sql\n", StringComparison.Ordinal) + 7;
        return readme[from..readme.IndexOf("```", from, StringComparison.Ordinal)];
    }

    private static PostgreSqlStorageOptions Restored(PostgreSqlStorageOptions options, string database) =>
        options with { ConnectionString = options.ConnectionString.Replace("Database=postgres", "Database=" + database, StringComparison.Ordinal) };

    private async Task<PostgreSqlProviderStore> RestoreAsync(PostgreSqlStorageOptions options, string database)
    {
        var file = Path.Combine(server.Folder, database + ".dump");
        await server.RunAsServerAsync("pg_dump", "-h", server.Folder, "-U", "medid", "-Fc", "-n", options.Schema!, "-f", file, "postgres");
        await server.RunAsServerAsync("createdb", "-h", server.Folder, "-U", "medid", database);
        await server.RunAsServerAsync("pg_restore", "-h", server.Folder, "-U", "medid", "-d", database, "--exit-on-error", file);
        return await PostgreSqlProviderStore.OpenAsync(Restored(options, database));
    }
}
