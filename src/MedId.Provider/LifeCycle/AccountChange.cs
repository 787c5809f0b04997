using MedId.Core;

namespace MedId.Provider;

/// <summary>An event that happens to an account, for one atomic step.</summary>
public sealed record AccountChange
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>What happens.</summary>
    public required AccountEvent Event { get; init; }

    /// <summary>Who does it.</summary>
    public required LifeCycleActor Actor { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }
}
