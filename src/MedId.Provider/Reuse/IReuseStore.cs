using MedId.Core;

namespace MedId.Provider;

/// <summary>What reuse asks of a store.</summary>
public interface IReuseStore
{
    /// <summary>Finds how often a consent serves and what was shown, without reading its personal content.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="consentId">The consent.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The mark, or null when there is no such consent.</returns>
    ValueTask<ConsentMark?> FindConsentMarkAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default);

    /// <summary>Writes into the history that a resource server read by a consent (<c>read</c>), unless its last line of this kind is less than <paramref name="apart"/> old.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="consentId">The consent.</param>
    /// <param name="resourceServer">The resource server's client id.</param>
    /// <param name="at">Now.</param>
    /// <param name="apart">Reads closer together are one line; <see cref="TimeSpan.Zero"/> writes each.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether a line was written. False also when there is no such consent.</returns>
    ValueTask<bool> NoteReadAsync(TenantId tenant, string consentId, string resourceServer, DateTimeOffset at, TimeSpan apart, CancellationToken cancellationToken = default);
}
