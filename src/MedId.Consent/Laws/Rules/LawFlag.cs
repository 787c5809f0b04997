namespace MedId.Consent;

/// <summary>A circumstance that whoever judges has to weigh.</summary>
/// <param name="Code">A stable name.</param>
/// <param name="Text">What it is.</param>
public sealed record LawFlag(string Code, LawText Text)
{
    /// <summary>When it is there.</summary>
    internal LawCondition? When { get; init; }
}
