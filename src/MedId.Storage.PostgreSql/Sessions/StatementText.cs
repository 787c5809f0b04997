using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MedId.Storage.PostgreSql;

/// <summary>The statements that all stores share, in PostgreSQL's words: numbered values, and the locks that they ask for.</summary>
internal static partial class StatementText
{
    private static readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>Gives the text for a statement whose values come in this order, always the same for the same text.</summary>
    public static string Of(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (_known.TryGetValue(sql, out var known))
        {
            return known;
        }

        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (var (name, _) in values)
        {
            places.Add(name, places.Count + 1);
        }

        var text = Names().Replace(sql, name => "$" + places[name.Value].ToString(CultureInfo.InvariantCulture))
            .Replace("/*for update*/", "FOR UPDATE", StringComparison.Ordinal)
            .Replace("/*for update skip locked*/", "FOR UPDATE SKIP LOCKED", StringComparison.Ordinal);
        return _known.GetOrAdd(sql, text);
    }

    [GeneratedRegex(@"\$[a-z]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Names();
}
