using System.Diagnostics.CodeAnalysis;
using MedId.Core;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <content>The queue, and what happens when something is due.</content>
public sealed partial class CibaScheduler
{
    private const int Page = 200;
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly PriorityQueue<(PendingEntry Entry, long Ticket), DateTimeOffset> _due = new();
    private TaskCompletionSource _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isRunning;
    private bool _isAsleep;
    private bool _isStoreFailing;
    private int _running;
    private int _unreadable;
    private DateTimeOffset _nextLook;

    /// <summary>How it is now.</summary>
    public CibaSchedulerStatus Status
    {
        get
        {
            lock (_gate)
            {
                var now = _time.GetUtcNow();
                var untaken = _byId.Values.Count(entry => entry.State.Outcome is not null);
                var overdue = _byId.Values.Where(entry => !entry.IsBusy && entry.Asks && entry.DueAt < now && entry.Lane.NotBefore <= now).Select(entry => now - entry.DueAt).DefaultIfEmpty().Max();
                return new(_isRunning, _byId.Count - untaken, untaken, overdue, _unreadable, _isStoreFailing, [.. _lanes.Values.Where(lane => lane.NotBefore > now).Select(lane => lane.Name)]);
            }
        }
    }

    /// <summary>Whether nothing is due, on its way or unseen. For tests, whose clock stands still.</summary>
    internal bool IsQuiet
    {
        get
        {
            lock (_gate)
            {
                return _isAsleep && !_signal.Task.IsCompleted && _running == 0 && (!_due.TryPeek(out _, out var at) || at > _time.GetUtcNow()) && _nextLook > _time.GetUtcNow();
            }
        }
    }

    /// <summary>Takes up what the store has, then asks what is due, until it is cancelled. At its end it starts nothing new and waits for the polls that are on their way.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It is running already.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isRunning)
            {
                throw new InvalidOperationException("A scheduler runs once at a time.");
            }

            _isRunning = true;
        }

        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await LookAsync(cancellationToken).ConfigureAwait(false);
                await SleepAsync(StartDue(), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await DrainAsync().ConfigureAwait(false);
            await ReleaseAsync().ConfigureAwait(false);
            lock (_gate)
            {
                _isRunning = false;
            }
        }
    }

    /// <summary>Looks into the store: at the start, and from time to time for what another scheduler has left behind.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store is the integrator's; what it throws is counted and shown by the status, and the look is repeated.")]
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (now < _nextLook)
        {
            return;
        }

        try
        {
            var unreadable = 0;
            string? after = null;
            IReadOnlyList<StoredCibaRequest> page;
            do
            {
                page = await _store.ListAsync(after, Page, cancellationToken).ConfigureAwait(false);
                foreach (var stored in page)
                {
                    unreadable += await TakeUpAsync(stored, now).ConfigureAwait(false) ? 0 : 1;
                    after = stored.Id;
                }
            }
            while (page.Count == Page);

            (_unreadable, _isStoreFailing, _nextLook) = (unreadable, false, now + _options.Lease);
            _takenUp.TrySetResult();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            StoreFailed();
            _nextLook = now + StoreRetry;
        }
    }

    private async Task<bool> TakeUpAsync(StoredCibaRequest stored, DateTimeOffset now)
    {
        if (Find(stored.Id) is not null || (stored.LeasedUntil > now && !string.Equals(stored.LeaseOwner, _owner, StringComparison.Ordinal)))
        {
            return true;
        }

        if (stored.KeepUntil <= now)
        {
            await _store.TryRemoveAsync(stored.Id, stored.Version, CancellationToken.None).ConfigureAwait(false);
            return true;
        }

        var state = PendingState.Unprotect(_cipher, stored);
        if (!state.Succeeded || !_lanes.TryGetValue(state.Value.Op, out var lane))
        {
            return false;
        }

        // When the last poll was sent is not stored: one interval from now is late enough in every case.
        var entry = new PendingEntry(stored, state.Value, lane, isResumed: true);
        if (await ReplaceAsync(entry, state.Value).ConfigureAwait(false))
        {
            var at = entry.Asks ? now + entry.Authentication.Interval + Jitter(entry) : state.Value.Outcome is null ? entry.Authentication.ExpiresAt : _handler is null ? entry.Stored.KeepUntil : now;
            Watch(entry, Earlier(at, state.Value.Outcome is null ? entry.Authentication.ExpiresAt : at));
        }

        return true;
    }

    /// <summary>Begins everything that is due and has a place; says until when there is nothing to do.</summary>
    private DateTimeOffset StartDue()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            while (_due.TryPeek(out var first, out var at) && at <= now)
            {
                _due.Dequeue();
                var entry = first.Entry;
                if (entry.Ticket != first.Ticket || entry.IsClosed || entry.IsBusy)
                {
                    continue;
                }

                // What is due may be the lease alone, which neither a pause of the OP nor its polls keep waiting.
                var asks = entry.Asks && entry.DueAt <= now && now < entry.Authentication.ExpiresAt;
                if (asks && entry.Lane.NotBefore > now && LeaseDue(entry) > now)
                {
                    Enqueue(entry, Earlier(entry.Lane.NotBefore + Jitter(entry), entry.Authentication.ExpiresAt));
                }
                else if (asks && entry.Lane.Running >= _options.MaxConcurrencyPerOp)
                {
                    entry.Lane.Waiting.Enqueue(entry);
                }
                else
                {
                    Begin(entry, now);
                }
            }

            var next = _due.TryPeek(out _, out var due) ? due : DateTimeOffset.MaxValue;
            return Earlier(Earlier(next, now + LongestSleep), _nextLook);
        }
    }

    private void Begin(PendingEntry entry, DateTimeOffset now)
    {
        if (entry.Asks && entry.DueAt <= now)
        {
            CibaClientTelemetry.Lateness.Record(Math.Max(0, (now - entry.DueAt).TotalSeconds));
        }

        entry.IsBusy = true;
        entry.Lane.Running++;
        _running++;
        _ = Task.Run(() => WorkAsync(entry));
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store is the integrator's; what it throws is counted and shown by the status, and the step is repeated. One request must not stop the others.")]
    private async Task WorkAsync(PendingEntry entry)
    {
        DateTimeOffset? next = null;
        try
        {
            next = await StepAsync(entry).ConfigureAwait(false);
            _isStoreFailing = false;
        }
        catch (OperationCanceledException)
        {
            // It was cancelled, and is closed; else something on the way gave up for a reason of its own.
            next = _time.GetUtcNow() + StoreRetry;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            StoreFailed();
            next = _time.GetUtcNow() + StoreRetry;
        }
        finally
        {
            lock (_gate)
            {
                entry.IsBusy = false;
                entry.Lane.Running--;
                _running--;
                if (!entry.IsClosed && next is { } at)
                {
                    Enqueue(entry, entry.IsPinged && entry.Asks ? _time.GetUtcNow() : at);
                }

                while (entry.Lane.Running < _options.MaxConcurrencyPerOp && _isRunning && entry.Lane.Waiting.TryDequeue(out var waiting))
                {
                    if (!waiting.IsClosed && !waiting.IsBusy)
                    {
                        Begin(waiting, _time.GetUtcNow());
                    }
                }
            }

            Wake();
        }
    }

    /// <summary>One step of one request; gives when the next is due, or null when it has left.</summary>
    private async Task<DateTimeOffset?> StepAsync(PendingEntry entry)
    {
        var now = _time.GetUtcNow();
        if (entry.State.Outcome is not null)
        {
            return await LookAfterOutcomeAsync(entry, now).ConfigureAwait(false);
        }

        if (entry.Unsaved is { } unsaved)
        {
            return await DecideAsync(entry, unsaved).ConfigureAwait(false) ? entry.Stored.KeepUntil : null;
        }

        // CIBA Core §7.3: from expires_in on there is nothing to be had.
        if (now >= entry.Authentication.ExpiresAt)
        {
            entry.Unsaved = new MedIdError(CibaClientErrorCodes.GaveUp, ErrorCategory.State, "CIBA Core §11");
            return await DecideAsync(entry, entry.Unsaved).ConfigureAwait(false) ? entry.Stored.KeepUntil : null;
        }

        // Whoever waits without asking keeps its lease too, or another scheduler would take the request for abandoned.
        if (LeaseDue(entry) <= now && !await KeepAsync(entry, state => state).ConfigureAwait(false))
        {
            return null;
        }

        if (!entry.Asks)
        {
            return entry.Authentication.ExpiresAt;
        }

        lock (_gate)
        {
            if (!entry.IsPinged && entry.DueAt > now)
            {
                return entry.DueAt;
            }

            if (entry.Lane.NotBefore > now)
            {
                return Earlier(entry.Lane.NotBefore + Jitter(entry), entry.Authentication.ExpiresAt);
            }
        }

        return await AskAsync(entry).ConfigureAwait(false);
    }

    private async Task<DateTimeOffset?> AskAsync(PendingEntry entry)
    {
        bool wasPinged;
        lock (_gate)
        {
            (wasPinged, entry.IsPinged) = (entry.IsPinged, false);
        }

        var sentAt = _time.GetUtcNow();
        var answer = await entry.Lane.Client.AskAgainLaterAsync(entry.Authentication, entry.Ending.Token).ConfigureAwait(false);
        if (answer.Kind is PollAnswerKind.Granted or PollAnswerKind.Refused)
        {
            entry.Unsaved = answer.Tokens is { } tokens ? tokens : Explain(entry, answer.Error!);
            return await DecideAsync(entry, entry.Unsaved).ConfigureAwait(false) ? entry.Stored.KeepUntil : null;
        }

        var now = _time.GetUtcNow();
        var next = entry.Pace.Next(answer, sentAt, now);
        if (answer.Kind == PollAnswerKind.SlowDown
            && !await KeepAsync(entry, state => state with { Authentication = state.Authentication with { Interval = entry.Pace.Interval } }).ConfigureAwait(false))
        {
            return null;
        }

        // RFC 9110 §10.2.3: a busy server's Retry-After is for whoever asks it.
        if (answer is { IsServerBusy: true, RetryAfter: { } pause })
        {
            lock (_gate)
            {
                entry.Lane.NotBefore = Later(entry.Lane.NotBefore, now + pause);
            }
        }

        // A client that is pinged asks by itself now and then only; when a ping led to trouble on the way, it asks on at its pace.
        var isRare = entry.Lane.Client.DeliveryMode == TokenDeliveryMode.Ping && !(wasPinged && answer.Kind == PollAnswerKind.Unavailable);
        var at = isRare ? Later(next, sentAt + _options.PingFallback) : next;
        return At(entry, at);
    }

    /// <summary>After a restart, an id that the OP no longer knows may have been redeemed by the process before.</summary>
    private static MedIdError Explain(PendingEntry entry, MedIdError error) => entry.IsResumed && string.Equals(error.Code, OAuthErrorCodes.InvalidGrant, StringComparison.Ordinal)
        ? new(CibaClientErrorCodes.RedemptionLost, ErrorCategory.State, "CIBA Core §10.1.1", OAuthErrorCodes.InvalidGrant)
        : error;

    private async Task<DateTimeOffset?> LookAfterOutcomeAsync(PendingEntry entry, DateTimeOffset now)
    {
        if (_handler is not null)
        {
            await HandOverAsync(entry).ConfigureAwait(false);
            return now + StoreRetry;
        }

        if (now < entry.Stored.KeepUntil)
        {
            return entry.Stored.KeepUntil;
        }

        await GiveBackAsync(entry.Lane, (await TakeAsync(entry).ConfigureAwait(false))?.Result).ConfigureAwait(false);
        return null;
    }

    private void StoreFailed()
    {
        _isStoreFailing = true;
        CibaClientTelemetry.StoreFailures.Add(1);
    }

    private void Wake()
    {
        lock (_gate)
        {
            _signal.TrySetResult();
        }
    }
}
