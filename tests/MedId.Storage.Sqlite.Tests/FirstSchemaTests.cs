using MedId.Core;
using MedId.Provider;
using MedId.Testing;

namespace MedId.Storage.Sqlite.Tests;

/// <summary>A database as the first version of this package left it: what it holds goes on, and what it could not say takes its safe value.</summary>
public sealed class FirstSchemaTests
{
    [Fact]
    public async Task Open_DatabaseOfVersion1_BringsItHereWithAllItsRecords()
    {
        using var database = new TemporaryDatabase();
        var scene = WriteFirstVersion(database);
        await using var store = database.Open();

        var device = Assert.Single(await store.ListDevicesAsync(scene.Tenant, scene.AccountId));
        Assert.Equal((DeviceState.Active, null, null, null), (device.State, device.Name, device.ExpiresAt, device.Proofing));
        Assert.Equal((TicketStatus.Open, scene.Ticket("old-ticket")), await store.FindTicketAsync(scene.Tenant, "old-ticket", StoreScene.Now));
        Assert.NotNull(await store.FindDeviceTokenAsync(scene.Tenant, "old-token", StoreScene.Now));
        Assert.True(await store.IsConsentActiveAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now));
        Assert.Empty(await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId));
        var second = new StoreScene(store) { AccountId = scene.AccountId };
        Assert.Equal(EnrolmentOutcome.Enrolled, await store.TryEnrolDeviceAsync("old-ticket", second.Device(), StoreScene.Now));
    }

    [Fact]
    public async Task ReportLost_DeviceOfVersion1_EndsTheConsentThatItGaveThen()
    {
        using var database = new TemporaryDatabase();
        var scene = WriteFirstVersion(database);
        await using var store = database.Open();

        var lost = await store.ChangeDeviceAsync(new()
        {
            Tenant = scene.Tenant,
            AccountId = scene.AccountId,
            DeviceId = scene.Device().Id,
            Event = DeviceEvent.ReportLost,
            Actor = LifeCycleActor.Op,
            At = StoreScene.Now,
        });

        Assert.Equal(DeviceState.Lost, lost.Value!.State);
        Assert.False(await store.IsConsentActiveAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now));
    }

    [Fact]
    public void Open_ByCodeOfVersion1_IsRefusedAfterwards()
    {
        using var database = new TemporaryDatabase();
        database.Open().Dispose();

        var refused = Assert.Throws<ProviderStorageException>(() => SqliteProviderStore.Open(database.Options with { Migrations = [SqliteSchema.Migrations[0]] }));
        Assert.Contains("needs code that knows schema 4", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LifeCycle_LinesInTheFile_CanBeNeitherChangedNorRemoved()
    {
        using var database = new TemporaryDatabase();
        await using var store = database.Open();
        var scene = await new StoreScene(store).EnrolledAsync();
        using var session = new SqliteSession(database.Options, database.Path);

        Assert.ThrowsAny<Exception>(() => session.Script("DELETE FROM life_cycle"));
        Assert.ThrowsAny<Exception>(() => session.Script("UPDATE life_cycle SET at=0"));
        Assert.Single(await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId));
    }

    private static StoreScene WriteFirstVersion(TemporaryDatabase database)
    {
        var scene = new StoreScene(new InMemoryProviderStore());
        var vault = new FieldVault(database.Options.Cipher);
        var (tenant, device) = (scene.Tenant, scene.Device());
        var consent = scene.Consent(StoreScene.DataScopes);
        consent = consent with { Act = consent.Act with { KeyIdDigest = StoreRules.KeyIdDigest(device) } };
        using var session = new SqliteSession(database.Options, database.Path);
        SqliteSchema.Prepare(session, [SqliteSchema.Migrations[0]]);
        session.Execute("INSERT INTO tenants(tenant, key_proof) VALUES($tenant, $proof)", ("$tenant", tenant), ("$proof", vault.Proof(tenant)));
        session.Execute(
            "INSERT INTO accounts(tenant, id, status, body) VALUES($tenant, $id, 0, $body)",
            ("$tenant", tenant),
            ("$id", scene.AccountId),
            ("$body", vault.Seal(tenant, "accounts.body", scene.AccountId, scene.Account(), RecordJson.Context.Account)));
        session.Execute(
            "INSERT INTO tickets(tenant, digest, account_id, expires_at) VALUES($tenant, 'old-ticket', $account, $end)",
            ("$tenant", tenant),
            ("$account", scene.AccountId),
            ("$end", scene.Ticket("old-ticket").ExpiresAt));
        session.Execute(
            "INSERT INTO devices(tenant, key_digest, account_id, handle_digest, counter, enrolled_at, body) VALUES($tenant, $key, $account, $handle, 10, $at, $body)",
            ("$tenant", tenant),
            ("$key", device.Id),
            ("$account", scene.AccountId),
            ("$handle", device.HandleDigest),
            ("$at", device.EnrolledAt),
            ("$body", vault.Seal(tenant, "devices.body", device.Id, device, RecordJson.Context.Device)));
        session.Execute(
            "INSERT INTO device_tokens(tenant, digest, account_id, request_id, expires_at) VALUES($tenant, 'old-token', $account, NULL, $end)",
            ("$tenant", tenant),
            ("$account", scene.AccountId),
            ("$end", StoreScene.Now.AddMinutes(10)));
        session.Execute(
            "INSERT INTO consents(tenant, id, subject, status, given_at, access_until, body) VALUES($tenant, $id, $account, 0, $given, $until, $body)",
            ("$tenant", tenant),
            ("$id", consent.Id),
            ("$account", scene.AccountId),
            ("$given", consent.GivenAt),
            ("$until", consent.AccessUntil),
            ("$body", vault.Seal(tenant, "consents.body", consent.Id, consent, RecordJson.Context.ConsentRecord)));
        return scene;
    }
}
