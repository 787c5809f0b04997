using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using MedId.Storage.TestSupport;
using MedId.Storage.TestSupport.Exploration;
using MedId.Testing;
using Microsoft.Data.Sqlite;

namespace MedId.Storage.Sqlite.Tests;

public sealed class SchemaTests
{
    private static readonly int _known = SqliteSchema.Migrations.Count;
    private static readonly SqlMigration _adds = new(_known + 1, _known, "ALTER TABLE requests ADD COLUMN later TEXT; CREATE TABLE later(id TEXT) STRICT;");
    private static readonly SqlMigration _breaks = new(_known + 2, _known + 2, "ALTER TABLE requests RENAME COLUMN consent_id TO consent;");

    [Fact]
    public void Open_NewFile_HasTheVersionOfThisCode()
    {
        using var database = new TemporaryDatabase();
        using var store = database.Open();
        using var session = new SqliteSession(database.Options, database.Path);

        Assert.Equal(SqliteSchema.Migrations[^1].Version, session.Pragma("user_version"));
        Assert.Equal([.. Enumerable.Range(1, SqliteSchema.Migrations.Count)], SqliteSchema.Migrations.Select(step => step.Version));
    }

    [Fact]
    public async Task Open_NewerSchemaThatOnlyAdds_BothVersionsRunOnOneDatabase()
    {
        using var database = new TemporaryDatabase();
        await using var old = database.Open();
        var scene = await new StoreScene(old).PendingAsync();
        await using var next = SqliteProviderStore.Open(database.Options with { Migrations = [.. SqliteSchema.Migrations, _adds] });
        await using var oldAgain = database.Open();

        Assert.Equal(ApprovalOutcome.Approved, await old.TryApproveAsync(scene.Approval()));
        Assert.True(await next.IsConsentActiveAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now));
        Assert.True(await oldAgain.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now));
        foreach (var check in ProviderStoreConformance.Checks.Where(check => !check.Name.Contains("ManyAtOnce", StringComparison.Ordinal)))
        {
            await check.Run(TwoNodes.Over(oldAgain, next), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Open_NewerSchemaThatBreaksThisCode_IsRefusedByName()
    {
        using var database = new TemporaryDatabase();
        SqliteProviderStore.Open(database.Options with { Migrations = [.. SqliteSchema.Migrations, _adds, _breaks] }).Dispose();

        var refused = Assert.Throws<ProviderStorageException>(database.Open);
        Assert.Contains($"schema {_known + 2}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"this code knows {_known}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MigrationThatFails_LeavesTheVersionBefore()
    {
        using var database = new TemporaryDatabase();
        database.Open().Dispose();
        var broken = new SqlMigration(_known + 1, _known, "CREATE TABLE half(id TEXT) STRICT; SELECT * FROM nowhere;");

        Assert.Throws<SqliteException>(() => SqliteProviderStore.Open(database.Options with { Migrations = [.. SqliteSchema.Migrations, broken] }));

        using var store = database.Open();
        using var session = new SqliteSession(database.Options, database.Path);
        Assert.Equal(_known, session.Pragma("user_version"));
        Assert.Equal(0, session.Single("SELECT count(*) FROM sqlite_schema WHERE name='half'", row => row.GetInt64(0)));
    }

    [Fact]
    public async Task Open_ManyNodesOnANewFileAtOnce_AllComeUp()
    {
        using var database = new TemporaryDatabase();
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(database.Open)));

        foreach (var store in stores)
        {
            await store.RevokeTokenAsync(TenantId.Single, "one", StoreScene.Now);
            await store.DisposeAsync();
        }
    }

    [Fact]
    public void Open_DatabaseOfSomethingElse_IsRefusedAndUntouched()
    {
        using var database = new TemporaryDatabase();
        using (var session = new SqliteSession(database.Options, database.Path))
        {
            session.Script("CREATE TABLE somebody(id TEXT)");
        }

        Assert.Throws<ProviderStorageException>(database.Open);

        using var again = new SqliteSession(database.Options, database.Path);
        Assert.Equal(1, again.Single("SELECT count(*) FROM sqlite_schema", row => row.GetInt64(0)));
        again.Script("PRAGMA user_version=1");
        Assert.Throws<ProviderStorageException>(database.Open);
    }

    [Fact]
    public async Task Open_WithAnotherKey_IsRefusedAtStart()
    {
        using var database = new TemporaryDatabase();
        await using (var store = database.Open())
        {
            await new StoreScene(store).PendingAsync();
        }

        var other = database.Options with { Cipher = tenant => new FieldCipher(tenant.Value, FieldKey.Generate("test")) };
        Assert.Throws<ProviderStorageException>(() => SqliteProviderStore.Open(other));
        var unknown = database.Options with { Cipher = tenant => new FieldCipher(tenant.Value, FieldKey.Generate("another-id")) };
        Assert.Throws<ProviderStorageException>(() => SqliteProviderStore.Open(unknown));
        var foreign = database.Options with { Cipher = _ => new FieldCipher("another-tenant", FieldKey.Generate("test")) };
        Assert.Throws<ProviderStorageException>(() => SqliteProviderStore.Open(foreign));
    }

    [Fact]
    public async Task Open_WithANewKeyAndThePreviousOne_ReadsWhatWasWritten()
    {
        using var database = new TemporaryDatabase();
        StoreScene scene;
        await using (var store = database.Open())
        {
            scene = await new StoreScene(store).PendingAsync();
        }

        var rotated = database.Options with
        {
            Cipher = tenant => new FieldCipher(tenant.Value, FieldKey.Generate("next"), [new FieldKey("test", new byte[FieldKey.Length])]),
        };
        await using var after = SqliteProviderStore.Open(rotated);
        Assert.Equal(ApprovalOutcome.Approved, await after.TryApproveAsync(scene.Approval()));
        Assert.NotNull(await after.FindConsentAsync(scene.Tenant, scene.ConsentId));
    }

    [Fact]
    public async Task Read_BodyMovedToAnotherRow_IsRefused()
    {
        using var database = new TemporaryDatabase();
        await using var store = database.Open();
        var one = await new StoreScene(store).PendingAsync();
        var two = await new StoreScene(store).PendingAsync();
        using var session = new SqliteSession(database.Options, database.Path);
        session.Execute(
            "UPDATE requests SET body=(SELECT body FROM requests WHERE id=$one) WHERE id=$two", ("$one", one.RequestId), ("$two", two.RequestId));

        await Assert.ThrowsAsync<ProviderStorageException>(async () => await store.FindRequestAsync(two.Tenant, two.RequestId));
        Assert.NotNull(await store.FindRequestAsync(one.Tenant, one.RequestId));
    }

    [Fact]
    public void RecordJson_MembersOfALaterVersion_AreSkipped()
    {
        var scene = new StoreScene(new InMemoryProviderStore());
        var json = System.Text.Json.JsonSerializer.Serialize(scene.Grant("a"), RecordJson.Context.Grant);
        var later = """{"later":{"member":[1]},""" + json[1..];

        var read = System.Text.Json.JsonSerializer.Deserialize(later, RecordJson.Context.Grant)!;
        Assert.Equal(json, System.Text.Json.JsonSerializer.Serialize(read, RecordJson.Context.Grant));
    }

    [Theory]
    [InlineData(CibaStatus.Pending, 0)]
    [InlineData(CibaStatus.Approved, 1)]
    [InlineData(CibaStatus.Denied, 2)]
    [InlineData(CibaStatus.Redeemed, 3)]
    [InlineData(AccountStatus.Active, 0)]
    [InlineData(AccountStatus.Suspended, 1)]
    [InlineData(AccountStatus.Established, 2)]
    [InlineData(AccountStatus.Archived, 3)]
    [InlineData(DeviceState.Active, 0)]
    [InlineData(DeviceState.Suspended, 1)]
    [InlineData(DeviceState.Lost, 2)]
    [InlineData(DeviceState.Expired, 3)]
    [InlineData(DeviceState.Replaced, 4)]
    [InlineData(DeviceState.Revoked, 5)]
    [InlineData(ConsentStatus.Given, 0)]
    [InlineData(ConsentStatus.Withdrawn, 1)]
    public void StoredStates_HaveTheNumbersOfTheSchema(Enum state, int stored) =>
        Assert.Equal(stored, Convert.ToInt32(state, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Open_Misuse_Throws()
    {
        using var database = new TemporaryDatabase();
        Assert.Throws<ArgumentException>(() => SqliteProviderStore.Open(database.Options with { Path = " " }));
        Assert.Throws<ArgumentNullException>(() => SqliteProviderStore.Open(database.Options with { Cipher = null! }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SqliteProviderStore.Open(database.Options with { BusyTimeout = TimeSpan.Zero }));
        Assert.ThrowsAny<IOException>(() => SqliteProviderStore.Open(database.Options with { Path = Path.Combine(database.Path, "not-there", "x.db") }));
        Assert.DoesNotContain(database.Path, database.Options.ToString(), StringComparison.Ordinal);
    }
}
