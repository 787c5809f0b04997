using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>A grant of this OP stands as long as its consent stands and its person is active.</summary>
/// <param name="store">The store.</param>
public sealed class ConsentGrantStatus(IProviderStore store) : IGrantStatus
{
    /// <inheritdoc/>
    public ValueTask<bool> IsActiveAsync(TenantId tenant, string grantId, string subject, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        store.IsConsentActiveAsync(tenant, grantId, subject, at, cancellationToken);
}
