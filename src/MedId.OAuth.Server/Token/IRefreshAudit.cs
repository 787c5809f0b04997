using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>Is told of refused refresh tokens, before the client is. What a store does with a family, it records itself.</summary>
public interface IRefreshAudit
{
    /// <summary>Records that a refresh was refused. When recording fails the exception passes and there is no answer.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="clientId">The authenticated client.</param>
    /// <param name="grant">The grant of the presented token; null where the token is unknown.</param>
    /// <param name="error">Why.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask RefusedAsync(TenantId tenant, string clientId, Grant? grant, MedIdError error, DateTimeOffset at, CancellationToken cancellationToken = default);
}
