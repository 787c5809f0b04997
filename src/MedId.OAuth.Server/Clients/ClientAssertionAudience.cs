namespace MedId.OAuth.Server;

/// <summary>Which <c>aud</c> of a client assertion is accepted. An array that also names somebody else never is.</summary>
public enum ClientAssertionAudience
{
    /// <summary>The issuer, the token endpoint, or the endpoint called (CIBA Core §7.1), as one string or an array of them.</summary>
    IssuerOrEndpoints,

    /// <summary>The issuer alone, as one string (FAPI 2.0 Security Profile §5.3.2.1).</summary>
    IssuerOnly,
}
