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

    /// <summary>Sends the announcement and says what came of it, so that the outbox knows whether and when to send again. A channel that only knows yes and no need not implement it.</summary>
    /// <param name="announcement">The address, the opaque id, and how long it is worth anything.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What the channel said; where it only knows yes and no, sent or to be sent again.</returns>
    async ValueTask<DeviceDelivery> DeliverAsync(DeviceAnnouncement announcement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        return await NotifyAsync(announcement.PushAddress, announcement.Id, cancellationToken).ConfigureAwait(false) ? DeviceDelivery.Sent : DeviceDelivery.TryAgain();
    }
}
