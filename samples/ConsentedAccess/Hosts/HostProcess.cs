using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>One running server: its listen line, its step reports into the feed, and its end, wanted or not.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(4);

    private readonly Process _process;
    private readonly StepFeed _feed;
    private readonly Queue<string> _errors = new();
    private readonly TaskCompletionSource<JsonObject> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _pump;

    // The one wait for the end: Process loses a waiter when two begin to wait at the same moment, because its event is not added to atomically.
    private readonly Task _exited;
    private volatile bool _endWanted;

    private HostProcess(HostCommand command, Process process, StepFeed feed)
    {
        Command = command;
        _process = process;
        _feed = feed;
        _exited = process.WaitForExitAsync(CancellationToken.None);
        _pump = Task.WhenAll(PumpOutputAsync(), PumpErrorsAsync());
    }

    public HostCommand Command { get; }

    /// <summary>What the host said when it listened.</summary>
    public JsonObject ListenLine { get; private set; } = [];

    /// <summary>Its first address.</summary>
    public string Address => ListenLine["listening"]![0]!.GetValue<string>().TrimEnd('/');

    /// <summary>Starts a host and waits until it listens.</summary>
    /// <exception cref="WalkFailedException">It ended, or said nothing for the time of a step.</exception>
    public static async Task<HostProcess> StartAsync(HostCommand command, StepFeed feed, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(HostProgram.Dotnet())
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(HostProgram.Assembly(command.Role));
        foreach (var argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Five short-lived processes on a small machine: what a long run would win back is lost here.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start) ?? throw new WalkFailedException(command.Role, "could not be started");
        process.StandardInput.Close();
        var host = new HostProcess(command, process, feed);
        try
        {
            host.ListenLine = await host._listening.Task.WaitAsync(StepFeed.StepTimeout, cancellationToken);
            return host;
        }
        catch (TimeoutException)
        {
            await host.KillAsync();
            throw new WalkFailedException(command.Role, $"{command.Role} did not listen within {StepFeed.StepTimeout.TotalSeconds:0} s");
        }
        catch
        {
            await host.KillAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: no farewell, nothing flushed.</summary>
    public async Task KillAsync()
    {
        _endWanted = true;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }

        await _exited;
        await _pump;
    }

    /// <summary>SIGTERM, so that logs and telemetry are written to their end; SIGKILL for who does not listen.</summary>
    public async Task StopAsync()
    {
        _endWanted = true;
        if (!OperatingSystem.IsWindows() && !_exited.IsCompleted && SendSignal(_process.Id, Sigterm) == 0)
        {
            try
            {
                await _exited.WaitAsync(StopTime);
            }
            catch (TimeoutException)
            {
                // Killed below.
            }
        }

        await KillAsync();
    }

    /// <summary>The end of the host's log and of its standard error.</summary>
    public IReadOnlyList<string> LogTail(int lines)
    {
        List<string> tail = [];
        if (File.Exists(Command.LogFile))
        {
            using var file = new FileStream(Command.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            tail.AddRange(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines));
        }

        lock (_errors)
        {
            tail.AddRange(_errors.TakeLast(lines));
        }

        return tail;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private async Task PumpOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!_listening.Task.IsCompleted)
            {
                if (TryReadListenLine(line) is { } facts)
                {
                    _listening.TrySetResult(facts);
                    continue;
                }
            }

            if (StepReport.TryRead(Command.Role, line, _feed.Elapsed) is { } report)
            {
                _feed.Add(report);
            }
        }

        await _exited;
        var ended = new WalkFailedException(Command.Role, $"{Command.Role} ended unexpectedly with exit code {_process.ExitCode}");
        _listening.TrySetException(ended);
        if (!_endWanted)
        {
            _feed.Fail(ended);
        }
    }

    private async Task PumpErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
            {
                _errors.Enqueue(line);
                if (_errors.Count > 100)
                {
                    _errors.Dequeue();
                }
            }
        }
    }

    private static JsonObject? TryReadListenLine(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject json && json["listening"] is JsonArray { Count: > 0 } ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
