namespace MedId.Consent;

/// <summary>The person lets a consent rest, or resumes it.</summary>
public sealed record PauseRequested : CollectorMessage
{
    /// <summary>The consent.</summary>
    public required string ConsentId { get; init; }

    /// <summary>Whether it is resumed.</summary>
    public required bool IsResumed { get; init; }
}
