using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;

namespace MedId.Cli.Tests;

/// <summary><c>medid ciba run</c>, as somebody calls it, against an OP that others wrote.</summary>
[Trait("Peer", "node")]
public sealed class CibaRunTests(CibaRunTests.Peer peer) : IClassFixture<CibaRunTests.Peer>
{
    [Fact]
    public async Task Run_Approved_IsOneLineWithClaimsAndPolls()
    {
        peer.Op.Require();
        await ReadyAsync("cli-poll", "approve");
        var (exit, output, errors) = Medid.Run(Input("cli-poll", acrValues: "urn:cibatest:auth:fido").ToJsonString(), "ciba", "run");
        Assert.Equal((0, "", 1), (exit, errors, output.Trim().Split('\n').Length));
        var answer = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.True(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("error").ValueKind);
        Assert.Equal("urn:cibatest:auth:fido", answer.GetProperty("claims").GetProperty("acr").GetString());
        Assert.Equal(1, answer.GetProperty("polls").GetInt32());
    }

    [Theory]
    [InlineData("loginHint", "nobody", "unknown_user_id")]
    [InlineData("bindingMessage", "refused", "invalid_binding_message")]
    [InlineData("bindingMessage", "a text that is longer than doctor and patient can compare", "invalid_binding_message")]
    [InlineData("clientId", "somebody", "invalid_client")]
    public async Task Run_RefusedAtOnce_NamesTheError(string member, string value, string error)
    {
        peer.Op.Require();
        await ReadyAsync("cli-refused", "wait");
        var input = Input("cli-refused");
        input[member] = value;
        var answer = Medid.One("ciba", "run", input.ToJsonString());
        Assert.Equal((false, error, 0), (answer.GetProperty("ok").GetBoolean(), answer.GetProperty("error").GetString(), answer.GetProperty("polls").GetInt32()));
        Assert.Equal("refused", answer.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Run_Denied_IsAccessDenied()
    {
        peer.Op.Require();
        await ReadyAsync("cli-denied", "deny");
        var answer = Medid.One("ciba", "run", Input("cli-denied").ToJsonString());
        Assert.Equal("access_denied", answer.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Run_NobodyDecides_EndsAtTheTimeout()
    {
        peer.Op.Require();
        await ReadyAsync("cli-timeout", "wait");
        var input = Input("cli-timeout");
        input["timeoutSeconds"] = 1;
        Assert.Equal("cli.timeout", Medid.One("ciba", "run", input.ToJsonString()).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Run_NobodyDecides_EndsAtExpiresIn()
    {
        peer.Op.Require();
        await ReadyAsync("cli-expires", "wait");
        var input = Input("cli-expires");
        input["requestedExpiry"] = 2;
        Assert.Equal("ciba_client.gave_up", Medid.One("ciba", "run", input.ToJsonString()).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Run_PingWithASignedRequestAndDpop_PollsOnceAndAtOnce()
    {
        peer.Op.Require();
        var port = FreePort();
        await peer.Op.RegisterAsync("cli-ping", "private_key_jwt", metadata =>
        {
            metadata.Remove("client_secret");
            metadata["jwks"] = new JsonObject { ["keys"] = new JsonArray(PublicOf(peer.Jwk)) };
            metadata["token_endpoint_auth_signing_alg"] = "ES256";
            metadata["backchannel_authentication_request_signing_alg"] = "ES256";
            metadata["backchannel_token_delivery_mode"] = "ping";
            metadata["backchannel_client_notification_endpoint"] = $"https://127.0.0.1:{port}/any/path";
            metadata["dpop_bound_access_tokens"] = true;
        });
        await peer.Op.DoAsync(new JsonObject { ["do"] = "mode", ["as"] = "approve", ["after"] = 0 });
        var input = Input("cli-ping");
        input["auth"] = new JsonObject { ["method"] = "private_key_jwt", ["keyJwk"] = peer.Jwk.DeepClone() };
        (input["mode"], input["notificationPort"], input["signRequest"], input["dpop"]) = ("ping", port, true, "Ed25519");
        var answer = Medid.One("ciba", "run", input.ToJsonString());
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.ToString());
        Assert.Equal(("DPoP", 1), (answer.GetProperty("tokenType").GetString(), answer.GetProperty("polls").GetInt32()));
    }

    [Fact]
    public void Run_CertificateThatTheOpBindsNoTokenTo_AsksNothing()
    {
        peer.Op.Require();
        using var key = System.Security.Cryptography.ECDsa.Create(new System.Security.Cryptography.ECParameters
        {
            Curve = System.Security.Cryptography.ECCurve.NamedCurves.nistP256,
            D = Octets("d"),
            Q = new() { X = Octets("x"), Y = Octets("y") },
        });
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=cli-bound", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var input = Input("cli-bound");
        input["auth"] = new JsonObject { ["method"] = "private_key_jwt", ["keyJwk"] = peer.Jwk.DeepClone(), ["certificate"] = StrictBase64Url.Encode(certificate.RawData) };
        Assert.Equal("ciba_client.binding_not_supported", Medid.One("ciba", "run", input.ToJsonString()).GetProperty("error").GetString());

        byte[] Octets(string member) => StrictBase64Url.Decode((string)peer.Jwk[member]!, 64).Value!;
    }

    [Fact]
    public void Run_MethodThatNobodyKnows_IsUnsupported()
    {
        var input = Input("a", issuer: "http://127.0.0.1:9");
        input["auth"]!["method"] = "none";
        Assert.Equal("unsupported", Medid.One("ciba", "run", input.ToJsonString()).GetProperty("error").GetString());
    }

    [Fact]
    public void Run_NobodyListens_IsUnreachable() =>
        Assert.Equal("cli.unreachable", Medid.One("ciba", "run", Input("a", issuer: $"http://127.0.0.1:{FreePort()}").ToJsonString()).GetProperty("error").GetString());

    [Theory]
    [InlineData("http://example.org")]
    [InlineData("http://192.168.0.1")]
    public void Run_HttpThatIsNotLoopback_IsUnusable(string issuer) =>
        Assert.Equal("unusable", Medid.One("ciba", "run", Input("a", issuer: issuer).ToJsonString()).GetProperty("outcome").GetString());

    [Theory]
    [InlineData("loginHint", null, "cli.missing_member")]
    [InlineData("idTokenHint", "\"a.b.c\"", "cli.member_value")]
    [InlineData("mode", "\"ping\"", "cli.missing_member")]
    [InlineData("typo", "1", "cli.unknown_member")]
    public void Run_InputWithOneMistake_IsUnusable(string member, string? json, string code)
    {
        var input = Input("a", issuer: "http://127.0.0.1:9");
        input.Remove(member);
        if (json is not null)
        {
            input[member] = JsonNode.Parse(json);
        }

        Assert.Equal(code, Medid.One("ciba", "run", input.ToJsonString()).GetProperty("code").GetString());
    }

    private JsonObject Input(string clientId, string? issuer = null, string? acrValues = null)
    {
        var input = new JsonObject
        {
            ["issuer"] = issuer ?? peer.Op.Issuer,
            ["clientId"] = clientId,
            ["auth"] = new JsonObject { ["method"] = "client_secret_basic", ["secret"] = CibaPeer.Secret },
            ["scope"] = "openid",
            ["loginHint"] = "alice",
            ["timeoutSeconds"] = 20,
        };
        if (acrValues is not null)
        {
            input["acrValues"] = acrValues;
        }

        return input;
    }

    private async Task ReadyAsync(string clientId, string mode)
    {
        await peer.Op.RegisterAsync(clientId);
        await peer.Op.DoAsync(new JsonObject { ["do"] = "mode", ["as"] = mode, ["after"] = 0 });
    }

    private static JsonObject PublicOf(JsonObject jwk)
    {
        var known = (JsonObject)jwk.DeepClone();
        known.Remove("d");
        return known;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The peer and a key in JOSE's form.</summary>
    public sealed class Peer : IAsyncLifetime
    {
        /// <summary>The OP.</summary>
        public CibaPeer Op { get; private set; } = null!;

        /// <summary>A private key.</summary>
        public JsonObject Jwk { get; } = MakeJwk();

        /// <inheritdoc/>
        public async ValueTask InitializeAsync() => Op = await CibaPeer.StartAsync(("CIBA_OP_PLAIN_PING", "1"));

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => Op.DisposeAsync();

        private static JsonObject MakeJwk()
        {
            using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
            var numbers = key.ExportParameters(includePrivateParameters: true);
            return new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["kid"] = "cli-1",
                ["alg"] = "ES256",
                ["x"] = StrictBase64Url.Encode(numbers.Q.X),
                ["y"] = StrictBase64Url.Encode(numbers.Q.Y),
                ["d"] = StrictBase64Url.Encode(numbers.D),
            };
        }
    }
}
