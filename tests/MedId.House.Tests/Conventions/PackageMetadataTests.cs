using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MedId.TestSupport;

namespace MedId.House.Tests.Conventions;

public sealed class PackageMetadataTests
{
    [Theory]
    [MemberData(nameof(Package.Names), MemberType = typeof(Package))]
    public void Package_DescribesItself(string name)
    {
        var project = Package.Named(name).Project;

        Assert.InRange(project.Descendants("Description").Single().Value.Length, 40, 400);
        Assert.NotEmpty(project.Descendants("MedIdTags").Single().Value);
        Assert.True(File.Exists(Package.Named(name).Readme));
    }

    [Fact]
    public void Projects_NoWarningIsSwitchedOffWithoutAReasonBesideIt() => Complaints.None(
        from file in Repository.Files
        where file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal) || file.EndsWith(".targets", StringComparison.Ordinal)
        from element in XDocument.Parse(Repository.Read(file)).Descendants("NoWarn")
        where element.ElementsBeforeSelf().LastOrDefault()?.NodesAfterSelf().OfType<XComment>().Any() != true
            && !element.NodesBeforeSelf().OfType<XComment>().Any()
        select file);

    [Fact]
    public void Dependencies_EachIsNamedInItsDecisionRecord()
    {
        var record = Repository.Read("build/docs/adr/0002-dependencies.md");
        Complaints.None(XDocument.Load(Checkout.PathOf("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value)
            .Where(package => !record.Contains($"`{package}`", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("build/docs/adr/0002-dependencies.md")]
    [InlineData("README.md")]
    [InlineData("README.ja.md")]
    public void Peers_EachIsNamedWhereTheyAreListed(string list)
    {
        var text = Repository.Read(list);
        Complaints.None(JsonNode.Parse(Repository.Read("tests/interop/package.json"))!["dependencies"]!.AsObject()
            .Select(peer => peer.Key)
            .Where(peer => !text.Contains($"`{peer}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Dependencies_AreExactVersions() => Complaints.None(XDocument.Load(Checkout.PathOf("Directory.Packages.props"))
        .Descendants("PackageVersion")
        .Select(package => $"{package.Attribute("Include")!.Value} {package.Attribute("Version")!.Value}")
        .Where(package => !Regex.IsMatch(package, @" \d+(\.\d+){2,3}$")));

    [Fact]
    public void DecisionRecords_HaveTheirChapters() => Complaints.None(
        from file in Repository.Under("build/docs/adr", ".md")
        where !Path.GetFileName(file).Equals("README.md", StringComparison.Ordinal)
        let text = Repository.Read(file)
        from chapter in new[] { "Status", "Context", "Decision", "Consequences" }
        where !text.Contains($"\n## {chapter}\n", StringComparison.Ordinal)
        select $"{file} has no chapter {chapter}");

    [Fact]
    public void DecisionRecords_HaveNumbersOfTheirOwn() => Complaints.None(Repository.Under("build/docs/adr", ".md")
        .Select(file => Path.GetFileName(file))
        .Where(file => file != "README.md")
        .GroupBy(file => Regex.IsMatch(file, "^[0-9]{4}-[a-z0-9-]+\\.md$") ? file[..4] : "no number: " + file)
        .Where(group => group.Count() > 1 || group.Key.Length > 4)
        .Select(group => string.Join(", ", group.Prepend(group.Key))));
}
