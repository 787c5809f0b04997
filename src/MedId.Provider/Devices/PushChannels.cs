namespace MedId.Provider;

/// <summary>Several push channels as one: each address goes to the first that names its scheme.</summary>
public sealed class PushChannels : IDeviceNotifier
{
    private readonly IReadOnlyList<PushChannel> _channels;

    private PushChannels(IReadOnlyList<PushChannel> channels) => _channels = channels;

    /// <summary>Joins channels.</summary>
    /// <param name="channels">At least one; one alone gets every address.</param>
    /// <returns>The one channel.</returns>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IDeviceNotifier Of(IEnumerable<PushChannel> channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        IReadOnlyList<PushChannel> known = [.. channels];
        return known switch
        {
            [] => throw new ArgumentException("There is no push channel.", nameof(channels)),
            [var only] => only.Notifier,
            _ => new PushChannels(known),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default) =>
        Find(pushAddress) is { } channel && await channel.NotifyAsync(pushAddress, requestId, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<DeviceDelivery> DeliverAsync(DeviceAnnouncement announcement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        return Find(announcement.PushAddress) is { } channel
            ? await channel.DeliverAsync(announcement, cancellationToken).ConfigureAwait(false)
            : DeviceDelivery.Refused(ProviderErrorCodes.PushChannelUnknown);
    }

    private IDeviceNotifier? Find(string pushAddress)
    {
        ArgumentNullException.ThrowIfNull(pushAddress);
        var colon = pushAddress.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon > 0 ? pushAddress[..colon] : string.Empty;
        return _channels.FirstOrDefault(channel => channel.Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase))?.Notifier;
    }
}
