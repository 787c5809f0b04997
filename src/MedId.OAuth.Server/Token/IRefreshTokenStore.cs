using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>Refresh tokens with rotation, by atomic verbs.</summary>
public interface IRefreshTokenStore
{
    /// <summary>Finds the live record of a presented token.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="digest">The presented token's digest.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The record, live or rotated; null when unknown or its family ended. The caller judges its end.</returns>
    ValueTask<RefreshTokenRecord?> FindRefreshTokenAsync(TenantId tenant, string digest, CancellationToken cancellationToken = default);

    /// <summary>Replaces a live token by the next one of its family in one step; a token rotated before ends the family.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="presentedDigest">Digest of the presented token.</param>
    /// <param name="clientId">The authenticated client.</param>
    /// <param name="next">The next token.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Rotated for exactly one of concurrent callers; the next of them presents a rotated token and ends the family.</returns>
    /// <exception cref="ArgumentException">The next token is of another family or grant, or its grant has more scopes than the presented one's.</exception>
    ValueTask<RefreshOutcome> RotateRefreshTokenAsync(
        TenantId tenant, string presentedDigest, string clientId, RefreshTokenRecord next, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Ends the family of a token (RFC 7009 §2.1); no error when it is unknown or of another client.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="digest">Digest of a token of the family.</param>
    /// <param name="clientId">The authenticated client.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether a family was ended.</returns>
    ValueTask<bool> RevokeRefreshFamilyAsync(TenantId tenant, string digest, string clientId, DateTimeOffset at, CancellationToken cancellationToken = default);
}
