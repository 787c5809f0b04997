using System.Runtime.InteropServices;
using System.Text;
using MedId.Samples.ConsentedAccess;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var options = WalkOptions.TryParse(args, out var mistake);
if (options is null)
{
    await Console.Error.WriteLineAsync(mistake + Environment.NewLine + Environment.NewLine + WalkOptions.Usage);
    return 2;
}

if (options.List)
{
    foreach (var one in ScenarioTable.All)
    {
        Console.WriteLine(Columns.Pad(one.Name, 22) + one.Text(options.Language));
    }

    return 0;
}

var chosen = options.Scenario == "all" ? ScenarioTable.All : ScenarioTable.Find(options.Scenario) is { } scenario ? [scenario] : [];
if (chosen.Count == 0)
{
    await Console.Error.WriteLineAsync($"no scenario is called {options.Scenario}; --list shows them");
    return 2;
}

// Both signals end the walk, and the end of the walk ends every host that it started.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var texts = Texts.Of(options.Language);
var brief = options.Scenario == "all";
IPresenter presenter = options.Json ? new JsonPresenter(Console.Out, texts) : new ConsolePresenter(Console.Out, texts, brief);
var runner = new ScenarioRunner(options, presenter);
var outcomes = new List<WalkOutcome>();
try
{
    foreach (var one in chosen)
    {
        var walked = options.KillAfter is { } step ? one with { Gate = GateAct.KillAfterStep, KillAfter = step } : one;
        outcomes.Add(await runner.RunAsync(walked, stop.Token));
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("stopped; every host was ended");
    return 130;
}

if (brief)
{
    presenter.Summary(outcomes);
}

return outcomes.TrueForAll(outcome => outcome.Ok) ? 0 : 1;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
