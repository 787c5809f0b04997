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
}
