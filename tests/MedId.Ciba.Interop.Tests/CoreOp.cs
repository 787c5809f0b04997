using System.Net;
using System.Text.Json.Nodes;
using MedId.Testing;

namespace MedId.Ciba.Interop.Tests;

/// <summary>The OP with the profile core over plain http, and the peer with a client of every kind.</summary>
public sealed class CoreOp : IAsyncLifetime
{
    private OpProcess? _op;

    /// <summary>The peer.</summary>
    public RpProcess Peer { get; } = new();

    /// <summary>The issuer.</summary>
    public string Issuer => Op.Issuer;

    internal OpProcess Op => _op ?? throw new InvalidOperationException("The peer is not there, so the OP was not started.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Peer.InitializeAsync();
        if (Peer.Absent is not null)
        {
            return;
        }

        _op = await OpProcess.StartAsync();
        foreach (var client in Clients())
        {
            Assert.Equal(HttpStatusCode.Created, await _op.RegisterAsync(client));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Peer.DisposeAsync();
        if (_op is not null)
        {
            await _op.DisposeAsync();
        }
    }

    private IEnumerable<JsonObject> Clients()
    {
        foreach (var method in (string[])["client_secret_basic", "client_secret_post", "client_secret_jwt"])
        {
            yield return Client(method, method);
        }

        yield return With(Client("user-code", "client_secret_basic"), "backchannel_user_code_parameter", true);
        yield return With(Client("dpop", "client_secret_basic"), "dpop_bound_access_tokens", true);
        yield return With(With(Client("ping", "client_secret_basic"), "backchannel_token_delivery_mode", "ping"), "backchannel_client_notification_endpoint", Peer.NotificationEndpoint);
        foreach (var alg in (string[])["ES256", "PS256", "Ed25519"])
        {
            yield return Signing("key-" + alg, alg);
            yield return With(Signing("signed-" + alg, alg), "backchannel_authentication_request_signing_alg", alg);
        }
    }

    private static JsonObject Client(string id, string method) => new() { ["client_id"] = id, ["client_secret"] = MedIdLab.WellKnownSecret, ["token_endpoint_auth_method"] = method };

    private JsonObject Signing(string id, string alg) => new()
    {
        ["client_id"] = id,
        ["token_endpoint_auth_method"] = "private_key_jwt",
        ["token_endpoint_auth_signing_alg"] = alg,
        ["id_token_signed_response_alg"] = alg,
        ["jwks"] = Peer.Jwks(alg),
    };

    private static JsonObject With(JsonObject client, string name, JsonNode value)
    {
        client[name] = value;
        return client;
    }
}
