namespace MedId.Provider;

/// <summary>Who changed a device or an account.</summary>
public sealed record LifeCycleActor
{
    /// <summary>In which role.</summary>
    public required LifeCycleActorKind Kind { get; init; }

    /// <summary>The device of the person, or the clerk's or administrator's own identifier at the OP; null for the OP itself. Personal: stores encrypt it.</summary>
    public string? Id { get; init; }

    /// <summary>The clerk's institution; null otherwise.</summary>
    public string? InstitutionId { get; init; }

    /// <summary>The OP itself.</summary>
    public static LifeCycleActor Op { get; } = new() { Kind = LifeCycleActorKind.Op };

    /// <summary>The person.</summary>
    /// <param name="deviceId">The device that proved its key.</param>
    /// <returns>The actor.</returns>
    public static LifeCycleActor Person(string? deviceId) => new() { Kind = LifeCycleActorKind.Person, Id = deviceId };

    /// <summary>The person's proxy.</summary>
    /// <param name="deviceId">The device of the proxy that proved its key.</param>
    /// <returns>The actor.</returns>
    public static LifeCycleActor Proxy(string? deviceId) => new() { Kind = LifeCycleActorKind.Proxy, Id = deviceId };

    /// <summary>A clerk.</summary>
    /// <param name="clerkId">The clerk's own identifier; never shared by a desk.</param>
    /// <param name="institutionId">The institution.</param>
    /// <returns>The actor.</returns>
    /// <exception cref="ArgumentException">Clerk or institution is not named.</exception>
    public static LifeCycleActor Clerk(string clerkId, string institutionId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(clerkId);
        ArgumentException.ThrowIfNullOrWhiteSpace(institutionId);
        return new() { Kind = LifeCycleActorKind.Clerk, Id = clerkId, InstitutionId = institutionId };
    }

    /// <summary>An administrator.</summary>
    /// <param name="administratorId">The administrator's own identifier.</param>
    /// <returns>The actor.</returns>
    /// <exception cref="ArgumentException">The administrator is not named.</exception>
    public static LifeCycleActor Administrator(string administratorId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(administratorId);
        return new() { Kind = LifeCycleActorKind.Administrator, Id = administratorId };
    }

    /// <summary>The role only.</summary>
    public override string ToString() => $"{Kind}";
}
