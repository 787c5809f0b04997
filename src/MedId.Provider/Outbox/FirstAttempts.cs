using System.Runtime.ExceptionServices;

namespace MedId.Provider;

/// <summary>The attempt that whoever caused a message makes at once, so that nobody waits for a worker; everything after it is the worker's, giving up included.</summary>
internal sealed class FirstAttempts(IProviderStore store, ProviderOptions options, TimeProvider time)
{
    /// <summary>Takes a message, tries, and puts it back unless it is done with.</summary>
    /// <param name="id">The message.</param>
    /// <param name="attempt">What is tried.</param>
    /// <param name="cancellationToken">Cancels the attempt, never what is kept of it.</param>
    /// <returns>What the attempt threw, after the message was put back; null when nothing. A message in other hands is theirs.</returns>
    public async ValueTask<ExceptionDispatchInfo?> TryAsync(string id, Func<OutboxMessage, CancellationToken, ValueTask<AttemptResult>> attempt, CancellationToken cancellationToken)
    {
        var tenant = options.Tenant;
        if (await store.TakeMessageAsync(tenant, id, time.GetUtcNow(), options.Outbox.Lease, cancellationToken).ConfigureAwait(false) is not { } message)
        {
            return null;
        }

        AttemptResult result;
        try
        {
            // A channel that hangs must not outlive its lease, nor keep whoever asked.
            using var limit = new CancellationTokenSource(options.Outbox.Lease - OutboxRunner.Margin, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            result = await attempt(message, both.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The worker goes on where this one broke off.
            await store.PostponeMessageAsync(tenant, id, message.Lease!, time.GetUtcNow(), message.Body, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        if (result.Outcome == OutboxOutcome.Done)
        {
            OutboxTelemetry.Count(message.Kind, "done");
            await store.CompleteMessageAsync(tenant, id, message.Lease!, CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            OutboxTelemetry.Count(message.Kind, "again");
            await store.PostponeMessageAsync(tenant, id, message.Lease!, result.Outcome.DueAt ?? time.GetUtcNow(), result.Outcome.Body ?? result.Body, CancellationToken.None).ConfigureAwait(false);
        }

        return result.Failure;
    }
}
