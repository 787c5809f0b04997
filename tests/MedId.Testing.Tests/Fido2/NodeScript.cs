using System.Diagnostics;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Testing.Tests;

/// <summary>A script of tests/interop: JSON lines in, JSON lines out.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static string Folder { get; } = Checkout.PathOf("tests", "interop");

    public static async Task<IReadOnlyList<JsonObject>> RunAsync(string script, string package, IReadOnlyList<JsonObject> lines)
    {
        Require(package);
        var start = new ProcessStartInfo("node", [script]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        foreach (var line in lines)
        {
            await process.StandardInput.WriteLineAsync(line.ToJsonString());
        }

        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{script} did not end.");
        }

        Assert.True(process.ExitCode == 0, await errors);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    /// <summary>Skips, saying why, where node or the package is not there; in CI that is a failure.</summary>
    private static void Require(string package)
    {
        var why = !Answers("node", "--version") ? "node 20 or later is not installed"
            : !Directory.Exists(Path.Combine([Folder, "node_modules", .. package.Split('/')])) ? "run 'npm ci' in tests/interop first"
            : null;
        if (why is not null)
        {
            Assert.False(TestVectors.IsContinuousIntegration, $"In CI {package} has to be there: {why}");
            Assert.Skip($"The test needs node with the package {package}: {why}");
        }
    }

    private static bool Answers(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
