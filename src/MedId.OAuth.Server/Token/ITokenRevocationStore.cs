using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>Access tokens revoked one by one before their end (RFC 7009).</summary>
public interface ITokenRevocationStore
{
    /// <summary>Remembers a revoked token until it would have ended.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="tokenId">The token's <c>jti</c>.</param>
    /// <param name="expiresAt">The token's end.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    ValueTask RevokeTokenAsync(TenantId tenant, string tokenId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default);

    /// <summary>Whether a token was revoked.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="tokenId">The token's <c>jti</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True when revoked.</returns>
    ValueTask<bool> IsTokenRevokedAsync(TenantId tenant, string tokenId, CancellationToken cancellationToken = default);
}
