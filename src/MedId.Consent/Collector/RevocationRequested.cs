namespace MedId.Consent;

/// <summary>The person takes a consent back, step 1: data stops from here on.</summary>
public sealed record RevocationRequested : CollectorMessage
{
    /// <summary>The consent.</summary>
    public required string ConsentId { get; init; }
}
