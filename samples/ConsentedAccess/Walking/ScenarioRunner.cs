namespace MedId.Samples.ConsentedAccess;

/// <summary>Runs one scenario from nothing to nothing: folder, hosts, walk, end of all hosts.</summary>
internal sealed class ScenarioRunner(WalkOptions options, IPresenter presenter)
{
    private const int TailLines = 25;

    public async Task<WalkOutcome> RunAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        presenter.Begin(scenario);
        var feed = new StepFeed();
        using var folder = new WorkingFolder(options.Keep, options.Logs, options.Scenario == "all" ? scenario.Name : null);
        var world = new World(options, folder, Routes.Read(options.Route), feed, presenter);
        var walk = new Walk(world, scenario, feed, presenter);
        feed.Arrived += presenter.Report;
        WalkFailedException? failure = null;
        IReadOnlyList<string> tail = [];
        try
        {
            await walk.RunAsync(cancellationToken);
        }
        catch (WalkFailedException failed)
        {
            failure = failed;
        }
        catch (HttpRequestException unreachable)
        {
            failure = new WalkFailedException(null, unreachable.Message);
        }
        finally
        {
            await world.DisposeAsync();
        }

        walk.ShowRest(failure is null ? WalkSteps.After + 1 : failure.Step ?? 0);
        if (failure is not null)
        {
            tail = world.LogTail(failure.Role, TailLines);
        }

        var outcome = new WalkOutcome
        {
            Scenario = scenario,
            Elapsed = feed.Elapsed,
            Failure = failure,
            LogTail = tail,
            Seen = walk.Seen,
            History = walk.History,
            Reports = feed.Reports,
        };
        presenter.End(outcome);
        return outcome;
    }
}
