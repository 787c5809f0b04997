namespace MedId.Core;

/// <summary>On what a request was decided without an act of a device at that moment, with the evidence for it.</summary>
public sealed record ConsentGround
{
    /// <summary>What kind of ground.</summary>
    public required ConsentGroundKind Kind { get; init; }

    /// <summary>The consent given beforehand that this one was made from; null for an emergency.</summary>
    public string? StandingConsentId { get; init; }

    /// <summary>The reason that was given, in the words of who gave it; null where none is asked for. Personal: stores encrypt it.</summary>
    public string? Reason { get; init; }

    /// <summary>The reason as a code of the OP's own list; null where none is asked for.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Why this is lawful without consent, in the operator's own words; null where consent was given. Recorded, not judged.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>What was judged; empty where the consent given beforehand says all.</summary>
    public IReadOnlyList<ConsentEvidence> Evidence { get; init; } = [];

    /// <summary>The kind only.</summary>
    public override string ToString() => Kind.ToString();
}
