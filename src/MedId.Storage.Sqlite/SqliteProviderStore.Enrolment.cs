using MedId.Core;
using MedId.Provider;

namespace MedId.Storage.Sqlite;

public sealed partial class SqliteProviderStore
{
    /// <inheritdoc/>
    public async ValueTask AddTicketAsync(EnrolmentTicket ticket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        await WriteAsync(
            ticket.Tenant,
            session => session.Execute(
                "INSERT INTO tickets(tenant, digest, account_id, expires_at) VALUES($tenant, $digest, $account, $end)",
                ("$tenant", ticket.Tenant),
                ("$digest", ticket.Digest),
                ("$account", ticket.AccountId),
                ("$end", ticket.ExpiresAt)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<(TicketStatus Status, EnrolmentTicket? Ticket)> FindTicketAsync(
        TenantId tenant, string digest, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var (ticket, used) = Read(session => ReadTicket(session, tenant, digest), cancellationToken);
        var status = StoreRules.StatusOf(ticket, used, at);
        return new((status, status == TicketStatus.Open ? ticket : null));
    }

    /// <inheritdoc/>
    public ValueTask<EnrolmentOutcome> TryEnrolDeviceAsync(
        string ticketDigest, Device device, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        var tenant = device.Tenant;
        return WriteAsync(
            tenant,
            session =>
            {
                var (ticket, used) = ReadTicket(session, tenant, ticketDigest);
                if (ticket is null || StoreRules.StatusOf(ticket, used, at) != TicketStatus.Open)
                {
                    return EnrolmentOutcome.TicketNotOpen;
                }

                StoreRules.CheckEnrolment(ticket, device);
                if (!IsActive(session, tenant, device.AccountId))
                {
                    return EnrolmentOutcome.AccountNotActive;
                }

                var key = KeyDigest(device.Model, device.KeyId);
                if (session.Single("SELECT 1 FROM devices WHERE tenant=$tenant AND key_digest=$key", static _ => true, ("$tenant", tenant), ("$key", key)))
                {
                    return EnrolmentOutcome.KeyTaken;
                }

                session.Execute(
                    """
                    INSERT INTO devices(tenant, key_digest, account_id, handle_digest, counter, enrolled_at, body)
                    VALUES($tenant, $key, $account, $handle, $counter, $enrolled, $body)
                    """,
                    ("$tenant", tenant),
                    ("$key", key),
                    ("$account", device.AccountId),
                    ("$handle", device.HandleDigest),
                    ("$counter", device.SignCounter),
                    ("$enrolled", device.EnrolledAt),
                    ("$body", _vault.Seal(tenant, "devices.body", key, device, RecordJson.Context.Device)));
                session.Execute("UPDATE tickets SET used=1 WHERE tenant=$tenant AND digest=$digest AND used=0", ("$tenant", tenant), ("$digest", ticketDigest));
                return EnrolmentOutcome.Enrolled;
            },
            cancellationToken);
    }

    private static (EnrolmentTicket? Ticket, bool Used) ReadTicket(SqliteSession session, TenantId tenant, string digest) =>
        session.Single<(EnrolmentTicket?, bool)>(
            "SELECT account_id, expires_at, used FROM tickets WHERE tenant=$tenant AND digest=$digest",
            row => (new EnrolmentTicket { Tenant = tenant, Digest = digest, AccountId = row.GetString(0), ExpiresAt = row.Time(1) }, row.GetBoolean(2)),
            ("$tenant", tenant),
            ("$digest", digest));
}
