namespace MedId.Provider;

/// <summary>What came of an announcement.</summary>
public sealed record DeviceDelivery
{
    private DeviceDelivery(DeviceDeliveryKind kind, string? code, DateTimeOffset? retryAt)
    {
        Kind = kind;
        Code = code;
        RetryAt = retryAt;
    }

    /// <summary>The channel took it.</summary>
    public static DeviceDelivery Sent { get; } = new(DeviceDeliveryKind.Sent, null, null);

    /// <summary>What it is.</summary>
    public DeviceDeliveryKind Kind { get; }

    /// <summary>The channel's error code; null when it was sent or nothing is known. Goes to metrics and log lines: no address, no token.</summary>
    public string? Code { get; }

    /// <summary>The earliest instant at which the channel wants it again; null: the outbox chooses. Only of <see cref="DeviceDeliveryKind.TryAgain"/>.</summary>
    public DateTimeOffset? RetryAt { get; }

    /// <summary>The address reaches nobody any more.</summary>
    /// <param name="code">The channel's error code.</param>
    /// <returns>The result.</returns>
    public static DeviceDelivery Unregistered(string code) => new(DeviceDeliveryKind.Unregistered, code, null);

    /// <summary>Not now.</summary>
    /// <param name="code">The channel's error code; null when nothing is known.</param>
    /// <param name="retryAt">The earliest instant; null: the outbox chooses.</param>
    /// <returns>The result.</returns>
    public static DeviceDelivery TryAgain(string? code = null, DateTimeOffset? retryAt = null) => new(DeviceDeliveryKind.TryAgain, code, retryAt);

    /// <summary>Not at all.</summary>
    /// <param name="code">The channel's error code.</param>
    /// <returns>The result.</returns>
    public static DeviceDelivery Refused(string code) => new(DeviceDeliveryKind.Refused, code, null);
}
