using System.Text.RegularExpressions;

namespace MedId.House.Tests.Readme;

/// <summary>The links of a page that lead to files beside it.</summary>
internal static partial class MarkdownLinks
{
    public static IEnumerable<string> Of(string page) => Link().Matches(Fence().Replace(page, string.Empty))
        .Select(match => match.Groups[1].Value.Split('#')[0])
        .Where(link => link.Length > 0 && !link.Contains(':', StringComparison.Ordinal));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(`{3,}).*?^\1$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
