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

    /// <summary>The method of a wire name; false for names that this library does not know, <c>none</c> among them.</summary>
    /// <param name="name">Case counts.</param>
    /// <param name="method">The method.</param>
    public static bool TryParse(string? name, out ClientAuthenticationMethod method)
    {
        method = name switch
        {
            ClientSecretBasic => ClientAuthenticationMethod.ClientSecretBasic,
            ClientSecretPost => ClientAuthenticationMethod.ClientSecretPost,
            _ => ClientAuthenticationMethod.PrivateKeyJwt,
        };
        return name is PrivateKeyJwt or ClientSecretBasic or ClientSecretPost;
    }

    /// <summary>The wire name of a method.</summary>
    /// <param name="method">The method.</param>
    public static string ToName(ClientAuthenticationMethod method) => method switch
    {
        ClientAuthenticationMethod.PrivateKeyJwt => PrivateKeyJwt,
        ClientAuthenticationMethod.ClientSecretBasic => ClientSecretBasic,
        ClientAuthenticationMethod.ClientSecretPost => ClientSecretPost,
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };
}
