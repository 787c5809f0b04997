using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MedId.Samples.ConsentedAccess;
using MedId.TestSupport;

namespace MedId.Samples.Tests;

/// <summary>The main job's own parts: its table, its order of telling, its words.</summary>
public partial class MainJobTests
{
    [Fact]
    public void Scenarios_Table_HasEveryScenarioOnceInBothLanguages()
    {
        string[] expected =
        [
            "basic", "denied", "expired", "narrowed", "withdrawn", "wrong-patient", "no-doctor-evidence", "tampered-assertion", "replayed-assertion", "foreign-app",
            "replayed-ticket", "expired-ticket", "foreign-ticket", "two-redeemers", "restart", "passkey", "pre-consent", "break-glass", "proxy",
            "one-time-code", "lost-phone", "refresh", "reuse", "notice-changed",
        ];
        Assert.Equal(expected, ScenarioTable.All.Select(scenario => scenario.Name));
        Assert.All(ScenarioTable.All, scenario => Assert.NotEqual(scenario.Text("en"), scenario.Text("ja")));
    }

    [Fact]
    public void Texts_OwnSentences_ExistInBothLanguages()
    {
        Assert.Equal(Keys("en").Order(StringComparer.Ordinal), Keys("ja").Order(StringComparer.Ordinal));
        static IEnumerable<string> Keys(string language) => Words(language)["own"]!.AsObject().Select(pair => pair.Key);
    }

    /// <summary>What the hosts say is found in their sources: names of steps and facts that were checked.</summary>
    [Fact]
    public void Texts_SentencesOfTheHosts_HaveJapaneseWords()
    {
        var japanese = Words("ja")["hosts"]!.AsObject();
        string[] hosts = ["PatientAuthOp", "DoctorAuthOp", "HealthRecordApi", "DoctorEhr", "PatientPhone"];
        var sources = hosts.SelectMany(host => Directory.EnumerateFiles(Path.Combine(Checkout.Root, "samples", host), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        var said = sources.SelectMany(source => Said().Matches(source)).Select(match => match.Groups["text"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(said.Count > 40, $"only {said.Count} sentences were found");
        Assert.All(said, sentence => Assert.True(japanese.ContainsKey(sentence), sentence));
    }

    [Fact]
    public void ReadingOrder_AnswersBeforeQuestions_AreToldInTheOrderInWhichThingsBegan()
    {
        var order = new ReadingOrder();
        List<int> told = [];
        for (var step = 0; step < 6; step++)
        {
            foreach (var role in WalkSteps.HostsOf(step))
            {
                order.Add(Report(step, role));
                told.AddRange(order.TakeReady().Select(report => report.Step));
            }
        }

        foreach (var (step, role) in new[] { (8, HostRole.PatientOp), (7, HostRole.Api), (8, HostRole.Api), (9, HostRole.Api), (6, HostRole.Ehr) })
        {
            order.Add(Report(step, role));
            told.AddRange(order.TakeReady().Select(report => report.Step));
        }

        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8, 9], told);
    }

    [Fact]
    public void ReadingOrder_WhatNeverCouldBeTold_IsToldAtTheEnd()
    {
        var order = new ReadingOrder();
        order.Add(Report(2, HostRole.Ehr));
        Assert.Empty(order.TakeReady());
        Assert.Single(order.TakeAll());
    }

    [Theory]
    [InlineData("""{"step":4,"host":"phone","name":"n","ok":false,"code":"a.b","sent":{},"checked":["c"],"ms":3}""", "a.b")]
    [InlineData("""{"step":4,"host":"phone","name":"n","ok":false,"sent":{},"checked":[],"ms":3}""", "host.refusal_without_code")]
    [InlineData("""{"step":4,"host":"phone","name":"n","ok":true,"code":null,"sent":{},"checked":[],"ms":3}""", null)]
    public void StepReport_Line_IsReadWithItsCode(string line, string? code) => Assert.Equal(code, StepReport.TryRead("phone", line, TimeSpan.Zero)!.Code);

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"step":"four"}""")]
    [InlineData("""{"step":4}""")]
    [InlineData("[4]")]
    public void StepReport_AnythingElse_IsNone(string line) => Assert.Null(StepReport.TryRead("phone", line, TimeSpan.Zero));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("患者", 4)]
    [InlineData("𠮷田", 4)]
    [InlineData("OP の", 5)]
    public void Columns_JapaneseText_TakesTwoCellsACharacter(string text, int cells) => Assert.Equal(cells, Columns.Width(text));

    [Theory]
    [InlineData("--scenario")]
    [InlineData("--lang fr")]
    [InlineData("--storage file")]
    [InlineData("--kill-after 10")]
    [InlineData("--kill-after 4 --storage memory")]
    [InlineData("--kill-after 4 --scenario denied")]
    [InlineData("--scenario all --route x")]
    [InlineData("--what ever")]
    public void WalkOptions_Mistakes_AreNamed(string line)
    {
        Assert.Null(WalkOptions.TryParse(line.Split(' '), out var mistake));
        Assert.NotNull(mistake);
    }

    private static JsonObject Words(string language) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "samples", "ConsentedAccess", "Showing", $"texts.{language}.json")))!.AsObject();

    private static StepReport Report(int step, string role) => new(role, step, "name", null, [], [], 0, TimeSpan.Zero);

    [GeneratedRegex("""(?:steps\.Begin\(\d+, |\.Checked\()"(?<text>[^"\\]+)"\)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Said();
}
