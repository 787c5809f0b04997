using MedId.Core;

namespace MedId.Provider;

/// <summary>An event that happens to a relation, for one atomic step.</summary>
public sealed record ProxyChange
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The relation.</summary>
    public required string RelationId { get; init; }

    /// <summary>What happens.</summary>
    public required ProxyEvent Event { get; init; }

    /// <summary>Who does it.</summary>
    public required LifeCycleActor Actor { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>For <see cref="ProxyEvent.Appoint"/>: the person's consent and the device that signed it; null otherwise.</summary>
    public ProxyAppointment? Appointment { get; init; }

    /// <summary>For <see cref="ProxyEvent.Appoint"/>: the person's device, whose counter moves on in the same step; null otherwise.</summary>
    public DeviceUse? Device { get; init; }
}
