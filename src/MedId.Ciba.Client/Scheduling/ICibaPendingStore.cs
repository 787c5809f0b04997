namespace MedId.Ciba.Client;

/// <summary>
/// Where a <see cref="CibaScheduler"/> keeps what has to outlive the process. Every call is atomic and durable when it returns; of concurrent calls on one id one succeeds. A store belongs to one scheduler at
/// a time: leases keep a second one away, they do not share the work. Stores see ciphertext only, so an implementation over a database needs no key.
/// </summary>
public interface ICibaPendingStore
{
    /// <summary>Adds one.</summary>
    /// <param name="request">Version 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the id is there; nothing is changed then.</returns>
    ValueTask<bool> AddAsync(StoredCibaRequest request, CancellationToken cancellationToken = default);

    /// <summary>All of them, in pages.</summary>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>By id, ordinal.</returns>
    ValueTask<IReadOnlyList<StoredCibaRequest>> ListAsync(string? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Replaces one.</summary>
    /// <param name="request">Its version is the stored one plus one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when it is not there or has another version; nothing is changed then.</returns>
    ValueTask<bool> TryReplaceAsync(StoredCibaRequest request, CancellationToken cancellationToken = default);

    /// <summary>Removes one: the act by which an outcome is handed out, so it has to be certain, also after the power has failed.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">The stored version.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True for one caller only; false when it is not there or has another version.</returns>
    ValueTask<bool> TryRemoveAsync(string id, long version, CancellationToken cancellationToken = default);
}
