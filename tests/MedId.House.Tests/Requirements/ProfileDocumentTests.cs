using System.Text.RegularExpressions;
using MedId.Ciba.Server;

namespace MedId.House.Tests.Requirements;

/// <summary>The profiles are documents whose rows are proven: every test that they name exists, and every choice names one.</summary>
public sealed partial class ProfileDocumentTests
{
    private const string Folder = "build/docs/profiles";

    [Fact]
    public void Profiles_HaveTheirDocument() =>
        Complaints.None(CibaProfile.All.Select(profile => $"{Folder}/{profile.Name}.md").Where(file => !Repository.Files.Contains(file, StringComparer.Ordinal)));

    [Fact]
    public void Tests_ThatAreNamed_Exist()
    {
        var tests = TestSource.All.Select(test => string.Join('.', test.FullName.Split('.')[^2..])).ToHashSet(StringComparer.Ordinal);
        Complaints.None(
            from file in Repository.Under(Folder, ".md")
            from match in TestName().Matches(Repository.Read(file))
            where !tests.Contains(match.Groups[1].Value)
            select $"{file}: no test {match.Groups[1].Value}");
    }

    [Fact]
    public void Rows_OfTheProfiles_NameATestOrADecision() => Complaints.None(
        from profile in CibaProfile.All
        let file = $"{Folder}/{profile.Name}.md"
        from line in Repository.Read(file).Split('\n')
        where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| question", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal)
        where !TestName().IsMatch(line) && !line.Contains("](../adr/", StringComparison.Ordinal)
        select $"{file}: {line}");

    [Fact]
    public void Rows_OfHeart_ArePassedWithATestOrSaySo() => Complaints.None(
        from line in Repository.Read(Folder + "/heart-duties.md").Split('\n')
        where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| duty", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal)
        let cells = line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()
        where cells is not [_, _, var state, var why]
            || (state == "passed" ? !TestName().IsMatch(why) : state is not ("refused" or "not done") || why.Length < 10)
        select line);

    [GeneratedRegex(@"`(\w+Tests\.\w+_\w+)`")]
    private static partial Regex TestName();
}
