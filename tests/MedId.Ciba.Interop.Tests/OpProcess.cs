using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Ciba.Interop.Tests;

/// <summary>The sample OP with its lab hook, as a program of its own.</summary>
internal sealed class OpProcess : IAsyncDisposable
{
    private readonly Process _process;

    private OpProcess(Process process, string issuer, X509Certificate2? root)
    {
        (_process, Issuer) = (process, issuer);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (root is not null)
        {
            handler.SslOptions.CertificateChainPolicy = Trust(root);
        }

        Http = new(handler) { BaseAddress = new Uri(issuer) };
    }

    public string Issuer { get; }

    public HttpClient Http { get; }

    private static string Assembly { get; } = Path.Combine(
        Checkout.Root, "samples", "PatientAuthOp", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "PatientAuthOp.dll");

    /// <summary>Starts the OP on a free port, with the lab hook.</summary>
    public static Task<OpProcess> StartAsync(X509Certificate2? root = null, params string[] flags) => ListenAsync(root, [.. flags, "--lab"]);

    /// <summary>Starts the OP on a free port as it is told.</summary>
    /// <param name="root">Who signed for the OP; null: plain http.</param>
    /// <param name="flags">What it is told.</param>
    /// <param name="trusted">PEM certificates of the authorities whose servers the OP calls, beside the system's own; null: none.</param>
    public static async Task<OpProcess> ListenAsync(X509Certificate2? root, string[] flags, string? trusted = null)
    {
        var process = Start([.. flags, "--urls", $"{(root is null ? "http" : "https")}://127.0.0.1:{FreePort()}"], trusted);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var line = await process.StandardOutput.ReadLineAsync(limit.Token);
        if (line is null)
        {
            throw new InvalidOperationException("The OP did not start: " + await process.StandardError.ReadToEndAsync(limit.Token));
        }

        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return new(process, (string)JsonNode.Parse(line)!["issuer"]!, root);
    }

    /// <summary>Runs the OP with flags that it refuses: its exit code and what it says.</summary>
    public static async Task<(int ExitCode, string Said)> RefusedAsync(params string[] flags)
    {
        using var process = Start(flags);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var said = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, said);
    }

    /// <summary>Registers a client by the hook.</summary>
    public async Task<HttpStatusCode> RegisterAsync(JsonObject metadata)
    {
        using var content = new StringContent(metadata.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync("/_lab/clients", content);
        return answer.StatusCode;
    }

    /// <summary>Takes servers for which this authority signed, and no others.</summary>
    public static X509ChainPolicy Trust(X509Certificate2 root) => new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck };

    /// <summary>Decides the newest request.</summary>
    public async Task DecideAsync(string decision)
    {
        using var nothing = new StringContent("{}", Encoding.UTF8, "application/json");
        using var decided = await Http.PostAsync($"/_lab/requests/last/{decision}", nothing);
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string[] flags, string? trusted = null)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. flags]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (trusted is not null)
        {
            // Where .NET on OpenSSL looks for authorities.
            start.Environment["SSL_CERT_FILE"] = trusted;
        }

        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
