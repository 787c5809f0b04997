using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>Ends access tokens before their time.</summary>
public sealed class TokenRevoker
{
    private readonly ITokenRevocationStore _store;
    private readonly OAuthServerOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes a revoker.</summary>
    /// <param name="store">Remembers what was revoked.</param>
    /// <param name="options">How long access tokens live.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public TokenRevoker(ITokenRevocationStore store, OAuthServerOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _store = store;
        _options = options;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Ends one access token.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask RevokeAsync(TenantId tenant, AccessToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _store.RevokeTokenAsync(tenant, token.Id, token.ExpiresAt, cancellationToken);
    }

    /// <summary>Ends every access token made of a grant so far, as ending its refresh tokens should (RFC 7009 §2.1). For a grant from which no more tokens can come.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="grant">The grant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask RevokeGrantAsync(TenantId tenant, Grant grant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return _store.RevokeTokenAsync(tenant, GrantKey(grant.Id), _time.GetUtcNow() + (grant.AccessTokenLifetime ?? _options.AccessTokenLifetime) + TimeSpan.FromMinutes(1), cancellationToken);
    }

    /// <summary>A key that no <c>jti</c> of ours can be: those are base64url, without a dot.</summary>
    internal static string GrantKey(string grantId) => "grant." + grantId;
}
