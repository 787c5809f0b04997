using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MedId.Nodes.Tests;

/// <summary>A node as a process of its own, which can be killed and started again at its old address.</summary>
internal sealed class NodeProcess(string name, IReadOnlyList<string> arguments, string url) : IAsyncDisposable
{
    private Process? _process;

    public string Name { get; } = name;

    public string Url { get; } = url;

    /// <summary>How often it was started: what it keeps in memory is of this life.</summary>
    public int Life { get; private set; }

    public bool IsUp { get; private set; }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments, "--urls", Url]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var line = await _process.StandardOutput.ReadLineAsync(limit.Token);
        if (line is null)
        {
            throw new InvalidOperationException($"{Name} did not start: {await errors}");
        }

        Assert.Contains("fsync=on", line, StringComparison.Ordinal);
        Life++;
        IsUp = true;
    }

    /// <summary>SIGKILL: no handler, no flush.</summary>
    public async Task KillAsync()
    {
        IsUp = false;
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }
    }

    private static string Program => TestSupport.Checkout.PathOf("tests", "MedId.Nodes.Node", "bin", Configuration, "net10.0", "MedId.Nodes.Node.dll");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
