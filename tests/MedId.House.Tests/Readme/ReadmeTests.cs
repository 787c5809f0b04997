using MedId.TestSupport;

namespace MedId.House.Tests.Readme;

public sealed class ReadmeTests
{
    private static readonly IReadOnlyList<(string Name, string Text)> Regions =
        [.. Repository.Under("tests/MedId.House.Tests/Snippets", ".cs").SelectMany(file => Snippets.Regions(Repository.Read(file)))];

    private static readonly IReadOnlyList<string> Readmes =
    [
        .. Repository.Files.Where(file => file is "README.md" or "README.ja.md" || (file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith("/README.md", StringComparison.Ordinal))),
    ];

    [Fact]
    public void Readmes_AreThere() => Assert.Equal(Package.All.Count + 2, Readmes.Count);

    [Fact]
    public void Regions_HaveUniqueNames() =>
        Complaints.None(Regions.GroupBy(region => region.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void Blocks_EachIsARegionThatCompiles()
    {
        var regions = Regions.ToDictionary(region => region.Name, region => region.Text, StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable(Approved.UpdateVariable) == "1" && !TestVectors.IsContinuousIntegration)
        {
            foreach (var readme in Readmes)
            {
                var before = Repository.Read(readme);
                var after = Snippets.Fill(before, regions);
                if (after != before)
                {
                    File.WriteAllText(Checkout.PathOf(readme), after);
                }
            }
        }

        Complaints.None(
            from readme in Readmes
            from block in Snippets.Blocks(Repository.Read(readme))
            let complaint = Judge(block, regions)
            where complaint is not null
            select $"{readme}: {complaint}");
    }

    [Fact]
    public void Regions_EachIsShownSomewhere() => Complaints.None(Regions
        .Select(region => region.Name)
        .Except(Readmes.SelectMany(readme => Snippets.Blocks(Repository.Read(readme))).Select(block => block.Name ?? string.Empty), StringComparer.Ordinal)
        .Select(name => $"{name} is shown in no README"));

    [Fact]
    public void PackageReadmes_ShowTheirUse() => Complaints.None(Package.All
        .Where(package => !Snippets.Blocks(File.ReadAllText(package.Readme)).Any())
        .Select(package => $"src/{package.Name}/README.md has no C# block"));

    [Fact]
    public void PackageReadmes_BeginWithTheirPackage() => Complaints.None(Package.All
        .Where(package => File.ReadLines(package.Readme).First() != $"# {package.Name}")
        .Select(package => $"src/{package.Name}/README.md"));

    [Fact]
    public void Links_OfReadmesAndDocs_LeadToFilesThatAreThere() => Complaints.None(
        from file in Repository.Files
        where file.EndsWith(".md", StringComparison.Ordinal)
        from link in MarkdownLinks.Of(Repository.Read(file))
        let target = Path.GetFullPath(Path.Combine(Checkout.Root, Path.GetDirectoryName(file)!, link))
        where !Path.Exists(target)
        select $"{file} → {link}");

    [Fact]
    public void Fill_BlockWithAnOldText_GetsTheRegion()
    {
        const string readme = "before\n<!-- snippet: One -->\n```csharp\nold();\n```\nafter\n```csharp\nunnamed();\n```\n";
        var region = Assert.Single(Snippets.Regions("class A\n{\n    #region One\n    if (x)\n    {\n        fresh();\n    }\n    #endregion\n}\n"));

        var filled = Snippets.Fill(readme, new Dictionary<string, string> { [region.Name] = region.Text });

        Assert.Equal("before\n<!-- snippet: One -->\n```csharp\nif (x)\n{\n    fresh();\n}\n```\nafter\n```csharp\nunnamed();\n```\n", filled);
        Assert.Equal([("One", region.Text), (null, "unnamed();\n")], Snippets.Blocks(filled));
    }

    private static string? Judge((string? Name, string Text) block, Dictionary<string, string> regions) => block.Name switch
    {
        null => $"a C# block has no '<!-- snippet: Name -->' on the line before it: {block.Text.Split('\n')[0]}",
        _ when !regions.TryGetValue(block.Name, out var region) => $"no region '{block.Name}' in tests/MedId.House.Tests/Snippets",
        _ when regions[block.Name] != block.Text => $"'{block.Name}' is not its region; {Approved.UpdateVariable}=1 copies it",
        _ => null,
    };
}
