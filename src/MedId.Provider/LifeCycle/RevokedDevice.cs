namespace MedId.Provider;

/// <summary>A device that was just unbound.</summary>
/// <param name="Device">The device as it is now.</param>
/// <param name="Deregistration">The UAF request by which the phone deletes the key; null for other protocols.</param>
/// <param name="Ticket">The enrolment ticket that was issued in the same step; given out once; null when none was asked for.</param>
public sealed record RevokedDevice(Device Device, string? Deregistration, string? Ticket)
{
    /// <summary>The device's id only.</summary>
    public override string ToString() => Device.Id;
}
