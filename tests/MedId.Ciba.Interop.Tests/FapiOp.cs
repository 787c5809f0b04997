using System.Text.Json.Nodes;

namespace MedId.Ciba.Interop.Tests;

/// <summary>The OP with the profile fapi: FAPI-CIBA Implementer's Draft 1.</summary>
public sealed class FapiOp() : PeerTlsOp("fapi")
{
    /// <inheritdoc/>
    protected override IEnumerable<JsonObject> Clients()
    {
        yield return Tls("tls", "tls_client_auth", Peer.Jwks("PS256"), ("tls_client_auth_san_dns", "client.example"));
        yield return Tls("self-signed", "self_signed_tls_client_auth", WithOwnKey(Peer.Jwks("PS256")));
        var key = KeyClient("key");
        key["tls_client_certificate_bound_access_tokens"] = true;
        yield return key;
    }

    private static JsonObject Tls(string id, string method, JsonObject keys, params (string Name, string Value)[] more)
    {
        var client = new JsonObject
        {
            ["client_id"] = id,
            ["token_endpoint_auth_method"] = method,
            ["tls_client_certificate_bound_access_tokens"] = true,
            ["backchannel_authentication_request_signing_alg"] = "PS256",
            ["jwks"] = keys,
        };
        foreach (var (name, value) in more)
        {
            client[name] = value;
        }

        return client;
    }
}
