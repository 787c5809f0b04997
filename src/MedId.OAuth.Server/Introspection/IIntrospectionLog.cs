using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>Where it is written that a resource server was told that a token is active: data is read by it now.</summary>
public interface IIntrospectionLog
{
    /// <summary>Writes it down before the answer leaves: what cannot be written is not answered, so the exception passes.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="token">The token that is active.</param>
    /// <param name="resourceServer">The client id of the resource server that asked.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    ValueTask RecordAsync(TenantId tenant, AccessToken token, string resourceServer, DateTimeOffset at, CancellationToken cancellationToken = default);
}
