namespace MedId.OAuth;

/// <summary>Values of <c>grant_type</c>.</summary>
public static class GrantTypes
{
    /// <summary>CIBA Core §10.1.</summary>
    public const string Ciba = "urn:openid:params:grant-type:ciba";

    /// <summary>RFC 6749 §6.</summary>
    public const string RefreshToken = "refresh_token";

    /// <summary>RFC 6749 §4.1.3.</summary>
    public const string AuthorizationCode = "authorization_code";

    /// <summary>RFC 6749 §4.4.2.</summary>
    public const string ClientCredentials = "client_credentials";

    /// <summary>RFC 8693 §2.1.</summary>
    public const string TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";
}
