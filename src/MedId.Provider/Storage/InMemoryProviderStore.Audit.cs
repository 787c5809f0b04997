using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask<AuditEntry> AppendAuditAsync(TenantId tenant, AuditLine line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new(Run(tenant, memory => memory.Audit(line)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAuditEntry>> ListAuditAsync(TenantId tenant, long from, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(from, limit);
        return new(Run<IReadOnlyList<StoredAuditEntry>>(tenant, memory =>
            from > memory.Trail.Count ? [] : [.. memory.Trail.Skip((int)(from - 1)).Take(limit).Select((bytes, index) => new StoredAuditEntry(from + index, bytes))]));
    }

    /// <inheritdoc/>
    public ValueTask<AuditHead> FindAuditHeadAsync(TenantId tenant, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.TrailHead));
}
