namespace MedId.OAuth;

/// <summary>Identifiers of kinds of tokens, as messages name them.</summary>
public static class TokenTypes
{
    /// <summary><c>token_type</c> of an access token that whoever bears it may use (RFC 6750).</summary>
    public const string Bearer = "Bearer";

    /// <summary><c>token_type</c> and HTTP scheme of an access token that is bound to a DPoP key (RFC 9449 §5, §7.1).</summary>
    public const string DPoP = "DPoP";

    /// <summary><c>token_type</c> of something that is no access token (RFC 8693 §2.2.1).</summary>
    public const string NotApplicable = "N_A";

    /// <summary>A JWT (RFC 8693 §3).</summary>
    public const string JwtUrn = "urn:ietf:params:oauth:token-type:jwt";

    /// <summary>An access token (RFC 8693 §3).</summary>
    public const string AccessTokenUrn = "urn:ietf:params:oauth:token-type:access_token";

    /// <summary><c>client_assertion_type</c> of <c>private_key_jwt</c> (RFC 7523 §2.2).</summary>
    public const string JwtBearerAssertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary><c>token_type_hint</c> of an access token (RFC 7009 §2.1).</summary>
    public const string AccessTokenHint = "access_token";

    /// <summary><c>token_type_hint</c> of a refresh token (RFC 7009 §2.1).</summary>
    public const string RefreshTokenHint = "refresh_token";

    /// <summary>JOSE <c>typ</c> of a JWT access token (RFC 9068 §2.1).</summary>
    public const string AccessTokenJwt = "at+jwt";

    /// <summary>JOSE <c>typ</c> of a signed introspection response (RFC 9701 §5).</summary>
    public const string IntrospectionJwt = "token-introspection+jwt";

    /// <summary>JOSE <c>typ</c> of a signed authentication request (RFC 9101 §10.8).</summary>
    public const string SignedRequestJwt = "oauth-authz-req+jwt";

    /// <summary>JOSE <c>typ</c> of signed evidence of who the practitioner is; a name of this library.</summary>
    public const string PractitionerEvidenceJwt = "practitioner-evidence+jwt";

    /// <summary>Media type of <see cref="IntrospectionJwt"/>, for <c>Accept</c> (RFC 9701 §4).</summary>
    public const string IntrospectionMediaType = "application/token-introspection+jwt";
}
