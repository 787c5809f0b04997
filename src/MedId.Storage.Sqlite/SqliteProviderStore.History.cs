using MedId.Ciba.Server;
using MedId.Consent;
using MedId.Core;
using MedId.Provider;
using ConsentChain = MedId.Consent.ConsentHistory;

namespace MedId.Storage.Sqlite;

/// <content>
/// The chained histories. An entry holds our own opaque ids, digests, times and client ids, so it stands in the clear: whoever holds a receipt can have it judged without the OP's keys.
/// The end of a chain is its last row; there is no second place that could say otherwise.
/// </content>
public sealed partial class SqliteProviderStore
{
    /// <inheritdoc/>
    public ValueTask<bool> TryRecordReadAsync(
        TenantId tenant, string consentId, string subject, string resourceServer, AuditLine line, TimeSpan apart, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return WriteAsync(
            tenant,
            session =>
            {
                if (!IsConsentActive(session, tenant, consentId, subject, line.At))
                {
                    return false;
                }

                if (!IsOneRead(session, tenant, consentId, resourceServer, line.At, apart))
                {
                    AddConsentEvent(session, tenant, consentId, new(line.At, StoreRules.ReadLine, resourceServer));
                }

                Audit(session, tenant, line);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<HistoryHead?> FindHistoryHeadAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        new(Read(session => HistoryHeadOf(session, tenant, subject), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ListHistoryAsync(TenantId tenant, string subject, long from, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(from, limit);
        return new(Read(
            session => session.List(
                "SELECT entry FROM history WHERE tenant=$tenant AND subject=$subject AND sequence>=$from ORDER BY sequence LIMIT $limit",
                static row => (ReadOnlyMemory<byte>)row.Blob(0),
                ("$tenant", tenant),
                ("$subject", subject),
                ("$from", from),
                ("$limit", limit)),
            cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryKeepReceiptAsync(TenantId tenant, string subject, HistoryReceipt receipt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return WriteAsync(
            tenant,
            session =>
            {
                var entry = session.Single(
                    "SELECT entry FROM history WHERE tenant=$tenant AND subject=$subject AND sequence=$length",
                    static row => row.Blob(0),
                    ("$tenant", tenant),
                    ("$subject", subject),
                    ("$length", receipt.Head.Length));
                return entry is not null && StoreRules.IsHeadOf(receipt.Head, entry)
                    && session.Execute(
                        """
                        INSERT INTO history_receipts(tenant, subject, due, length, receipt) VALUES($tenant, $subject, NULL, $length, $receipt)
                        ON CONFLICT(tenant, subject) DO UPDATE SET due=CASE WHEN due>excluded.length THEN due END, length=excluded.length, receipt=excluded.receipt
                        WHERE length<excluded.length
                        """,
                        ("$tenant", tenant),
                        ("$subject", subject),
                        ("$length", receipt.Head.Length),
                        ("$receipt", receipt.ToBytes())) == 1;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<(HistoryReceipt? Receipt, bool IsDue)> FindReceiptAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.Single<(HistoryReceipt?, bool)>(
                "SELECT receipt, due IS NOT NULL FROM history_receipts WHERE tenant=$tenant AND subject=$subject",
                static row => (
                    row.BlobOrNull(0) is { } receipt
                        ? HistoryReceipt.Parse(receipt) is { Succeeded: true } read ? read.Value : throw new SqliteStorageException("A stored receipt cannot be read: the row was changed outside.")
                        : null,
                    row.GetBoolean(1)),
                ("$tenant", tenant),
                ("$subject", subject)),
            cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListDueReceiptsAsync(TenantId tenant, string? after, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(1, limit);
        return new(Read(
            session => session.List(
                "SELECT subject FROM history_receipts WHERE tenant=$tenant AND subject>$after AND due IS NOT NULL ORDER BY subject LIMIT $limit",
                static row => row.GetString(0),
                ("$tenant", tenant),
                ("$after", after ?? string.Empty),
                ("$limit", limit)),
            cancellationToken));
    }

    /// <summary>The person is asked: from here on the consent to come has a place in the chain.</summary>
    private static void Ask(SqliteSession session, CibaRequest request)
    {
        if (AuditedContext.Of(request.Context) is { ConsentId: { } consent } context)
        {
            var content = context.Notice is { } notice ? HistoryRules.DigestOf(notice) : null;
            Link(session, request.Tenant, request.Subject, request.ExpiresAt, new(consent, ConsentEventKind.Asked, request.CreatedAt, request.ClientId, content));
        }
    }

    /// <summary>The person says no.</summary>
    private static void Refuse(SqliteSession session, CibaRequest request, DateTimeOffset at)
    {
        if (AuditedContext.Of(request.Context).ConsentId is { } consent)
        {
            Link(session, request.Tenant, request.Subject, request.ExpiresAt, new(consent, ConsentEventKind.Refused, at));
        }
    }

    /// <summary>Lets the ends that have come into their chains, a bounded batch.</summary>
    /// <returns>How many.</returns>
    private static int ExpireHistory(SqliteSession session, DateTimeOffset at)
    {
        var due = session.List(
            "SELECT tenant, consent_id, subject, ends_at FROM history_states WHERE ends_at<=$at ORDER BY ends_at LIMIT $batch",
            static row => (Tenant: new TenantId(row.GetString(0)), Consent: row.GetString(1), Subject: row.GetString(2), End: row.Time(3)),
            ("$at", at),
            ("$batch", SweepBatch));
        foreach (var (tenant, consent, subject, end) in due)
        {
            Link(session, tenant, subject, end, new(consent, ConsentEventKind.Expired, at));
        }

        return due.Count;
    }

    private static long? LinkEvent(SqliteSession session, TenantId tenant, string consentId, ConsentEvent line, string? content)
    {
        if (HistoryRules.KindOf(line.Kind) is not { } kind)
        {
            return null;
        }

        var (subject, until) = session.Single(
            "SELECT subject, access_until FROM consents WHERE tenant=$tenant AND id=$id", static row => (row.GetString(0), row.Time(1)), ("$tenant", tenant), ("$id", consentId));
        return subject is null ? null : Link(session, tenant, subject, until, new(consentId, kind, line.At, line.By, content));
    }

    private static HistoryHead? HistoryHeadOf(SqliteSession session, TenantId tenant, string subject)
    {
        var last = session.Single(
            "SELECT entry FROM history WHERE tenant=$tenant AND subject=$subject ORDER BY sequence DESC LIMIT 1", static row => row.Blob(0), ("$tenant", tenant), ("$subject", subject));
        if (last is null)
        {
            return null;
        }

        return ConsentChain.Parse((byte[])[.. last, (byte)'\n']) is { Succeeded: true, Value: [{ } entry] }
            ? ConsentChain.HeadAfter(entry)
            : throw new SqliteStorageException("The last entry of a history cannot be read: the row was changed outside.");
    }

    private static long? Link(SqliteSession session, TenantId tenant, string subject, DateTimeOffset endsAt, HistoryEvent happened)
    {
        var state = (ConsentState)session.Single(
            "SELECT state FROM history_states WHERE tenant=$tenant AND consent_id=$id", static row => row.GetInt32(0), ("$tenant", tenant), ("$id", happened.ConsentId));
        var (entries, after) = HistoryRules.Link(HistoryHeadOf(session, tenant, subject) ?? ConsentChain.Start(), state, happened);
        if (entries.Count == 0)
        {
            return null;
        }

        foreach (var entry in entries)
        {
            session.Execute(
                "INSERT INTO history(tenant, subject, sequence, entry) VALUES($tenant, $subject, $sequence, $entry)",
                ("$tenant", tenant),
                ("$subject", subject),
                ("$sequence", entry.Sequence),
                ("$entry", entry.ToBytes()));
        }

        if (after != state)
        {
            session.Execute(
                """
                INSERT INTO history_states(tenant, consent_id, subject, state, ends_at) VALUES($tenant, $id, $subject, $state, $end)
                ON CONFLICT(tenant, consent_id) DO UPDATE SET state=excluded.state, ends_at=excluded.ends_at
                """,
                ("$tenant", tenant),
                ("$id", happened.ConsentId),
                ("$subject", subject),
                ("$state", after),
                ("$end", HistoryState.After(subject, after, endsAt).EndsAt));
        }

        if (entries.LastOrDefault(entry => HistoryRules.IsChange(entry.Event.Kind)) is { } change)
        {
            session.Execute(
                "INSERT INTO history_receipts(tenant, subject, due) VALUES($tenant, $subject, $due) ON CONFLICT(tenant, subject) DO UPDATE SET due=excluded.due",
                ("$tenant", tenant),
                ("$subject", subject),
                ("$due", change.Sequence));
        }

        return entries[^1].Sequence;
    }
}
