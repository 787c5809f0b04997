using System.Text;
using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Reads what stands behind the <c>?</c> of a SMART v2 scope. What this package cannot enforce is refused, so that it never opens more than it says.</summary>
internal static class ConstraintReader
{
    private const int MaxConstraints = 16;
    private const int MaxValues = 64;
    private const string Section = "SMART App Launch 2.2, scopes: finer-grained resource constraints";

    private static readonly MedIdError Malformed = new(ScopesErrorCodes.Malformed, ErrorCategory.Malformed, Section);
    private static readonly MedIdError Unsupported = new(ScopesErrorCodes.ConstraintUnsupported, ErrorCategory.Unsupported, Section);

    public static MedIdResult<ScopeConstraint[]> Read(string query, string resourceType)
    {
        var parts = query.Split('&');
        if (parts.Length > MaxConstraints)
        {
            return Malformed;
        }

        var constraints = new ScopeConstraint[parts.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            var one = ReadOne(parts[index], resourceType);
            if (!one.Succeeded)
            {
                return one.Error;
            }

            constraints[index] = one.Value;
        }

        return constraints;
    }

    private static MedIdResult<ScopeConstraint> ReadOne(string part, string resourceType)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);

        // '#' and '+' mean something else in a query string than their own character; written as themselves they are ambiguous.
        if (equals <= 0 || part.AsSpan(equals + 1).ContainsAny('=', '#', '+'))
        {
            return Malformed;
        }

        var parameter = part[..equals];
        if (parameter.AsSpan().ContainsAny(':', '.'))
        {
            return Unsupported;
        }

        if (!IsParameterName(parameter) || !PercentText.TryDecode(part.AsSpan(equals + 1), plusIsSpace: false, out var text) || text.Any(char.IsControl))
        {
            return Malformed;
        }

        var values = SplitValues(text);
        if (values is null || values.Count > MaxValues)
        {
            return Malformed;
        }

        return SearchParameters.CanConstrain(resourceType, parameter, values)
            ? new ScopeConstraint(parameter, [.. values.Distinct(StringComparer.Ordinal)])
            : Unsupported;
    }

    /// <summary>Values between unescaped commas; null when one is empty, ends in a bare backslash, or has more than one unescaped bar.</summary>
    private static List<string>? SplitValues(string text)
    {
        var values = new List<string>();
        for (var start = 0; start <= text.Length;)
        {
            var comma = TokenValue.IndexOfUnescaped(text, ',', start);
            var end = comma < 0 ? text.Length : comma;
            var value = text[start..end];
            if (!IsValue(value))
            {
                return null;
            }

            values.Add(value);
            start = end + 1;
        }

        return values;
    }

    private static bool IsValue(string value)
    {
        var backslashes = value.Length - value.TrimEnd('\\').Length;
        if (value.Length == 0 || value is "|" || backslashes % 2 == 1)
        {
            return false;
        }

        var bar = TokenValue.IndexOfUnescaped(value, '|', 0);
        return bar < 0 || TokenValue.IndexOfUnescaped(value, '|', bar + 1) < 0;
    }

    private static bool IsParameterName(string name) =>
        (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
