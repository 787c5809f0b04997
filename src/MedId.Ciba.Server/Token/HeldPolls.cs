using MedId.Core;

namespace MedId.Ciba.Server;

/// <summary>Holds polls until their request is decided (CIBA Core §10.1): a bounded time, a bounded number of each client's.</summary>
/// <remarks>One for a process. Between nodes the signals of the store wake it; where one is lost the answer comes when the time is over.</remarks>
public sealed class HeldPolls : IDisposable
{
    private readonly IChangeSignals _signals;
    private readonly CibaOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(TenantId Tenant, string ClientId), int> _held = [];

    /// <summary>Makes it.</summary>
    /// <param name="signals">Who wakes.</param>
    /// <param name="options">How long, and how many.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public HeldPolls(IChangeSignals signals, CibaOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(options);
        _signals = signals;
        _options = options;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>How many polls are held now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _held.Values.Sum();
            }
        }
    }

    /// <summary>Answers everybody at once and holds nobody any more: the host stops.</summary>
    public void Stop() => _stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    /// <summary>Waits until a pending request is decided.</summary>
    /// <param name="pending">The request as the poll found it.</param>
    /// <param name="store">Where it is looked at again.</param>
    /// <param name="cancellationToken">The caller went away.</param>
    /// <returns>True when there may be an answer now; false when the time is over, or nobody is held.</returns>
    internal async ValueTask<bool> WaitAsync(CibaRequest pending, ICibaRequestStore store, CancellationToken cancellationToken)
    {
        var left = pending.ExpiresAt - _time.GetUtcNow();
        var hold = _options.LongPollHold < left ? _options.LongPollHold : left;
        if (hold <= TimeSpan.Zero || _stopping.IsCancellationRequested || !TryEnter(pending))
        {
            return false;
        }

        try
        {
            // The time as this server's clock has it, so that a test or a clock that is set holds nobody for ever.
            using var over = new CancellationTokenSource(hold, _time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token, over.Token);

            // Subscribed first, then looked: what is decided in between is seen, or wakes.
            using var subscription = _signals.Subscribe(ChangeTopics.Request(pending.Tenant, pending.Id));
            do
            {
                if (await store.FindRequestAsync(pending.Tenant, pending.Id, cancellationToken).ConfigureAwait(false) is not { Status: CibaStatus.Pending })
                {
                    return true;
                }
            }
            while (await IsRaisedAsync(subscription, hold, stop.Token, cancellationToken).ConfigureAwait(false));

            // A signal may be lost, the state is not; and at its end the request has an answer too.
            return _time.GetUtcNow() >= pending.ExpiresAt
                || await store.FindRequestAsync(pending.Tenant, pending.Id, cancellationToken).ConfigureAwait(false) is not { Status: CibaStatus.Pending };
        }
        finally
        {
            Leave(pending);
        }
    }

    private static async ValueTask<bool> IsRaisedAsync(IChangeSubscription subscription, TimeSpan hold, CancellationToken stop, CancellationToken gone)
    {
        try
        {
            return await subscription.WaitAsync(hold, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            return false;
        }
    }

    private bool TryEnter(CibaRequest request)
    {
        lock (_gate)
        {
            var held = _held.GetValueOrDefault((request.Tenant, request.ClientId));
            if (held >= _options.MaxHeldPollsOfClient)
            {
                return false;
            }

            _held[(request.Tenant, request.ClientId)] = held + 1;
            return true;
        }
    }

    private void Leave(CibaRequest request)
    {
        lock (_gate)
        {
            if (--_held[(request.Tenant, request.ClientId)] == 0)
            {
                _held.Remove((request.Tenant, request.ClientId));
            }
        }
    }
}
