using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Provider;

/// <summary>Takes what is due from the outbox and has it told. Any number may run, on any number of nodes: each message is in the hands of one, as long as its lease lasts.</summary>
public sealed class OutboxRunner
{
    /// <summary>How long before the end of a lease a handler is broken off.</summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private const int ExpiredAtOnce = 256;

    private readonly IProviderStore _store;
    private readonly TenantId _tenant;
    private readonly OutboxOptions _options;
    private readonly Dictionary<string, IOutboxHandler> _handlers;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<IOutboxObserver> _observers;
    private readonly OutboxBackoff _backoff;

    /// <summary>Makes a runner.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The tenant, and how messages are told.</param>
    /// <param name="handlers">One a kind.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observers">Who hears what was given up; null: nobody.</param>
    /// <exception cref="ArgumentException">Two handlers of one kind.</exception>
    public OutboxRunner(IProviderStore store, ProviderOptions options, IEnumerable<IOutboxHandler> handlers, TimeProvider time, IEnumerable<IOutboxObserver>? observers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _store = store;
        _tenant = options.Tenant;
        _options = options.Outbox;
        _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
        _time = time;
        _observers = [.. observers ?? []];
        _backoff = new(_options);
    }

    /// <summary>Handles one batch.</summary>
    /// <param name="cancellationToken">Stops: what is being told comes to an end, what was not begun is given back.</param>
    /// <returns>How many messages were taken; zero when nothing was due.</returns>
    public async ValueTask<int> RunOnceAsync(CancellationToken cancellationToken = default) => (await RunAsync(cancellationToken).ConfigureAwait(false)).Taken;

    /// <summary>Gives up what expired before anybody took it, because no node ran or none handles it, so that what is lost is heard of; the sweep would take it away in silence.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many were given up.</returns>
    public async ValueTask<int> GiveUpExpiredAsync(CancellationToken cancellationToken = default)
    {
        var all = 0;
        IReadOnlyList<OutboxMessage> expired;
        do
        {
            expired = await _store.DropExpiredMessagesAsync(_tenant, _time.GetUtcNow(), ExpiredAtOnce, cancellationToken).ConfigureAwait(false);
            foreach (var message in expired)
            {
                OutboxTelemetry.Count(message.Kind, "given_up", ProviderErrorCodes.OutboxExpired);
                GiveUp(message, ProviderErrorCodes.OutboxExpired);
            }

            all += expired.Count;
        }
        while (expired.Count == ExpiredAtOnce);
        return all;
    }

    /// <summary>Handles one batch, and says when the first of them wants to be tried again.</summary>
    internal async ValueTask<(int Taken, DateTimeOffset? NextDue)> RunAsync(CancellationToken cancellationToken)
    {
        if (_handlers.Count == 0)
        {
            return (0, null);
        }

        var messages = await _store.LeaseMessagesAsync(_tenant, _handlers.Keys, _time.GetUtcNow(), _options.Lease, _options.Batch, cancellationToken).ConfigureAwait(false);
        if (messages.Count == 0)
        {
            return (0, null);
        }

        using var end = new CancellationTokenSource();
        await using var stop = cancellationToken.Register(() => end.CancelAfter(_options.StopWithin)).ConfigureAwait(false);
        var dues = new DateTimeOffset?[messages.Count];

        // Not cancelled from outside: each message is either told or given back.
        await Parallel.ForAsync(0, messages.Count, new ParallelOptions { MaxDegreeOfParallelism = _options.Parallel }, async (number, _) =>
            dues[number] = await HandleAsync(messages[number], cancellationToken, end.Token).ConfigureAwait(false)).ConfigureAwait(false);
        return (messages.Count, dues.Min());
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One message that cannot be handled does not stop the others; it is tried again.")]
    private async ValueTask<DateTimeOffset?> HandleAsync(OutboxMessage message, CancellationToken stop, CancellationToken end)
    {
        // One that had to wait for its turn has less left of its lease, or nothing: then somebody else may have it now.
        var now = _time.GetUtcNow();
        var left = message.DueAt - Margin - now;
        if (stop.IsCancellationRequested || left <= TimeSpan.Zero)
        {
            return await _store.PostponeMessageAsync(_tenant, message.Id, message.Lease!, now, message.Body, CancellationToken.None).ConfigureAwait(false) && !stop.IsCancellationRequested ? now : null;
        }

        OutboxOutcome outcome;
        try
        {
            // A handler that hangs must not outlive its lease.
            using var limit = new CancellationTokenSource(left, _time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(end, limit.Token);
            outcome = await _handlers[message.Kind].HandleAsync(message, both.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            if (!end.IsCancellationRequested)
            {
                foreach (var observer in _observers)
                {
                    observer.Failed(message, failure.GetType().Name);
                }
            }

            outcome = OutboxOutcome.Again(_time.GetUtcNow() + (end.IsCancellationRequested ? TimeSpan.Zero : _backoff.After(message.Attempts)), message.Body);
        }

        return await FinishAsync(message, outcome).ConfigureAwait(false);
    }

    private async ValueTask<DateTimeOffset?> FinishAsync(OutboxMessage message, OutboxOutcome outcome)
    {
        if (outcome.DueAt is { } due && due < message.ExpiresAt)
        {
            OutboxTelemetry.Count(message.Kind, "again");
            return await _store.PostponeMessageAsync(_tenant, message.Id, message.Lease!, due, outcome.Body, CancellationToken.None).ConfigureAwait(false) ? due : null;
        }

        // The next attempt would come too late: nobody would be told by it.
        var code = outcome.DueAt is null ? outcome.Code : ProviderErrorCodes.OutboxExpired;
        OutboxTelemetry.Count(message.Kind, code is null ? "done" : "given_up", code);
        if (await _store.CompleteMessageAsync(_tenant, message.Id, message.Lease!, CancellationToken.None).ConfigureAwait(false) && code is not null)
        {
            GiveUp(message, code);
        }

        return null;
    }

    private void GiveUp(OutboxMessage message, string code)
    {
        foreach (var observer in _observers)
        {
            observer.GaveUp(message, code);
        }
    }
}
