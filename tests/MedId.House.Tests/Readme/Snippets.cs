using System.Text;
using System.Text.RegularExpressions;

namespace MedId.House.Tests.Readme;

/// <summary>Regions of compiled source, and the blocks of the READMEs that show them.</summary>
internal static partial class Snippets
{
    /// <summary>The regions of one source text: name and text without the common indentation.</summary>
    public static IEnumerable<(string Name, string Text)> Regions(string source)
    {
        string? name = null;
        var lines = new List<string>();
        foreach (var line in source.ReplaceLineEndings("\n").Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith("#region ", StringComparison.Ordinal))
            {
                name = trimmed["#region ".Length..].Trim();
                lines.Clear();
            }
            else if (trimmed == "#endregion" && name is not null)
            {
                yield return (name, Outdent(lines));
                name = null;
            }
            else
            {
                lines.Add(line);
            }
        }
    }

    /// <summary>Every C# block of a README: the name in the comment before it, or <see langword="null"/>, and its text.</summary>
    public static IEnumerable<(string? Name, string Text)> Blocks(string readme) =>
        Block().Matches(readme.ReplaceLineEndings("\n")).Select(match => (match.Groups["name"].Success ? match.Groups["name"].Value : null, match.Groups["text"].Value));

    /// <summary>The README with the text of each named region put in.</summary>
    public static string Fill(string readme, IReadOnlyDictionary<string, string> regions) => Block().Replace(readme.ReplaceLineEndings("\n"), match =>
    {
        var name = match.Groups["name"];
        return name.Success && regions.TryGetValue(name.Value, out var text)
            ? match.Value.Replace("```csharp\n" + match.Groups["text"].Value, "```csharp\n" + text, StringComparison.Ordinal)
            : match.Value;
    });

    private static string Outdent(List<string> lines)
    {
        var indentation = lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(string.IsNullOrWhiteSpace(line) ? string.Empty : line[indentation..].TrimEnd()).Append('\n');
        }

        return text.ToString().Trim('\n') + "\n";
    }

    [GeneratedRegex(@"(?:^<!-- snippet: (?<name>\w+) -->\n)?^```(?:csharp|cs|c#)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
