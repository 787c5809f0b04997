namespace MedId.Provider;

/// <summary>Announces a request to a device. Nothing but the opaque id goes over the channel.</summary>
public interface IDeviceNotifier
{
    /// <summary>Sends the announcement.</summary>
    /// <param name="pushAddress">The address that was enrolled with the device's key.</param>
    /// <param name="requestId">The opaque id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether the channel took it. False does not fail the request: the person may open the app.</returns>
    ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default);
}
