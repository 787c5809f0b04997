using System.Text.RegularExpressions;

namespace MedId.House.Tests.Conventions;

/// <summary>The project speaks of itself alone: no path of a machine, no host of a registry.</summary>
public sealed class WordTests
{
    private static readonly string[] Endings = [".cs", ".md", ".sh", ".yml", ".props", ".targets", ".csproj", ".json", ".mjs", ".sln", ".resx", ".txt"];

    // Put together, so that this file does not find itself.
    private static readonly string Foreign = "/(wo" + "rk|fa" + "rm|ro" + "ot)/|https?://[^ )]*(nu" + "get|np" + "m|deb" + @"ian)|\.\./sha" + "red|Cla" + "ude|Anthro" + "pic";

    [Fact]
    public void Files_ForeignWord_IsNowhere() => Complaints.None(
        from file in Repository.Files
        where Endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)) || file.StartsWith(".ci/", StringComparison.Ordinal)
        from match in Regex.Matches(Repository.Read(file), Foreign)
        select $"{file}: {match.Value}");

    [Fact]
    public void Files_AreUtf8WithoutMark() => Complaints.None(
        from file in Repository.Files
        where Endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)) && !file.EndsWith(".sln", StringComparison.Ordinal)
        where Repository.Bytes(file) is [0xEF, 0xBB, 0xBF, ..]
        select file);
}
