using MedId.Core;
using MedId.Provider;

namespace MedId.Storage.Sqlite;

public sealed partial class SqliteProviderStore
{
    /// <inheritdoc/>
    public ValueTask<MedIdResult<Device>> ChangeDeviceAsync(DeviceChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return WriteAsync<MedIdResult<Device>>(
            change.Tenant,
            session =>
            {
                var devices = ListDevices(session, change.Tenant, change.AccountId);
                var decided = StoreRules.Decide(change, devices);
                if (!decided.Succeeded)
                {
                    return decided.Error;
                }

                if (change.Ticket is { } ticket)
                {
                    AddTicket(session, ticket);
                }

                return Change(session, devices.First(device => device.Id == change.DeviceId), decided.Value, change.Event, change.Actor, change.At);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RenameDeviceAsync(
        TenantId tenant, string accountId, string deviceId, string? name, LifeCycleActor actor, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            session =>
            {
                if (FindDevice(session, tenant, deviceId) is not { } device || device.AccountId != accountId)
                {
                    return false;
                }

                session.Execute(
                    "UPDATE devices SET name=$name WHERE tenant=$tenant AND key_digest=$key",
                    ("$name", name is null ? null : _vault.Seal(tenant, "devices.name", deviceId, name, RecordJson.Context.String)),
                    ("$tenant", tenant),
                    ("$key", deviceId));
                AddLine(session, tenant, StoreRules.Line(device, LifeCycleEntry.Renamed, device.State, device.State, actor, at));
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<MedIdResult<Account>> ChangeAccountAsync(AccountChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var (tenant, id) = (change.Tenant, change.AccountId);
        return WriteAsync<MedIdResult<Account>>(
            tenant,
            session =>
            {
                if (FindAccount(session, tenant, id) is not { } account)
                {
                    return StoreRules.UnknownAccount();
                }

                var decided = AccountTransitions.Decide(account.Status, change.Event);
                if (!decided.Succeeded)
                {
                    return decided.Error;
                }

                session.Execute("UPDATE accounts SET status=$status WHERE tenant=$tenant AND id=$id", ("$status", decided.Value), ("$tenant", tenant), ("$id", id));
                AddLine(session, tenant, StoreRules.Line(change, account.Status, decided.Value));
                if (decided.Value != AccountStatus.Active)
                {
                    CancelRequests(session, tenant, "subject", id);
                }

                if (change.Event == AccountEvent.Archive)
                {
                    EndStanding(session, tenant, id, change.At);
                    EndRelationsOf(session, tenant, id, change.Actor, change.At);
                }

                // The oldest first, as in memory: the history tells the same.
                foreach (var device in change.Event == AccountEvent.Archive ? ListDevices(session, tenant, id).OrderBy(device => device.EnrolledAt).ToList() : [])
                {
                    if (DeviceTransitions.Decide(device.StateAt(change.At), DeviceEvent.Revoke) is { Succeeded: true } revoked)
                    {
                        Change(session, device, revoked.Value, DeviceEvent.Revoke, change.Actor, change.At);
                    }
                }

                return account with { Status = decided.Value };
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LifeCycleEntry>> ListLifeCycleAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.List(
                "SELECT body FROM life_cycle WHERE tenant=$tenant AND account_id=$account ORDER BY seq",
                row => _vault.Open(tenant, "life_cycle.body", accountId, row.Blob(0), RecordJson.Context.LifeCycleEntry),
                ("$tenant", tenant),
                ("$account", accountId)),
            cancellationToken));

    /// <summary>Expires a bounded batch of devices whose end has come.</summary>
    /// <returns>How many.</returns>
    private int ExpireDevices(SqliteSession session, DateTimeOffset at)
    {
        var due = session.List(
            "SELECT tenant, key_digest FROM devices WHERE expires_at<=$at AND state IN ($active, $suspended) ORDER BY expires_at LIMIT $batch",
            static row => (Tenant: new TenantId(row.GetString(0)), Id: row.GetString(1)),
            ("$at", at),
            ("$active", DeviceState.Active),
            ("$suspended", DeviceState.Suspended),
            ("$batch", SweepBatch));
        foreach (var (tenant, id) in due)
        {
            Change(session, FindDevice(session, tenant, id)!, DeviceState.Expired, DeviceEvent.Expire, LifeCycleActor.Op, at);
        }

        return due.Count;
    }

    /// <summary>Puts a device into a state that was decided, with all that follows from it.</summary>
    private Device Change(SqliteSession session, Device device, DeviceState to, DeviceEvent happened, LifeCycleActor actor, DateTimeOffset at)
    {
        NameDevicesOfOldConsents(session, device.Tenant, device.AccountId);
        session.Execute(
            "UPDATE devices SET state=$state WHERE tenant=$tenant AND key_digest=$key", ("$state", to), ("$tenant", device.Tenant), ("$key", device.Id));
        AddLine(session, device.Tenant, StoreRules.Line(device, happened, to, actor, at));
        if (!DeviceTransitions.ConsentsStand(to))
        {
            CancelRequests(session, device.Tenant, "subject", device.AccountId);
            CancelProxyRequests(session, device.Tenant, "device_id", device.Id);
        }

        return device with { State = to };
    }

    /// <summary>Adds a line to a life cycle, and its line to the audit trail.</summary>
    private void AddLine(SqliteSession session, TenantId tenant, LifeCycleEntry line)
    {
        session.Execute(
            "INSERT INTO life_cycle(tenant, account_id, at, body) VALUES($tenant, $account, $at, $body)",
            ("$tenant", tenant),
            ("$account", line.AccountId),
            ("$at", line.At),
            ("$body", _vault.Seal(tenant, "life_cycle.body", line.AccountId, line, RecordJson.Context.LifeCycleEntry)));
        Audit(session, tenant, AuditLines.Of(line));
    }

    /// <summary>Schema 1 kept the device of a consent inside its encrypted record only; it is found there before it first matters.</summary>
    private void NameDevicesOfOldConsents(SqliteSession session, TenantId tenant, string accountId)
    {
        var old = session.List(
            ConsentColumns + "WHERE tenant=$tenant AND subject=$subject AND device_id IS NULL", row => ReadConsent(tenant, row), ("$tenant", tenant), ("$subject", accountId));
        if (old.Count == 0)
        {
            return;
        }

        var devices = ListDevices(session, tenant, accountId);
        foreach (var consent in old)
        {
            if (devices.FirstOrDefault(device => device.Model == consent.Act.Authenticator && StoreRules.KeyIdDigest(device) == consent.Act.KeyIdDigest) is { } device)
            {
                session.Execute("UPDATE consents SET device_id=$device WHERE tenant=$tenant AND id=$id", ("$device", device.Id), ("$tenant", tenant), ("$id", consent.Id));
            }
        }
    }
}
