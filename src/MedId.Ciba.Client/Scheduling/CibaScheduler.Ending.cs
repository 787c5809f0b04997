using System.Diagnostics.CodeAnalysis;

namespace MedId.Ciba.Client;

/// <content>Sleeping until something is due, and the end.</content>
public sealed partial class CibaScheduler
{
    private async Task SleepAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        Task signal;
        TimeSpan wait;
        lock (_gate)
        {
            (signal, wait, _isAsleep) = (_signal.Task, until - _time.GetUtcNow(), true);
        }

        if (wait > TimeSpan.Zero && !signal.IsCompleted)
        {
            // Never less than a timer can count, or it would not wait at all.
            await signal.WaitAsync(wait < Tick ? Tick : wait, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (_gate)
        {
            _isAsleep = false;
            if (_signal.Task.IsCompleted)
            {
                _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private async Task DrainAsync()
    {
        var until = _time.GetUtcNow() + _options.DrainTimeout;
        while (true)
        {
            lock (_gate)
            {
                if (_running == 0 || _time.GetUtcNow() >= until)
                {
                    return;
                }
            }

            await SleepAsync(until, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Lets the next process take up at once what waits. What cannot be let go is free when its lease ends.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store is the integrator's; at the end there is nothing else to do about what it throws than to count it.")]
    private async Task ReleaseAsync()
    {
        PendingEntry[] entries;
        lock (_gate)
        {
            entries = [.. _byId.Values];
        }

        foreach (var entry in entries)
        {
            await entry.Turn.WaitAsync().ConfigureAwait(false);
            try
            {
                var version = entry.Stored.Version + 1;
                var free = entry.Stored with { Version = version, LeaseOwner = null, LeasedUntil = null, Body = entry.State.Protect(_cipher, entry.Id, version) };
                if (!entry.IsClosed && await _store.TryReplaceAsync(free, CancellationToken.None).ConfigureAwait(false))
                {
                    entry.Stored = free;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                StoreFailed();
                return;
            }
            finally
            {
                entry.Turn.Release();
            }
        }
    }
}
