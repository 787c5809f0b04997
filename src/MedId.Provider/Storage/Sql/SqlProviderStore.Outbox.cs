using System.Data.Common;
using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    private const string MessageColumns = "SELECT id, kind, subject, due_at, expires_at, attempts, lease, body FROM outbox ";

    /// <inheritdoc/>
    public ValueTask<bool> AddMessageAsync(OutboxMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return WriteAsync(message.Tenant, session => SendAsync(session, message), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutboxMessage>> LeaseMessagesAsync(
        TenantId tenant, IReadOnlyCollection<string> kinds, DateTimeOffset at, TimeSpan lease, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return WriteAsync<IReadOnlyList<OutboxMessage>>(
            tenant,
            async session =>
            {
                List<OutboxMessage> due = [];
                foreach (var kind in kinds.Distinct(StringComparer.Ordinal))
                {
                    due.AddRange(await session.ListAsync(
                        MessageColumns + "WHERE tenant=$tenant AND kind=$kind AND due_at<=$at AND expires_at>$at ORDER BY due_at, id LIMIT $limit /*for update skip locked*/",
                        row => ReadMessage(tenant, row),
                        ("$tenant", tenant),
                        ("$kind", kind),
                        ("$at", at),
                        ("$limit", limit)).ConfigureAwait(false));
                }

                var leased = due.OrderBy(message => message.DueAt).ThenBy(message => message.Id, StringComparer.Ordinal).Take(limit)
                    .Select(message => MessageRules.Hold(message, at + lease)).ToList();
                foreach (var message in leased)
                {
                    await HoldAsync(session, message).ConfigureAwait(false);
                }

                return leased;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<OutboxMessage?> TakeMessageAsync(TenantId tenant, string id, DateTimeOffset at, TimeSpan lease, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            async session =>
            {
                var found = await session.SingleAsync(
                    MessageColumns + "WHERE tenant=$tenant AND id=$id /*for update skip locked*/", row => ReadMessage(tenant, row), ("$tenant", tenant), ("$id", id)).ConfigureAwait(false);
                if (found is null || !MessageRules.MayTake(found, at))
                {
                    return null;
                }

                var held = MessageRules.Hold(found, at + lease);
                await HoldAsync(session, held).ConfigureAwait(false);
                return held;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> DropMessageAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            async session => await session.ExecuteAsync("DELETE FROM outbox WHERE tenant=$tenant AND id=$id", ("$tenant", tenant), ("$id", id)).ConfigureAwait(false) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutboxMessage>> DropExpiredMessagesAsync(TenantId tenant, DateTimeOffset at, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return WriteAsync<IReadOnlyList<OutboxMessage>>(
            tenant,
            async session =>
            {
                var expired = await session.ListAsync(
                    MessageColumns + "WHERE tenant=$tenant AND expires_at<=$at AND (lease IS NULL OR due_at<=$at) LIMIT $limit /*for update skip locked*/",
                    row => ReadMessage(tenant, row),
                    ("$tenant", tenant),
                    ("$at", at),
                    ("$limit", limit)).ConfigureAwait(false);
                foreach (var message in expired)
                {
                    await session.ExecuteAsync("DELETE FROM outbox WHERE tenant=$tenant AND id=$id", ("$tenant", tenant), ("$id", message.Id)).ConfigureAwait(false);
                }

                return expired;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> CompleteMessageAsync(TenantId tenant, string id, string lease, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            async session => await session.ExecuteAsync(
                "DELETE FROM outbox WHERE tenant=$tenant AND id=$id AND lease=$lease", ("$tenant", tenant), ("$id", id), ("$lease", lease)).ConfigureAwait(false) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PostponeMessageAsync(TenantId tenant, string id, string lease, DateTimeOffset dueAt, string? body, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            async session => await session.ExecuteAsync(
                "UPDATE outbox SET due_at=$due, body=$body, lease=NULL WHERE tenant=$tenant AND id=$id AND lease=$lease",
                ("$due", dueAt),
                ("$body", SealMessage(tenant, id, body)),
                ("$tenant", tenant),
                ("$id", id),
                ("$lease", lease)).ConfigureAwait(false) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> CountUseAsync(TenantId tenant, string bucket, DateTimeOffset at, TimeSpan window, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return WriteAsync(
            tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Record, tenant, "bucket/" + bucket).ConfigureAwait(false);
                var counted = await CountUsesAsync(session, tenant, bucket, at - window, limit).ConfigureAwait(false);
                if (counted >= limit)
                {
                    return limit + 1;
                }

                await session.ExecuteAsync(
                    "INSERT INTO throttle_uses(tenant, bucket, at, expires_at) VALUES($tenant, $bucket, $at, $end)",
                    ("$tenant", tenant),
                    ("$bucket", bucket),
                    ("$at", at),
                    ("$end", at + window)).ConfigureAwait(false);
                return counted + 1;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> FindUsesAsync(TenantId tenant, string bucket, DateTimeOffset at, TimeSpan window, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ReadAsync(session => CountUsesAsync(session, tenant, bucket, at - window, limit), cancellationToken);
    }

    private static ValueTask<int> CountUsesAsync(SqlSession session, TenantId tenant, string bucket, DateTimeOffset from, int limit) => session.SingleAsync(
        "SELECT count(*) FROM (SELECT 1 FROM throttle_uses WHERE tenant=$tenant AND bucket=$bucket AND at>$from LIMIT $limit) AS few",
        static row => row.GetInt32(0),
        ("$tenant", tenant),
        ("$bucket", bucket),
        ("$from", from),
        ("$limit", limit));

    private static async ValueTask HoldAsync(SqlSession session, OutboxMessage message) => await session.ExecuteAsync(
        "UPDATE outbox SET due_at=$due, attempts=$attempts, lease=$lease WHERE tenant=$tenant AND id=$id",
        ("$due", message.DueAt),
        ("$attempts", message.Attempts),
        ("$lease", message.Lease),
        ("$tenant", message.Tenant),
        ("$id", message.Id)).ConfigureAwait(false);

    /// <summary>Stores a message in the transaction of what it tells; null stores nothing.</summary>
    private async ValueTask<bool> SendAsync(SqlSession session, OutboxMessage? message)
    {
        if (message is null || await session.ExecuteAsync(
            """
            INSERT INTO outbox(tenant, id, kind, subject, due_at, expires_at, attempts, lease, body)
            VALUES($tenant, $id, $kind, $subject, $due, $end, $attempts, NULL, $body) ON CONFLICT DO NOTHING
            """,
            ("$tenant", message.Tenant),
            ("$id", message.Id),
            ("$kind", message.Kind),
            ("$subject", message.Subject),
            ("$due", message.DueAt),
            ("$end", message.ExpiresAt),
            ("$attempts", message.Attempts),
            ("$body", SealMessage(message.Tenant, message.Id, message.Body))).ConfigureAwait(false) == 0)
        {
            return false;
        }

        session.Raise(ChangeTopics.Outbox(message.Tenant));
        return true;
    }

    private byte[]? SealMessage(TenantId tenant, string id, string? body) =>
        body is null ? null : _vault.Seal(tenant, "outbox.body", id, body, RecordJson.Context.String);

    private OutboxMessage ReadMessage(TenantId tenant, DbDataReader row)
    {
        var id = row.GetString(0);
        return new()
        {
            Tenant = tenant,
            Id = id,
            Kind = row.GetString(1),
            Subject = row.GetString(2),
            DueAt = row.Time(3),
            ExpiresAt = row.Time(4),
            Attempts = row.GetInt32(5),
            Lease = row.TextOrNull(6),
            Body = row.BlobOrNull(7) is { } body ? _vault.Open(tenant, "outbox.body", id, body, RecordJson.Context.String) : null,
        };
    }
}
