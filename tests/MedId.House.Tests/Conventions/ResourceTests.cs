using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MedId.House.Tests.Conventions;

/// <summary>What people read exists in English and in Japanese.</summary>
public sealed class ResourceTests
{
    private static IEnumerable<string> Neutral => Repository.Under("src", ".resx").Concat(Repository.Under("samples", ".resx"))
        .Where(file => !file.EndsWith(".ja.resx", StringComparison.Ordinal));

    [Fact]
    public void Resources_HaveTheSameKeysInBothLanguages() => Complaints.None(
        from file in Neutral
        let english = Read(file)
        let japanese = Read(file[..^".resx".Length] + ".ja.resx")
        from key in english.Keys.Union(japanese.Keys, StringComparer.Ordinal)
        where string.IsNullOrWhiteSpace(english.GetValueOrDefault(key)) || string.IsNullOrWhiteSpace(japanese.GetValueOrDefault(key))
        select $"{file}: {key}");

    [Fact]
    public void Resources_JapaneseOnes_HaveTheirNeutralOne() => Complaints.None(Repository.Under("src", ".ja.resx")
        .Where(file => !Repository.Files.Contains(file[..^".ja.resx".Length] + ".resx")));

    // Tables of words: key, English, Japanese, with tabs between them.
    [Fact]
    public void TextTables_HaveBothLanguagesInEachLine() => Complaints.None(
        from file in Repository.Under("src", "-texts.txt")
        from line in Repository.Read(file).Split('\n')
        where line.Length > 0 && !line.StartsWith('#')
        let parts = line.Split('\t')
        where parts.Length != 3 || parts.Any(string.IsNullOrWhiteSpace) || parts[2].All(char.IsAscii) || Placeholders(parts[1]) != Placeholders(parts[2])
        select $"{file}: {line}");

    [Fact]
    public void Resources_HaveTheSamePlaceholdersInBothLanguages() => Complaints.None(
        from file in Neutral
        let japanese = Read(file[..^".resx".Length] + ".ja.resx")
        from text in Read(file)
        where Placeholders(text.Value) != Placeholders(japanese.GetValueOrDefault(text.Key) ?? string.Empty)
        select $"{file}: {text.Key}");

    private static string Placeholders(string text) =>
        string.Concat(Regex.Matches(text, @"\{\d+\}").Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Read(string file) => !Repository.Files.Contains(file)
        ? []
        : XDocument.Parse(Repository.Read(file)).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")?.Value ?? string.Empty, StringComparer.Ordinal);
}
