using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Fido.Metadata;

/// <summary>Whether a model may be used, by what is reported of it.</summary>
public sealed record MetadataStatusDecision
{
    internal MetadataStatusDecision()
    {
    }

    /// <summary>Accepted, refused, or undetermined when what would decide is missing.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Whether the model may be used.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAccepted => Outcome == VerificationOutcome.Accepted;

    /// <summary>Why not; null when accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>The report that decided; null when none did.</summary>
    public StatusReport? Report { get; init; }

    /// <summary>The certification in force.</summary>
    public CertificationLevel Certification { get; init; }

    /// <summary>Whether a firmware is offered that is newer than the authenticator's, or whose age against it is not known.</summary>
    public bool UpdateAvailable { get; init; }

    /// <summary>Reports whose status this release does not know.</summary>
    public IReadOnlyList<StatusReport> Unknown { get; init; } = [];
}
