using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask AddTicketAsync(EnrolmentTicket ticket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        Run(ticket.Tenant, memory =>
        {
            memory.Tickets.Add(ticket.Digest, (ticket, false));
            memory.At(ticket.ExpiresAt + StoreRules.TicketRetention, _ => memory.Tickets.Remove(ticket.Digest));
            return true;
        });
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<(TicketStatus Status, EnrolmentTicket? Ticket)> FindTicketAsync(
        TenantId tenant, string digest, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run<(TicketStatus, EnrolmentTicket?)>(tenant, memory =>
        {
            var (ticket, used) = memory.Tickets.GetValueOrDefault(digest);
            var status = StoreRules.StatusOf(ticket, used, at);
            return (status, status == TicketStatus.Open ? ticket : null);
        }));

    /// <inheritdoc/>
    public ValueTask<EnrolmentOutcome> TryEnrolDeviceAsync(
        string ticketDigest, Device device, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new(Run(device.Tenant, memory =>
        {
            var (ticket, used) = memory.Tickets.GetValueOrDefault(ticketDigest);
            if (StoreRules.StatusOf(ticket, used, at) != TicketStatus.Open)
            {
                return EnrolmentOutcome.TicketNotOpen;
            }

            StoreRules.CheckEnrolment(ticket, device);
            if (!memory.IsActive(device.AccountId))
            {
                return EnrolmentOutcome.AccountNotActive;
            }

            var key = (device.Model, device.KeyId);
            if (memory.Devices.ContainsKey(key))
            {
                return EnrolmentOutcome.KeyTaken;
            }

            memory.DevicesByHandle.Add(device.HandleDigest, key);
            memory.Devices.Add(key, device);
            memory.Accounts[device.AccountId].Devices.Add(key);
            memory.Tickets[ticketDigest] = (ticket, true);
            return EnrolmentOutcome.Enrolled;
        }));
    }
}
