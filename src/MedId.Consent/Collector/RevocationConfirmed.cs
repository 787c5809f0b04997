namespace MedId.Consent;

/// <summary>The manager confirms the revocation to the person, step 3; both sides are told besides (<see cref="StatusTold"/>).</summary>
public sealed record RevocationConfirmed : CollectorMessage
{
    /// <summary>The consent.</summary>
    public required string ConsentId { get; init; }
}
