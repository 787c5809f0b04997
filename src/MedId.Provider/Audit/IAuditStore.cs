using MedId.Core;

namespace MedId.Provider;

/// <summary>
/// The audit trail of each tenant: only ever appended to, each entry linked to the one before. Beside these verbs every decisive verb of a store (approve, redeem, rotate, withdraw, deny, life
/// cycle …) writes its own line in its own transaction: no line stands without its act and no act without its line.
/// </summary>
public interface IAuditStore
{
    /// <summary>Appends a line: its place and link are given to it and stored in one atomic step; many callers on many nodes make one chain without gaps.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="line">What happened.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The entry as it was stored.</returns>
    ValueTask<AuditEntry> AppendAuditAsync(TenantId tenant, AuditLine line, CancellationToken cancellationToken = default);

    /// <summary>Reads a piece of the trail.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="from">The first place, from 1.</param>
    /// <param name="limit">The most entries; 1 to 1000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The entries in the order of their places; empty past the end. Verify them by <see cref="AuditVerifier"/>.</returns>
    ValueTask<IReadOnlyList<StoredAuditEntry>> ListAuditAsync(TenantId tenant, long from, int limit, CancellationToken cancellationToken = default);

    /// <summary>The end of the trail as it is now.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The head; of length 0 where nothing was written.</returns>
    ValueTask<AuditHead> FindAuditHeadAsync(TenantId tenant, CancellationToken cancellationToken = default);
}
