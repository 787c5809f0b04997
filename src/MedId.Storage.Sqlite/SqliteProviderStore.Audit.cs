using System.Globalization;
using MedId.Core;
using MedId.Provider;

namespace MedId.Storage.Sqlite;

public sealed partial class SqliteProviderStore
{
    /// <inheritdoc/>
    public ValueTask<AuditEntry> AppendAuditAsync(TenantId tenant, AuditLine line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return WriteAsync(tenant, session => Audit(session, tenant, line), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAuditEntry>> ListAuditAsync(TenantId tenant, long from, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(from, limit);
        return new(Read(
            session => session.List(
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
            cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<AuditHead> FindAuditHeadAsync(TenantId tenant, CancellationToken cancellationToken = default) =>
        new(Read(session => AuditHeadOf(session, tenant), cancellationToken));

    private static AuditHead AuditHeadOf(SqliteSession session, TenantId tenant) =>
        session.Single(
            "SELECT sequence, digest, at FROM audit WHERE tenant=$tenant ORDER BY sequence DESC LIMIT 1",
            row => new AuditHead(tenant, row.GetInt64(0), row.GetString(1), row.Time(2)),
            ("$tenant", tenant))
        ?? AuditHead.Empty(tenant);

    private static string RowId(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>Appends a line to the audit trail: part of whatever transaction calls it, so that no line stands without its act and no act without its line.</summary>
    private AuditEntry Audit(SqliteSession session, TenantId tenant, AuditLine line)
    {
        var entry = AuditHeadOf(session, tenant).Append(line);
        var bytes = entry.ToBytes();
        session.Execute(
            "INSERT INTO audit(tenant, sequence, at, digest, body) VALUES($tenant, $sequence, $at, $digest, $body)",
            ("$tenant", tenant),
            ("$sequence", entry.Sequence),
            ("$at", entry.Line.At),
            ("$digest", AuditEntry.DigestOf(bytes)),
            ("$body", _vault.Seal(tenant, "audit.body", RowId(entry.Sequence), bytes)));
        return entry;
    }
}
