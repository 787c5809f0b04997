using MedId.Core;

namespace MedId.Provider;

/// <summary>Enrolled devices.</summary>
public interface IDeviceStore
{
    /// <summary>The devices of an account, newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The devices.</returns>
    ValueTask<IReadOnlyList<Device>> ListDevicesAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default);

    /// <summary>Finds the device that was given an account handle.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="handleDigest">Digest of the handle.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The device, or null.</returns>
    ValueTask<Device?> FindDeviceByHandleAsync(TenantId tenant, string handleDigest, CancellationToken cancellationToken = default);

    /// <summary>Finds a device.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="deviceId">Its id (<see cref="Device.Id"/>).</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The device, however it stands; or null.</returns>
    ValueTask<Device?> FindDeviceAsync(TenantId tenant, string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Moves a signature counter on, only from the value that was judged, and only of a device that may act.</summary>
    /// <param name="advance">What the act brought.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when another act moved it meanwhile or the device may not act: the act is refused.</returns>
    ValueTask<bool> TryAdvanceCounterAsync(CounterAdvance advance, CancellationToken cancellationToken = default);
}
