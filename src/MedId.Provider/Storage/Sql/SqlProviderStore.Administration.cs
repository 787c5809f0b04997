using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CibaRequest>> ListWaitingRequestsAsync(TenantId tenant, DateTimeOffset at, string? after, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(1, limit);
        return ReadAsync(
            session => session.ListAsync(
                RequestColumns + "WHERE tenant=$tenant AND id>$after AND status=$pending AND expires_at>$at ORDER BY id LIMIT $limit",
                row => ReadRequest(tenant, row),
                ("$tenant", tenant),
                ("$after", after ?? string.Empty),
                ("$pending", CibaStatus.Pending),
                ("$at", at),
                ("$limit", limit)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryCancelRequestAsync(TenantId tenant, string requestId, AuditLine line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return DenyAsync(tenant, requestId, line.At, _ => line, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<WithdrawalOutcome> WithdrawConsentByOrderAsync(
        TenantId tenant, string consentId, string subject, string by, AuditLine line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return WriteAsync(tenant, session => WithdrawAsync(session, tenant, consentId, subject, line.At, by, line), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> FindOldestDueMessageAsync(TenantId tenant, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.SingleAsync(
                "SELECT due_at FROM outbox WHERE tenant=$tenant AND due_at<=$at AND expires_at>$at ORDER BY due_at LIMIT 1",
                static row => (DateTimeOffset?)row.Time(0),
                ("$tenant", tenant),
                ("$at", at)),
            cancellationToken);
}
