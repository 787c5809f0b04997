using MedId.Cli.Requirements;
using MedId.TestSupport;

namespace MedId.House.Tests.Requirements;

public sealed class RequirementRowTests
{
    private static readonly RequirementSet Rows = RequirementSet.FromFolder(Checkout.PathOf("src"));

    [Fact]
    public void Rows_AreThere() => Assert.NotEmpty(Rows.Rows);

    [Fact]
    public void Files_StandInTheFolderOfTheirPackage() =>
        Complaints.None(Repository.Under("src", "/requirements.json")
            .Select(file => (file, RequirementSet.Parse(Repository.Read(file), file).Package))
            .Where(pair => pair.file != $"src/{pair.Package}/requirements.json")
            .Select(pair => $"{pair.file} says it is of {pair.Package}"));

    [Fact]
    public void Rows_HaveTheirForm() => Complaints.None(Rows.Packages.SelectMany(RowRules.Complaints));

    [Fact]
    public void Ids_AreUniqueOverAllPackages() => Complaints.None(Twice(Rows.Rows.Select(row => row.Id)));

    [Fact]
    public void Codes_AreUniqueOverAllPackages() => Complaints.None(Twice(Rows.Packages.SelectMany(package => package.Codes.Keys)));

    [Fact]
    public void Tests_AreTests()
    {
        var tests = TestSource.All.Select(test => test.FullName).ToHashSet(StringComparer.Ordinal);
        Complaints.None(Rows.Rows.Where(row => row.Test is not null && !tests.Contains(row.Test)).Select(row => $"{row.Id}: no test {row.Test}"));
    }

    [Fact]
    public void Code_IsATypeOrMemberOfThePackage() => Complaints.None(
        from package in Rows.Packages
        from row in package.Rows
        where row.Code is not null && !CodeReference.Exists(Package.Named(package.Package), row.Code)
        select $"{row.Id}: {package.Package} has no {row.Code}");

    [Fact]
    public void Errors_AreCodesOfTheirPackageOrOfOneBelow() => Complaints.None(
        from package in Rows.Packages
        let below = Arrows.Floor.House.Single(floor => floor.Package == package.Package).Packages
        let known = Rows.Packages.Where(other => other.Package == package.Package || below.Contains(other.Package)).SelectMany(other => other.Codes.Keys)
        let codes = known.ToHashSet(StringComparer.Ordinal)
        from row in package.Rows
        where row.Error is not null && !codes.Contains(row.Error)
        select $"{row.Id}: {row.Error} has no texts in {package.Package} or below it");

    [Fact]
    public void Standards_AreSpeltAlike() => Complaints.None(Rows.Rows
        .Select(row => row.Standard)
        .Distinct(StringComparer.Ordinal)
        .GroupBy(standard => string.Concat(standard.Where(char.IsLetterOrDigit)), StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .Select(group => string.Join(" / ", group)));

    [Fact]
    public void ConformanceTable_IsWhatTheRowsGive() => Approved.Compare(ConformanceTable.Write(Rows), "build", "docs", "conformance.md");

    [Fact]
    public void Embedded_RowsOfTheProgram_AreTheOnesOfTheCheckout() =>
        Assert.Equal(ConformanceTable.Write(Rows), ConformanceTable.Write(RequirementSet.Embedded()));

    private static IEnumerable<string> Twice(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"{group.Key} stands {group.Count()} times");
}
