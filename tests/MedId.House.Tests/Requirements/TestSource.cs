using System.Text.RegularExpressions;

namespace MedId.House.Tests.Requirements;

/// <summary>A test method as it stands in the sources.</summary>
/// <param name="Project">The project under <c>tests</c>.</param>
/// <param name="FullName">Namespace, class and method.</param>
/// <param name="File">Path from the root of the checkout.</param>
internal sealed partial record TestSource(string Project, string FullName, string File)
{
    private static readonly Lazy<IReadOnlyList<TestSource>> Read = new(() => [.. Repository.Under("tests", ".cs").SelectMany(ScanFile)]);

    /// <summary>Every <c>[Fact]</c> and <c>[Theory]</c> of every test project.</summary>
    public static IReadOnlyList<TestSource> All => Read.Value;

    /// <summary>The tests in one source text: attributes are collected until the method that they stand on.</summary>
    public static IEnumerable<TestSource> Scan(string source, string file)
    {
        var space = Namespace().Match(source).Groups[1].Value;
        var project = file.Split('/') is ["tests", var folder, ..] ? folder : string.Empty;
        string? type = null;
        var isTest = false;
        foreach (var line in source.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith('['))
            {
                isTest |= TestAttribute().IsMatch(line);
            }
            else if (TypeName().Match(line) is { Success: true } found)
            {
                type = found.Groups[1].Value;
                isTest = false;
            }
            else if (isTest && type is not null && Method().Match(line) is { Success: true } method)
            {
                isTest = false;
                yield return new TestSource(project, $"{space}.{type}.{method.Groups[1].Value}", file);
            }
        }
    }

    private static IEnumerable<TestSource> ScanFile(string file) => Scan(Repository.Read(file), file);

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^\[.*\b(Fact|Theory)\b")]
    private static partial Regex TestAttribute();

    [GeneratedRegex(@"^(?:(?:public|internal|private|sealed|abstract|static|partial)\s+)*(?:class|record|struct)\s+(?!class|struct)(\w+)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^public\s.*?\b(\w+)\s*\(")]
    private static partial Regex Method();
}
