using System.Text.Json.Serialization;
using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>What the resource owner allowed, from which every token of one approval is made.</summary>
public sealed record Grant
{
    /// <summary>The identifier; equals the consent's id where a consent stands behind the grant. 128 random bits or more, base64url.</summary>
    public required string Id { get; init; }

    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The resource owner's account at this OP.</summary>
    public required string Subject { get; init; }

    /// <summary>The client that may redeem it.</summary>
    public required string ClientId { get; init; }

    /// <summary>All granted scopes, <c>openid</c> included.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The resource (RFC 8707) that becomes the access token's <c>aud</c>; null for tokens that only this OP reads.</summary>
    public string? Resource { get; init; }

    /// <summary>The FHIR Patient id that <see cref="Resource"/> knows the subject by (SMART launch context); null outside FHIR.</summary>
    public string? Patient { get; init; }

    /// <summary>The consent behind the grant; null when none is needed.</summary>
    public string? ConsentId { get; init; }

    /// <summary>The actor, as the JSON of the <c>act</c> claim (RFC 8693 §4.1); null when the resource owner acts alone.</summary>
    public string? Actor { get; init; }

    /// <summary>
    /// Who consented for the resource owner, as the JSON of the <c>consent_proxy</c> claim (build/docs/walk.md); null when the resource owner did. <see cref="Acr"/>, <see cref="Amr"/> and
    /// <see cref="AuthTime"/> are of the proxy's act then.
    /// </summary>
    public string? ConsentProxy { get; init; }

    /// <summary>The <c>authorization_details</c> as granted (RFC 9396 §7), a JSON array; null when the request had none. In the token answer, the access token and introspection.</summary>
    public string? AuthorizationDetails { get; init; }

    /// <summary>Authentication context class that the OP concluded from evidence.</summary>
    public required string Acr { get; init; }

    /// <summary>Authentication methods.</summary>
    public required IReadOnlyList<string> Amr { get; init; }

    /// <summary>When the person authenticated; null when nobody did for this grant, and no token says an <c>auth_time</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required DateTimeOffset? AuthTime { get; init; }

    /// <summary>The end of everything made from this grant.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether a refresh token may be given (row A12: the variant without asking again). False asks at every access.</summary>
    public bool AllowsRefresh { get; init; }

    /// <summary>How long each access token of this grant lives, where it is not the server's usual time (row A12: one access token used again); never longer than the grant.</summary>
    /// <value>Null: <see cref="OAuthServerOptions.AccessTokenLifetime"/>.</value>
    public TimeSpan? AccessTokenLifetime { get; init; }

    /// <summary>The id and the client; nothing of the person or of who acts.</summary>
    public override string ToString() => $"grant {Id} of {ClientId}";
}
