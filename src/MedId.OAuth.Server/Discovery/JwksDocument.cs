using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>The key set (RFC 7517 §5): keys that sign, keys that will, and keys that did while their tokens live.</summary>
public sealed class JwksDocument
{
    private readonly IKeyRingSource _keys;

    /// <summary>Makes the document.</summary>
    /// <param name="keys">The keys.</param>
    public JwksDocument(IKeyRingSource keys) => _keys = keys;

    /// <summary>Answers <c>GET /jwks</c>.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<OAuthAnswer> HandleAsync(TenantId tenant, CancellationToken cancellationToken = default)
    {
        var ring = await _keys.GetKeyRingAsync(tenant, cancellationToken).ConfigureAwait(false);
        return OAuthAnswer.Json(ring.Published.ToJson()) with { Headers = OAuthHeaders.Cacheable };
    }
}
