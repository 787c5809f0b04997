using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    /// <inheritdoc/>
    public async ValueTask AddTicketAsync(EnrolmentTicket ticket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        await WriteAsync(
            ticket.Tenant,
            async session =>
            {
                await AddTicketAsync(session, ticket).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<(TicketStatus Status, EnrolmentTicket? Ticket)> FindTicketAsync(
        TenantId tenant, string digest, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var (ticket, used) = await ReadAsync(session => ReadTicketAsync(session, tenant, digest), cancellationToken).ConfigureAwait(false);
        var status = StoreRules.StatusOf(ticket, used, at);
        return (status, status == TicketStatus.Open ? ticket : null);
    }

    /// <inheritdoc/>
    public ValueTask<EnrolmentOutcome> TryEnrolDeviceAsync(
        string ticketDigest, Device device, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        var tenant = device.Tenant;
        return WriteAsync(
            tenant,
            async session =>
            {
                await LockAroundAsync(session, [(tenant, device.AccountId)]).ConfigureAwait(false);
                var (ticket, used) = await ReadTicketAsync(session, tenant, ticketDigest).ConfigureAwait(false);
                if (ticket is null || StoreRules.StatusOf(ticket, used, at) != TicketStatus.Open)
                {
                    return EnrolmentOutcome.TicketNotOpen;
                }

                StoreRules.CheckEnrolment(ticket, device);
                if (!await IsActiveAsync(session, tenant, device.AccountId).ConfigureAwait(false))
                {
                    return EnrolmentOutcome.AccountNotActive;
                }

                var key = device.Id;
                if (await session.SingleAsync(
                    "SELECT 1 FROM devices WHERE tenant=$tenant AND (key_digest=$key OR handle_digest=$handle)",
                    static _ => true,
                    ("$tenant", tenant),
                    ("$key", key),
                    ("$handle", device.HandleDigest)).ConfigureAwait(false))
                {
                    return EnrolmentOutcome.KeyTaken;
                }

                var devices = await ListDevicesAsync(session, tenant, device.AccountId).ConfigureAwait(false);
                if (!StoreRules.MayBind(ticket, devices))
                {
                    return EnrolmentOutcome.ProofingTooWeak;
                }

                var bound = device with { Proofing = ticket.Proofing };
                await session.ExecuteAsync(
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
                    ("$body", _vault.Seal(tenant, "devices.body", key, bound, RecordJson.Context.Device))).ConfigureAwait(false);
                await AddLineAsync(session, tenant, StoreRules.FirstLine(bound, at)).ConfigureAwait(false);
                if (devices.FirstOrDefault(known => known.Id == ticket.Replaces) is { } old
                    && DeviceTransitions.Decide(old.StateAt(at), DeviceEvent.Replace) is { Succeeded: true } replaced)
                {
                    await ChangeAsync(session, old, replaced.Value, DeviceEvent.Replace, LifeCycleActor.Person(device.Id), at).ConfigureAwait(false);
                }

                await session.ExecuteAsync("UPDATE tickets SET used=1 WHERE tenant=$tenant AND digest=$digest AND used=0", ("$tenant", tenant), ("$digest", ticketDigest)).ConfigureAwait(false);
                return EnrolmentOutcome.Enrolled;
            },
            cancellationToken);
    }

    private ValueTask<int> AddTicketAsync(SqlSession session, EnrolmentTicket ticket) => session.ExecuteAsync(
        "INSERT INTO tickets(tenant, digest, account_id, expires_at, body) VALUES($tenant, $digest, $account, $end, $body)",
        ("$tenant", ticket.Tenant),
        ("$digest", ticket.Digest),
        ("$account", ticket.AccountId),
        ("$end", ticket.ExpiresAt),
        ("$body", _vault.Seal(ticket.Tenant, "tickets.body", ticket.Digest, ticket, RecordJson.Context.EnrolmentTicket)));

    private ValueTask<(EnrolmentTicket? Ticket, bool Used)> ReadTicketAsync(SqlSession session, TenantId tenant, string digest) =>
        session.SingleAsync<(EnrolmentTicket?, bool)>(
            "SELECT account_id, expires_at, used, body FROM tickets WHERE tenant=$tenant AND digest=$digest",
            row => (
                row.BlobOrNull(3) is { } body
                    ? _vault.Open(tenant, "tickets.body", digest, body, RecordJson.Context.EnrolmentTicket)
                    : new EnrolmentTicket { Tenant = tenant, Digest = digest, AccountId = row.GetString(0), ExpiresAt = row.Time(1) },
                row.Flag(2)),
            ("$tenant", tenant),
            ("$digest", digest));
}
