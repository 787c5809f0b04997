namespace MedId.Core;

/// <summary>The authentication context classes that an OP publishes, and the only place where an acr is decided.</summary>
public sealed class AcrTable
{
    private readonly Dictionary<string, AcrRequirement> _rows = new(StringComparer.Ordinal);

    /// <summary>Makes a table.</summary>
    /// <param name="rows">The classes in the OP's order of preference, strongest first.</param>
    /// <exception cref="ArgumentException">No row, a row twice, or a row without protocols.</exception>
    public AcrTable(IEnumerable<AcrRequirement> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var ordered = new List<AcrRequirement>();
        foreach (var row in rows)
        {
            if (row.Protocols.Count == 0 || string.IsNullOrWhiteSpace(row.Acr) || row.Acr.Contains(' ', StringComparison.Ordinal))
            {
                throw new ArgumentException("A class needs a name without spaces and at least one protocol.", nameof(rows));
            }

            if (!_rows.TryAdd(row.Acr, row))
            {
                throw new ArgumentException($"The class {row.Acr} is there twice.", nameof(rows));
            }

            ordered.Add(row);
        }

        if (ordered.Count == 0)
        {
            throw new ArgumentException("An OP publishes at least one class.", nameof(rows));
        }

        Rows = ordered;
    }

    /// <summary>The classes, in the OP's order of preference.</summary>
    public IReadOnlyList<AcrRequirement> Rows { get; }

    /// <summary>Whether this OP knows the class.</summary>
    /// <param name="acr">The acr value.</param>
    /// <returns>True when it has a row.</returns>
    public bool Knows(string acr) => _rows.ContainsKey(acr);

    /// <summary>The first class that the evidence satisfies: of those requested, in the RP's order; when none was requested, in the OP's order.</summary>
    /// <param name="requested">The <c>acr_values</c>, in order of preference (OIDC Core §3.1.2.1); empty when absent.</param>
    /// <param name="protocol">The protocol that the verifier ran, e.g. <c>fido-uaf</c>.</param>
    /// <param name="facts">What the verifier established.</param>
    /// <returns>The class with its level decision, or null when no class is satisfied.</returns>
    public AcrDecision? Decide(IReadOnlyList<string> requested, string protocol, AuthenticatorFacts facts)
    {
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(facts);
        if (requested.Count == 0)
        {
            foreach (var row in Rows)
            {
                if (Satisfies(row, protocol, facts) is { } decision)
                {
                    return decision;
                }
            }

            return null;
        }

        foreach (var acr in requested)
        {
            if (_rows.TryGetValue(acr, out var row) && Satisfies(row, protocol, facts) is { } decision)
            {
                return decision;
            }
        }

        return null;
    }

    private static AcrDecision? Satisfies(AcrRequirement row, string protocol, AuthenticatorFacts facts)
    {
        if (!row.Protocols.Contains(protocol, StringComparer.Ordinal))
        {
            return null;
        }

        var aal = AalTable.Evaluate(row.Edition, facts);
        return aal.Level >= row.MinimumAal ? new AcrDecision(row.Acr, aal) : null;
    }
}
