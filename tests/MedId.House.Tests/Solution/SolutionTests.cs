using System.Text.RegularExpressions;
using System.Xml.Linq;
using MedId.House.Tests.Requirements;
using MedId.TestSupport;

namespace MedId.House.Tests.Solution;

/// <summary>A green run means that everything ran.</summary>
public sealed partial class SolutionTests
{
    private static readonly IReadOnlyList<string> Projects = [.. Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))];

    private static readonly IReadOnlyList<string> TestProjects =
        [.. Projects.Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith(".Tests.csproj", StringComparison.Ordinal))];

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = ProjectLine().Matches(Repository.Read("MedIdSdk.sln")).Select(match => match.Groups[1].Value.Replace('\\', '/'));
        Assert.Equal(Projects.Order(StringComparer.Ordinal), solution.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Solution_BuildsEveryProject()
    {
        var solution = Repository.Read("MedIdSdk.sln");
        Complaints.None(ProjectId().Matches(solution)
            .Where(match => !solution.Contains($"{match.Groups[2].Value}.Release|Any CPU.Build.0", StringComparison.Ordinal))
            .Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void TestProjects_EachHasTests() =>
        Complaints.None(TestProjects.Where(project => !TestSource.All.Any(test => project.StartsWith($"tests/{test.Project}/", StringComparison.Ordinal))));

    [Fact]
    public void Tests_EachStandsInATestProject() =>
        Complaints.None(TestSource.All.Where(test => !TestProjects.Contains($"tests/{test.Project}/{test.Project}.csproj")).Select(test => $"{test.File}: {test.FullName}"));

    [Fact]
    public void Packages_EachHasItsTestProject() =>
        Complaints.None(Package.All.Select(package => $"tests/{package.Name}.Tests/{package.Name}.Tests.csproj").Where(project => !TestProjects.Contains(project)));

    [Fact]
    public void Projects_HaveTheirLockFile() => Complaints.None(Projects
        .Select(project => Path.GetDirectoryName(project)!.Replace('\\', '/') + "/packages.lock.json")
        .Where(file => !Repository.Files.Contains(file)));

    // A publish for one runtime that restores by itself writes that runtime into every lock file, and the next locked restore fails.
    [Fact]
    public void LockFiles_NameARuntimeOnlyWhereTheProjectDoes() => Complaints.None(Repository.Files
        .Where(file => file.EndsWith("/packages.lock.json", StringComparison.Ordinal) && Repository.Read(file).Contains("\"net10.0/", StringComparison.Ordinal))
        .Where(file => !Projects.Any(project => Path.GetDirectoryName(project) == Path.GetDirectoryName(file) && Repository.Read(project).Contains("<RuntimeIdentifiers>", StringComparison.Ordinal))));

    [Fact]
    public void Packages_HaveOneVersion() => Complaints.None(Package.All
        .Where(package => package.Project.Descendants("Version").Any() || package.Project.Descendants("VersionPrefix").Any())
        .Select(package => package.Name));

    [Fact]
    public void Changelog_BeginsWithTheVersionOfThePackages()
    {
        var version = XDocument.Load(Checkout.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;
        var first = VersionHeading().Match(Repository.Read("build/docs/changelog.md"));
        Assert.Equal(version, first.Groups[1].Value);
    }

    [Fact]
    public void Runner_IsTheTestingPlatform() =>
        Assert.Contains("\"runner\": \"Microsoft.Testing.Platform\"", Repository.Read("global.json"), StringComparison.Ordinal);

    [GeneratedRegex(@"^Project\([^)]*\) = ""[^""]*"", ""([^""]*\.csproj)""", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();

    [GeneratedRegex(@"^Project\([^)]*\) = ""[^""]*"", ""([^""]*\.csproj)"", ""({[^}]*})""", RegexOptions.Multiline)]
    private static partial Regex ProjectId();

    [GeneratedRegex(@"^## (\d+\.\d+\.\d+)", RegexOptions.Multiline)]
    private static partial Regex VersionHeading();
}
