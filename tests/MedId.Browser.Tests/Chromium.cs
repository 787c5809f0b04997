using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Browser.Tests;

/// <summary>A real Chromium with virtual authenticators, behind tests/interop/browser.mjs: one command a line, one answer a line.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private Chromium(Process process) => _process = process;

    /// <summary>The origin of an empty page of the harness.</summary>
    public string Blank { get; private set; } = string.Empty;

    private static string Folder { get; } = Checkout.PathOf("tests", "interop");

    public static async Task<Chromium> StartAsync()
    {
        Require();
        var start = new ProcessStartInfo("node", ["browser.mjs"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        var browser = new Chromium(Process.Start(start)!);
        browser._process.ErrorDataReceived += (_, line) => browser._errors.AppendLine(line.Data);
        browser._process.BeginErrorReadLine();
        var ready = await browser.ReadAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"Chromium {ready["ready"]}");
        browser.Blank = (string)ready["blank"]!;
        return browser;
    }

    /// <summary>Does one thing and gives its answer; what goes wrong in the harness fails the test.</summary>
    public async Task<JsonObject> DoAsync(string what, params (string Name, JsonNode? Value)[] members)
    {
        var command = new JsonObject { ["do"] = what };
        foreach (var (name, value) in members)
        {
            command[name] = value;
        }

        await _process.StandardInput.WriteLineAsync(command.ToJsonString());
        await _process.StandardInput.FlushAsync();
        var answer = await ReadAsync();
        Assert.False(answer.ContainsKey("failed"), $"{what}: {answer["failed"]}");
        return answer;
    }

    public async Task<string> AddAsync(JsonObject authenticator) => (string)(await DoAsync("add", ("options", authenticator)))["id"]!;

    /// <summary>A ceremony in the page: the credential's JSON, or null and the browser's error.</summary>
    public async Task<(string? Credential, string? Error)> RunAsync(string kind, string publicKey)
    {
        var answer = await DoAsync(kind, ("publicKey", JsonNode.Parse(publicKey)));
        return (answer["credential"]?.ToJsonString(), (string?)answer["error"]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<JsonObject> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var line = await _process.StandardOutput.ReadLineAsync(limit.Token);
        Assert.True(line is not null, "The browser ended: " + _errors);
        return JsonNode.Parse(line)!.AsObject();
    }

    /// <summary>Skips, saying why, where node, its packages or Chromium are not there; in CI that is a failure.</summary>
    private static void Require()
    {
        var why = !InPath("node") ? "node 20 or later is not installed"
            : !Directory.Exists(Path.Combine(Folder, "node_modules", "playwright-core")) ? "run 'npm ci' in tests/interop first"
            : Environment.GetEnvironmentVariable("MEDID_CHROMIUM") is null && !Array.Exists(Names, InPath) ? $"none of {string.Join(", ", Names)} is installed, and MEDID_CHROMIUM names none"
            : null;
        if (why is not null)
        {
            Assert.False(TestVectors.IsContinuousIntegration, "In CI the browser has to run: " + why);
            Assert.Skip("The browser tests need Chromium, and node with the package playwright-core: " + why);
        }
    }

    private static bool InPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
