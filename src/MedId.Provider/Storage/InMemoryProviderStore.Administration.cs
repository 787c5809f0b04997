using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CibaRequest>> ListWaitingRequestsAsync(TenantId tenant, DateTimeOffset at, string? after, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(1, limit);
        return new(Run<IReadOnlyList<CibaRequest>>(tenant, memory =>
        [
            .. memory.Requests.Values
                .Where(request => request.Status == CibaStatus.Pending && at < request.ExpiresAt && string.CompareOrdinal(request.Id, after) > 0)
                .OrderBy(request => request.Id, StringComparer.Ordinal)
                .Take(limit),
        ]));
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryCancelRequestAsync(TenantId tenant, string requestId, AuditLine line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new(Run(tenant, memory =>
        {
            if (!memory.Requests.TryGetValue(requestId, out var request) || request.Deny(line.At) is not { } denied)
            {
                return false;
            }

            memory.Decide(denied);
            memory.Refuse(denied, line.At);
            memory.Audit(line);
            return true;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<WithdrawalOutcome> WithdrawConsentByOrderAsync(
        TenantId tenant, string consentId, string subject, string by, AuditLine line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new(Run(tenant, memory => Withdraw(memory, consentId, subject, line.At, by, line)));
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> FindOldestDueMessageAsync(TenantId tenant, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.OldestDue(at)));
}
