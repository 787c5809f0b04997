using System.Data.Common;
using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    private const string SettingColumns = "SELECT id, version, changed_at, removed, body FROM settings ";

    /// <inheritdoc/>
    public ValueTask<bool> TryPutSettingAsync(Setting setting, AuditLine? line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var tenant = setting.Tenant;
        return WriteAsync(
            tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Record, tenant, SettingRow(setting.Kind, setting.Id)).ConfigureAwait(false);
                var stored = await session.SingleAsync(
                    "SELECT version FROM settings WHERE tenant=$tenant AND kind=$kind AND id=$id", static row => row.GetInt64(0), ("$tenant", tenant), ("$kind", setting.Kind), ("$id", setting.Id)).ConfigureAwait(false);
                if (setting.Version != stored + 1)
                {
                    return false;
                }

                await session.ExecuteAsync(
                    """
                    INSERT INTO settings(tenant, kind, id, version, changed_at, removed, body) VALUES($tenant, $kind, $id, $version, $at, $removed, $body)
                    ON CONFLICT(tenant, kind, id) DO UPDATE SET version=excluded.version, changed_at=excluded.changed_at, removed=excluded.removed, body=excluded.body
                    """,
                    ("$tenant", tenant),
                    ("$kind", setting.Kind),
                    ("$id", setting.Id),
                    ("$version", setting.Version),
                    ("$at", setting.ChangedAt),
                    ("$removed", setting.Removed),
                    ("$body", _vault.Seal(tenant, "settings.body", SettingRow(setting.Kind, setting.Id), setting.Body, RecordJson.Context.String))).ConfigureAwait(false);
                if (line is not null)
                {
                    session.Audit(tenant, line);
                }

                session.Raise(ChangeTopics.Settings(tenant));
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Setting?> FindSettingAsync(TenantId tenant, string kind, string id, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.SingleAsync(SettingColumns + "WHERE tenant=$tenant AND kind=$kind AND id=$id", row => ReadSetting(tenant, kind, row), ("$tenant", tenant), ("$kind", kind), ("$id", id)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Setting>> ListSettingsAsync(TenantId tenant, string kind, string? after, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(1, limit);
        return ReadAsync(
            session => session.ListAsync(
                SettingColumns + "WHERE tenant=$tenant AND kind=$kind AND id>$after ORDER BY id LIMIT $limit",
                row => ReadSetting(tenant, kind, row),
                ("$tenant", tenant),
                ("$kind", kind),
                ("$after", after ?? string.Empty),
                ("$limit", limit)),
            cancellationToken);
    }

    private static string SettingRow(string kind, string id) => $"{kind}/{id}";

    private Setting ReadSetting(TenantId tenant, string kind, DbDataReader row)
    {
        var id = row.GetString(0);
        return new()
        {
            Tenant = tenant,
            Kind = kind,
            Id = id,
            Version = row.GetInt64(1),
            ChangedAt = row.Time(2),
            Removed = row.Flag(3),
            Body = _vault.Open(tenant, "settings.body", SettingRow(kind, id), row.Blob(4), RecordJson.Context.String),
        };
    }
}
