using System.Collections.Frozen;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>The words of <c>scope-texts.txt</c> by key and language. English stands for every language but Japanese.</summary>
internal static class TextTable
{
    private static readonly FrozenDictionary<string, (string English, string Japanese)> Texts = EmbeddedTable.Lines("scope-texts.txt")
        .Select(line => line.Split('\t'))
        .ToFrozenDictionary(parts => parts[0], parts => (parts[1], parts[2]), StringComparer.Ordinal);

    public static IEnumerable<string> Keys => Texts.Keys;

    public static bool IsJapanese(string language) =>
        language.Equals("ja", StringComparison.OrdinalIgnoreCase) || language.StartsWith("ja-", StringComparison.OrdinalIgnoreCase);

    public static string? Find(string key, string language) => Texts.TryGetValue(key, out var text) ? IsJapanese(language) ? text.Japanese : text.English : null;

    public static string Get(string key, string language) => Find(key, language) ?? throw new ArgumentException("No text of this key.", nameof(key));

    /// <summary>The text with {0} and {1} replaced; what is put in is never read as a pattern itself.</summary>
    public static string Fill(string key, string language, string first, string second = "")
    {
        var parts = Get(key, language).Split("{0}", 2);
        return parts.Length == 1 ? parts[0] : parts[0].Replace("{1}", second, StringComparison.Ordinal) + first + parts[1].Replace("{1}", second, StringComparison.Ordinal);
    }
}
