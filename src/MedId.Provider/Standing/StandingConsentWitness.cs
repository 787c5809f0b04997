namespace MedId.Provider;

/// <summary>Who took a consent at a reception desk, and what proves it.</summary>
public sealed record StandingConsentWitness
{
    /// <summary>The institution that answers for it.</summary>
    public required string InstitutionId { get; init; }

    /// <summary>The clerk's own identifier. Personal: stores encrypt it.</summary>
    public required string ClerkId { get; init; }

    /// <summary>base64url of the SHA-256 of the scanned form, which stays at the institution; null for words.</summary>
    public string? EvidenceDigest { get; init; }

    /// <summary>A second person who was there; null when there was none. Personal: stores encrypt it.</summary>
    public string? WitnessId { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The institution only.</summary>
    public override string ToString() => InstitutionId;
}
