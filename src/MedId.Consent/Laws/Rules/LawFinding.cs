namespace MedId.Consent;

/// <summary>What one rule says of a case, and why.</summary>
public sealed record LawFinding
{
    /// <summary>The rule.</summary>
    public required LawRule Rule { get; init; }

    /// <summary>The verdict.</summary>
    public required LawVerdict Verdict { get; init; }

    /// <summary>The facts that are missing, by name; empty unless undecidable. Empty and undecidable: only a person can judge.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The facts that decided, by name.</summary>
    public IReadOnlyList<string> DecidedBy { get; init; } = [];

    /// <summary>What whoever judges has to weigh.</summary>
    public IReadOnlyList<LawFlag> Flags { get; init; } = [];

    /// <summary>Why, for people.</summary>
    public required LawText Reason { get; init; }

    /// <summary>How sure the rule is, and so the verdict.</summary>
    public LawCertainty Certainty => Rule.Certainty;

    /// <inheritdoc/>
    public override string ToString() => $"{Rule.Id}: {Verdict}{(Missing.Count == 0 ? string.Empty : " without " + string.Join(", ", Missing))} ({Certainty})";
}
