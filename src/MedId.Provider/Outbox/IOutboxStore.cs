using MedId.Core;

namespace MedId.Provider;

/// <summary>The outbox by atomic verbs. Of concurrent callers, on whichever nodes, one gets each message.</summary>
public interface IOutboxStore
{
    /// <summary>Stores a message.</summary>
    /// <param name="message">The message, without a lease.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when there is one of this id; nothing changed then.</returns>
    ValueTask<bool> AddMessageAsync(OutboxMessage message, CancellationToken cancellationToken = default);

    /// <summary>Takes messages that are due, unexpired and in nobody's hands: of each the attempts grow by one, it gets a fresh lease, and is due again when the lease runs out.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="kinds">The kinds that the caller handles; others wait for a node that does.</param>
    /// <param name="at">Now.</param>
    /// <param name="lease">How long the caller has.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The messages as stored, those due first before the others.</returns>
    ValueTask<IReadOnlyList<OutboxMessage>> LeaseMessagesAsync(
        TenantId tenant, IReadOnlyCollection<string> kinds, DateTimeOffset at, TimeSpan lease, int limit, CancellationToken cancellationToken = default);

    /// <summary>Takes one message at once, due or not, unless it is in somebody's hands or expired: whoever has just caused it makes the first attempt, and others only if that does not come back.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The message.</param>
    /// <param name="at">Now.</param>
    /// <param name="lease">How long the caller has.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The message as stored, with the caller's lease and one attempt more; null when there is none to be had.</returns>
    ValueTask<OutboxMessage?> TakeMessageAsync(TenantId tenant, string id, DateTimeOffset at, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Removes a message in whosever hands it is: what it would have told is known.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The message.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when there is none.</returns>
    ValueTask<bool> DropMessageAsync(TenantId tenant, string id, CancellationToken cancellationToken = default);

    /// <summary>Removes messages that expired and are in nobody's hands. Of concurrent callers one gets each.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="at">Now.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The messages that were removed, of whatever kind. A store without this verb gives none: what expires there goes with the sweep, and nobody hears of it.</returns>
    ValueTask<IReadOnlyList<OutboxMessage>> DropExpiredMessagesAsync(TenantId tenant, DateTimeOffset at, int limit, CancellationToken cancellationToken = default) => new([]);

    /// <summary>Removes a message that is done with.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The message.</param>
    /// <param name="lease">The caller's lease.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the lease is no longer the caller's; nothing changed then.</returns>
    ValueTask<bool> CompleteMessageAsync(TenantId tenant, string id, string lease, CancellationToken cancellationToken = default);

    /// <summary>Gives a message back for later.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The message.</param>
    /// <param name="lease">The caller's lease.</param>
    /// <param name="dueAt">The next attempt.</param>
    /// <param name="body">The body from now on.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the lease is no longer the caller's; nothing changed then.</returns>
    ValueTask<bool> PostponeMessageAsync(TenantId tenant, string id, string lease, DateTimeOffset dueAt, string? body, CancellationToken cancellationToken = default);
}
