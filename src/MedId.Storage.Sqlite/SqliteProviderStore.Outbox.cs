using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.Data.Sqlite;

namespace MedId.Storage.Sqlite;

public sealed partial class SqliteProviderStore
{
    private const string MessageColumns = "SELECT id, kind, subject, due_at, expires_at, attempts, lease, body FROM outbox ";

    private readonly InProcessSignals _signals = new();
    private readonly List<string> _raised = [];

    /// <summary>Wakes within this process; another process on the same file finds changes when it looks.</summary>
    public IChangeSignals Signals => _signals;

    /// <inheritdoc/>
    public ValueTask<bool> AddMessageAsync(OutboxMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return WriteAsync(message.Tenant, session => Send(session, message), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutboxMessage>> LeaseMessagesAsync(
        TenantId tenant, IReadOnlyCollection<string> kinds, DateTimeOffset at, TimeSpan lease, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return WriteAsync<IReadOnlyList<OutboxMessage>>(
            tenant,
            session =>
            [
                .. kinds.Distinct(StringComparer.Ordinal)
                    .SelectMany(kind => session.List(
                        MessageColumns + "WHERE tenant=$tenant AND kind=$kind AND due_at<=$at AND expires_at>$at ORDER BY due_at, id LIMIT $limit",
                        row => ReadMessage(tenant, row),
                        ("$tenant", tenant),
                        ("$kind", kind),
                        ("$at", at),
                        ("$limit", limit)))
                    .OrderBy(message => message.DueAt).ThenBy(message => message.Id, StringComparer.Ordinal)
                    .Take(limit)
                    .ToList()
                    .Select(message => Lease(session, message with { DueAt = at + lease, Attempts = message.Attempts + 1, Lease = SecretGenerator.Base64Url(16) })),
            ],
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> CompleteMessageAsync(TenantId tenant, string id, string lease, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            session => session.Execute("DELETE FROM outbox WHERE tenant=$tenant AND id=$id AND lease=$lease", ("$tenant", tenant), ("$id", id), ("$lease", lease)) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PostponeMessageAsync(TenantId tenant, string id, string lease, DateTimeOffset dueAt, string? body, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            session => session.Execute(
                "UPDATE outbox SET due_at=$due, body=$body, lease=NULL WHERE tenant=$tenant AND id=$id AND lease=$lease",
                ("$due", dueAt),
                ("$body", SealMessage(tenant, id, body)),
                ("$tenant", tenant),
                ("$id", id),
                ("$lease", lease)) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> CountUseAsync(TenantId tenant, string bucket, DateTimeOffset at, TimeSpan window, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return WriteAsync(
            tenant,
            session =>
            {
                var counted = session.Single(
                    "SELECT count(*) FROM (SELECT 1 FROM throttle_uses WHERE tenant=$tenant AND bucket=$bucket AND at>$from LIMIT $limit)",
                    static row => row.GetInt32(0),
                    ("$tenant", tenant),
                    ("$bucket", bucket),
                    ("$from", at - window),
                    ("$limit", limit));
                if (counted >= limit)
                {
                    return limit + 1;
                }

                session.Execute(
                    "INSERT INTO throttle_uses(tenant, bucket, at, expires_at) VALUES($tenant, $bucket, $at, $end)",
                    ("$tenant", tenant),
                    ("$bucket", bucket),
                    ("$at", at),
                    ("$end", at + window));
                return counted + 1;
            },
            cancellationToken);
    }

    /// <summary>Stores a message in the transaction of what it tells; null stores nothing.</summary>
    private bool Send(SqliteSession session, OutboxMessage? message)
    {
        if (message is null || session.Execute(
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
            ("$body", SealMessage(message.Tenant, message.Id, message.Body))) == 0)
        {
            return false;
        }

        _raised.Add(ChangeTopics.Outbox(message.Tenant));
        return true;
    }

    private static OutboxMessage Lease(SqliteSession session, OutboxMessage message)
    {
        session.Execute(
            "UPDATE outbox SET due_at=$due, attempts=$attempts, lease=$lease WHERE tenant=$tenant AND id=$id",
            ("$due", message.DueAt),
            ("$attempts", message.Attempts),
            ("$lease", message.Lease),
            ("$tenant", message.Tenant),
            ("$id", message.Id));
        return message;
    }

    private byte[]? SealMessage(TenantId tenant, string id, string? body) =>
        body is null ? null : _vault.Seal(tenant, "outbox.body", id, body, RecordJson.Context.String);

    private OutboxMessage ReadMessage(TenantId tenant, SqliteDataReader row)
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
