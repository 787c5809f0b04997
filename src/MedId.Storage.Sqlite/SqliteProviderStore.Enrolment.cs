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
            session =>
            {
                AddTicket(session, ticket);
                return true;
            },
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

                var key = device.Id;
                if (session.Single(
                    "SELECT 1 FROM devices WHERE tenant=$tenant AND (key_digest=$key OR handle_digest=$handle)",
                    static _ => true,
                    ("$tenant", tenant),
                    ("$key", key),
                    ("$handle", device.HandleDigest)))
                {
                    return EnrolmentOutcome.KeyTaken;
                }

                var devices = ListDevices(session, tenant, device.AccountId);
                if (!StoreRules.MayBind(ticket, devices))
                {
                    return EnrolmentOutcome.ProofingTooWeak;
                }

                var bound = device with { Proofing = ticket.Proofing };
                session.Execute(
                    """
                    INSERT INTO devices(tenant, key_digest, account_id, handle_digest, counter, enrolled_at, state, expires_at, backed_up, name, body)
                    VALUES($tenant, $key, $account, $handle, $counter, $enrolled, $state, $end, $backed, $name, $body)
                    """,
                    ("$tenant", tenant),
                    ("$key", key),
                    ("$account", device.AccountId),
                    ("$handle", device.HandleDigest),
                    ("$counter", device.SignCounter),
                    ("$enrolled", device.EnrolledAt),
                    ("$state", device.State),
                    ("$end", device.ExpiresAt),
                    ("$backed", device.BackedUp),
                    ("$name", device.Name is null ? null : _vault.Seal(tenant, "devices.name", key, device.Name, RecordJson.Context.String)),
                    ("$body", _vault.Seal(tenant, "devices.body", key, bound, RecordJson.Context.Device)));
                AddLine(session, tenant, StoreRules.FirstLine(bound, at));
                if (devices.FirstOrDefault(known => known.Id == ticket.Replaces) is { } old
                    && DeviceTransitions.Decide(old.StateAt(at), DeviceEvent.Replace) is { Succeeded: true } replaced)
                {
                    Change(session, old, replaced.Value, DeviceEvent.Replace, LifeCycleActor.Person(device.Id), at);
                }

                session.Execute("UPDATE tickets SET used=1 WHERE tenant=$tenant AND digest=$digest AND used=0", ("$tenant", tenant), ("$digest", ticketDigest));
                return EnrolmentOutcome.Enrolled;
            },
            cancellationToken);
    }

    private void AddTicket(SqliteSession session, EnrolmentTicket ticket) => session.Execute(
        "INSERT INTO tickets(tenant, digest, account_id, expires_at, body) VALUES($tenant, $digest, $account, $end, $body)",
        ("$tenant", ticket.Tenant),
        ("$digest", ticket.Digest),
        ("$account", ticket.AccountId),
        ("$end", ticket.ExpiresAt),
        ("$body", _vault.Seal(ticket.Tenant, "tickets.body", ticket.Digest, ticket, RecordJson.Context.EnrolmentTicket)));

    private (EnrolmentTicket? Ticket, bool Used) ReadTicket(SqliteSession session, TenantId tenant, string digest) =>
        session.Single<(EnrolmentTicket?, bool)>(
            "SELECT account_id, expires_at, used, body FROM tickets WHERE tenant=$tenant AND digest=$digest",
            row => (
                row.BlobOrNull(3) is { } body
                    ? _vault.Open(tenant, "tickets.body", digest, body, RecordJson.Context.EnrolmentTicket)
                    : new EnrolmentTicket { Tenant = tenant, Digest = digest, AccountId = row.GetString(0), ExpiresAt = row.Time(1) },
                row.GetBoolean(2)),
            ("$tenant", tenant),
            ("$digest", digest));
}
