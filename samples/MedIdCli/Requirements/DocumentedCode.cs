namespace MedId.Cli.Requirements;

/// <summary>An error code with what is known of it.</summary>
internal sealed record DocumentedCode(string Code, string Package, ErrorText Text, IReadOnlyList<RequirementRow> Rows);
