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
}
