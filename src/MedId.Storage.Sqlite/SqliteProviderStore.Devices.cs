using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.Data.Sqlite;

namespace MedId.Storage.Sqlite;

public sealed partial class SqliteProviderStore
{
    private const string DeviceColumns = "SELECT key_digest, counter, body FROM devices ";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Device>> ListDevicesAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.List(
                DeviceColumns + "WHERE tenant=$tenant AND account_id=$account ORDER BY enrolled_at DESC, rowid DESC",
                row => ReadDevice(tenant, row),
                ("$tenant", tenant),
                ("$account", accountId)),
            cancellationToken));

    /// <inheritdoc/>
    public ValueTask<Device?> FindDeviceByHandleAsync(TenantId tenant, string handleDigest, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.Single(
                DeviceColumns + "WHERE tenant=$tenant AND handle_digest=$handle", row => ReadDevice(tenant, row), ("$tenant", tenant), ("$handle", handleDigest)),
            cancellationToken));

    /// <inheritdoc/>
    public ValueTask<bool> TryAdvanceCounterAsync(
        TenantId tenant, string model, string keyId, long expected, long next, CancellationToken cancellationToken = default) =>
        WriteAsync(tenant, session => AdvanceCounter(session, tenant, model, keyId, expected, next), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AddCeremonyAsync(Ceremony ceremony, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        await WriteAsync(
            ceremony.Tenant,
            session => session.Execute(
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
            session =>
            {
                var body = session.Single(
                    "DELETE FROM ceremonies WHERE tenant=$tenant AND id=$id RETURNING expires_at, body",
                    row => at < row.Time(0) ? row.Blob(1) : null,
                    ("$tenant", tenant),
                    ("$id", id));
                return body is null ? null : _vault.Open(tenant, "ceremonies.body", id, body, RecordJson.Context.Ceremony);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AddDeviceTokenAsync(DeviceToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        await WriteAsync(
            token.Tenant,
            session => session.Execute(
                "INSERT INTO device_tokens(tenant, digest, account_id, request_id, expires_at) VALUES($tenant, $digest, $account, $request, $end)",
                ("$tenant", token.Tenant),
                ("$digest", token.Digest),
                ("$account", token.AccountId),
                ("$request", token.RequestId),
                ("$end", token.ExpiresAt)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<DeviceToken?> FindDeviceTokenAsync(TenantId tenant, string digest, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.Single(
                "SELECT account_id, request_id, expires_at FROM device_tokens WHERE tenant=$tenant AND digest=$digest AND expires_at>$at",
                row => new DeviceToken { Tenant = tenant, Digest = digest, AccountId = row.GetString(0), RequestId = row.TextOrNull(1), ExpiresAt = row.Time(2) },
                ("$tenant", tenant),
                ("$digest", digest),
                ("$at", at)),
            cancellationToken));

    // A key id is the authenticator's, not ours, and long: the row is found by a digest of it.
    private static string KeyDigest(string model, string keyId) => SecretDigest.Compute("device key", $"{model}\n{keyId}");

    private static bool AdvanceCounter(SqliteSession session, TenantId tenant, string model, string keyId, long expected, long next, string? account = null) =>
        StoreRules.MayAdvance(expected, expected, next)
        && session.Execute(
            """
            UPDATE devices SET counter=$next
            WHERE tenant=$tenant AND key_digest=$key AND counter=$expected AND ($account IS NULL OR account_id=$account)
            """,
            ("$next", next),
            ("$tenant", tenant),
            ("$key", KeyDigest(model, keyId)),
            ("$expected", expected),
            ("$account", account)) == 1;

    private Device ReadDevice(TenantId tenant, SqliteDataReader row) =>
        _vault.Open(tenant, "devices.body", row.GetString(0), row.Blob(2), RecordJson.Context.Device) with { SignCounter = row.GetInt64(1) };
}
