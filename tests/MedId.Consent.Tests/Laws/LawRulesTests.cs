using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Consent.Tests;

public sealed class LawRulesTests
{
    private static readonly byte[] Table = ReadTable();

    [Fact]
    public void Current_EachRow_HasItsSourceTextsAndCertainty() => Assert.All(LawRules.Current.Rules, rule =>
    {
        Assert.NotEmpty(rule.Section);
        Assert.NotEmpty(rule.Text.En);
        Assert.Contains(rule.Text.Ja, c => c > 0x3000);
        Assert.True(rule.Certainty == LawCertainty.Sure || rule.Reading is not null, $"{rule.Id} does not say where it was read");
        Assert.True(rule.Facts.Count > 0, $"{rule.Id} asks for no fact");
    });

    [Fact]
    public void Current_HasTheRowsOfEachLaw() => Assert.Equal(
        [("appi", 21), ("gdpr", 12), ("eprivacy", 3), ("ccpa", 10), ("iso-29184", 33)],
        LawRules.Current.Laws.Select(l => (l.Id, LawRules.Current.Rules.Count(r => r.Law.Id == l.Id))));

    [Fact]
    public void Current_ArticlesOfAppi_HaveTheirFormerNumber() => Assert.All(LawRules.Current.Rules.Where(r => r.Law.Id == LawIds.Appi && char.IsAsciiDigit(r.Section[0])), rule =>
        Assert.Equal(rule.Section.Split('(', ' ', ',')[0], AppiArticles.ToNew(rule.FormerSection!.Split('(', ' ', ',')[0], new(2021, 1, 1))));

    [Fact]
    public void Current_Drafts_DoNotBind() => Assert.Equal(["EP-2", "EP-3"], LawRules.Current.Rules.Where(r => r.Law.IsBinding && !r.IsBinding).Select(r => r.Id));

    [Fact]
    public void Facts_AreTheMembersOfTheCase_AndEachIsAskedForBySomeRule()
    {
        var members = typeof(ConsentCase).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).Select(p => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name));
        string[] elsewhere = ["subject_jurisdiction", "provider_jurisdiction", "cmia_medical_information", "hipaa_health_information"];

        Assert.Equal(members.Order(StringComparer.Ordinal), ConsentCase.FactNames.Order(StringComparer.Ordinal));
        Assert.Empty(ConsentCase.FactNames.Except(LawRules.Current.Rules.SelectMany(r => r.Facts)).Except(elsewhere));
    }

    [Theory]
    [InlineData("$.rules[0].certainty", "likely")]
    [InlineData("$.rules[0].applies", "special_care_dta")]
    [InlineData("$.rules[0].applies", "basis = explizit")]
    [InlineData("$.rules[0].applies", "special_care_data and")]
    [InlineData("$.rules[0].applies", "special_care_data ; transfer_to_other")]
    [InlineData("$.rules[0].applies", "(special_care_data")]
    [InlineData("$.rules[0].applies", "special_care_data transfer_to_other")]
    [InlineData("$.rules[0].applies", "subject_age <= consent_given_at")]
    [InlineData("$.rules[0].applies", "subject_age ! 3")]
    [InlineData("$.rules[0].applies", "basis in [explicit")]
    [InlineData("$.rules[0].from", "2022-4-1")]
    [InlineData("$.rules[0].law", "lex-nulla")]
    [InlineData("$.rules[0].id", "JP-2")]
    [InlineData("$.rules[0].aplies", "always")]
    [InlineData("$.laws[0].notice", "all of it")]
    public void Parse_OneFault_IsRefused(string at, string value)
    {
        var json = JsonNode.Parse(Table)!;
        Assert.True(LawRules.Parse(Encoding.UTF8.GetBytes(json.ToJsonString())).Succeeded);
        var parts = at.Split('.');
        json[parts[1].Split('[')[0]]![0]![parts[2]] = value;

        var read = LawRules.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()));

        Assert.Equal(ConsentErrorCodes.LawTable, read.Error?.Code);
    }

    [Fact]
    public void Parse_NestedTooDeep_IsRefused()
    {
        var json = JsonNode.Parse(Table)!;
        json["rules"]![0]!["applies"] = new string('(', 1000) + "always" + new string(')', 1000);

        Assert.Equal(ConsentErrorCodes.LawTable, LawRules.Parse(Encoding.UTF8.GetBytes(json.ToJsonString())).Error?.Code);
    }

    [Fact]
    public void Parse_Mutants_NeverThrow()
    {
        var accepted = 0;
        foreach (var mutant in new SeededMutator(31).Mutate(Table, 400))
        {
            accepted += LawRules.Parse(mutant.Bytes).Succeeded ? 1 : 0;
        }

        Assert.True(accepted < 400);
    }

    [Theory]
    [InlineData("23(1)", 2022, 3, 31, "27(1)")]
    [InlineData("23", 2022, 4, 1, null)]
    [InlineData("27(1) ii", 2022, 4, 1, "27(1) ii")]
    [InlineData("17(2)", 2022, 3, 31, "20(2)")]
    [InlineData("17", 2022, 4, 1, "17")]
    [InlineData("2(3)", 2020, 1, 1, "2(3)")]
    [InlineData("24", 2020, 1, 1, "28")]
    [InlineData("27", 2020, 1, 1, "32")]
    [InlineData("99", 2020, 1, 1, null)]
    [InlineData("(1)", 2020, 1, 1, null)]
    public void ToNew_Article_IsReadByItsDay(string article, int year, int month, int day, string? now) => Assert.Equal(now, AppiArticles.ToNew(article, new(year, month, day)));

    [Theory]
    [InlineData("27-1-1", AppiException.Law)]
    [InlineData("23-1-4", AppiException.StateCooperation)]
    [InlineData("27(1) vii", AppiException.AcademicThirdParty)]
    [InlineData("23(1)(iii)", AppiException.PublicHealthChildren)]
    public void TryReadException_BothNumberings_AreTheSame(string text, AppiException exception)
    {
        Assert.True(AppiArticles.TryReadException(text, out var read));
        Assert.Equal(exception, read);
        Assert.True(AppiArticles.TryReadException(AppiArticles.CodeOf(read), out var again) && again == read);
    }

    [Theory]
    [InlineData("23-1-5")]
    [InlineData("23(1) vii")]
    [InlineData("27-1-8")]
    [InlineData("27(2) i")]
    [InlineData("27-1-1 ")]
    [InlineData("")]
    public void TryReadException_NoException_IsRefused(string text) => Assert.False(AppiArticles.TryReadException(text, out _));

    private static byte[] ReadTable()
    {
        using var stream = typeof(LawRules).Assembly.GetManifestResourceStream("laws.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
