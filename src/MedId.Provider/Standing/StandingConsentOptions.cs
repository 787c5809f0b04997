namespace MedId.Provider;

/// <summary>What people may agree to beforehand on their own device (row A13). Never unlimited.</summary>
public sealed class StandingConsentOptions
{
    /// <summary>The longest time for which a consent may be given beforehand.</summary>
    /// <value>90 days; at most 366.</value>
    public TimeSpan LongestValidity { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The longest time that one use may open data.</summary>
    /// <value>1 hour; at most <see cref="ProviderOptions.LongestAccess"/>.</value>
    public TimeSpan LongestAccess { get; set; } = TimeSpan.FromHours(1);

    internal IEnumerable<(bool Holds, string Message)> Rules(ProviderOptions options)
    {
        yield return (LongestValidity > TimeSpan.Zero && LongestValidity <= ProviderOptions.LongestAccess, "StandingConsents.LongestValidity has to be more than zero and at most 366 days; an unlimited consent is refused.");
        yield return (LongestAccess > TimeSpan.Zero && LongestAccess <= ProviderOptions.LongestAccess, "StandingConsents.LongestAccess has to be more than zero and at most 366 days.");
        yield return (options.HasClassFor(Core.ConsentGroundKind.PreRegistered), "StandingConsents: no class of AcrTable names the protocol pre-registered.");
    }
}
