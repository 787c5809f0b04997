using MedId.Core;

namespace MedId.Provider;

/// <summary>Device tokens.</summary>
public interface IDeviceTokenStore
{
    /// <summary>Stores a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    ValueTask AddDeviceTokenAsync(DeviceToken token, CancellationToken cancellationToken = default);

    /// <summary>Finds a live token.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="digest">Digest of the presented token.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The token; null when unknown, expired, or of a device that may not act now.</returns>
    ValueTask<DeviceToken?> FindDeviceTokenAsync(TenantId tenant, string digest, DateTimeOffset at, CancellationToken cancellationToken = default);
}
