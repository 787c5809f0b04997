namespace MedId.Consent;

/// <summary>A side has taken note of what the manager told.</summary>
public sealed record MessageAcknowledged : CollectorMessage
{
    /// <summary>The consent; the request where there is none.</summary>
    public required string ConsentId { get; init; }

    /// <summary>The message that is answered.</summary>
    public required string MessageId { get; init; }
}
