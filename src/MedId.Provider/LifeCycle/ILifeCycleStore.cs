using MedId.Core;

namespace MedId.Provider;

/// <summary>The life cycle of devices and accounts, by atomic verbs, with an append-only history (row C5).</summary>
public interface ILifeCycleStore
{
    /// <summary>
    /// In one transaction: decides by <see cref="DeviceTransitions"/> from the state at <see cref="DeviceChange.At"/>, stores the new state, the ticket and the history line; where consents of the new
    /// state do not stand, every unredeemed request of the account is cancelled, and tokens given by acts of the device are inactive from now on.
    /// </summary>
    /// <param name="change">What happens.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The device as it is now; refused with the table's code, unknown, or the last device without a choice. A refusal changes nothing.</returns>
    /// <exception cref="ArgumentException">The ticket is of another account.</exception>
    ValueTask<MedIdResult<Device>> ChangeDeviceAsync(DeviceChange change, CancellationToken cancellationToken = default);

    /// <summary>Takes the push address from a device that is not reached by it any more, with the line <see cref="LifeCycleEntry.PushAddressCleared"/> of the OP's own. Neither line nor trail holds the address.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="deviceId">The device.</param>
    /// <param name="pushAddress">The address that failed: one that was enrolled meanwhile stays.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when there is no such device or it has another address.</returns>
    ValueTask<bool> ClearPushAddressAsync(TenantId tenant, string deviceId, string pushAddress, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Gives a device a name, with its history line. The line does not hold the name.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="deviceId">The device.</param>
    /// <param name="name">The name; null takes it away.</param>
    /// <param name="actor">Who.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the account has no such device.</returns>
    ValueTask<bool> RenameDeviceAsync(
        TenantId tenant, string accountId, string deviceId, string? name, LifeCycleActor actor, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>
    /// In one transaction: decides by <see cref="AccountTransitions"/> and stores the new state and the history line. Leaving <see cref="AccountStatus.Active"/> cancels every unredeemed request;
    /// <see cref="AccountEvent.Archive"/> revokes every device.
    /// </summary>
    /// <param name="change">What happens.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The account as it is now; refused with the table's code, or unknown. A refusal changes nothing.</returns>
    ValueTask<MedIdResult<Account>> ChangeAccountAsync(AccountChange change, CancellationToken cancellationToken = default);

    /// <summary>The history of a person's devices and account.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The lines, in the order of writing.</returns>
    ValueTask<IReadOnlyList<LifeCycleEntry>> ListLifeCycleAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default);
}
