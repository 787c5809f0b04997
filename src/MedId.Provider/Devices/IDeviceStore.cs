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

    /// <summary>Moves a signature counter on, only from the value that was judged.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="model">The AAID.</param>
    /// <param name="keyId">The key id, base64url.</param>
    /// <param name="expected">The value that the verifier compared with.</param>
    /// <param name="next">The value received; may equal <paramref name="expected"/> when the authenticator has no counter.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when another act moved it meanwhile: the act is refused.</returns>
    ValueTask<bool> TryAdvanceCounterAsync(TenantId tenant, string model, string keyId, long expected, long next, CancellationToken cancellationToken = default);
}
