using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    /// <inheritdoc/>
    public ValueTask<ConsentMark?> FindConsentMarkAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.SingleAsync(
                "SELECT reuse, recipient_version FROM consents WHERE tenant=$tenant AND id=$id",
                static row => new ConsentMark((ConsentReuse)row.GetInt32(0), row.IsDBNull(1) ? null : row.GetInt32(1)),
                ("$tenant", tenant),
                ("$id", consentId)),
            cancellationToken);

    private static ValueTask<bool> IsOneReadAsync(SqlSession session, TenantId tenant, string consentId, string resourceServer, DateTimeOffset at, TimeSpan apart) =>
        session.SingleAsync(
            "SELECT at FROM consent_events WHERE tenant=$tenant AND consent_id=$id AND kind=$kind AND by_client=$by ORDER BY seq DESC LIMIT 1",
            row => StoreRules.IsOneRead(row.Time(0), at, apart),
            ("$tenant", tenant),
            ("$id", consentId),
            ("$kind", StoreRules.ReadLine),
            ("$by", resourceServer));
}
