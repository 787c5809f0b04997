using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using MedId.Storage.TestSupport;
using MedId.Testing;
using Npgsql;

namespace MedId.Storage.PostgreSql.Tests;

public sealed class SchemaTests(PostgreSqlServer server)
{
    private static readonly int _known = PostgreSqlSchema.Migrations.Count;
    private static readonly SqlMigration _adds = new(_known + 1, _known, "ALTER TABLE requests ADD COLUMN later TEXT; CREATE TABLE later(id TEXT);");
    private static readonly SqlMigration _addsMore = new(_known + 2, _known + 1, "CREATE TABLE later_still(id TEXT);");

    [Fact]
    public async Task Open_NewSchema_HasTheVersionOfThisCode()
    {
        var options = server.NewStore();
        await using var store = await PostgreSqlProviderStore.OpenAsync(options);

        Assert.Equal([.. Enumerable.Range(1, _known)], PostgreSqlSchema.Migrations.Select(step => step.Version));
        Assert.Equal($"{_known}/{_known - 1}/{_known - 1}", await ScalarAsync(options, "SELECT version || '/' || oldest_reader || '/' || oldest_writer FROM schema_version"));
        Assert.Equal(1L, await ScalarAsync(options, "SELECT count(*) FROM nodes"));
    }

    [Fact]
    public async Task VersionBefore_OnItsOwnSchema_Conforms()
    {
        var options = server.NewStore();
        await using var before = await PostgreSqlProviderStore.OpenAsync(options with { Migrations = [.. PostgreSqlSchema.Migrations.SkipLast(1)] });
        await RunConformanceAsync(before);
        Assert.Equal((long)_known - 1, await ScalarAsync(options, "SELECT version FROM schema_version"));
    }

    [Fact]
    public async Task Open_NextVersionWhileThisOneWorks_BothWorkOn()
    {
        var options = server.NewStore();
        await using var old = await PostgreSqlProviderStore.OpenAsync(options);
        var scene = await new StoreScene(old).PendingAsync();
        await using var next = await PostgreSqlProviderStore.OpenAsync(options with { Migrations = [.. PostgreSqlSchema.Migrations, _adds] });
        await using var oldAgain = await PostgreSqlProviderStore.OpenAsync(options);

        Assert.Equal(ApprovalOutcome.Approved, await old.TryApproveAsync(scene.Approval()));
        Assert.True(await next.IsConsentActiveAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now));
        Assert.True(await oldAgain.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now));
        await RunConformanceAsync(TwoNodes.Over(oldAgain, next));
    }

    [Fact]
    public async Task Open_SchemaTwoVersionsAhead_IsRefusedByName()
    {
        var options = server.NewStore();
        await (await PostgreSqlProviderStore.OpenAsync(options with { Migrations = [.. PostgreSqlSchema.Migrations, _adds, _addsMore] })).DisposeAsync();

        var refused = await Assert.ThrowsAsync<ProviderStorageException>(async () => await PostgreSqlProviderStore.OpenAsync(options));
        Assert.Contains($"schema {_known + 2}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"this code knows {_known}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NextSchemaThatTakesSomethingAway_IsRefused()
    {
        var options = server.NewStore();
        var takes = new SqlMigration(_known + 1, _known + 1, "ALTER TABLE requests RENAME COLUMN consent_id TO consent;");
        await (await PostgreSqlProviderStore.OpenAsync(options with { Migrations = [.. PostgreSqlSchema.Migrations, takes] })).DisposeAsync();

        await Assert.ThrowsAsync<ProviderStorageException>(async () => await PostgreSqlProviderStore.OpenAsync(options));
    }

    [Fact]
    public async Task Open_StepThatANodeAtWorkCouldNotServe_WaitsForIt()
    {
        var options = server.NewStore();
        var ahead = options with { Migrations = [.. PostgreSqlSchema.Migrations, _adds, _addsMore] };
        await using (await PostgreSqlProviderStore.OpenAsync(options))
        {
            var refused = await Assert.ThrowsAsync<ProviderStorageException>(async () => await PostgreSqlProviderStore.OpenAsync(ahead));
            Assert.Contains($"(schema {_known})", refused.Message, StringComparison.Ordinal);
            Assert.Equal((long)_known, await ScalarAsync(options, "SELECT version FROM schema_version"));
        }

        // Closed it is gone; killed it would be after its silence.
        await using var opened = await PostgreSqlProviderStore.OpenAsync(ahead);
        Assert.Equal((long)_known + 2, await ScalarAsync(options, "SELECT version FROM schema_version"));
    }

    [Fact]
    public async Task Sweep_Node_SaysThatItIsThere()
    {
        var options = server.NewStore();
        await using var store = await PostgreSqlProviderStore.OpenAsync(options);
        await ScalarAsync(options, "UPDATE nodes SET seen_at='2026-01-01'; INSERT INTO nodes(id, knows, seen_at) VALUES('killed', 1, '2026-01-01')");

        await store.SweepAsync(StoreScene.Now);
        Assert.Equal(1L, await ScalarAsync(options, "SELECT count(*) FROM nodes WHERE seen_at>clock_timestamp()-interval '1 minute'"));
        Assert.Equal(0L, await ScalarAsync(options, "SELECT count(*) FROM nodes WHERE id='killed'"));
    }

    [Fact]
    public async Task Open_MigrationThatFails_LeavesTheVersionBefore()
    {
        var options = server.NewStore();
        await (await PostgreSqlProviderStore.OpenAsync(options)).DisposeAsync();
        var broken = new SqlMigration(_known + 1, _known, "CREATE TABLE half(id TEXT); SELECT * FROM nowhere;");

        await Assert.ThrowsAsync<PostgresException>(async () => await PostgreSqlProviderStore.OpenAsync(options with { Migrations = [.. PostgreSqlSchema.Migrations, broken] }));

        await using var store = await PostgreSqlProviderStore.OpenAsync(options);
        Assert.Equal((long)_known, await ScalarAsync(options, "SELECT version FROM schema_version"));
        Assert.Equal(0L, await ScalarAsync(options, $"SELECT count(*) FROM pg_tables WHERE schemaname='{options.Schema}' AND tablename='half'"));
    }

    [Fact]
    public async Task Open_ManyNodesOnANewSchemaAtOnce_AllComeUp()
    {
        var options = server.NewStore();
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostgreSqlProviderStore.OpenAsync(options).AsTask()));

        foreach (var store in stores)
        {
            await store.RevokeTokenAsync(TenantId.Single, "one", StoreScene.Now);
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_SchemaOfSomethingElse_IsRefusedAndUntouched()
    {
        var options = server.NewStore();
        await ScalarAsync(options, $"CREATE SCHEMA {options.Schema}; CREATE TABLE {options.Schema}.theirs(id TEXT)");

        await Assert.ThrowsAsync<ProviderStorageException>(async () => await PostgreSqlProviderStore.OpenAsync(options));
        Assert.Equal(1L, await ScalarAsync(options, $"SELECT count(*) FROM pg_tables WHERE schemaname='{options.Schema}'"));
    }

    [Fact]
    public async Task Open_WithAnotherKey_IsRefusedAtStart()
    {
        var options = server.NewStore();
        await using var store = await PostgreSqlProviderStore.OpenAsync(options);
        await store.RevokeTokenAsync(TenantId.Single, "one", StoreScene.Now);
        var other = options with { Cipher = tenant => new FieldCipher(tenant.Value, new FieldKey("other", [.. Enumerable.Repeat((byte)7, FieldKey.Length)])) };

        await Assert.ThrowsAsync<ProviderStorageException>(async () => await PostgreSqlProviderStore.OpenAsync(other));
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("history")]
    [InlineData("life_cycle")]
    public async Task Kept_RowsOfATrail_CanBeNeitherChangedNorRemoved(string table)
    {
        var options = server.NewStore();
        await using var store = await PostgreSqlProviderStore.OpenAsync(options);
        await new StoreScene(store).RedeemedAsync("refresh", "family");

        Assert.NotEqual(0L, await ScalarAsync(options, $"SELECT count(*) FROM {table}"));
        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(options, $"DELETE FROM {table}"));
        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(options, $"UPDATE {table} SET tenant='other'"));
        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(options, $"TRUNCATE {table}"));
    }

    [Fact]
    public async Task Open_Misuse_Throws()
    {
        var options = server.NewStore();
        await Assert.ThrowsAsync<ArgumentException>(async () => await PostgreSqlProviderStore.OpenAsync(options with { ConnectionString = " " }));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await PostgreSqlProviderStore.OpenAsync(options with { Cipher = null! }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await PostgreSqlProviderStore.OpenAsync(options with { Timeout = TimeSpan.FromMilliseconds(999) }));
        foreach (var schema in new[] { "Clinic", "1st", "a\"b", "a-b", new string('a', 64), string.Empty })
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await PostgreSqlProviderStore.OpenAsync(options with { Schema = schema }));
        }

        Assert.DoesNotContain(server.Folder, options.ToString(), StringComparison.Ordinal);
    }

    internal static async Task<object?> ScalarAsync(PostgreSqlStorageOptions options, string sql)
    {
        await using var connection = new NpgsqlConnection($"{options.ConnectionString};Search Path={options.Schema};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static async Task RunConformanceAsync(IProviderStore store)
    {
        foreach (var check in ProviderStoreConformance.Checks.Where(check => !check.Name.Contains("ManyAtOnce", StringComparison.Ordinal)))
        {
            await check.Run(store, TestContext.Current.CancellationToken);
        }
    }
}
