using System.Diagnostics;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Ciba.Interop.Tests;

/// <summary>A client of others (npm openid-client) as a process; see tests/interop/ciba-rp.mjs.</summary>
public sealed class RpProcess : IAsyncLifetime
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private Process? _process;
    private JsonNode _ready = new JsonObject();

    /// <summary>Why the peer is not there; null when it is.</summary>
    public string? Absent { get; private set; }

    /// <summary>Where it is pinged.</summary>
    public string NotificationEndpoint => (string)_ready["notification_endpoint"]!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var folder = Checkout.PathOf("tests", "interop");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "openid-client")))
        {
            Absent = "run 'npm ci' in tests/interop first";
            return;
        }

        try
        {
            _process = Process.Start(new ProcessStartInfo("node", ["ciba-rp.mjs"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Absent = "node 20 or later is not installed";
            return;
        }

        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        _ready = JsonNode.Parse(await ReadAsync())!;
    }

    /// <summary>Skips, saying why, where the peer is not there; in CI that is a failure.</summary>
    public void Require()
    {
        if (Absent is not null)
        {
            Assert.False(TestVectors.IsContinuousIntegration, "In CI the peer has to run: " + Absent);
            Assert.Skip("The peer client needs node with the package openid-client: " + Absent);
        }
    }

    /// <summary>Its public key of an algorithm, as a key set.</summary>
    public JsonObject Jwks(string alg) => new() { ["keys"] = new JsonArray(_ready["keys"]![alg]!.DeepClone()) };

    /// <summary>Runs one flow.</summary>
    public async Task<JsonNode> RunAsync(JsonObject job)
    {
        await _one.WaitAsync();
        try
        {
            await _process!.StandardInput.WriteLineAsync(job.ToJsonString());
            await _process.StandardInput.FlushAsync();
            return JsonNode.Parse(await ReadAsync())!;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _one.Dispose();
        if (_process is not null)
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await _process.WaitForExitAsync(limit.Token);
            _process.Dispose();
        }
    }

    private async Task<string> ReadAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _process!.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The peer ended.");
    }
}
