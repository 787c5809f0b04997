using System.Diagnostics;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Ciba.Client.Tests;

/// <summary>An OP of others (npm oidc-provider) as a process, with the clients of the tests; see tests/interop.</summary>
public sealed class NodePeer : IAsyncLifetime
{
    private Process? _process;

    /// <summary>Why the peer is not there; null when it is.</summary>
    public string? Absent { get; private set; }

    /// <summary>The OP's issuer.</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>ES256: client authentication and requests of <c>signed-es256</c>.</summary>
    public LocalSigningKey Es256 { get; } = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "es256");

    /// <summary>PS256: client authentication and requests of <c>signed-ps256</c>.</summary>
    public LocalSigningKey Ps256 { get; } = LocalSigningKey.Generate(SignatureAlgorithm.PS256, "ps256");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var folder = Checkout.PathOf("tests", "interop");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "oidc-provider")))
        {
            Absent = "run 'npm ci' in tests/interop first";
            return;
        }

        try
        {
            _process = Process.Start(new ProcessStartInfo("node", ["op-peer.mjs"])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Absent = "node 20 or later is not installed";
            return;
        }

        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        await _process.StandardInput.WriteLineAsync(new JsonArray(Signed("signed-es256", Es256), Signed("signed-ps256", Ps256), Plain("plain"), Plain("with-user-code", userCode: true), ResourceServer()).ToJsonString());
        await _process.StandardInput.FlushAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var line = await _process.StandardOutput.ReadLineAsync(limit.Token);
        Issuer = (string)JsonNode.Parse(line!)!["issuer"]!;
    }

    /// <summary>Skips, saying why, where the peer is not there; in CI that is a failure.</summary>
    public void Require()
    {
        if (Absent is not null)
        {
            Assert.False(TestVectors.IsContinuousIntegration, "In CI the peer has to run: " + Absent);
            Assert.Skip("The peer OP needs node with the package oidc-provider: " + Absent);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Es256.Dispose();
        Ps256.Dispose();
        if (_process is not null)
        {
            // It ends when its standard input does.
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await _process.WaitForExitAsync(limit.Token);
            _process.Dispose();
        }
    }

    private static JsonObject Signed(string id, LocalSigningKey key) => new()
    {
        ["client_id"] = id,
        ["jwks"] = JsonNode.Parse(JsonWebKeySet.Of(key.ToJwk()).ToJson()),
        ["token_endpoint_auth_method"] = "private_key_jwt",
        ["token_endpoint_auth_signing_alg"] = key.Algorithm.JoseName,
        ["backchannel_authentication_request_signing_alg"] = key.Algorithm.JoseName,
        ["backchannel_token_delivery_mode"] = "poll",
        ["grant_types"] = new JsonArray("urn:openid:params:grant-type:ciba", "refresh_token"),
        ["response_types"] = new JsonArray(),
        ["redirect_uris"] = new JsonArray(),
    };

    private static JsonObject Plain(string id, bool userCode = false) => new()
    {
        ["client_id"] = id,
        ["client_secret"] = "a secret: with/reserved+characters & 32 more",
        ["backchannel_token_delivery_mode"] = "poll",
        ["backchannel_user_code_parameter"] = userCode,
        ["grant_types"] = new JsonArray("urn:openid:params:grant-type:ciba"),
        ["response_types"] = new JsonArray(),
        ["redirect_uris"] = new JsonArray(),
    };

    private static JsonObject ResourceServer() => new()
    {
        ["client_id"] = "health-record-api",
        ["client_secret"] = "a-secret-of-at-least-thirty-two-characters",
        ["grant_types"] = new JsonArray(),
        ["response_types"] = new JsonArray(),
        ["redirect_uris"] = new JsonArray(),
    };
}
