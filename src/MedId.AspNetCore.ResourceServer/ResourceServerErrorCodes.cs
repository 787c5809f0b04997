namespace MedId.AspNetCore.ResourceServer;

/// <summary>The codes that this package refuses API calls with; refusals by scope keep their <c>scopes.</c> code, those of a DPoP proof or of a proxy's header their <c>oauth.</c> code.</summary>
public static class ResourceServerErrorCodes
{
    /// <summary>The call carries no access token in its header.</summary>
    public const string TokenMissing = "resource_server.token_missing";

    /// <summary>The Authorization header is not exactly one well-formed token in a scheme that is taken.</summary>
    public const string TokenMalformed = "resource_server.token_malformed";

    /// <summary>The call carries a token in its URL.</summary>
    public const string TokenInUrl = "resource_server.token_in_url";

    /// <summary>The authorization server says that the token is not active: unknown, expired, revoked, withdrawn.</summary>
    public const string TokenInactive = "resource_server.token_inactive";

    /// <summary>The token is for another resource, or for none.</summary>
    public const string AudienceMismatch = "resource_server.audience_mismatch";

    /// <summary>The token is of another authorization server.</summary>
    public const string IssuerMismatch = "resource_server.issuer_mismatch";

    /// <summary>The token's time is over, or not come, by this server's clock.</summary>
    public const string TokenNotInTime = "resource_server.token_not_in_time";

    /// <summary>The token is of a type that is not understood here, or of type DPoP without the key that it is bound to.</summary>
    public const string TokenTypeNotBearer = "resource_server.token_type_not_bearer";

    /// <summary>The token is bound to a DPoP key and came as a bearer token.</summary>
    public const string TokenBoundToKey = "resource_server.token_bound_to_key";

    /// <summary>The token is bound to no key, and came in the DPoP scheme or to a server that takes bound tokens only.</summary>
    public const string TokenNotBound = "resource_server.token_not_bound";

    /// <summary>The token is bound to a certificate and the connection showed none.</summary>
    public const string CertificateMissing = "resource_server.certificate_missing";

    /// <summary>The token is bound to another certificate than the connection's.</summary>
    public const string CertificateMismatch = "resource_server.certificate_mismatch";

    /// <summary>The DPoP proof was used before.</summary>
    public const string ProofReplayed = "resource_server.proof_replayed";

    /// <summary>The person has to authenticate better, or anew, for this endpoint.</summary>
    public const string AuthenticationInsufficient = "resource_server.authentication_insufficient";

    /// <summary>No answer to rely on came from the authorization server; nobody gets through.</summary>
    public const string IntrospectionUnavailable = "resource_server.introspection_unavailable";

    /// <summary>The resource is not there, or not for this token.</summary>
    public const string ResourceNotFound = "resource_server.resource_not_found";
}
