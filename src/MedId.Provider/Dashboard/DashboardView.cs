namespace MedId.Provider;

/// <summary>What one person gave to whom.</summary>
public sealed record DashboardView
{
    /// <summary>The language of the words.</summary>
    public required string Language { get; init; }

    /// <summary>The moment that the states are of.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Recipient by kind of data, over all consents; recipients who may read now first, then newest first.</summary>
    public required IReadOnlyList<DashboardRecipient> Recipients { get; init; }

    /// <summary>Consents given beforehand, newest first.</summary>
    public required IReadOnlyList<DashboardStanding> Standing { get; init; }

    /// <summary>One page of the consents, newest first.</summary>
    public required IReadOnlyList<DashboardConsent> Consents { get; init; }

    /// <summary>How many consents there are on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>What <see cref="DashboardQuery.After"/> is for the next page; null on the last one.</summary>
    public string? Next { get; init; }
}
