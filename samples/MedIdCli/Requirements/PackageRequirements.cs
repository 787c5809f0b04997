namespace MedId.Cli.Requirements;

/// <summary>One <c>requirements.json</c>.</summary>
internal sealed record PackageRequirements(
    string Package,
    SortedDictionary<string, ErrorText> Codes,
    List<RequirementRow> Rows);
