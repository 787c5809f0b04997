namespace MedId.Consent;

/// <summary>The consumer asks for a consent.</summary>
public sealed record ConsentAsked : CollectorMessage
{
    /// <summary>The request; the consent is known by it until there is an artefact.</summary>
    public required string RequestId { get; init; }

    /// <summary>What is asked for: labels, purposes and limits. Its subject is the person, its recipient the consumer, its collector the manager.</summary>
    public required ConsentArtefact Terms { get; init; }

    /// <summary>Until when the person may answer.</summary>
    public required DateTimeOffset AnswerUntil { get; init; }
}
