namespace MedId.Samples.ConsentedAccess;

/// <summary>
/// Servers report a step when they have finished it, so a question is reported after its answer. Here reports wait until they can be told in the order in which
/// things began: a step after the steps before it, and of each read its call, its question, its answer and its data together.
/// </summary>
internal sealed class ReadingOrder
{
    private const int FirstOfRead = 6;
    private const int LastOfRead = 9;

    private readonly List<StepReport> _waiting = [];
    private readonly List<StepReport> _told = [];

    public void Add(StepReport report) => _waiting.Add(report);

    public IReadOnlyList<StepReport> TakeReady()
    {
        List<StepReport> ready = [];
        while (Next() is { Count: > 0 } next)
        {
            ready.AddRange(next);
            _told.AddRange(next);
            _waiting.RemoveAll(next.Contains);
        }

        return ready;
    }

    public IReadOnlyList<StepReport> TakeAll()
    {
        List<StepReport> rest = [.. _waiting.OrderBy(report => report.Step)];
        _waiting.Clear();
        _told.Clear();
        return rest;
    }

    private List<StepReport> Next()
    {
        if (_waiting.Count == 0)
        {
            return [];
        }

        var step = _waiting.Min(report => report.Step);
        if (step is >= FirstOfRead and <= LastOfRead)
        {
            var end = _waiting.FindIndex(report => report is { Step: FirstOfRead, Role: HostRole.Ehr });
            return end < 0 ? [] : [.. _waiting.Take(end + 1).Where(report => report.Step is >= FirstOfRead and <= LastOfRead).OrderBy(report => report.Step)];
        }

        var before = Enumerable.Range(0, Math.Min(step, FirstOfRead)).All(earlier => WalkSteps.IsDone(earlier, _told));
        return before || step == 0 ? [.. _waiting.Where(report => report.Step == step)] : [];
    }
}
