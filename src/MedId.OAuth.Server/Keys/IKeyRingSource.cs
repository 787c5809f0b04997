using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>The keys that a tenant's tokens are signed with.</summary>
public interface IKeyRingSource
{
    /// <summary>The ring as it stands now; a rotation shows at the next call.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<KeyRing> GetKeyRingAsync(TenantId tenant, CancellationToken cancellationToken = default);
}
