namespace MedId.OAuth;

/// <summary>Wire names of <see cref="ClientAuthenticationMethod"/>.</summary>
public static class ClientAuthenticationMethods
{
    /// <summary>Wire name of <see cref="ClientAuthenticationMethod.PrivateKeyJwt"/>.</summary>
    public const string PrivateKeyJwt = "private_key_jwt";

    /// <summary>Wire name of <see cref="ClientAuthenticationMethod.ClientSecretBasic"/>.</summary>
    public const string ClientSecretBasic = "client_secret_basic";

    /// <summary>Wire name of <see cref="ClientAuthenticationMethod.ClientSecretPost"/>.</summary>
    public const string ClientSecretPost = "client_secret_post";

    /// <summary>Wire name of <see cref="ClientAuthenticationMethod.ClientSecretJwt"/>.</summary>
    public const string ClientSecretJwt = "client_secret_jwt";

    /// <summary>Wire name of <see cref="ClientAuthenticationMethod.TlsClientAuth"/>.</summary>
    public const string TlsClientAuth = "tls_client_auth";

    /// <summary>Wire name of <see cref="ClientAuthenticationMethod.SelfSignedTlsClientAuth"/>.</summary>
    public const string SelfSignedTlsClientAuth = "self_signed_tls_client_auth";

    /// <summary>The method of a wire name; false for names that this library does not know, <c>none</c> among them.</summary>
    /// <param name="name">Case counts.</param>
    /// <param name="method">The method.</param>
    public static bool TryParse(string? name, out ClientAuthenticationMethod method)
    {
        method = name switch
        {
            ClientSecretBasic => ClientAuthenticationMethod.ClientSecretBasic,
            ClientSecretPost => ClientAuthenticationMethod.ClientSecretPost,
            ClientSecretJwt => ClientAuthenticationMethod.ClientSecretJwt,
            TlsClientAuth => ClientAuthenticationMethod.TlsClientAuth,
            SelfSignedTlsClientAuth => ClientAuthenticationMethod.SelfSignedTlsClientAuth,
            _ => ClientAuthenticationMethod.PrivateKeyJwt,
        };
        return name is PrivateKeyJwt or ClientSecretBasic or ClientSecretPost or ClientSecretJwt or TlsClientAuth or SelfSignedTlsClientAuth;
    }

    /// <summary>The wire name of a method.</summary>
    /// <param name="method">The method.</param>
    public static string ToName(ClientAuthenticationMethod method) => method switch
    {
        ClientAuthenticationMethod.PrivateKeyJwt => PrivateKeyJwt,
        ClientAuthenticationMethod.ClientSecretBasic => ClientSecretBasic,
        ClientAuthenticationMethod.ClientSecretPost => ClientSecretPost,
        ClientAuthenticationMethod.ClientSecretJwt => ClientSecretJwt,
        ClientAuthenticationMethod.TlsClientAuth => TlsClientAuth,
        ClientAuthenticationMethod.SelfSignedTlsClientAuth => SelfSignedTlsClientAuth,
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };
}
