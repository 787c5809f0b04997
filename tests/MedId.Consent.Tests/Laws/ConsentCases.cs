using System.Globalization;
using System.Text.Json;

namespace MedId.Consent.Tests;

/// <summary>The cases of <c>consent-cases.json</c>.</summary>
internal static class ConsentCases
{
    private static readonly Lazy<JsonElement> Data = new(() =>
    {
        using var stream = typeof(ConsentCases).Assembly.GetManifestResourceStream("consent-cases.json")!;
        return JsonDocument.Parse(stream).RootElement;
    });

    public static IEnumerable<JsonElement> All => Data.Value.GetProperty("cases").EnumerateArray();

    public static JsonElement Named(string name) => All.Single(c => c.GetProperty("name").GetString() == name);

    public static bool Cannot(string what, string rule) => Data.Value.GetProperty(what).TryGetProperty(rule, out _);

    public static ConsentCase Facts(JsonElement data)
    {
        var read = ConsentCaseJson.Read(data.GetProperty("facts"), new());
        Assert.True(read.Succeeded, read.Error?.ToString());
        return read.Value;
    }

    public static DateOnly Day(JsonElement data) => DateOnly.ParseExact(data.GetProperty("on").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static LawReport Evaluate(JsonElement data, ConsentCase? facts = null) => data.TryGetProperty("laws", out var laws)
        ? ConsentLaws.Evaluate(LawRules.Current, [.. laws.EnumerateArray().Select(l => l.GetString()!)], facts ?? Facts(data), Day(data))
        : ConsentLaws.Evaluate(LawRules.Current, facts ?? Facts(data), Day(data));

    /// <summary>A finding as the file spells it: a word, or the missing facts in the order of the alphabet.</summary>
    public static string Spell(LawFinding finding) => finding.Verdict == LawVerdict.Undecidable
        ? "undecidable: " + string.Join(", ", finding.Missing.Order(StringComparer.Ordinal))
        : JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Verdict.ToString());

    public static string Spell(JsonElement expected) => expected.ValueKind == JsonValueKind.String
        ? expected.GetString()!
        : "undecidable: " + string.Join(", ", expected.GetProperty("undecidable").EnumerateArray().Select(m => m.GetString()!).Order(StringComparer.Ordinal));
}
