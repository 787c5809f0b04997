using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Walk.Tests;

/// <summary>Runs the main job as a person would, as a program with five servers of its own.</summary>
internal static class MainJob
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>The program, built in the configuration of these tests.</summary>
    public static string Assembly { get; } = Path.Combine(
        Checkout.Root, "samples", "ConsentedAccess", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "ConsentedAccess.dll");

    public static async Task<JobResult> RunAsync(params string[] arguments) => await StartAsync("dotnet", [Assembly, .. arguments]);

    public static async Task<JobResult> StartAsync(string program, string[] arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? Checkout.Root,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit * 3);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end.");
        }

        return new(process.ExitCode, await output, await errors);
    }
}

internal sealed record JobResult(int ExitCode, string Output, string Errors)
{
    public IReadOnlyList<JsonObject> Lines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!.AsObject())];

    /// <summary>What failed, for a person who reads the test's message.</summary>
    public override string ToString() => string.Join('\n', Output.Split('\n').Where(line => !line.Contains("\"ok\":true", StringComparison.Ordinal)).TakeLast(40)) + "\n" + Errors;
}
