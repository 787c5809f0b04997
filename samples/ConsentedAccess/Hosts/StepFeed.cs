using System.Diagnostics;

namespace MedId.Samples.ConsentedAccess;

/// <summary>All step reports of all hosts in the order of their arrival, and the one place where waiting happens.</summary>
internal sealed class StepFeed
{
    /// <summary>How long a step may take before the walk is given up.</summary>
    public static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<StepReport> _reports = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WalkFailedException? _failure;

    /// <summary>Called in order, one at a time.</summary>
    public event Action<StepReport>? Arrived;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public IReadOnlyList<StepReport> Reports
    {
        get
        {
            lock (_gate)
            {
                return [.. _reports];
            }
        }
    }

    public void Add(StepReport report)
    {
        lock (_gate)
        {
            _reports.Add(report);
            Arrived?.Invoke(report);
            Wake();
        }
    }

    /// <summary>Ends every wait, present and future.</summary>
    public void Fail(WalkFailedException failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            Wake();
        }
    }

    /// <summary>Waits until the reports so far satisfy a condition.</summary>
    /// <param name="condition">Asked again after every new report.</param>
    /// <param name="awaited">What the walk waits for, for the message of a timeout.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="WalkFailedException">A host ended, or no new report came for <see cref="StepTimeout"/>.</exception>
    public async Task WaitAsync(Func<IReadOnlyList<StepReport>, bool> condition, string awaited, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition(_reports))
                {
                    return;
                }

                if (_failure is not null)
                {
                    throw _failure;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(StepTimeout, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new WalkFailedException(null, $"timeout: {StepTimeout.TotalSeconds:0} s without {awaited}");
            }
        }
    }

    /// <summary>Throws when a host has ended unexpectedly.</summary>
    public void ThrowIfFailed()
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                throw _failure;
            }
        }
    }

    private void Wake()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
