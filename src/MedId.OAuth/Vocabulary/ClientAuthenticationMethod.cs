namespace MedId.OAuth;

/// <summary>How a client proves who it is (<c>token_endpoint_auth_method</c>, RFC 8414 §2); the methods this library knows.</summary>
public enum ClientAuthenticationMethod
{
    /// <summary><c>private_key_jwt</c> (RFC 7523 §2.2).</summary>
    PrivateKeyJwt,

    /// <summary><c>client_secret_basic</c> (RFC 6749 §2.3.1).</summary>
    ClientSecretBasic,

    /// <summary><c>client_secret_post</c> (RFC 6749 §2.3.1).</summary>
    ClientSecretPost,

    /// <summary><c>client_secret_jwt</c> (RFC 7523 §2.2 with an HMAC, OIDC Core §9).</summary>
    ClientSecretJwt,

    /// <summary><c>tls_client_auth</c> (RFC 8705 §2.1).</summary>
    TlsClientAuth,

    /// <summary><c>self_signed_tls_client_auth</c> (RFC 8705 §2.2).</summary>
    SelfSignedTlsClientAuth,
}
