using System.Collections.Concurrent;
using System.Net;

namespace MedId.Samples.ConsentedAccess;

/// <summary>The running servers of one scenario.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, HostProcess> _hosts = new(StringComparer.Ordinal);
    private readonly HostCommands _commands;
    private readonly StepFeed _feed;
    private readonly IPresenter _presenter;
    private readonly Lock _showing = new();

    public World(WalkOptions options, WorkingFolder folder, Routes routes, StepFeed feed, IPresenter presenter)
    {
        Routes = routes;
        Files = new SampleFiles(folder, routes);
        _commands = new HostCommands(options, folder, routes, Files);
        _feed = feed;
        _presenter = presenter;
    }

    public Routes Routes { get; }

    public SampleFiles Files { get; }

    /// <summary>What stands before the patient OP; null for nothing.</summary>
    public Gate? Gate { get; private set; }

    public ProtocolCalls Calls { get; } = new();

    /// <summary>Starts the four servers that need nothing from each other to listen; with a gate before the patient OP when the scenario wants one.</summary>
    public async Task StartServersAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        if (scenario.Gate != GateAct.None)
        {
            Gate = await Gate.OpenAsync(scenario, this, _feed, cancellationToken);
            Routes.Publish(HostRole.PatientOp, Gate.Url);
        }

        await Files.WriteAsync(cancellationToken);
        await Files.WriteNoticesAsync(1, cancellationToken);
        string[] servers = [HostRole.PatientOp, HostRole.DoctorOp, HostRole.Api, HostRole.Ehr];
        await Task.WhenAll(servers.Select(role => StartAsync(role, _commands.Of(role, scenario.OpFlags), cancellationToken)));

        // Before anything else the patient agrees, on paper at the reception, that the clinic processes what it will get (row A16).
        await Calls.PostAsync(Direct(HostRole.Ehr) + "/processing-consents", Reception.PaperForm(), cancellationToken, HttpStatusCode.Created);
    }

    public Task StartPhoneAsync(string role, string ticket, IReadOnlyList<string> flags, CancellationToken cancellationToken) =>
        StartAsync(role, _commands.Phone(role, ticket, flags), cancellationToken);

    /// <summary>SIGKILL, then the same command again on the same port and database.</summary>
    public async Task KillAndRestartAsync(string role, CancellationToken cancellationToken)
    {
        var old = _hosts[role];
        await old.KillAsync();
        await StartAsync(role, old.Command, cancellationToken);
    }

    /// <summary>How the main job itself reaches a server: directly, never through a gate or a route.</summary>
    public string Direct(string role) => _hosts[role].Address;

    public IReadOnlyList<string> LogTail(string? role, int lines) =>
        role is not null && _hosts.TryGetValue(role, out var host) ? host.LogTail(lines)
        : [.. _hosts.OrderBy(one => one.Key, StringComparer.Ordinal).SelectMany(one => one.Value.LogTail(lines / 4).Select(line => one.Key + ": " + line))];

    public async ValueTask DisposeAsync()
    {
        if (Gate is not null)
        {
            await Gate.DisposeAsync();
        }

        await Task.WhenAll(_hosts.Values.Select(host => host.DisposeAsync().AsTask()));
        Files.Dispose();
        Calls.Dispose();
    }

    private async Task StartAsync(string role, HostCommand command, CancellationToken cancellationToken)
    {
        var host = await HostProcess.StartAsync(command, _feed, cancellationToken);
        _hosts[role] = host;
        lock (_showing)
        {
            _presenter.Started(host);
        }
    }
}
