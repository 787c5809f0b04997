using System.Data.Common;
using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    private const string DeviceColumns = "SELECT key_digest, counter, body, state, backed_up, name FROM devices ";

    private const string OwnerOfDevice = "SELECT account_id FROM devices WHERE tenant=$tenant AND key_digest=$id";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Device>> ListDevicesAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => ListDevicesAsync(session, tenant, accountId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Device?> FindDeviceByHandleAsync(TenantId tenant, string handleDigest, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.SingleAsync(
                DeviceColumns + "WHERE tenant=$tenant AND handle_digest=$handle", row => ReadDevice(tenant, row), ("$tenant", tenant), ("$handle", handleDigest)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Device?> FindDeviceAsync(TenantId tenant, string deviceId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => FindDeviceAsync(session, tenant, deviceId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryAdvanceCounterAsync(CounterAdvance advance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(advance);
        return WriteAsync(
            advance.Tenant,
            async session =>
            {
                await LockOwnerAsync(session, OwnerOfDevice, advance.Tenant, Device.IdOf(advance.Model, advance.KeyId)).ConfigureAwait(false);
                var device = await FindDeviceAsync(session, advance.Tenant, Device.IdOf(advance.Model, advance.KeyId)).ConfigureAwait(false);
                if (device is null || !device.MayActAt(advance.At) || !StoreRules.MayAdvance(device.SignCounter, advance.Expected, advance.Next))
                {
                    return false;
                }

                await StoreActAsync(session, device, advance.Next, advance.BackedUp).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask AddCeremonyAsync(Ceremony ceremony, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        await WriteAsync(
            ceremony.Tenant,
            session => session.ExecuteAsync(
                "INSERT INTO ceremonies(tenant, id, expires_at, body) VALUES($tenant, $id, $end, $body)",
                ("$tenant", ceremony.Tenant),
                ("$id", ceremony.Id),
                ("$end", ceremony.ExpiresAt),
                ("$body", _vault.Seal(ceremony.Tenant, "ceremonies.body", ceremony.Id, ceremony, RecordJson.Context.Ceremony))),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<Ceremony?> TryTakeCeremonyAsync(TenantId tenant, string id, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            async session =>
            {
                var body = await session.SingleAsync(
                    "DELETE FROM ceremonies WHERE tenant=$tenant AND id=$id RETURNING expires_at, body",
                    row => at < row.Time(0) ? row.Blob(1) : null,
                    ("$tenant", tenant),
                    ("$id", id)).ConfigureAwait(false);
                return body is null ? null : _vault.Open(tenant, "ceremonies.body", id, body, RecordJson.Context.Ceremony);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AddDeviceTokenAsync(DeviceToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        await WriteAsync(
            token.Tenant,
            session => session.ExecuteAsync(
                "INSERT INTO device_tokens(tenant, digest, account_id, request_id, device_id, expires_at) VALUES($tenant, $digest, $account, $request, $device, $end)",
                ("$tenant", token.Tenant),
                ("$digest", token.Digest),
                ("$account", token.AccountId),
                ("$request", token.RequestId),
                ("$device", token.DeviceId),
                ("$end", token.ExpiresAt)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<DeviceToken?> FindDeviceTokenAsync(TenantId tenant, string digest, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        ReadAsync(
            async session =>
            {
                var token = await session.SingleAsync(
                    "SELECT account_id, request_id, device_id, expires_at FROM device_tokens WHERE tenant=$tenant AND digest=$digest AND expires_at>$at",
                    row => new DeviceToken
                    {
                        Tenant = tenant,
                        Digest = digest,
                        AccountId = row.GetString(0),
                        RequestId = row.TextOrNull(1),
                        DeviceId = row.TextOrNull(2),
                        ExpiresAt = row.Time(3),
                    },
                    ("$tenant", tenant),
                    ("$digest", digest),
                    ("$at", at)).ConfigureAwait(false);
                return token?.DeviceId is not { } device || (await FindDeviceAsync(session, tenant, device).ConfigureAwait(false))?.MayActAt(at) == true ? token : null;
            },
            cancellationToken);

    /// <summary>Writes what an accepted act changes, over the row that it was judged by.</summary>
    private static ValueTask<int> StoreActAsync(SqlSession session, Device device, long counter, bool? backedUp) => session.ExecuteAsync(
        "UPDATE devices SET counter=$next, backed_up=coalesce($backed, backed_up) WHERE tenant=$tenant AND key_digest=$key",
        ("$next", counter),
        ("$backed", backedUp),
        ("$tenant", device.Tenant),
        ("$key", device.Id));

    // A key id is the authenticator's, not ours, and long: the row is found by a digest of it, which is the device's id.
    private ValueTask<Device?> FindDeviceAsync(SqlSession session, TenantId tenant, string deviceId) =>
        session.SingleAsync(DeviceColumns + "WHERE tenant=$tenant AND key_digest=$key", row => ReadDevice(tenant, row), ("$tenant", tenant), ("$key", deviceId));

    private ValueTask<IReadOnlyList<Device>> ListDevicesAsync(SqlSession session, TenantId tenant, string accountId) =>
        session.ListAsync(
            DeviceColumns + "WHERE tenant=$tenant AND account_id=$account ORDER BY enrolled_at DESC, rowid DESC",
            row => ReadDevice(tenant, row),
            ("$tenant", tenant),
            ("$account", accountId));

    private Device ReadDevice(TenantId tenant, DbDataReader row)
    {
        var id = row.GetString(0);
        var device = _vault.Open(tenant, "devices.body", id, row.Blob(2), RecordJson.Context.Device);
        return device with
        {
            SignCounter = row.GetInt64(1),
            State = (DeviceState)row.GetInt32(3),
            BackedUp = row.IsDBNull(4) ? device.BackedUp : row.Flag(4),
            Name = row.BlobOrNull(5) is { } name ? _vault.Open(tenant, "devices.name", id, name, RecordJson.Context.String) : null,
        };
    }
}
