namespace MedId.AspNetCore.ResourceServer;

/// <summary>The codes that this package refuses API calls with; refusals by scope keep their <c>scopes.</c> code.</summary>
public static class ResourceServerErrorCodes
{
    /// <summary>The call carries no access token in its header.</summary>
    public const string TokenMissing = "resource_server.token_missing";

    /// <summary>The Authorization header is not exactly one well-formed bearer token.</summary>
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

    /// <summary>The token is bound to a key or certificate, or of a type that a bearer header cannot carry.</summary>
    public const string TokenTypeNotBearer = "resource_server.token_type_not_bearer";

    /// <summary>No answer to rely on came from the authorization server; nobody gets through.</summary>
    public const string IntrospectionUnavailable = "resource_server.introspection_unavailable";

    /// <summary>The resource is not there, or not for this token.</summary>
    public const string ResourceNotFound = "resource_server.resource_not_found";
}
