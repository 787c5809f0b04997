using MedId.Core;

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

    /// <summary>The verdict of the rules together, the strictest first: one fail is a fail, one undecidable rule leaves it undecidable. Drafts never count.</summary>
    /// <param name="acceptUnverified">Whether a pass under a rule that is not verified counts. By default it is undecidable: an unverified row grants nothing.</param>
    /// <param name="includeStandards">Whether standards that are no law count as well.</param>
    public LawVerdict Decide(bool acceptUnverified = false, bool includeStandards = false)
    {
        var counting = Counting(includeStandards);
        return counting.Exists(f => f.Verdict == LawVerdict.Fail) ? LawVerdict.Fail
            : MissingJurisdictions.Count > 0 || counting.Exists(f => IsOpen(f, acceptUnverified)) ? LawVerdict.Undecidable
            : counting.Exists(f => f.Verdict == LawVerdict.Pass) ? LawVerdict.Pass
            : LawVerdict.NotApplicable;
    }

    /// <summary>The verdict as a result, for whoever has to stop where it is not a pass.</summary>
    /// <inheritdoc cref="Decide"/>
    /// <returns>Pass, or not applicable; <c>consent.law_not_met</c> and <c>consent.law_undecided</c> with the rules in the detail.</returns>
    public MedIdResult<LawVerdict> Require(bool acceptUnverified = false, bool includeStandards = false)
    {
        var verdict = Decide(acceptUnverified, includeStandards);
        if (verdict is LawVerdict.Pass or LawVerdict.NotApplicable)
        {
            return verdict;
        }

        var because = Counting(includeStandards).FindAll(f => verdict == LawVerdict.Fail ? f.Verdict == LawVerdict.Fail : IsOpen(f, acceptUnverified));
        return new MedIdError(
            verdict == LawVerdict.Fail ? ConsentErrorCodes.LawNotMet : ConsentErrorCodes.LawUndecided,
            ErrorCategory.Policy,
            because.Count == 0 ? "jurisdiction" : $"{because[0].Rule.Law.Id} {because[0].Rule.Section}",
            string.Join(", ", because.Select(f => f.Rule.Id).Concat(MissingJurisdictions)));
    }

    private static bool IsOpen(LawFinding finding, bool acceptUnverified) =>
        finding.Verdict == LawVerdict.Undecidable || (finding is { Verdict: LawVerdict.Pass, Certainty: LawCertainty.Unverified } && !acceptUnverified);

    private List<LawFinding> Counting(bool includeStandards) => [.. Findings.Where(f => f.Rule.IsBinding || (includeStandards && !f.Rule.Law.IsBinding))];
}
