namespace MedId.Consent;

/// <summary>A term that a law sets, as a row with its source.</summary>
public sealed record RightClock
{
    /// <summary>The stable identifier: <c>ccpa-answer</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The law, by its identifier in <see cref="LawIds"/>.</summary>
    public required string Law { get; init; }

    /// <summary>What it is about.</summary>
    public required IReadOnlyList<RightKind> Kinds { get; init; }

    /// <summary>How long; null where the law names no number (without delay), so that no due date can be computed.</summary>
    public int? Amount { get; init; }

    /// <summary>In what.</summary>
    public ClockUnit Unit { get; init; }

    /// <summary>How much longer after the person was told of it within the first term, once; null: not at all.</summary>
    public int? Extension { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Source { get; init; }

    /// <summary>How sure that is.</summary>
    public required LawCertainty Certainty { get; init; }

    /// <summary>What it asks for.</summary>
    public required LawText Text { get; init; }
}
