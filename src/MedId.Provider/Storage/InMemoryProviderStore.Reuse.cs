using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask<ConsentMark?> FindConsentMarkAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Consents.TryGetValue(consentId, out var consent) ? StoreRules.MarkOf(consent.Record) : null));
}
