using System.Net;
using System.Text.Json.Nodes;

namespace MedId.Ciba.Interop.Tests;

/// <summary>The OP over TLS with a profile, and the peer with clients that the profile allows.</summary>
public abstract class PeerTlsOp(string profile) : TlsOp(profile)
{
    /// <summary>The peer.</summary>
    public RpProcess Peer { get; } = new();

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        await Peer.InitializeAsync();
        if (Peer.Absent is not null)
        {
            return;
        }

        await base.InitializeAsync();
        foreach (var client in Clients())
        {
            Assert.Equal(HttpStatusCode.Created, await Op.RegisterAsync(client));
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Peer.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal JsonObject Job(string client, string method, (string Certificate, string Key)? certificate = null)
    {
        Peer.Require();
        var job = new JsonObject
        {
            ["issuer"] = Op.Issuer,
            ["clientId"] = client,
            ["auth"] = method,
            ["key"] = "PS256",
            ["ca"] = Servers.Certificate.Pem,
            ["params"] = new JsonObject { ["login_hint"] = "alice", ["binding_message"] = "XK-42" },
            ["decide"] = "approve",
        };
        if (certificate is { } shown)
        {
            (job["cert"], job["certKey"]) = shown;
        }

        return job;
    }

    internal JsonObject KeyClient(string id, string alg = "PS256") => new()
    {
        ["client_id"] = id,
        ["token_endpoint_auth_method"] = "private_key_jwt",
        ["token_endpoint_auth_signing_alg"] = alg,
        ["backchannel_authentication_request_signing_alg"] = alg,
        ["jwks"] = Peer.Jwks(alg),
    };

    /// <summary>The clients that the profile allows.</summary>
    protected abstract IEnumerable<JsonObject> Clients();
}
