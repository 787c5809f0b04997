namespace MedId.Consent;

/// <summary>The manager gives the artefact to one side.</summary>
public sealed record ArtefactIssued : CollectorMessage
{
    /// <summary>The artefact.</summary>
    public required ConsentArtefact Artefact { get; init; }

    /// <summary>base64url of the SHA-256 of the artefact as it was signed.</summary>
    public required string SignatureDigest { get; init; }
}
