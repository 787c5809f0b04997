using MedId.Provider;

namespace MedId.Testing;

/// <summary>Virtual authenticators ring nowhere; every other device is reached as the OP reaches it.</summary>
internal sealed class LabNotifier(IDeviceNotifier inner) : IDeviceNotifier
{
    /// <inheritdoc/>
    public ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default) =>
        IsVirtual(pushAddress) ? new(true) : inner.NotifyAsync(pushAddress, requestId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DeviceDelivery> DeliverAsync(DeviceAnnouncement announcement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        return IsVirtual(announcement.PushAddress) ? new(DeviceDelivery.Sent) : inner.DeliverAsync(announcement, cancellationToken);
    }

    private static bool IsVirtual(string pushAddress) => pushAddress.StartsWith(MedIdLab.PushScheme + ":", StringComparison.Ordinal);
}
