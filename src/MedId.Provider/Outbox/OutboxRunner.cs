using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Provider;

/// <summary>Takes what is due from the outbox and has it told. Any number may run, on any number of nodes.</summary>
public sealed class OutboxRunner
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);
    private readonly IProviderStore _store;
    private readonly TenantId _tenant;
    private readonly Dictionary<string, IOutboxHandler> _handlers;
    private readonly TimeProvider _time;

    /// <summary>Makes a runner.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The tenant.</param>
    /// <param name="handlers">One a kind.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">Two handlers of one kind.</exception>
    public OutboxRunner(IProviderStore store, ProviderOptions options, IEnumerable<IOutboxHandler> handlers, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _store = store;
        _tenant = options.Tenant;
        _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
        _time = time;
    }

    /// <summary>Handles one batch.</summary>
    /// <param name="cancellationToken">Cancels between messages.</param>
    /// <returns>How many messages were taken; zero when nothing was due.</returns>
    public async ValueTask<int> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        if (_handlers.Count == 0)
        {
            return 0;
        }

        var messages = await _store.LeaseMessagesAsync(_tenant, _handlers.Keys, _time.GetUtcNow(), Lease, 32, cancellationToken).ConfigureAwait(false);
        foreach (var message in messages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await HandleAsync(message, cancellationToken).ConfigureAwait(false);
        }

        return messages.Count;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One message that cannot be handled does not stop the others; it is tried again.")]
    private async ValueTask HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        OutboxOutcome outcome;
        try
        {
            outcome = await _handlers[message.Kind].HandleAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            outcome = OutboxOutcome.Again(_time.GetUtcNow() + AfterFailure, message.Body);
        }

        if (outcome.DueAt is { } due)
        {
            await _store.PostponeMessageAsync(_tenant, message.Id, message.Lease!, due, outcome.Body, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _store.CompleteMessageAsync(_tenant, message.Id, message.Lease!, cancellationToken).ConfigureAwait(false);
        }
    }
}
