using System.Globalization;
using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    /// <inheritdoc/>
    public ValueTask<AuditEntry> AppendAuditAsync(TenantId tenant, AuditLine line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return WriteAsync(
            tenant,
            async session =>
            {
                session.Audit(tenant, line);
                return (await WriteTrailAsync(session).ConfigureAwait(false))!;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAuditEntry>> ListAuditAsync(TenantId tenant, long from, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(from, limit);
        return ReadAsync(
            session => session.ListAsync(
                "SELECT sequence, body FROM audit WHERE tenant=$tenant AND sequence>=$from ORDER BY sequence LIMIT $limit",
                row =>
                {
                    var sequence = row.GetInt64(0);

                    // What cannot be opened was changed outside: the verifier names its place.
                    var body = _vault.TryOpen(tenant, "audit.body", RowId(sequence), row.Blob(1));
                    return new StoredAuditEntry(sequence, body.Succeeded ? body.Value : default(ReadOnlyMemory<byte>));
                },
                ("$tenant", tenant),
                ("$from", from),
                ("$limit", limit)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<AuditHead> FindAuditHeadAsync(TenantId tenant, CancellationToken cancellationToken = default) =>
        ReadAsync(session => AuditHeadOfAsync(session, tenant), cancellationToken);

    private static async ValueTask<AuditHead> AuditHeadOfAsync(SqlSession session, TenantId tenant) =>
        await session.SingleAsync(
            "SELECT sequence, digest, at FROM audit WHERE tenant=$tenant ORDER BY sequence DESC LIMIT 1",
            row => new AuditHead(tenant, row.GetInt64(0), row.GetString(1), row.Time(2)),
            ("$tenant", tenant)).ConfigureAwait(false)
        ?? AuditHead.Empty(tenant);

    private static string RowId(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>Links the verb's lines into the trails, the last thing that it does: from here to its commit whoever else adds to the trail waits.</summary>
    private async ValueTask<AuditEntry?> WriteTrailAsync(SqlSession session)
    {
        var pending = session.TakeLines();
        if (pending.Count == 0)
        {
            return null;
        }

        var tenants = pending.GroupBy(line => line.Tenant).ToList();
        await session.LockAsync(SqlLock.Audit, tenants.Select(lines => (lines.Key, "audit"))).ConfigureAwait(false);
        AuditEntry? last = null;
        foreach (var lines in tenants)
        {
            var tenant = lines.Key;
            var head = await AuditHeadOfAsync(session, tenant).ConfigureAwait(false);
            foreach (var (_, line) in lines)
            {
                var entry = head.Append(line);
                var bytes = entry.ToBytes();
                await session.ExecuteAsync(
                    "INSERT INTO audit(tenant, sequence, at, digest, body) VALUES($tenant, $sequence, $at, $digest, $body)",
                    ("$tenant", tenant),
                    ("$sequence", entry.Sequence),
                    ("$at", entry.Line.At),
                    ("$digest", AuditEntry.DigestOf(bytes)),
                    ("$body", _vault.Seal(tenant, "audit.body", RowId(entry.Sequence), bytes))).ConfigureAwait(false);
                head = new(tenant, entry.Sequence, AuditEntry.DigestOf(bytes), entry.Line.At);
                last = entry;
            }
        }

        return last;
    }
}
