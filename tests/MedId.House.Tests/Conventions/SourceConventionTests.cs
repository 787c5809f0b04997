using System.Text.RegularExpressions;

namespace MedId.House.Tests.Conventions;

public sealed class SourceConventionTests
{
    private const int LongestFile = 400;
    private const string CatchOfEverything = @"\bcatch\s*(\(\s*(System\.)?Exception\b[^)]*\)\s*)?\{";

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
        { "waiting for a task", "src samples", @"\.GetAwaiter\(\)\.Get" + "Result" },
        { "reflection at run time", "src", @"Activator\.Create|Assembly\.Load|Type\.GetType\(|\.MakeGenericType\(" },
    };

    [Theory]
    [MemberData(nameof(Unwanted))]
    public void Sources_UnwantedPattern_IsNowhere(string what, string folders, string pattern) => Complaints.None(
        from folder in folders.Split(' ')
        from file in Repository.Under(folder, ".cs")
        from line in Hits(Repository.Read(file), pattern)
        select $"{file}:{line} {what}");

    // Broken infrastructure lets its exception pass: who catches everything to clean up throws it on.
    [Fact]
    public void Sources_CatchOfEverything_ThrowsItOn() => Complaints.None(
        from file in Repository.Under("src", ".cs")
        let source = Repository.Read(file).ReplaceLineEndings("\n")
        from match in Regex.Matches(source, CatchOfEverything)
        where !ThrowsOn(source, match)
        select $"{file}:{LineOf(source, match.Index)}");

    [Theory]
    [InlineData("catch (Exception e)\n{ log(); }", false)]
    [InlineData("catch (Exception)\n{ if (x) { return; } }\nvoid Next() { throw; }", false)]
    [InlineData("catch { }", false)]
    [InlineData("catch\n{ if (x) { undo(); } throw; }", true)]
    public void ThrowsOn_CatchOfEverything_TellsWhetherItPasses(string source, bool passes) =>
        Assert.Equal(passes, ThrowsOn(source, Regex.Match(source, CatchOfEverything)));

    [Theory]
    [InlineData("catch (Exception e) when (e is IOException) { }")]
    [InlineData("catch (JsonException) { }")]
    public void CatchOfEverything_CatchOfSomething_IsNotMeant(string source) => Assert.DoesNotMatch(CatchOfEverything, source);

    private static bool ThrowsOn(string source, Match match)
    {
        var depth = 0;
        var start = source.IndexOf('{', match.Index);
        for (var index = start; index < source.Length; index++)
        {
            depth += source[index] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return source[start..index].Contains("throw;", StringComparison.Ordinal);
            }
        }

        return false;
    }

    private static IEnumerable<int> Hits(string source, string pattern) =>
        Regex.Matches(source.ReplaceLineEndings("\n"), pattern, RegexOptions.Multiline).Select(match => LineOf(source.ReplaceLineEndings("\n"), match.Index));

    private static int LineOf(string source, int index) => source[..index].Count(letter => letter == '\n') + 1;
}
