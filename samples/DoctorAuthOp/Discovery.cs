using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Samples.DoctorAuthOp;

/// <summary>What this OP says about itself (RFC 8414 §2): only what it has.</summary>
internal static class Discovery
{
    public static string Document(OAuthServerOptions options, SigningKey key) => new JsonObject
    {
        ["issuer"] = options.Issuer,
        ["token_endpoint"] = options.TokenEndpoint,
        ["jwks_uri"] = options.JwksUri,
        ["response_types_supported"] = new JsonArray(),
        ["grant_types_supported"] = new JsonArray(GrantTypes.TokenExchange),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray(key.Algorithm.JoseName),
        ["token_endpoint_auth_methods_supported"] = new JsonArray(ClientAuthenticationMethods.PrivateKeyJwt),
        ["token_endpoint_auth_signing_alg_values_supported"] = new JsonArray("ES256", "PS256"),
    }.ToJsonString();
}
