using System.Text;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>Whether what a client registered for its authentication goes together (RFC 7591 §2, RFC 8705 §2.1.2, OIDC Registration §2).</summary>
internal static class ClientAuthenticationRules
{
    /// <summary>What goes against each other, in words; null when all is well.</summary>
    public static string? Wrong(ClientMetadata client)
    {
        var hasKeys = client.Jwks is not null || client.JwksUri is not null;
        var names = Names(client);
        if (names > 0 && client.TokenEndpointAuthMethod != ClientAuthenticationMethod.TlsClientAuth)
        {
            return "tls_client_auth_* beside another method (RFC 8705 §2.1.2)";
        }

        if (client.TokenEndpointAuthSigningAlg is not null && client.TokenEndpointAuthMethod != ClientAuthenticationMethod.PrivateKeyJwt)
        {
            return "token_endpoint_auth_signing_alg beside a method without assertion (OIDC Registration §2)";
        }

        return client.TokenEndpointAuthMethod switch
        {
            ClientAuthenticationMethod.PrivateKeyJwt => hasKeys ? FitsKeys(client) : "private_key_jwt without keys",
            ClientAuthenticationMethod.SelfSignedTlsClientAuth => hasKeys ? null : "self_signed_tls_client_auth without keys (RFC 8705 §2.2.2)",
            ClientAuthenticationMethod.TlsClientAuth => names == 1 ? null : "tls_client_auth with other than one tls_client_auth_* (RFC 8705 §2.1.2)",
            ClientAuthenticationMethod.ClientSecretJwt => SecretFits(client),
            _ => client.ClientSecret is null ? "a secret method without client_secret" : null,
        };
    }

    private static int Names(ClientMetadata client) =>
        ((string?[])[client.TlsClientAuthSubjectDn, client.TlsClientAuthSanDns, client.TlsClientAuthSanUri, client.TlsClientAuthSanIp, client.TlsClientAuthSanEmail]).Count(name => name is not null);

    /// <summary>A registered algorithm that none of the keys can do would refuse every assertion. Keys that are fetched are not known yet.</summary>
    private static string? FitsKeys(ClientMetadata client) =>
        client.TokenEndpointAuthSigningAlg is { } algorithm && client.Jwks is { } keys && !keys.Keys.Any(key => key.Supports(algorithm))
            ? "token_endpoint_auth_signing_alg without a key for it"
            : null;

    private static string? SecretFits(ClientMetadata client)
    {
        if (client.ClientSecret is not { } secret)
        {
            return "a secret method without client_secret";
        }

        // RFC 7518 §3.2: as long as the hash, or longer.
        var algorithm = client.TokenEndpointAuthHmacAlg ?? HmacAlgorithm.HS256;
        return algorithm.Supports(Encoding.UTF8.GetBytes(secret)) ? null : $"a client_secret of fewer than {algorithm.MinimumKeyLength} bytes for {algorithm} (RFC 7518 §3.2)";
    }
}
