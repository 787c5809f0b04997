namespace MedId.Provider;

/// <summary>One announcement to one device, as a channel sends it. What leaves this OP is <see cref="Id"/> and nothing else.</summary>
public sealed record DeviceAnnouncement
{
    /// <summary>The address that was enrolled with the device's key. Personal: never logged, never in a message.</summary>
    public required string PushAddress { get; init; }

    /// <summary>The opaque id of the request, or of the consent that ended.</summary>
    public required string Id { get; init; }

    /// <summary>Whether somebody waits for an answer; false for what is only told afterwards, which need not light up a screen.</summary>
    public required bool Urgent { get; init; }

    /// <summary>When it is worth nothing any more: a channel that keeps messages for absent devices keeps this one no longer.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The opaque id only.</summary>
    public override string ToString() => Id;
}
