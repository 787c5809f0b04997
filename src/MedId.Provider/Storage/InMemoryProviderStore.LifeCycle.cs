using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask<MedIdResult<Device>> ChangeDeviceAsync(DeviceChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(Run<MedIdResult<Device>>(change.Tenant, memory =>
        {
            var decided = StoreRules.Decide(change, [.. memory.DevicesOf(change.AccountId)]);
            if (!decided.Succeeded)
            {
                return decided.Error;
            }

            if (change.Ticket is { } ticket)
            {
                Keep(memory, ticket);
            }

            return memory.Change(memory.DeviceOf(change.DeviceId)!, decided.Value, change.Event, change.Actor, change.At);
        }));
    }

    /// <inheritdoc/>
    public ValueTask<bool> RenameDeviceAsync(
        TenantId tenant, string accountId, string deviceId, string? name, LifeCycleActor actor, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory =>
        {
            if (memory.DeviceOf(deviceId) is not { } device || device.AccountId != accountId)
            {
                return false;
            }

            memory.Devices[(device.Model, device.KeyId)] = device with { Name = name };
            memory.Live(StoreRules.Line(device, LifeCycleEntry.Renamed, device.State, device.State, actor, at));
            return true;
        }));

    /// <inheritdoc/>
    public ValueTask<bool> ClearPushAddressAsync(TenantId tenant, string deviceId, string pushAddress, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory =>
        {
            if (memory.DeviceOf(deviceId) is not { } device || !StoreRules.MayClear(device, pushAddress))
            {
                return false;
            }

            memory.Devices[(device.Model, device.KeyId)] = device with { PushAddress = string.Empty };
            memory.Live(StoreRules.Line(device, LifeCycleEntry.PushAddressCleared, device.State, device.State, LifeCycleActor.Op, at));
            return true;
        }));

    /// <inheritdoc/>
    public ValueTask<MedIdResult<Account>> ChangeAccountAsync(AccountChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(Run<MedIdResult<Account>>(change.Tenant, memory =>
        {
            if (!memory.Accounts.TryGetValue(change.AccountId, out var known))
            {
                return StoreRules.UnknownAccount();
            }

            var from = known.Account.Status;
            var decided = AccountTransitions.Decide(from, change.Event);
            if (!decided.Succeeded)
            {
                return decided.Error;
            }

            known.Account = known.Account with { Status = decided.Value };
            memory.Live(StoreRules.Line(change, from, decided.Value));
            if (decided.Value != AccountStatus.Active)
            {
                memory.CancelRequests(change.AccountId);
            }

            if (change.Event == AccountEvent.Archive)
            {
                memory.EndStanding(change.AccountId, change.At);
                memory.EndRelationsOf(change.AccountId, change.Actor, change.At);
                foreach (var device in memory.DevicesOf(change.AccountId).ToList())
                {
                    if (DeviceTransitions.Decide(device.StateAt(change.At), DeviceEvent.Revoke) is { Succeeded: true } revoked)
                    {
                        memory.Change(device, revoked.Value, DeviceEvent.Revoke, change.Actor, change.At);
                    }
                }
            }

            return known.Account;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LifeCycleEntry>> ListLifeCycleAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default) =>
        new(Run<IReadOnlyList<LifeCycleEntry>>(tenant, memory => memory.Accounts.TryGetValue(accountId, out var account) ? [.. account.LifeCycle] : []));

    // No record goes, so a sweep does not count it.
    private static bool Expire(TenantMemory memory, string deviceId, DateTimeOffset at)
    {
        if (memory.DeviceOf(deviceId) is { } device && DeviceTransitions.Decide(device.State, DeviceEvent.Expire) is { Succeeded: true } expired)
        {
            memory.Change(device, expired.Value, DeviceEvent.Expire, LifeCycleActor.Op, at);
        }

        return false;
    }

    private static void Keep(TenantMemory memory, EnrolmentTicket ticket)
    {
        memory.Tickets.Add(ticket.Digest, (ticket, false));
        memory.At(ticket.ExpiresAt + StoreRules.TicketRetention, _ => memory.Tickets.Remove(ticket.Digest));
    }
}
