using System.Diagnostics;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Provider.Tests.Audit;

/// <summary>ajv with the published R4 schema, and the published code systems (tests/interop/consent-peer.mjs).</summary>
internal static class FhirPeer
{
    private static string Folder { get; } = Checkout.PathOf("tests", "interop");

    /// <summary>What the peer says of each line, in order.</summary>
    public static async Task<IReadOnlyList<JsonObject>> JudgeAsync(params IEnumerable<JsonObject> lines)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@medplum", "definitions")))
        {
            Assert.False(TestVectors.IsContinuousIntegration, "In CI the peer has to run: run 'npm ci' in tests/interop first");
            Assert.Skip("The peer is not there: run 'npm ci' in tests/interop first");
        }

        using var process = Process.Start(new ProcessStartInfo("node", "consent-peer.mjs") { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        foreach (var line in lines)
        {
            await process.StandardInput.WriteLineAsync(line.ToJsonString());
        }

        process.StandardInput.Close();
        var text = await output;
        await process.WaitForExitAsync(limit.Token);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }
}
