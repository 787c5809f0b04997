namespace MedId.Jpki.Certificates;

/// <summary>The standings with their rules: dated data.</summary>
public sealed class JpkiStandingTable
{
    private readonly IReadOnlyList<JpkiStandingRule> _rules;

    private JpkiStandingTable(string edition, IReadOnlyList<JpkiStandingRule> rules)
    {
        Edition = edition;
        _rules = rules;
    }

    /// <summary>
    /// The rules of this release. What a source leaves open is refused: an administrative body's keeping, and everywhere the keeping of revocation information
    /// beyond the check unless the operator's own data centre is meant.
    /// </summary>
    public static JpkiStandingTable Default { get; } = new("2026-11", DefaultStandings.Rules);

    /// <summary>The table's date.</summary>
    public string Edition { get; }

    /// <summary>Every rule.</summary>
    public IReadOnlyList<JpkiStandingRule> Rules => _rules;

    /// <summary>The rule of a standing; null for <see cref="JpkiStanding.None"/>.</summary>
    /// <param name="standing">The standing.</param>
    public JpkiStandingRule? Find(JpkiStanding standing) => _rules.FirstOrDefault(r => r.Standing == standing);

    /// <summary>The standing of a name in configuration; <see cref="JpkiStanding.None"/> for null and for names that no rule has.</summary>
    /// <param name="name">E.g. <c>service-provider</c>.</param>
    public JpkiStanding Parse(string? name) => _rules.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.Ordinal))?.Standing ?? JpkiStanding.None;

    /// <summary>This table with another rule for a standing.</summary>
    /// <param name="rule">The rule; not one for <see cref="JpkiStanding.None"/>.</param>
    /// <exception cref="ArgumentException">A rule for no standing, or a name that another standing has.</exception>
    public JpkiStandingTable With(JpkiStandingRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var others = _rules.Where(r => r.Standing != rule.Standing).ToList();
        return rule.Standing == JpkiStanding.None || others.Any(r => string.Equals(r.Name, rule.Name, StringComparison.Ordinal))
            ? throw new ArgumentException("A rule is for one standing and has a name of its own.", nameof(rule))
            : new(Edition, [.. others, rule]);
    }
}
