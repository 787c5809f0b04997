using MedId.Cli.Requirements;

namespace MedId.House.Tests.Requirements;

/// <summary>The rules themselves: each row here is wrong in one way, and the rule has to say so.</summary>
public sealed class RequirementRulesTests
{
    private static readonly RequirementRow Good = new("uaf-reg-08", "A standard", "1", "Something.", "server", "supported", "Type.Member", null, "A.B.C");

    [Fact]
    public void Complaints_GoodRow_None() => Assert.Empty(RowRules.Complaints(Of(Good)));

    public static TheoryData<string, string> BrokenRows { get; } = new()
    {
        { "id", "id is lower case" },
        { "section", "say something" },
        { "duty", "duty 'somebody'" },
        { "status", "status 'perhaps'" },
        { "code", "names its code and its test" },
        { "test", "names its code and its test" },
        { "note", "has a note" },
    };

    [Theory]
    [MemberData(nameof(BrokenRows))]
    public void Complaints_OneMemberBroken_SaysWhich(string member, string complaint)
    {
        var broken = member switch
        {
            "id" => Good with { Id = "UAF_8" },
            "section" => Good with { Section = " " },
            "duty" => Good with { Duty = "somebody" },
            "status" => Good with { Status = "perhaps" },
            "code" => Good with { Code = null },
            "test" => Good with { Test = null },
            _ => Good with { Status = "not done" },
        };
        Assert.Contains(complaint, Assert.Single(RowRules.Complaints(Of(broken))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("area", "Said.", "言った。")]
    [InlineData("Area.cause", "Said.", "言った。")]
    [InlineData("area.cause", "", "言った。")]
    [InlineData("area.cause", "言った。", "言った。")]
    [InlineData("area.cause", "Said.", "Said.")]
    public void Complaints_BrokenText_IsFound(string code, string english, string japanese) =>
        Assert.Single(RowRules.Complaints(new PackageRequirements("P", new() { [code] = new ErrorText(english, japanese) }, [])));

    [Theory]
    [InlineData("""{"package":"P","codes":{}}""")]
    [InlineData("""{"package":"P","codes":{},"rows":[],"extra":1}""")]
    [InlineData("""{"package":"P","codes":{},"rows":[{"id":"a-1","standard":"S","section":"1","requires":"R","duty":"server","status":"supported","code":"C","error":null}]}""")]
    [InlineData("""{"package":"P","codes":{"a.b":{"en":"Said."}},"rows":[]}""")]
    [InlineData("""{"package":"P","codes":{"a.b":{"en":"1","ja":"1"},"a.b":{"en":"2","ja":"2"}},"rows":[]}""")]
    [InlineData("null")]
    public void Parse_MemberMissingUnknownOrTwice_IsRefused(string json) =>
        Assert.Throws<InvalidDataException>(() => RequirementSet.Parse(json, "requirements.json"));

    [Fact]
    public void Scan_Source_FindsTestsAndNothingElse()
    {
        const string source = """
            namespace A.B;

            public sealed class OuterTests
            {
                [Fact]
                public void First_Case_Works() => Helper();

                [Theory]
                [InlineData(1)]
                public async Task Second_Case_WorksAsync(int number)
                {
                }

                public static void Helper()
                {
                }
            }
            """;
        Assert.Equal(
            ["A.B.OuterTests.First_Case_Works", "A.B.OuterTests.Second_Case_WorksAsync"],
            TestSource.Scan(source, "tests/A.B.Tests/OuterTests.cs").Select(test => test.FullName));
    }

    [Theory]
    [InlineData("MedIdError", true)]
    [InlineData("MedIdError.Code", true)]
    [InlineData("MedIdResult.Then", true)]
    [InlineData("MedIdError.IsCode", true)]
    [InlineData("MedIdError.Gone", false)]
    [InlineData("Gone", false)]
    public void Exists_TypeOrMember_IsFoundByItsName(string reference, bool found) =>
        Assert.Equal(found, CodeReference.Exists(Package.Named("MedId.Core"), reference));

    private static PackageRequirements Of(RequirementRow row) => new("P", [], [row]);
}
