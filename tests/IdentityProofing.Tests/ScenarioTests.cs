namespace MedId.Samples.IdentityProofing.Tests;

/// <summary>Every story of the sample, over real HTTP on the loopback interface, ends as it says.</summary>
/// <remarks>One at a time, and not beside <see cref="RetentionTests"/>: telemetry is listened to in the whole process.</remarks>
[Collection(nameof(ScenarioTests))]
public class ScenarioTests
{
    public static TheoryData<string> Names => [.. ScenarioTable.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Run_Scenario_EndsAsItHasTo(string name)
    {
        using var output = new StringWriter();

        var good = await ScenarioRunner.RunAsync(ProofingArguments.TryParse(["--scenario", name, "--json"])!, output, TestContext.Current.CancellationToken);

        Assert.True(good, output.ToString());
    }

    [Theory]
    [InlineData("--scenario", "nonsense")]
    [InlineData("--scenario")]
    [InlineData("--nonsense")]
    public void TryParse_WrongCall_IsRefused(params string[] arguments) => Assert.Null(ProofingArguments.TryParse(arguments));
}
