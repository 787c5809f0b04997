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
            Keep(memory, ticket);
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
            if (memory.Devices.ContainsKey(key) || memory.DevicesByHandle.ContainsKey(device.HandleDigest))
            {
                return EnrolmentOutcome.KeyTaken;
            }

            if (!StoreRules.MayBind(ticket, memory.DevicesOf(device.AccountId)))
            {
                return EnrolmentOutcome.ProofingTooWeak;
            }

            var bound = device with { Proofing = ticket.Proofing };
            memory.DevicesByHandle.Add(device.HandleDigest, key);
            memory.DevicesById.Add(device.Id, key);
            memory.Devices.Add(key, bound);
            var account = memory.Accounts[device.AccountId];
            account.Devices.Add(key);
            memory.Live(StoreRules.FirstLine(bound, at));
            if (bound.ExpiresAt is { } end)
            {
                memory.At(end, now => Expire(memory, bound.Id, now));
            }

            if (memory.DeviceOf(ticket.Replaces) is { } old && old.AccountId == device.AccountId
                && DeviceTransitions.Decide(old.StateAt(at), DeviceEvent.Replace) is { Succeeded: true } replaced)
            {
                memory.Change(old, replaced.Value, DeviceEvent.Replace, LifeCycleActor.Person(device.Id), at);
            }

            memory.Tickets[ticketDigest] = (ticket, true);
            return EnrolmentOutcome.Enrolled;
        }));
    }
}
