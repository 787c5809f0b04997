using MedId.Consent;
using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask<bool> TryRecordReadAsync(
        TenantId tenant, string consentId, string subject, string resourceServer, AuditLine line, TimeSpan apart, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new(Run(tenant, memory =>
        {
            if (!IsConsentActive(memory, consentId, subject, line.At))
            {
                return false;
            }

            var consent = memory.Consents[consentId];
            if (consent.Events.FindLast(told => told.Kind == StoreRules.ReadLine && string.Equals(told.By, resourceServer, StringComparison.Ordinal)) is not { } last
                || !StoreRules.IsOneRead(last.At, line.At, apart))
            {
                memory.Tell(consent, new(line.At, StoreRules.ReadLine, resourceServer));
            }

            memory.Audit(line);
            return true;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<HistoryHead?> FindHistoryHeadAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Histories.GetValueOrDefault(subject)?.Head is { Length: > 0 } head ? head : null));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ListHistoryAsync(TenantId tenant, string subject, long from, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(from, limit);
        return new(Run<IReadOnlyList<ReadOnlyMemory<byte>>>(tenant, memory =>
            memory.Histories.TryGetValue(subject, out var history) && from <= history.Entries.Count ? [.. history.Entries.Skip((int)(from - 1)).Take(limit)] : []));
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryKeepReceiptAsync(TenantId tenant, string subject, HistoryReceipt receipt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return new(Run(tenant, memory =>
        {
            var head = receipt.Head;
            if (!memory.Histories.TryGetValue(subject, out var history) || head.Length <= (history.Receipt?.Head.Length ?? 0) || head.Length > history.Entries.Count
                || !StoreRules.IsHeadOf(head, history.Entries[(int)head.Length - 1]))
            {
                return false;
            }

            history.Receipt = receipt;
            history.Due = history.Due > head.Length ? history.Due : 0;
            return true;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<(HistoryReceipt? Receipt, bool IsDue)> FindReceiptAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        new(Run<(HistoryReceipt?, bool)>(tenant, memory => memory.Histories.TryGetValue(subject, out var history) ? (history.Receipt, history.Due > 0) : default));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListDueReceiptsAsync(TenantId tenant, string? after, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(1, limit);
        return new(Run<IReadOnlyList<string>>(tenant, memory =>
        [
            .. memory.Histories
                .Where(person => person.Value.Due > 0 && (after is null || string.CompareOrdinal(person.Key, after) > 0))
                .Select(person => person.Key)
                .Order(StringComparer.Ordinal)
                .Take(limit),
        ]));
    }
}
