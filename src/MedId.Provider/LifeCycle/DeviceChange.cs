using MedId.Core;

namespace MedId.Provider;

/// <summary>An event that happens to a device, for one atomic step.</summary>
public sealed record DeviceChange
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The account; a device of another one is unknown.</summary>
    public required string AccountId { get; init; }

    /// <summary>The device (<see cref="Device.Id"/>).</summary>
    public required string DeviceId { get; init; }

    /// <summary>What happens.</summary>
    public required DeviceEvent Event { get; init; }

    /// <summary>Who does it.</summary>
    public required LifeCycleActor Actor { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it was chosen to leave the person without a device that may act; asked of <see cref="DeviceEvent.Revoke"/> only.</summary>
    public bool LeavesNone { get; init; }

    /// <summary>A ticket to be stored in the same step, so that the person can enrol anew; null for none.</summary>
    public EnrolmentTicket? Ticket { get; init; }
}
