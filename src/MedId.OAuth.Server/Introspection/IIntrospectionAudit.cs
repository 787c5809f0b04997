using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>Is told that a token is active, before the resource server is: what is not recorded is not answered.</summary>
public interface IIntrospectionAudit
{
    /// <summary>Records, in one step with a last look at the grant, that a resource server is about to be told that a token is active.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="token">The token, judged to be active.</param>
    /// <param name="resourceServer">The client id of the resource server that asks.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the grant ended meanwhile: the answer is inactive. When recording fails the exception passes and there is no answer.</returns>
    ValueTask<bool> RecordAsync(TenantId tenant, AccessToken token, string resourceServer, DateTimeOffset at, CancellationToken cancellationToken = default);
}
