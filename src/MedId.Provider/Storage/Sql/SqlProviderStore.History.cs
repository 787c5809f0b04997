using MedId.Ciba.Server;
using MedId.Consent;
using MedId.Core;
using ConsentChain = MedId.Consent.ConsentHistory;

namespace MedId.Provider;

/// <content>
/// The chained histories. An entry holds our own opaque ids, digests, times and client ids, so it stands in the clear: whoever holds a receipt can have it judged without the OP's keys.
/// The end of a chain is its last row; there is no second place that could say otherwise.
/// </content>
public abstract partial class SqlProviderStore
{
    /// <inheritdoc/>
    public ValueTask<bool> TryRecordReadAsync(
        TenantId tenant, string consentId, string subject, string resourceServer, AuditLine line, TimeSpan apart, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return WriteAsync(
            tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Person, tenant, subject).ConfigureAwait(false);
                if (!await IsConsentActiveAsync(session, tenant, consentId, subject, line.At).ConfigureAwait(false))
                {
                    return false;
                }

                if (!await IsOneReadAsync(session, tenant, consentId, resourceServer, line.At, apart).ConfigureAwait(false))
                {
                    await AddConsentEventAsync(session, tenant, consentId, new(line.At, StoreRules.ReadLine, resourceServer)).ConfigureAwait(false);
                }

                session.Audit(tenant, line);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<HistoryHead?> FindHistoryHeadAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        ReadAsync(session => HistoryHeadOfAsync(session, tenant, subject), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ListHistoryAsync(TenantId tenant, string subject, long from, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(from, limit);
        return ReadAsync(
            session => session.ListAsync(
                "SELECT entry FROM history WHERE tenant=$tenant AND subject=$subject AND sequence>=$from ORDER BY sequence LIMIT $limit",
                static row => (ReadOnlyMemory<byte>)row.Blob(0),
                ("$tenant", tenant),
                ("$subject", subject),
                ("$from", from),
                ("$limit", limit)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryKeepReceiptAsync(TenantId tenant, string subject, HistoryReceipt receipt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return WriteAsync(
            tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Person, tenant, subject).ConfigureAwait(false);
                var entry = await session.SingleAsync(
                    "SELECT entry FROM history WHERE tenant=$tenant AND subject=$subject AND sequence=$length",
                    static row => row.Blob(0),
                    ("$tenant", tenant),
                    ("$subject", subject),
                    ("$length", receipt.Head.Length)).ConfigureAwait(false);
                return entry is not null && StoreRules.IsHeadOf(receipt.Head, entry)
                    && await session.ExecuteAsync(
                        """
                        INSERT INTO history_receipts(tenant, subject, due, length, receipt) VALUES($tenant, $subject, NULL, $length, $receipt)
                        ON CONFLICT(tenant, subject) DO UPDATE SET due=CASE WHEN history_receipts.due>excluded.length THEN history_receipts.due END, length=excluded.length, receipt=excluded.receipt
                        WHERE history_receipts.length<excluded.length
                        """,
                        ("$tenant", tenant),
                        ("$subject", subject),
                        ("$length", receipt.Head.Length),
                        ("$receipt", receipt.ToBytes())).ConfigureAwait(false) == 1;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<(HistoryReceipt? Receipt, bool IsDue)> FindReceiptAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.SingleAsync<(HistoryReceipt?, bool)>(
                "SELECT receipt, CASE WHEN due IS NULL THEN 0 ELSE 1 END FROM history_receipts WHERE tenant=$tenant AND subject=$subject",
                static row => (
                    row.BlobOrNull(0) is { } receipt
                        ? HistoryReceipt.Parse(receipt) is { Succeeded: true } read ? read.Value : throw new ProviderStorageException("A stored receipt cannot be read: the row was changed outside.")
                        : null,
                    row.Flag(1)),
                ("$tenant", tenant),
                ("$subject", subject)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListDueReceiptsAsync(TenantId tenant, string? after, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(1, limit);
        return ReadAsync(
            session => session.ListAsync(
                "SELECT subject FROM history_receipts WHERE tenant=$tenant AND subject>$after AND due IS NOT NULL ORDER BY subject LIMIT $limit",
                static row => row.GetString(0),
                ("$tenant", tenant),
                ("$after", after ?? string.Empty),
                ("$limit", limit)),
            cancellationToken);
    }

    /// <summary>The person is asked: from here on the consent to come has a place in the chain.</summary>
    private static async ValueTask AskAsync(SqlSession session, CibaRequest request)
    {
        if (AuditedContext.Of(request.Context) is { ConsentId: { } consent } context)
        {
            var content = context.Notice is { } notice ? HistoryRules.DigestOf(notice) : null;
            await LinkAsync(session, request.Tenant, request.Subject, request.ExpiresAt, new(consent, ConsentEventKind.Asked, request.CreatedAt, request.ClientId, content)).ConfigureAwait(false);
        }
    }

    /// <summary>The person says no.</summary>
    private static async ValueTask RefuseAsync(SqlSession session, CibaRequest request, DateTimeOffset at)
    {
        if (AuditedContext.Of(request.Context).ConsentId is { } consent)
        {
            await LinkAsync(session, request.Tenant, request.Subject, request.ExpiresAt, new(consent, ConsentEventKind.Refused, at)).ConfigureAwait(false);
        }
    }

    /// <summary>Lets the ends that have come into their chains.</summary>
    private ValueTask ExpireHistoryAsync(DateTimeOffset at, CancellationToken cancellationToken) => SweepPeopleAsync(
        session => session.ListAsync(
            "SELECT tenant, consent_id, subject FROM history_states WHERE ends_at<=$at ORDER BY ends_at LIMIT $batch",
            static row => (Tenant: new TenantId(row.GetString(0)), Consent: row.GetString(1), Subject: row.GetString(2)),
            ("$at", at),
            ("$batch", SweepBatch)),
        async (session, due) =>
        {
            await session.LockAsync(SqlLock.Person, due.Select(ended => (ended.Tenant, ended.Subject))).ConfigureAwait(false);
            foreach (var (tenant, consent, subject) in due)
            {
                var end = await session.SingleAsync(
                    "SELECT ends_at FROM history_states WHERE tenant=$tenant AND consent_id=$id", static row => row.TimeOrNull(0), ("$tenant", tenant), ("$id", consent)).ConfigureAwait(false);
                if (end <= at)
                {
                    await LinkAsync(session, tenant, subject, end.Value, new(consent, ConsentEventKind.Expired, at)).ConfigureAwait(false);
                }
            }
        },
        cancellationToken);

    private static async ValueTask<long?> LinkEventAsync(SqlSession session, TenantId tenant, string consentId, ConsentEvent line, string? content)
    {
        if (HistoryRules.KindOf(line.Kind) is not { } kind)
        {
            return null;
        }

        var (subject, until) = await session.SingleAsync(
            "SELECT subject, access_until FROM consents WHERE tenant=$tenant AND id=$id", static row => (row.GetString(0), row.Time(1)), ("$tenant", tenant), ("$id", consentId)).ConfigureAwait(false);
        return subject is null ? null : await LinkAsync(session, tenant, subject, until, new(consentId, kind, line.At, line.By, content)).ConfigureAwait(false);
    }

    private static async ValueTask<HistoryHead?> HistoryHeadOfAsync(SqlSession session, TenantId tenant, string subject)
    {
        var last = await session.SingleAsync(
            "SELECT entry FROM history WHERE tenant=$tenant AND subject=$subject ORDER BY sequence DESC LIMIT 1", static row => row.Blob(0), ("$tenant", tenant), ("$subject", subject)).ConfigureAwait(false);
        if (last is null)
        {
            return null;
        }

        return ConsentChain.Parse((byte[])[.. last, (byte)'\n']) is { Succeeded: true, Value: [{ } entry] }
            ? new(entry.HistoryId, entry.Sequence, AuditEntry.DigestOf(last), entry.Event.At)
            : throw new ProviderStorageException("The last entry of a history cannot be read: the row was changed outside.");
    }

    private static async ValueTask<long?> LinkAsync(SqlSession session, TenantId tenant, string subject, DateTimeOffset endsAt, HistoryEvent happened)
    {
        var state = (ConsentState)await session.SingleAsync(
            "SELECT state FROM history_states WHERE tenant=$tenant AND consent_id=$id", static row => row.GetInt32(0), ("$tenant", tenant), ("$id", happened.ConsentId)).ConfigureAwait(false);
        var (entries, after) = HistoryRules.Link(await HistoryHeadOfAsync(session, tenant, subject).ConfigureAwait(false) ?? ConsentChain.Start(), state, happened);
        if (entries.Count == 0)
        {
            return null;
        }

        foreach (var (entry, bytes, _) in entries)
        {
            await session.ExecuteAsync(
                "INSERT INTO history(tenant, subject, sequence, entry) VALUES($tenant, $subject, $sequence, $entry)",
                ("$tenant", tenant),
                ("$subject", subject),
                ("$sequence", entry.Sequence),
                ("$entry", bytes)).ConfigureAwait(false);
        }

        if (after != state)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO history_states(tenant, consent_id, subject, state, ends_at) VALUES($tenant, $id, $subject, $state, $end)
                ON CONFLICT(tenant, consent_id) DO UPDATE SET state=excluded.state, ends_at=excluded.ends_at
                """,
                ("$tenant", tenant),
                ("$id", happened.ConsentId),
                ("$subject", subject),
                ("$state", after),
                ("$end", HistoryState.After(subject, after, endsAt).EndsAt)).ConfigureAwait(false);
        }

        if (entries.Select(added => added.Entry).LastOrDefault(entry => HistoryRules.IsChange(entry.Event.Kind)) is { } change)
        {
            await session.ExecuteAsync(
                "INSERT INTO history_receipts(tenant, subject, due) VALUES($tenant, $subject, $due) ON CONFLICT(tenant, subject) DO UPDATE SET due=excluded.due",
                ("$tenant", tenant),
                ("$subject", subject),
                ("$due", change.Sequence)).ConfigureAwait(false);
        }

        return entries[^1].Entry.Sequence;
    }
}
