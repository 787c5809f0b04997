using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>Whether what tokens were made from still stands: asked at every introspection and refresh, so that withdrawal is immediate.</summary>
public interface IGrantStatus
{
    /// <summary>Judges a grant now.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="grantId">The grant's id.</param>
    /// <param name="subject">The subject as in the token.</param>
    /// <param name="at">The moment.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the grant is unknown, withdrawn, expired, or its subject suspended.</returns>
    ValueTask<bool> IsActiveAsync(TenantId tenant, string grantId, string subject, DateTimeOffset at, CancellationToken cancellationToken = default);
}
