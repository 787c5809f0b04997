namespace MedId.OAuth;

/// <summary>Names of claims beyond the registered ones of RFC 7519 §4.1.</summary>
public static class OAuthClaims
{
    /// <summary>OIDC Core §2.</summary>
    public const string Acr = "acr";

    /// <summary>OIDC Core §2.</summary>
    public const string Amr = "amr";

    /// <summary>OIDC Core §2.</summary>
    public const string AuthTime = "auth_time";

    /// <summary>OIDC Core §2; in HEART access tokens the client (HEART OAuth 2.0 §4.2).</summary>
    public const string AuthorizedParty = "azp";

    /// <summary>OIDC Core §3.1.3.6.</summary>
    public const string AccessTokenHash = "at_hash";

    /// <summary>CIBA Core §10.3.1.</summary>
    public const string AuthReqId = "urn:openid:params:jwt:claim:auth_req_id";

    /// <summary>CIBA Core §10.3.1.</summary>
    public const string RefreshTokenHash = "urn:openid:params:jwt:claim:rt_hash";

    /// <summary>RFC 9068 §2.2.</summary>
    public const string ClientId = "client_id";

    /// <summary>RFC 9068 §2.2.3.</summary>
    public const string Scope = "scope";

    /// <summary>RFC 8693 §4.1.</summary>
    public const string Actor = "act";

    /// <summary>RFC 7800 §3.1: the key that a token is bound to.</summary>
    public const string Confirmation = "cnf";

    /// <summary>SMART App Launch 2.2.0, launch context: the FHIR id of the patient at the resource.</summary>
    public const string Patient = "patient";

    /// <summary>The consent record that a token stands on; a name of this library.</summary>
    public const string ConsentId = "consent_id";

    /// <summary>Who consented for the subject; a name of this library.</summary>
    public const string ConsentProxy = "consent_proxy";

    /// <summary>RFC 9701 §5.</summary>
    public const string TokenIntrospection = "token_introspection";

    /// <summary>IHE ITI IUA §3.71.4.1.2.2.1: container of its own claims.</summary>
    public const string Extensions = "extensions";

    /// <summary>IHE ITI IUA §3.71.4.1.2.2.1: member of <see cref="Extensions"/>.</summary>
    public const string IheIua = "ihe_iua";
}
