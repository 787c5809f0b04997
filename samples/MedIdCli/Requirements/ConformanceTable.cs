using System.Globalization;
using System.Text;

namespace MedId.Cli.Requirements;

/// <summary>Writes <c>build/docs/conformance.md</c> from the rows.</summary>
internal static class ConformanceTable
{
    public static string Write(RequirementSet requirements)
    {
        var text = new StringBuilder();
        text.Append("""
            # Conformance

            Generated from `src/*/requirements.json`; do not edit. What the columns mean: [requirements.md](requirements.md).

            | package | rows | supported | refused | not done |
            | --- | --: | --: | --: | --: |

            """.ReplaceLineEndings("\n"));
        foreach (var package in requirements.Packages)
        {
            Line(text, $"| {package.Package} | {package.Rows.Count} | {Count(package, RequirementRow.Supported)} | {Count(package, RequirementRow.Refused)} | {Count(package, RequirementRow.NotDone)} |");
        }

        foreach (var package in requirements.Packages)
        {
            Line(text, $"\n## {package.Package}");
            foreach (var standard in package.Rows.GroupBy(row => row.Standard, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                Line(text, $"\n### {standard.Key}\n");
                Line(text, $"| id | section | requires | duty | status | where | refused with | shown by |");
                Line(text, $"| --- | --- | --- | --- | --- | --- | --- | --- |");
                foreach (var row in standard)
                {
                    var requires = row.Note is null ? Cell(row.Requires) : $"{Cell(row.Requires)} *{Cell(row.Note)}*";
                    Line(text, $"| {row.Id} | {Cell(row.Section)} | {requires} | {row.Duty} | {row.Status} | {CodeCell(row.Code)} | {CodeCell(row.Error)} | {CodeCell(TestName(row.Test))} |");
                }
            }
        }

        return text.ToString();
    }

    private static int Count(PackageRequirements package, string status) => package.Rows.Count(row => row.Status == status);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string CodeCell(string? name) => name is null ? string.Empty : $"`{name}`";

    // Class and method find the test; its namespace is the name of its project.
    private static string? TestName(string? test) => test is null ? null : string.Join('.', test.Split('.')[^2..]);
}
