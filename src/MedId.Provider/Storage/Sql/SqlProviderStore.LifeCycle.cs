using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    /// <inheritdoc/>
    public ValueTask<MedIdResult<Device>> ChangeDeviceAsync(DeviceChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return WriteAsync<MedIdResult<Device>>(
            change.Tenant,
            async session =>
            {
                await LockAroundAsync(session, [(change.Tenant, change.AccountId)]).ConfigureAwait(false);
                var devices = await ListDevicesAsync(session, change.Tenant, change.AccountId).ConfigureAwait(false);
                var decided = StoreRules.Decide(change, devices);
                if (!decided.Succeeded)
                {
                    return decided.Error;
                }

                if (change.Ticket is { } ticket)
                {
                    await AddTicketAsync(session, ticket).ConfigureAwait(false);
                }

                return await ChangeAsync(session, devices.First(device => device.Id == change.DeviceId), decided.Value, change.Event, change.Actor, change.At).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RenameDeviceAsync(
        TenantId tenant, string accountId, string deviceId, string? name, LifeCycleActor actor, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Person, tenant, accountId).ConfigureAwait(false);
                if (await FindDeviceAsync(session, tenant, deviceId).ConfigureAwait(false) is not { } device || device.AccountId != accountId)
                {
                    return false;
                }

                await session.ExecuteAsync(
                    "UPDATE devices SET name=$name WHERE tenant=$tenant AND key_digest=$key",
                    ("$name", name is null ? null : _vault.Seal(tenant, "devices.name", deviceId, name, RecordJson.Context.String)),
                    ("$tenant", tenant),
                    ("$key", deviceId)).ConfigureAwait(false);
                await AddLineAsync(session, tenant, StoreRules.Line(device, LifeCycleEntry.Renamed, device.State, device.State, actor, at)).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> ClearPushAddressAsync(TenantId tenant, string deviceId, string pushAddress, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            async session =>
            {
                await LockOwnerAsync(session, "SELECT account_id FROM devices WHERE tenant=$tenant AND key_digest=$id", tenant, deviceId).ConfigureAwait(false);
                if (await FindDeviceAsync(session, tenant, deviceId).ConfigureAwait(false) is not { } device || !StoreRules.MayClear(device, pushAddress))
                {
                    return false;
                }

                await session.ExecuteAsync(
                    "UPDATE devices SET body=$body WHERE tenant=$tenant AND key_digest=$key",
                    ("$body", _vault.Seal(tenant, "devices.body", deviceId, device with { PushAddress = string.Empty }, RecordJson.Context.Device)),
                    ("$tenant", tenant),
                    ("$key", deviceId)).ConfigureAwait(false);
                await AddLineAsync(session, tenant, StoreRules.Line(device, LifeCycleEntry.PushAddressCleared, device.State, device.State, LifeCycleActor.Op, at)).ConfigureAwait(false);
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
            async session =>
            {
                await LockAroundAsync(session, [(tenant, id)]).ConfigureAwait(false);
                if (await FindAccountAsync(session, tenant, id).ConfigureAwait(false) is not { } account)
                {
                    return StoreRules.UnknownAccount();
                }

                var decided = AccountTransitions.Decide(account.Status, change.Event);
                if (!decided.Succeeded)
                {
                    return decided.Error;
                }

                await session.ExecuteAsync("UPDATE accounts SET status=$status WHERE tenant=$tenant AND id=$id", ("$status", decided.Value), ("$tenant", tenant), ("$id", id)).ConfigureAwait(false);
                await AddLineAsync(session, tenant, StoreRules.Line(change, account.Status, decided.Value)).ConfigureAwait(false);
                if (decided.Value != AccountStatus.Active)
                {
                    await CancelRequestsAsync(session, tenant, "subject", id).ConfigureAwait(false);
                }

                if (change.Event == AccountEvent.Archive)
                {
                    await EndStandingAsync(session, tenant, id, change.At).ConfigureAwait(false);
                    await EndRelationsOfAsync(session, tenant, id, change.Actor, change.At).ConfigureAwait(false);
                }

                // The oldest first, as in memory: the history tells the same.
                foreach (var device in change.Event == AccountEvent.Archive ? (await ListDevicesAsync(session, tenant, id).ConfigureAwait(false)).OrderBy(device => device.EnrolledAt).ToList() : [])
                {
                    if (DeviceTransitions.Decide(device.StateAt(change.At), DeviceEvent.Revoke) is { Succeeded: true } revoked)
                    {
                        await ChangeAsync(session, device, revoked.Value, DeviceEvent.Revoke, change.Actor, change.At).ConfigureAwait(false);
                    }
                }

                return account with { Status = decided.Value };
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LifeCycleEntry>> ListLifeCycleAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.ListAsync(
                "SELECT body FROM life_cycle WHERE tenant=$tenant AND account_id=$account ORDER BY seq",
                row => _vault.Open(tenant, "life_cycle.body", accountId, row.Blob(0), RecordJson.Context.LifeCycleEntry),
                ("$tenant", tenant),
                ("$account", accountId)),
            cancellationToken);

    private ValueTask ExpireDevicesAsync(DateTimeOffset at, CancellationToken cancellationToken) => SweepPeopleAsync(
        session => session.ListAsync(
            "SELECT tenant, key_digest, account_id FROM devices WHERE expires_at<=$at AND state IN ($active, $suspended) ORDER BY expires_at LIMIT $batch",
            static row => (Tenant: new TenantId(row.GetString(0)), Id: row.GetString(1), Account: row.GetString(2)),
            ("$at", at),
            ("$active", DeviceState.Active),
            ("$suspended", DeviceState.Suspended),
            ("$batch", SweepBatch)),
        async (session, due) =>
        {
            await LockAroundAsync(session, [.. due.Select(ended => (ended.Tenant, ended.Account))]).ConfigureAwait(false);
            foreach (var (tenant, id, _) in due)
            {
                if (await FindDeviceAsync(session, tenant, id).ConfigureAwait(false) is { State: DeviceState.Active or DeviceState.Suspended } device)
                {
                    await ChangeAsync(session, device, DeviceState.Expired, DeviceEvent.Expire, LifeCycleActor.Op, at).ConfigureAwait(false);
                }
            }
        },
        cancellationToken);

    /// <summary>Puts a device into a state that was decided, with all that follows from it.</summary>
    private async ValueTask<Device> ChangeAsync(SqlSession session, Device device, DeviceState to, DeviceEvent happened, LifeCycleActor actor, DateTimeOffset at)
    {
        await NameDevicesOfOldConsentsAsync(session, device.Tenant, device.AccountId).ConfigureAwait(false);
        await session.ExecuteAsync(
            "UPDATE devices SET state=$state WHERE tenant=$tenant AND key_digest=$key", ("$state", to), ("$tenant", device.Tenant), ("$key", device.Id)).ConfigureAwait(false);
        await AddLineAsync(session, device.Tenant, StoreRules.Line(device, happened, to, actor, at)).ConfigureAwait(false);
        if (!DeviceTransitions.ConsentsStand(to))
        {
            await CancelRequestsAsync(session, device.Tenant, "subject", device.AccountId).ConfigureAwait(false);
            await CancelProxyRequestsAsync(session, device.Tenant, "device_id", device.Id).ConfigureAwait(false);

            // A consent may stand again when the device is found; until then it opens nothing, and its parties are told so.
            foreach (var consent in await session.ListAsync(
                "SELECT id FROM consents WHERE tenant=$tenant AND device_id=$device AND status=$given AND access_until>$at",
                static row => row.GetString(0),
                ("$tenant", device.Tenant),
                ("$device", device.Id),
                ("$given", ConsentStatus.Given),
                ("$at", at)).ConfigureAwait(false))
            {
                await SendAsync(session, MessageRules.OfEnded(device.Tenant, consent, at)).ConfigureAwait(false);
            }
        }

        return device with { State = to };
    }

    /// <summary>Adds a line to a life cycle, and its line to the audit trail.</summary>
    private async ValueTask AddLineAsync(SqlSession session, TenantId tenant, LifeCycleEntry line)
    {
        await session.ExecuteAsync(
            "INSERT INTO life_cycle(tenant, account_id, at, body) VALUES($tenant, $account, $at, $body)",
            ("$tenant", tenant),
            ("$account", line.AccountId),
            ("$at", line.At),
            ("$body", _vault.Seal(tenant, "life_cycle.body", line.AccountId, line, RecordJson.Context.LifeCycleEntry))).ConfigureAwait(false);
        session.Audit(tenant, AuditLines.Of(line));
    }

    /// <summary>Schema 1 kept the device of a consent inside its encrypted record only; it is found there before it first matters.</summary>
    private async ValueTask NameDevicesOfOldConsentsAsync(SqlSession session, TenantId tenant, string accountId)
    {
        var old = await session.ListAsync(
            ConsentColumns + "WHERE tenant=$tenant AND subject=$subject AND device_id IS NULL", row => ReadConsent(tenant, row), ("$tenant", tenant), ("$subject", accountId)).ConfigureAwait(false);
        if (old.Count == 0)
        {
            return;
        }

        var devices = await ListDevicesAsync(session, tenant, accountId).ConfigureAwait(false);
        foreach (var consent in old)
        {
            if (devices.FirstOrDefault(device => device.Model == consent.Act.Authenticator && StoreRules.KeyIdDigest(device) == consent.Act.KeyIdDigest) is { } device)
            {
                await session.ExecuteAsync("UPDATE consents SET device_id=$device WHERE tenant=$tenant AND id=$id", ("$device", device.Id), ("$tenant", tenant), ("$id", consent.Id)).ConfigureAwait(false);
            }
        }
    }
}
