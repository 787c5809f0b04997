using MedId.Core;
using MedId.Provider;

namespace MedId.Storage.Sqlite;

public sealed partial class SqliteProviderStore
{
    /// <inheritdoc/>
    public ValueTask<ConsentMark?> FindConsentMarkAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.Single(
                "SELECT reuse, recipient_version FROM consents WHERE tenant=$tenant AND id=$id",
                static row => new ConsentMark((ConsentReuse)row.GetInt32(0), row.IsDBNull(1) ? null : row.GetInt32(1)),
                ("$tenant", tenant),
                ("$id", consentId)),
            cancellationToken));

    private static bool IsOneRead(SqliteSession session, TenantId tenant, string consentId, string resourceServer, DateTimeOffset at, TimeSpan apart) =>
        session.Single(
            "SELECT at FROM consent_events WHERE tenant=$tenant AND consent_id=$id AND kind=$kind AND by_client=$by ORDER BY seq DESC LIMIT 1",
            row => StoreRules.IsOneRead(row.Time(0), at, apart),
            ("$tenant", tenant),
            ("$id", consentId),
            ("$kind", StoreRules.ReadLine),
            ("$by", resourceServer));
}
