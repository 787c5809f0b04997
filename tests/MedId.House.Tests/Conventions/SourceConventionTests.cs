using System.Text.RegularExpressions;

namespace MedId.House.Tests.Conventions;

public sealed class SourceConventionTests
{
    private const int LongestFile = 400;

    private static IEnumerable<string> Sources => new[] { "src", "samples", "tests", "benchmarks" }.SelectMany(folder => Repository.Under(folder, ".cs"));

    [Fact]
    public void Files_AreThere() => Assert.NotEmpty(Sources);

    [Fact]
    public void Files_HaveAtMost400Lines() => Complaints.None(
        from file in Sources
        let lines = Repository.Read(file).Split('\n').Length - 1
        where lines > LongestFile
        select $"{file}: {lines} lines");

    // The patterns are put together here, so that this file does not find itself.
    public static TheoryData<string, string, string> Unwanted { get; } = new()
    {
        { "unfinished", "src samples tests benchmarks", "NotImplemented" + "Exception|\\bTO" + "DO\\b|\\bFIX" + "ME\\b|\\bHA" + "CK\\b|XX" + "X:" },
        { "a test that is switched off", "tests", "Skip\\w*" + " *= *(\"|typeof|nameof)|Explicit" + " *= *true" },
        { "clock, randomness or console taken directly", "src", @"DateTime(Offset)?\.(Now|UtcNow|Today)\b|new Random\(|Random\.Shared|Guid\.NewGuid|Console\.Write" },
        { "a warning that is switched off here", "src samples tests benchmarks", "#pragma warning" + " disable" },
        { "waiting for a task", "src samples tests benchmarks", @"\.GetAwaiter\(\)\.Get" + "Result" },
        { "reflection at run time", "src", @"Activator\.Create|Assembly\.Load|Type\.GetType\(|\.MakeGenericType\(" },
        { "a catch of everything", "src", @"catch\s*(\(\s*(System\.)?Exception\b[^)]*\)\s*)?(\{|$)" },
    };

    [Theory]
    [MemberData(nameof(Unwanted))]
    public void Sources_UnwantedPattern_IsNowhere(string what, string folders, string pattern) => Complaints.None(
        from folder in folders.Split(' ')
        from file in Repository.Under(folder, ".cs")
        from line in Hits(Repository.Read(file), pattern)
        select $"{file}:{line} {what}");

    [Theory]
    [InlineData("catch (Exception e)\n{", true)]
    [InlineData("catch\n{", true)]
    [InlineData("catch (Exception e) when (e is IOException)", false)]
    [InlineData("catch (JsonException)\n{", false)]
    public void CatchPattern_Source_FindsCatchOfEverything(string source, bool found) =>
        Assert.Equal(found, Hits(source, Unwanted.Last().Data.Item3).Any());

    private static IEnumerable<int> Hits(string source, string pattern) =>
        Regex.Matches(source.ReplaceLineEndings("\n"), pattern, RegexOptions.Multiline).Select(match => source[..match.Index].Count(letter => letter == '\n') + 1);
}
