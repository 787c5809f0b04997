namespace MedId.Consent;

/// <summary>The manager tells one side how a consent or a request now stands.</summary>
public sealed record StatusTold : CollectorMessage
{
    /// <summary>The consent; the request where there is none.</summary>
    public required string ConsentId { get; init; }

    /// <summary>How it stands.</summary>
    public required ArtefactStatus Status { get; init; }
}
