namespace MedId.House.Tests.Arrows;

public sealed class ArrowTests
{
    // Analyzers leave nothing in the assembly, so they are no arrow.
    private static readonly string[] BuildTools = ["Meziantou.Analyzer", "Microsoft.CodeAnalysis.BannedApiAnalyzers"];

    private static readonly string[] AspNetCoreRooms =
        ["MedId.AspNetCore.Identity", "MedId.AspNetCore.Provider", "MedId.AspNetCore.RelyingParty", "MedId.AspNetCore.ResourceServer", "MedId.Testing"];

    [Fact]
    public void House_EveryPackage_HasItsFloor() =>
        Assert.Equal(Package.All.Select(package => package.Name), Floor.House.Select(floor => floor.Package).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Package.Names), MemberType = typeof(Package))]
    public void Assembly_References_PointDownOnly(string name)
    {
        var floor = Floor.House.Single(floor => floor.Package == name);
        var references = Package.Named(name).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToList();

        Assert.NotEmpty(references);
        Complaints.None(references.Where(reference => !floor.Allows(reference)).Select(reference => $"{name} → {reference}"));
    }

    [Theory]
    [MemberData(nameof(Package.Names), MemberType = typeof(Package))]
    public void Project_References_PointDownOnly(string name)
    {
        var floor = Floor.House.Single(floor => floor.Package == name);
        var project = Package.Named(name).Project;
        var references = project.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Concat(project.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value))
            .Except(BuildTools, StringComparer.Ordinal);

        Complaints.None(references.Where(reference => !floor.Allows(reference)).Select(reference => $"{name}.csproj → {reference}"));
    }

    [Fact]
    public void FrameworkReference_AspNetCore_OnlyInTheRoofAndTesting()
    {
        var rooms = Package.All
            .Where(package => package.Project.Descendants("FrameworkReference").Any())
            .Select(package => package.Name);

        Assert.Equal(AspNetCoreRooms, rooms);
    }

    [Theory]
    [InlineData("MedId.Core", "MedId.Cryptography")]
    [InlineData("MedId.Fido.Uaf", "MedId.OAuth")]
    [InlineData("MedId.Heart.Fhir.Scopes", "MedId.Cryptography")]
    [InlineData("MedId.Provider", "Microsoft.AspNetCore.Http")]
    [InlineData("MedId.Provider", "MedId.Ciba.Client")]
    [InlineData("MedId.Ciba.Server", "Microsoft.Data.Sqlite")]
    public void Allows_ArrowUpOrSideways_IsRefused(string from, string to) =>
        Assert.False(Floor.House.Single(floor => floor.Package == from).Allows(to));
}
