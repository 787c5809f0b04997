namespace MedId.Cli.Requirements;

/// <summary>One MUST of a standard. The members are told in <c>build/docs/requirements.md</c>.</summary>
internal sealed record RequirementRow(
    string Id,
    string Standard,
    string Section,
    string Requires,
    string Duty,
    string Status,
    string? Code,
    string? Error,
    string? Test,
    string? Note = null)
{
    public const string Supported = "supported";
    public const string Refused = "refused";
    public const string NotDone = "not done";
}
