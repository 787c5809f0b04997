namespace MedId.Heart.Fhir.Scopes;

/// <summary>One <c>parameter=value,value</c> of a SMART v2 scope: at least one value has to hold; several constraints have to hold together.</summary>
public sealed class ScopeConstraint
{
    internal ScopeConstraint(string parameter, string[] values)
    {
        Parameter = parameter;
        Tokens = Array.ConvertAll(values, TokenValue.Read);
        Values = Array.AsReadOnly(values);
    }

    /// <summary>The FHIR search parameter, without modifier or chain.</summary>
    public string Parameter { get; }

    /// <summary>The values, percent-decoded, in FHIR search form (<c>system|code</c>); never empty.</summary>
    public IReadOnlyList<string> Values { get; }

    internal TokenValue[] Tokens { get; }

    /// <summary>The constraint as part of a query string, percent-encoded.</summary>
    public string ToQuery() => Parameter + "=" + Uri.EscapeDataString(string.Join(',', Values));

    /// <inheritdoc/>
    public override string ToString() => Parameter + "=" + string.Join(',', Values);

    /// <summary>Whether whatever meets this constraint meets <paramref name="other"/> as well.</summary>
    internal bool IsAtLeastAsStrictAs(ScopeConstraint other)
    {
        if (!string.Equals(Parameter, other.Parameter, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var value in Values)
        {
            if (!other.Values.Contains(value, StringComparer.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
