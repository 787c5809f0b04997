namespace MedId.Consent;

/// <summary>Judges cases by laws. Pure: the same rules, case and day give the same answer. An aid for engineers and reviewers, not legal advice.</summary>
/// <remarks>
/// Facts that are not known leave a rule undecidable and are named. What is decided stays decided whatever else becomes known: another fact turns an undecidable answer into a decided one,
/// and no decided answer into anything else. Agreement taken from a posted notice is never taken for an explicit one.
/// </remarks>
public static class ConsentLaws
{
    private static readonly (string Name, Func<ConsentCase, string?> Read)[] Jurisdictions =
    [
        ("subject_jurisdiction", c => c.SubjectJurisdiction), ("provider_jurisdiction", c => c.ProviderJurisdiction), ("recipient_jurisdiction", c => c.RecipientJurisdiction),
    ];

    /// <summary>Which laws a case is under: those of the person and of both parties.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="facts">The case.</param>
    /// <exception cref="ArgumentException">A jurisdiction is not of the form <c>JP</c> or <c>US-CA</c>.</exception>
    public static LawChoice Choose(LawRules rules, ConsentCase facts)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Check(facts);
        var places = Jurisdictions.Select(j => j.Read(facts)).OfType<string>().ToList();
        return new(
            [.. rules.Laws.Where(l => l.Places.Any(within => places.Exists(place => LawPlaces.Lies(place, within))))],
            [.. Jurisdictions.Where(j => j.Read(facts) is null).Select(j => j.Name)]);
    }

    /// <summary>Judges a case by the laws of its jurisdictions.</summary>
    /// <inheritdoc cref="Evaluate(LawRules, IReadOnlyCollection{string}, ConsentCase, DateOnly)"/>
    public static LawReport Evaluate(LawRules rules, ConsentCase facts, DateOnly on)
    {
        var choice = Choose(rules, facts);
        return Evaluate(rules, [.. choice.Laws.Select(l => l.Id)], facts, on) with { MissingJurisdictions = choice.Missing };
    }

    /// <summary>Judges a case by laws that are named.</summary>
    /// <param name="rules">The rules: <see cref="LawRules.Current"/>, or a newer table.</param>
    /// <param name="laws">Identifiers of laws.</param>
    /// <param name="facts">The case.</param>
    /// <param name="on">The day whose law is asked, usually that of the transfer; a rule that is not in force on it does not apply.</param>
    /// <exception cref="ArgumentException">A law is not in the table, or a jurisdiction or enumeration value of the case is none.</exception>
    public static LawReport Evaluate(LawRules rules, IReadOnlyCollection<string> laws, ConsentCase facts, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(laws);
        Check(facts);
        foreach (var law in laws)
        {
            if (rules.FindLaw(law) is null)
            {
                throw new ArgumentException($"There is no law '{law}' in these rules.", nameof(laws));
            }
        }

        // What a law covers at all is the same for all of its rules, which stand together.
        var findings = new List<LawFinding>();
        (Law? Law, bool IsAsked, Judged Scope) under = default;
        foreach (var rule in rules.Rules)
        {
            if (!ReferenceEquals(under.Law, rule.Law))
            {
                var isAsked = laws.Contains(rule.Law.Id, StringComparer.Ordinal);
                under = (rule.Law, isAsked, isAsked ? rule.Law.Scope.Judge(facts) : default);
            }

            if (under.IsAsked)
            {
                findings.Add(Judge(rule, under.Scope, facts, on));
            }
        }

        return new() { Findings = findings };
    }

    private static LawFinding Judge(LawRule rule, Judged lawScope, ConsentCase facts, DateOnly on)
    {
        if (!rule.IsInForce(on))
        {
            return Find(rule, LawVerdict.NotApplicable, [], LawReasons.Say(rule, $"Not in force on {on:yyyy-MM-dd}.", $"{on:yyyy-MM-dd}には施行されていません。"));
        }

        var scope = rule.IsOutsideScope ? Judged.Of(value: true) : lawScope;
        var applies = rule.Applies.Judge(facts);
        if (scope.Value == Truth.False || applies.Value == Truth.False)
        {
            var why = scope.Value == Truth.False ? scope.Facts : applies.Facts;
            return Find(rule, LawVerdict.NotApplicable, why);
        }

        string[] open = scope.Value == Truth.Unknown || applies.Value == Truth.Unknown ? [.. Open(scope), .. Open(applies)] : [];
        if (rule.NeedsJudgement)
        {
            var flags = rule.Flags.Select(f => (Flag: f, Judged: f.When!.Judge(facts))).ToList();
            string[] missing = [.. open.Concat(flags.SelectMany(f => Open(f.Judged))).Distinct(StringComparer.Ordinal)];
            return Find(rule, LawVerdict.Undecidable, []) with
            {
                Missing = missing,
                Flags = [.. flags.Where(f => f.Judged.Value == Truth.True).Select(f => f.Flag)],
            };
        }

        var holds = rule.Holds.Judge(facts);
        if (open.Length > 0 || holds.Value == Truth.Unknown)
        {
            string[] missing = [.. open.Concat(Open(holds)).Distinct(StringComparer.Ordinal)];
            return Find(rule, LawVerdict.Undecidable, [], LawReasons.Of(rule, LawVerdict.Undecidable, missing)) with { Missing = missing };
        }

        return Find(rule, holds.Value == Truth.True ? LawVerdict.Pass : LawVerdict.Fail, holds.Facts);
    }

    private static IReadOnlyList<string> Open(Judged judged) => judged.Value == Truth.Unknown ? judged.Facts : [];

    private static LawFinding Find(LawRule rule, LawVerdict verdict, IReadOnlyList<string> because) => Find(rule, verdict, because, LawReasons.Of(rule, verdict, because));

    private static LawFinding Find(LawRule rule, LawVerdict verdict, IReadOnlyList<string> decidedBy, LawText reason) => new()
    {
        Rule = rule,
        Verdict = verdict,
        DecidedBy = decidedBy,
        Reason = reason,
    };

    private static void Check(ConsentCase facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        foreach (var (name, read) in Jurisdictions)
        {
            if (read(facts) is { } place && !LawPlaces.IsCode(place))
            {
                throw new ArgumentException($"{name} is not a code like JP or US-CA.", nameof(facts));
            }
        }
    }
}
