namespace MedId.Pki;

/// <summary>When evidence that was fetched before is used again, and nobody is asked.</summary>
/// <remarks>It decides about queries and their price, not about validity: what is stale by itself or by the path policy stays so.</remarks>
public sealed record FreshnessPolicy
{
    private readonly TimeSpan? _maxAge;

    private FreshnessPolicy(TimeSpan? maxAge) => _maxAge = maxAge;

    /// <summary>Asks every time.</summary>
    public static FreshnessPolicy AlwaysAsk { get; } = new(TimeSpan.Zero);

    /// <summary>Asks again when nextUpdate has come; every time where the evidence does not say.</summary>
    public static FreshnessPolicy UntilNextUpdate { get; } = new((TimeSpan?)null);

    /// <summary>Asks again when the evidence is of this age by its thisUpdate, and never later than at nextUpdate.</summary>
    /// <param name="age">The age; positive.</param>
    public static FreshnessPolicy MaxAge(TimeSpan age)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(age, TimeSpan.Zero);
        return new(age);
    }

    /// <summary>Whether evidence may be used without asking.</summary>
    /// <param name="thisUpdate">When it was true.</param>
    /// <param name="nextUpdate">When something newer is there; null when it does not say.</param>
    /// <param name="now">Now.</param>
    public bool IsFresh(DateTimeOffset thisUpdate, DateTimeOffset? nextUpdate, DateTimeOffset now) =>
        _maxAge != TimeSpan.Zero && now >= thisUpdate && (nextUpdate is null ? _maxAge is not null : now < nextUpdate) && (_maxAge is null || now - thisUpdate < _maxAge);
}
