namespace MedId.Cli.Frame;

/// <summary>Why an input line cannot be used. These are the tool's own; every other code is a package's.</summary>
internal static class CliCodes
{
    public const string Malformed = "cli.malformed";
    public const string UnknownMember = "cli.unknown_member";
    public const string MissingMember = "cli.missing_member";
    public const string MemberType = "cli.member_type";
    public const string MemberValue = "cli.member_value";
}
