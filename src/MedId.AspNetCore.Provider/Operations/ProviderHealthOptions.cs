namespace MedId.AspNetCore.Provider;

/// <summary>When this OP calls itself not ready.</summary>
public sealed class ProviderHealthOptions
{
    /// <summary>How far the outbox may be behind before the check is Degraded; ten times that is Unhealthy.</summary>
    /// <value>1 minute.</value>
    public TimeSpan OutboxLag { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How far the clock may be behind what other nodes wrote, or jump against the monotonic one, before the check is Unhealthy.</summary>
    /// <value>2 minutes.</value>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether a store that loses everything with its process is good enough.</summary>
    /// <value>False: such a store is Degraded.</value>
    public bool AllowsMemory { get; set; }

    /// <summary>Until when trust data that this OP was given is fresh, by a name: e.g. the <c>nextUpdate</c> of a metadata BLOB. Asked at every check; past it the check is Degraded.</summary>
    public IDictionary<string, Func<DateTimeOffset?>> FreshUntil { get; } = new Dictionary<string, Func<DateTimeOffset?>>(StringComparer.Ordinal);
}
