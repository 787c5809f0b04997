using System.Text.RegularExpressions;

namespace MedId.House.Tests.Conventions;

public sealed partial class TypeConventionTests
{
    [Fact]
    public void Classes_AreSealedStaticOrAbstract() => Complaints.None(
        from package in Package.All
        from type in package.Types
        where type.IsClass && !type.IsSealed && !type.IsAbstract
        select $"{package.Name}: {type.FullName}");

    [Fact]
    public void Namespace_OfPublicTypes_IsThePackage() => Complaints.None(
        from package in Package.All
        from type in package.Types
        where type.IsVisible && type.Namespace != package.Name && !IsExtensionHome(type)
        select $"{package.Name}: {type.FullName}");

    [Fact]
    public void Namespace_OfInternalTypes_BeginsWithThePackage() => Complaints.None(
        from package in Package.All
        from type in package.Types
        where !IsExtensionHome(type) && type.Namespace != package.Name && type.Namespace?.StartsWith(package.Name + ".", StringComparison.Ordinal) != true
        select $"{package.Name}: {type.FullName}");

    [Fact]
    public void Files_HoldOnePublicTypeOfTheirName() => Complaints.None(
        from file in Repository.Under("src", ".cs")
        let types = PublicType().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).ToList()
        where types.Count > 1 || (types.Count == 1 && Path.GetFileName(file).Split('.')[0] != types[0])
        select $"{file}: {string.Join(", ", types)}");

    [Fact]
    public void Folders_AreNotNamedAfterPatterns() => Complaints.None(Repository.Under("src", ".cs")
        .Where(file => file.Split('/').Any(part => part is "Models" or "Helpers" or "Utils" or "Utilities" or "Managers" or "Interfaces" or "Common" or "Extensions")));

    [Fact]
    public void PublicType_Source_FindsTypesAtTheFirstColumnOnly()
    {
        const string source = "public sealed record One(int A);\npublic readonly record struct Two;\n    public class Nested;\ninternal class Three;\npublic delegate void Four(int a);\n";
        Assert.Equal(["One", "Two", "Four"], PublicType().Matches(source).Select(match => match.Groups[1].Value));
    }

    // Registration and mapping stand where the integrator's own file already looks.
    private static bool IsExtensionHome(Type type) =>
        type.IsAbstract && type.IsSealed && type.Namespace is "Microsoft.Extensions.DependencyInjection" or "Microsoft.AspNetCore.Builder";

    [GeneratedRegex(@"^public (?:(?:sealed|static|abstract|readonly|ref|partial|unsafe) )*(?:class|record struct|record class|record|struct|interface|enum|delegate [\w<>?.,\[\] ]+?) (\w+)(?=[\s<(;:{]|$)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
