using System.Text.Json;

namespace MedId.Consent.Tests;

public sealed class ConsentLawsTests
{
    private static readonly DateOnly Day = new(2026, 4, 1);

    public static TheoryData<string> Names => [.. ConsentCases.All.Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_Case_GivesTheExpectedVerdictOfEachRule(string name)
    {
        var data = ConsentCases.Named(name);

        var report = ConsentCases.Evaluate(data);

        Assert.All(data.GetProperty("expect").EnumerateObject(), expected =>
            Assert.Equal(ConsentCases.Spell(expected.Value), ConsentCases.Spell(report.Findings.Single(f => f.Rule.Id == expected.Name))));
        if (data.TryGetProperty("overall", out var overall))
        {
            Assert.Equal(overall.GetString(), JsonNamingPolicy.KebabCaseLower.ConvertName(report.Overall.ToString()));
        }
    }

    [Fact]
    public void Cases_AreAtLeastForty_AndEachRuleHasAPassAFailAndAnUndecidable()
    {
        var seen = ConsentCases.All.SelectMany(c => c.GetProperty("expect").EnumerateObject()).ToLookup(e => e.Name, e => ConsentCases.Spell(e.Value).Split(':')[0]);

        Assert.True(ConsentCases.All.Count() >= 40);
        Assert.All(LawRules.Current.Rules, rule =>
        {
            Assert.True(seen[rule.Id].Contains("pass") != ConsentCases.Cannot("cannotPass", rule.Id), $"{rule.Id} passes in no case");
            Assert.True(seen[rule.Id].Contains("fail") != ConsentCases.Cannot("cannotFail", rule.Id), $"{rule.Id} fails in no case");
            Assert.True(seen[rule.Id].Contains("undecidable"), $"{rule.Id} is undecidable in no case");
        });
        Assert.All(seen, s => Assert.NotNull(LawRules.Current.FindRule(s.Key)));
    }

    // Facts are taken away one by one in a fixed shuffle, and looked at in the other direction: what is decided with fewer facts stays so with more.
    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_OneFactMore_NeverChangesWhatWasDecided(string name)
    {
        var data = ConsentCases.Named(name);
        var facts = data.GetProperty("facts").EnumerateObject().Select(f => (f.Name, f.Value)).ToList();
        for (var seed = 0; seed < 2; seed++)
        {
            var order = facts.OrderBy(f => Mix(f.Name, seed)).ToList();
            var known = new ConsentCase();
            var before = All(known);
            foreach (var (fact, value) in order)
            {
                known = ConsentCaseJson.Read(JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [fact] = value }), known).Value!;
                var after = All(known);
                Assert.All(before.Zip(after), pair => Assert.True(
                    pair.First.Verdict == LawVerdict.Undecidable || pair.First.Verdict == pair.Second.Verdict, $"{pair.First.Rule.Id} was {pair.First.Verdict}, and {fact} made it {pair.Second.Verdict}"));
                before = after;
            }
        }
    }

    [Fact]
    public void Evaluate_NothingKnown_NamesAFactOfTheRuleForEachUndecidableOne() => Assert.All(
        ConsentLaws.Evaluate(LawRules.Current, [.. LawRules.Current.Laws.Select(l => l.Id)], new(), Day).Findings.Where(f => f.Verdict == LawVerdict.Undecidable),
        finding => Assert.True(finding.Missing.Count > 0 && finding.Missing.All(m => finding.Rule.Facts.Concat(["cmia_medical_information", "hipaa_health_information"]).Contains(m)), finding.ToString()));

    [Fact]
    public void Evaluate_FreedomOfChoice_IsFlaggedAndNeverDecided()
    {
        var facts = new ConsentCase { GdprBasis = GdprBasis.Consent, RefusalWithoutDetriment = false, ServiceTied = true, RecipientKind = RecipientKind.Employer };

        var finding = Find("EU-2", facts);

        Assert.Equal(LawVerdict.Undecidable, finding.Verdict);
        Assert.Empty(finding.Missing);
        Assert.Equal(["detriment", "tied", "imbalance"], finding.Flags.Select(f => f.Code));
        Assert.Empty(Find("EU-2", facts with { RefusalWithoutDetriment = true, ServiceTied = false, RecipientKind = RecipientKind.Other }).Flags);
    }

    // Whatever else is said of a posted notice, a rule that asks for an explicit act is not met by it.
    [Theory]
    [InlineData("EU-1")]
    [InlineData("EU-8")]
    [InlineData("CA-6")]
    [InlineData("JP-M4")]
    public void Evaluate_PostedNotice_IsNeverTakenForExplicit(string rule)
    {
        var passing = ConsentCases.All.Where(c => c.GetProperty("expect").TryGetProperty(rule, out var e) && e.ValueKind == JsonValueKind.String && e.GetString() == "pass").ToList();

        Assert.NotEmpty(passing);
        Assert.All(passing, data =>
        {
            var facts = ConsentCases.Facts(data);
            Assert.Equal(LawVerdict.Pass, Find(rule, facts).Verdict);
            var implied = Find(rule, facts with { Basis = ConsentBasis.ImpliedPostedNotice });
            Assert.True(implied.Verdict == LawVerdict.Fail || facts.GdprArticle9 is not GdprArticle9Case.ExplicitConsent and not null, $"{data}");
        });
    }

    [Fact]
    public void Evaluate_UnverifiedRow_SaysSoAndGrantsNothingByDefault()
    {
        var report = ConsentCases.Evaluate(ConsentCases.Named("the same in a regional network: an unverified reading grants nothing"));
        var finding = report.Findings.Single(f => f.Rule.Id == "JP-M5");

        Assert.Equal((LawVerdict.Pass, LawCertainty.Unverified), (finding.Verdict, finding.Certainty));
        Assert.Contains("not verified", finding.Reason.En, StringComparison.Ordinal);
        Assert.Contains("確認されていません", finding.Reason.Ja, StringComparison.Ordinal);
        Assert.Equal(LawVerdict.Undecidable, report.Overall);
        Assert.Equal(LawVerdict.Pass, report.Decide(acceptUnverified: true));
    }

    [Fact]
    public void Require_Verdict_IsAResultWithTheRulesThatStopIt()
    {
        var facts = ConsentCases.Facts(ConsentCases.Named("a whole case: referral with explicit consent in Japan"));
        LawReport Report(ConsentCase c) => ConsentLaws.Evaluate(LawRules.Current, c, Day);

        Assert.Equal(LawVerdict.Pass, Report(facts).Require().Value);
        var broken = Report(facts with { ConsentActive = false }).Require().Error!;
        Assert.Equal((ConsentErrorCodes.LawNotMet, "appi 27(1)", "JP-1"), (broken.Code, broken.Section, broken.Detail));
        var open = Report(facts with { ConsentActive = null }).Require().Error!;
        Assert.Equal((ConsentErrorCodes.LawUndecided, "JP-1, JP-4"), (open.Code, open.Detail));
        Assert.Equal("subject_jurisdiction", Report(facts with { SubjectJurisdiction = null }).Require().Error!.Detail);
    }

    [Fact]
    public void Require_Standards_CountWhereAskedFor()
    {
        var report = ConsentLaws.Evaluate(LawRules.Current, [LawIds.Iso29184], new() { NoticeGiven = false }, Day);

        Assert.True(report.Require().Succeeded);
        Assert.Equal(ConsentErrorCodes.LawNotMet, report.Require(includeStandards: true).Error?.Code);
    }

    [Fact]
    public void Choose_PlacesOfAllParties_GiveAllTheirLaws()
    {
        var choice = ConsentLaws.Choose(LawRules.Current, new() { SubjectJurisdiction = "DE-BY", RecipientJurisdiction = "JP" });

        Assert.Equal([LawIds.Appi, LawIds.Gdpr, LawIds.EPrivacy], choice.Laws.Select(l => l.Id));
        Assert.Equal(["provider_jurisdiction"], choice.Missing);
    }

    [Theory]
    [InlineData("US")]
    [InlineData("US-NV")]
    [InlineData("CA")]
    public void Choose_PlaceThatIsNotCalifornia_IsNotCalifornian(string place) => Assert.Empty(
        ConsentLaws.Choose(LawRules.Current, new() { SubjectJurisdiction = place, ProviderJurisdiction = place, RecipientJurisdiction = place }).Laws);

    [Fact]
    public void Evaluate_CallThatMakesNoSense_Throws()
    {
        Assert.Throws<ArgumentException>(() => ConsentLaws.Evaluate(LawRules.Current, ["lex-nulla"], new(), Day));
        Assert.Throws<ArgumentException>(() => ConsentLaws.Choose(LawRules.Current, new() { SubjectJurisdiction = "Japan" }));
        Assert.Throws<ArgumentException>(() => ConsentLaws.Evaluate(LawRules.Current, [LawIds.Appi], new() { Basis = (ConsentBasis)99 }, Day));
    }

    private static List<LawFinding> All(ConsentCase facts) => [.. ConsentLaws.Evaluate(LawRules.Current, [.. LawRules.Current.Laws.Select(l => l.Id)], facts, Day).Findings];

    private static LawFinding Find(string rule, ConsentCase facts) => All(facts).Single(f => f.Rule.Id == rule);

    private static uint Mix(string text, int seed)
    {
        var hash = 2166136261u + ((uint)seed * 97);
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return unchecked(hash * 2654435761u) ^ (hash >> 13);
    }
}
