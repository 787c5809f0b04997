namespace MedId.Consent;

/// <summary>The consumer asks the provider for data under a consent.</summary>
public sealed record DataRequested : CollectorMessage
{
    /// <summary>The consent.</summary>
    public required string ConsentId { get; init; }

    /// <summary>base64url of the SHA-256 of the signed artefact that the consumer holds.</summary>
    public required string SignatureDigest { get; init; }

    /// <summary>The manager that the consumer has it from.</summary>
    public required string Manager { get; init; }

    /// <summary>The transfer.</summary>
    public required string TransactionId { get; init; }

    /// <summary>Classes of data, by code; at least one.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>What the consumer is going to do with it.</summary>
    public required ArtefactAction Action { get; init; }

    /// <summary>The purpose, by code.</summary>
    public required string Purpose { get; init; }

    /// <summary>The age of the data: from, inclusive.</summary>
    public required DateTimeOffset DataFrom { get; init; }

    /// <summary>The age of the data: until, inclusive.</summary>
    public required DateTimeOffset DataUntil { get; init; }
}
