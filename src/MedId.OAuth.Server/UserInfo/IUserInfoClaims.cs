using System.Text.Json;

namespace MedId.OAuth.Server;

/// <summary>Claims about a person beyond <c>sub</c>, for the userinfo endpoint.</summary>
public interface IUserInfoClaims
{
    /// <summary>The claims that the token's scopes give to its client (OIDC Core §5.4).</summary>
    /// <param name="token">The access token, live.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Claims by name; <c>sub</c> is not among them.</returns>
    ValueTask<IReadOnlyDictionary<string, JsonElement>> GetClaimsAsync(AccessToken token, CancellationToken cancellationToken = default);
}
