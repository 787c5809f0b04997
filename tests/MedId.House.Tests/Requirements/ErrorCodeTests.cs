using MedId.Cli.Requirements;
using MedId.TestSupport;

namespace MedId.House.Tests.Requirements;

public sealed class ErrorCodeTests
{
    private static readonly RequirementSet Rows = RequirementSet.FromFolder(Checkout.PathOf("src"));

    [Fact]
    public void Constants_AreThere() => Assert.NotEmpty(ErrorCodeConstant.All);

    [Fact]
    public void Constants_AreUniqueOverAllPackages() => Complaints.None(ErrorCodeConstant.All
        .GroupBy(constant => constant.Code, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Select(constant => $"{constant.Package} {constant.Type}.{constant.Name}"))}"));

    [Fact]
    public void Constants_OfAnAreaStandInOneClass() => Complaints.None(ErrorCodeConstant.All
        .GroupBy(constant => $"{constant.Package} {constant.Code.Split('.')[0]}", StringComparer.Ordinal)
        .Where(group => group.Select(constant => constant.Type).Distinct().Count() > 1)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Select(constant => constant.Type).Distinct())}"));

    [Theory]
    [MemberData(nameof(Package.Names), MemberType = typeof(Package))]
    public void Texts_AreThereForEachConstantAndForNothingElse(string name)
    {
        var constants = ErrorCodeConstant.All.Where(constant => constant.Package == name).Select(constant => constant.Code);
        var texts = Rows.Packages.Where(package => package.Package == name).SelectMany(package => package.Codes.Keys);
        Assert.Equal(constants.Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Constants_AreShownByATestThatNamesThem()
    {
        var files = TestSource.All.ToLookup(test => test.FullName, test => test.File, StringComparer.Ordinal);
        Complaints.None(
            from constant in ErrorCodeConstant.All
            let tests = Rows.Rows.Where(row => row.Error == constant.Code && row.Test is not null).Select(row => row.Test!).ToList()
            where !tests.Any(test => files[test].Any(file => constant.IsNamedIn(Repository.Read(file))))
            select tests.Count == 0
                ? $"{constant.Package} {constant.Code}: no row has it as its error"
                : $"{constant.Package} {constant.Code}: no file of its rows' tests names {constant.Type}.{constant.Name}");
    }

    [Fact]
    public void Sources_NoCodeIsWrittenBesideItsConstant()
    {
        var codes = ErrorCodeConstant.All.ToDictionary(constant => $"\"{constant.Code}\"", constant => constant, StringComparer.Ordinal);
        Complaints.None(
            from file in Repository.Under("src", ".cs")
            where !Path.GetFileName(file).Contains("ErrorCodes.", StringComparison.Ordinal)
            let source = Repository.Read(file)
            from code in codes
            where source.Contains(code.Key, StringComparison.Ordinal)
            select $"{file}: use {code.Value.Type}.{code.Value.Name} for {code.Key}");
    }
}
