namespace MedId.Consent;

/// <summary>The person answers at the manager.</summary>
public sealed record ConsentAnswered : CollectorMessage
{
    /// <summary>The request.</summary>
    public required string RequestId { get; init; }

    /// <summary>What the person agreed to, nothing wider than the terms, under a new identifier; null: nothing.</summary>
    public ConsentArtefact? Artefact { get; init; }

    /// <summary>base64url of the SHA-256 of the artefact as it was signed; there exactly when <see cref="Artefact"/> is.</summary>
    public string? SignatureDigest { get; init; }
}
