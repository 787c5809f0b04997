using MedId.Core;

namespace MedId.Consent;

/// <summary>What the manager keeps of one consent: labels and states, never data.</summary>
public sealed record ManagedConsent
{
    /// <summary>The request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The manager.</summary>
    public required string Manager { get; init; }

    /// <summary>The person.</summary>
    public required string Person { get; init; }

    /// <summary>The consumer.</summary>
    public required string Consumer { get; init; }

    /// <summary>The provider.</summary>
    public required string Provider { get; init; }

    /// <summary>What was asked for.</summary>
    public required ConsentArtefact Terms { get; init; }

    /// <summary>Until when the person may answer.</summary>
    public required DateTimeOffset AnswerUntil { get; init; }

    /// <summary>How far it is.</summary>
    public required ManagedStep Step { get; init; }

    /// <summary>What was granted; null before, and when nothing was.</summary>
    public ConsentArtefact? Artefact { get; init; }

    /// <summary>base64url of the SHA-256 of the signed artefact.</summary>
    public string? SignatureDigest { get; init; }

    /// <summary>Messages that sides have not acknowledged yet: identifier of the message, and the party. Send them again until this is empty.</summary>
    public IReadOnlyDictionary<string, string> Untold { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The consent's identifier; the request's before there is one.</summary>
    public string ConsentId => Artefact?.Id ?? RequestId;

    /// <summary>How it stands, in the words of artefacts: what a provider that asks is told.</summary>
    public ArtefactStatus Status => Step switch
    {
        ManagedStep.Requested => ArtefactStatus.Requested,
        ManagedStep.Denied => ArtefactStatus.Denied,
        ManagedStep.Granted => ArtefactStatus.Given,
        ManagedStep.Paused => ArtefactStatus.Paused,
        ManagedStep.Expired => ArtefactStatus.Expired,
        _ => ArtefactStatus.Withdrawn,
    };
}
