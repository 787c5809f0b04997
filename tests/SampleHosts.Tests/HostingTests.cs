using System.Text.Json.Nodes;
using MedId.Samples.Hosting;
using MedId.TestSupport;
using Microsoft.Extensions.Logging;

namespace SampleHosts.Tests;

public class HostingTests
{
    private static readonly HostFlag[] Flags = [HostFlag.Needed("--op", "URL", "x"), HostFlag.Switch("--lab", "x")];

    [Fact]
    public void Parse_Right_GivesValuesAndDefaults()
    {
        var arguments = HostArguments.Parse("h", ["--op", "http://127.0.0.1:1", "--steps", "--log-level", "Trace"], Flags)!;
        Assert.Equal("http://127.0.0.1:1", arguments.Needed("--op"));
        Assert.True(arguments.Steps);
        Assert.False(arguments.Has("--lab"));
        Assert.Equal(LogLevel.Trace, arguments.LogLevel);
        Assert.Equal("http://127.0.0.1:0", arguments.Urls);
        Assert.True(arguments.ListensOnLoopbackOnly);
    }

    [Theory]
    [InlineData("--op")]
    [InlineData("")]
    [InlineData("--op x --unknown")]
    [InlineData("--op x --op y")]
    [InlineData("--op x --log-level loud")]
    [InlineData("--OP x")]
    public void Parse_WithAMistake_GivesNothing(string line) => Assert.Null(HostArguments.Parse("h", line.Split(' ', StringSplitOptions.RemoveEmptyEntries), Flags));

    [Theory]
    [InlineData("http://0.0.0.0:5000", false)]
    [InlineData("http://127.0.0.1:5000;http://192.0.2.1:5000", false)]
    [InlineData("http://[::1]:5000;https://localhost:5001", true)]
    [InlineData("http://*:5000", false)]
    public void ListensOnLoopbackOnly_EveryUrl_Counts(string urls, bool expected) =>
        Assert.Equal(expected, HostArguments.Parse("h", ["--op", "x", "--urls", urls], Flags)!.ListensOnLoopbackOnly);

    [Theory]
    [InlineData("𠮷田")]
    [InlineData("葛\U000E0100城")]
    [InlineData("\\uD842\\uDFB7")]
    [InlineData("\\\\uD842\\uDFB7 𠮷 \"\n")]
    public void ToText_AnyText_IsReadableAndTheSameJson(string text)
    {
        var written = SampleJson.ToText(new JsonObject { ["a"] = text });
        Assert.Equal(text, (string?)JsonNode.Parse(written)!["a"]);
        Assert.Equal(text.Contains("𠮷", StringComparison.Ordinal), written.Contains("𠮷", StringComparison.Ordinal));
    }

    [Fact]
    public void Step_DoneOrRefused_IsOneLineOfTheContract()
    {
        using var output = new StringWriter();
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));
        var steps = new StepReporter("phone", output, time);
        var step = steps.Begin(4, "consent").Sent("title", "同意").Checked("digest");
        time.Advance(TimeSpan.FromMilliseconds(12));
        step.Done();
        step.Refused("uaf.late");
        steps.Begin(4, "consent").Refused("uaf.challenge_expired");
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal("""{"step":4,"host":"phone","name":"consent","ok":true,"code":null,"sent":{"title":"同意"},"checked":["digest"],"ms":12}""", lines[0].TrimEnd('\r'));
        var refused = JsonNode.Parse(lines[1])!;
        Assert.False((bool)refused["ok"]!);
        Assert.Equal("uaf.challenge_expired", (string?)refused["code"]);
    }
}
