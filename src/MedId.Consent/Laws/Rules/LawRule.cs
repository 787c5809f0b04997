namespace MedId.Consent;

/// <summary>One condition of a law as a dated row: what it asks, where it stands, how sure that is.</summary>
public sealed record LawRule
{
    /// <summary>The stable identifier: <c>JP-1</c>, <c>EU-8</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The law.</summary>
    public required Law Law { get; init; }

    /// <summary>Where it stands: article and paragraph, in the numbering of the law's edition.</summary>
    public required string Section { get; init; }

    /// <summary>The same place in an earlier numbering (APPI until 2022-03-31); null where there is none.</summary>
    public string? FormerSection { get; init; }

    /// <summary>Where this reading was taken from, where that is not the text itself.</summary>
    public string? Reading { get; init; }

    /// <summary>How sure the reading is.</summary>
    public required LawCertainty Certainty { get; init; }

    /// <summary>Whether it binds; false for standards and for drafts.</summary>
    public required bool IsBinding { get; init; }

    /// <summary>The first day on which it asks for this.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The first day on which it no longer does; null: no end is known.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>What it asks for.</summary>
    public required LawText Text { get; init; }

    /// <summary>Whether only a person can say whether it is met; the answer is then undecidable, with flags.</summary>
    public bool NeedsJudgement { get; init; }

    /// <summary>What whoever judges has to weigh.</summary>
    public IReadOnlyList<LawFlag> Flags { get; init; } = [];

    /// <summary>The facts that it may ask for.</summary>
    public IReadOnlyList<string> Facts => [.. Applies.Names.Concat(Holds.Names).Concat(Flags.SelectMany(f => f.When!.Names)).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether it says what lies outside the law, so that it is asked there too.</summary>
    internal bool IsOutsideScope { get; init; }

    /// <summary>In which cases it asks for something.</summary>
    internal LawCondition Applies { get; init; } = new LawCondition.Always();

    /// <summary>When it is met.</summary>
    internal LawCondition Holds { get; init; } = new LawCondition.Always();

    /// <summary>Whether it is in force.</summary>
    /// <param name="on">The day.</param>
    public bool IsInForce(DateOnly on) => on >= From && (Until is not { } until || on < until);

    /// <inheritdoc/>
    public override string ToString() => $"{Id} ({Law.Id} {Section})";
}
