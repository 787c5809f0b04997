namespace MedId.Consent;

/// <summary>The manager has stored the revocation, step 2: sent to itself, so that nobody is told of what a crash could undo.</summary>
public sealed record RevocationProcessed : CollectorMessage
{
    /// <summary>The consent.</summary>
    public required string ConsentId { get; init; }
}
