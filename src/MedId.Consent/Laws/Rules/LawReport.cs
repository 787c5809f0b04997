namespace MedId.Consent;

/// <summary>What the laws say of a case.</summary>
public sealed record LawReport
{
    /// <summary>What each rule says, in the order of the rules.</summary>
    public required IReadOnlyList<LawFinding> Findings { get; init; }

    /// <summary>Jurisdictions that are not known, so that a law may be missing among the findings.</summary>
    public IReadOnlyList<string> MissingJurisdictions { get; init; } = [];

    /// <summary>The verdict of all binding rules together, none of which is taken on trust: <see cref="Decide"/> with nothing accepted.</summary>
    public LawVerdict Overall => Decide();

    /// <summary>The verdict of the binding rules together, the strictest first: one fail is a fail, one undecidable rule leaves it undecidable.</summary>
    /// <param name="acceptUnverified">Whether a pass under a rule that is not verified counts. By default it is undecidable: an unverified row grants nothing.</param>
    public LawVerdict Decide(bool acceptUnverified = false)
    {
        var binding = Findings.Where(f => f.Rule.IsBinding).ToList();
        if (binding.Exists(f => f.Verdict == LawVerdict.Fail))
        {
            return LawVerdict.Fail;
        }

        if (MissingJurisdictions.Count > 0 || binding.Exists(f => f.Verdict == LawVerdict.Undecidable || (f is { Verdict: LawVerdict.Pass, Certainty: LawCertainty.Unverified } && !acceptUnverified)))
        {
            return LawVerdict.Undecidable;
        }

        return binding.Exists(f => f.Verdict == LawVerdict.Pass) ? LawVerdict.Pass : LawVerdict.NotApplicable;
    }
}
