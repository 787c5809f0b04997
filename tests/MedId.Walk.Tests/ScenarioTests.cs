namespace MedId.Walk.Tests;

public class ScenarioTests
{
    public static TheoryData<string> Scenarios =>
    [
        "basic", "denied", "expired", "narrowed", "withdrawn", "wrong-patient", "no-doctor-evidence", "tampered-assertion", "replayed-assertion", "foreign-app",
        "two-redeemers", "restart", "replayed-ticket", "expired-ticket", "foreign-ticket", "passkey", "lost-phone",
        "pre-consent", "break-glass", "proxy", "one-time-code", "refresh", "reuse", "notice-changed",
    ];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Run_Scenario_EndsAsItSaysAndLeavesNoPersonalValueInLogsTelemetryOrDatabase(string scenario)
    {
        // At trace level, and everything is kept.
        var folder = Directory.CreateTempSubdirectory("medid-scenario-");
        try
        {
            var result = await MainJob.RunAsync("--scenario", scenario, "--json", "--logs", folder.FullName, "--keep", folder.FullName);

            Assert.True(result.ExitCode == 0, result.ToString());
            Assert.All(result.Lines, line => Assert.Equal(scenario, (string?)line["scenario"]));
            Assert.True((bool)result.Lines[^1]["ok"]!);
            var searched = PersonalData.Search(folder);
            Assert.True(searched >= 5, $"only {searched} files were searched");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task List_NamesTheScenariosOfTheseTestsAndNoOther()
    {
        var result = await MainJob.RunAsync("--list");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            Scenarios.Select(row => row.Data).Order(StringComparer.Ordinal),
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task Run_OpKilledAndStartedAgainAfterAStep_StillEndsWell(int step)
    {
        var result = await MainJob.RunAsync("--kill-after", step.ToString(System.Globalization.CultureInfo.InvariantCulture), "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Theory]
    [InlineData("--scenario", "nonsense")]
    [InlineData("--nonsense", "x")]
    public async Task Run_WrongCall_ExitsWithTwo(params string[] arguments) => Assert.Equal(2, (await MainJob.RunAsync(arguments)).ExitCode);

    [Fact]
    public async Task Run_InMemory_EndsWell()
    {
        var result = await MainJob.RunAsync("--storage", "memory", "--json", "--lang", "ja");

        Assert.True(result.ExitCode == 0, result.ToString());
    }
}
