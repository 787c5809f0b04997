namespace MedId.Provider;

/// <summary>That a vetted service may not use the framework for a time, whatever its statement says.</summary>
/// <param name="ClientId">The service, by its client id at this OP.</param>
/// <param name="From">From when, inclusive.</param>
/// <param name="Until">Until when, exclusive; null: until the entry is taken away.</param>
public sealed record RecipientSuspension(string ClientId, DateTimeOffset From, DateTimeOffset? Until = null)
{
    /// <summary>Whether it holds.</summary>
    /// <param name="at">The moment.</param>
    public bool HoldsAt(DateTimeOffset at) => at >= From && (Until is null || at < Until);
}
