using System.Text.RegularExpressions;
using MedId.Cli.Requirements;

namespace MedId.House.Tests.Requirements;

/// <summary>What a row has to be by itself, before anybody looks whether it is true. <c>build/docs/requirements.md</c> tells the same in words.</summary>
internal static partial class RowRules
{
    private static readonly string[] Duties = ["server", "client", "resource server", "device", "integrator", "library"];
    private static readonly string[] Statuses = [RequirementRow.Supported, RequirementRow.Refused, RequirementRow.NotDone];

    public static IEnumerable<string> Complaints(PackageRequirements package)
    {
        foreach (var (code, text) in package.Codes)
        {
            foreach (var complaint in Complaints(code, text))
            {
                yield return $"{package.Package} {code}: {complaint}";
            }
        }

        foreach (var row in package.Rows)
        {
            foreach (var complaint in Complaints(row))
            {
                yield return $"{package.Package} {row.Id}: {complaint}";
            }
        }
    }

    private static IEnumerable<string> Complaints(string code, ErrorText text)
    {
        if (!Code().IsMatch(code))
        {
            yield return "a code is area.cause in lower case";
        }

        if (string.IsNullOrWhiteSpace(text.En) || Japanese().IsMatch(text.En))
        {
            yield return "the English text is missing, or is not English";
        }

        if (!Japanese().IsMatch(text.Ja))
        {
            yield return "the Japanese text is missing, or is not Japanese";
        }
    }

    private static IEnumerable<string> Complaints(RequirementRow row)
    {
        if (!Id().IsMatch(row.Id))
        {
            yield return "an id is lower case words joined by hyphens";
        }

        if (new[] { row.Standard, row.Section, row.Requires }.Any(string.IsNullOrWhiteSpace))
        {
            yield return "standard, section and requires say something";
        }

        if (!Duties.Contains(row.Duty, StringComparer.Ordinal))
        {
            yield return $"duty '{row.Duty}' is none of: {string.Join(", ", Duties)}";
        }

        if (!Statuses.Contains(row.Status, StringComparer.Ordinal))
        {
            yield return $"status '{row.Status}' is none of: {string.Join(", ", Statuses)}";
        }

        if (row.Status == RequirementRow.NotDone)
        {
            if (string.IsNullOrWhiteSpace(row.Note))
            {
                yield return "a row that is not done has a note that says why, or whose duty it is";
            }
        }
        else if (row.Code is null || row.Test is null)
        {
            yield return "a row that is done names its code and its test";
        }

        if (row.Error is not null && row.Test is null)
        {
            yield return "a refusal has a test";
        }
    }

    [GeneratedRegex(@"^[a-z0-9_]+\.[a-z0-9_]+$")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)+$")]
    private static partial Regex Id();

    [GeneratedRegex(@"[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}]")]
    private static partial Regex Japanese();
}
