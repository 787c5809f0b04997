using System.Diagnostics;
using System.Text.RegularExpressions;
using MedId.TestSupport;

namespace MedId.Walk.Tests;

/// <summary>The witness is written in node with jose and shares no code with src: see tests/interop.</summary>
[Trait("Peer", "node")]
public partial class WireWitnessTests
{
    [Fact]
    public async Task Witness_UnchangedRunAndOneChangePerLeg_SeesWhatWasExpected()
    {
        var folder = Path.Combine(Checkout.Root, "tests", "interop");
        await RequireNodeAsync(folder);

        var result = await MainJob.StartAsync("node", ["witness.mjs", MainJob.Assembly], folder);

        TestContext.Current.TestOutputHelper?.WriteLine(result.Output);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        var counted = Closing().Match(result.Output);
        Assert.True(int.Parse(counted.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) >= 30, result.Output);
        Assert.Equal("0", counted.Groups[2].Value);
    }

    [GeneratedRegex(@"(\d+) passed, (\d+) failed\s*$", RegexOptions.None, 1000)]
    private static partial Regex Closing();

    /// <summary>Skips, saying why, where node or its one package is not there; in CI that is a failure.</summary>
    private static async Task RequireNodeAsync(string folder)
    {
        var why = !await AnswersAsync("node", "--version") ? "node 20 or later is not installed"
            : !Directory.Exists(Path.Combine(folder, "node_modules", "jose")) ? "run 'npm ci' in tests/interop first"
            : null;
        if (why is not null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "In CI the wire witness has to run: " + why);
            Assert.Skip("The wire witness needs node with the package jose: " + why);
        }
    }

    private static async Task<bool> AnswersAsync(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true });
            await process!.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
