using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MedId.Benchmarks;

/// <summary>Starts the peer, @simplewebauthn/server in node, on the inputs of a set, after the set itself and on the same machine. Where node or the package is missing it says so.</summary>
internal static class PeerRun
{
    private const int Seconds = 3;

    /// <summary>What the peer needs for one operation, in microseconds of processor time and of the clock.</summary>
    public static async Task<PeerResult> RunAsync(IPeered set)
    {
        if (Folder() is not { } folder || !Directory.Exists(Path.Combine(folder, "node_modules", "@simplewebauthn", "server")))
        {
            return PeerResult.Missing("run 'npm ci' in tests/interop of a checkout first");
        }

        var start = new ProcessStartInfo("node", ["webauthn-peer.mjs", "--bench", Seconds.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            return PeerResult.Missing("node is not installed");
        }

        using (process)
        {
            foreach (var input in set.PeerInputs)
            {
                await process!.StandardInput.WriteLineAsync(input);
            }

            process!.StandardInput.Close();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException("The peer refuses an input of the benchmark.");
            }

            using var json = JsonDocument.Parse(output);
            var figures = json.RootElement.EnumerateObject().First(member => member.Name is "registration" or "authentication").Value;
            return new(
                $"{json.RootElement.GetProperty("peer").GetString()} on node {json.RootElement.GetProperty("node").GetString()}",
                figures.GetProperty("cpuMicroseconds").GetDouble(),
                figures.GetProperty("microseconds").GetDouble(),
                null);
        }
    }

    private static string? Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "tests", "interop", "webauthn-peer.mjs")))
            {
                return Path.Combine(folder.FullName, "tests", "interop");
            }
        }

        return null;
    }
}
