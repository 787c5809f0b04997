namespace MedId.Provider;

/// <content>The outbox.</content>
public static partial class ProviderErrorCodes
{
    /// <summary>A message was not taken by anybody before it was worth nothing any more.</summary>
    public const string OutboxExpired = "provider.outbox_expired";

    /// <summary>No device of the person can be reached.</summary>
    public const string AnnouncementUndeliverable = "provider.announcement_undeliverable";

    /// <summary>No configured push channel has the scheme of an address.</summary>
    public const string PushChannelUnknown = "provider.push_channel_unknown";

    /// <summary>The request would end within the person's quiet hours, and the OP does not announce requests in them.</summary>
    public const string QuietHours = "provider.quiet_hours";
}
