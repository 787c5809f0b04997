using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Storage.PostgreSql.Tests;
using Npgsql;

namespace MedId.Nodes.Tests;

/// <summary>Three nodes of one OP over one database: the first has the code of the schema before, the clocks of the others are 30 s apart.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const string ClientId = "nodes-client";
    public const string Resource = "https://fhir.example/r4";
    private static readonly LocalSigningKey Key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "nodes-1");
    private static int _databases;
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(20) };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medid-nodes-");
    private readonly string _issuer;

    private Cluster(PostgreSqlServer server, string database)
    {
        Connection = server.ConnectionString(database);
        int[] ports = [NodeProcess.FreePort(), NodeProcess.FreePort(), NodeProcess.FreePort()];
        _issuer = $"http://127.0.0.1:{ports[0]}";
        string[] common = ["--lab", "--issuer", _issuer, "--storage", "sqlite:" + Path.Combine(_folder.FullName, "common"), "--postgres", Connection, "--log-level", "error"];
        Nodes =
        [
            new("previous", [.. common, "--previous"], $"http://127.0.0.1:{ports[0]}"),
            new("late", [.. common, "--clock", "-15"], $"http://127.0.0.1:{ports[1]}"),
            new("early", [.. common, "--clock", "15"], $"http://127.0.0.1:{ports[2]}"),
        ];
    }

    public IReadOnlyList<NodeProcess> Nodes { get; }

    /// <summary>The common database.</summary>
    public string Connection { get; }

    public static async Task<Cluster> StartAsync(PostgreSqlServer server)
    {
        var database = $"nodes{Interlocked.Increment(ref _databases)}";
        await using (var source = NpgsqlDataSource.Create(server.ConnectionString()))
        await using (var create = source.CreateCommand("CREATE DATABASE " + database))
        {
            await create.ExecuteNonQueryAsync();
        }

        var cluster = new Cluster(server, database);
        foreach (var node in cluster.Nodes)
        {
            await cluster.StartAsync(node);
        }

        return cluster;
    }

    /// <summary>Starts a node and tells it the clients: the lab keeps those in memory.</summary>
    public async Task StartAsync(NodeProcess node)
    {
        await node.StartAsync();
        var metadata = new JsonObject
        {
            ["client_id"] = ClientId,
            ["token_endpoint_auth_method"] = ClientAuthenticationMethods.PrivateKeyJwt,
            ["jwks"] = JsonNode.Parse(JsonWebKeySet.Of(Key.ToJwk()).ToJson()),
            ["grant_types"] = new JsonArray(GrantTypes.Ciba),
            ["response_types"] = new JsonArray(),
            ["backchannel_token_delivery_mode"] = "poll",
            ["scope"] = "openid patient/Patient.rs",
        };
        using var answer = await _http.PostAsJsonAsync(node.Url + "/_lab/clients", metadata);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    public Task<(HttpStatusCode Status, JsonObject Json)> OpenAsync(NodeProcess node, string hint) => FormAsync(node, "/bc-authorize", new()
    {
        ["scope"] = "openid patient/Patient.rs",
        ["resource"] = Resource,
        ["login_hint"] = hint,
        ["binding_message"] = "nodes-1",
    });

    public Task<(HttpStatusCode Status, JsonObject Json)> PollAsync(NodeProcess node, string authReqId) =>
        FormAsync(node, "/token", new() { ["grant_type"] = GrantTypes.Ciba, ["auth_req_id"] = authReqId });

    public async Task<HttpStatusCode> ApproveAsync(NodeProcess node, string authReqId)
    {
        using var answer = await _http.PostAsJsonAsync($"{node.Url}/_lab/requests/{authReqId}/approve", new JsonObject());
        return answer.StatusCode;
    }

    public async Task<JsonObject> IntrospectAsync(NodeProcess node, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, node.Url + "/introspect") { Content = new FormUrlEncodedContent([KeyValuePair.Create("token", token)]) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String("lab-rs:a-secret-of-at-least-thirty-two-characters"u8));
        using var answer = await _http.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<(HttpStatusCode Status, JsonObject Json)> FormAsync(NodeProcess node, string path, Dictionary<string, string> fields)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        fields["client_assertion_type"] = TokenTypes.JwtBearerAssertion;
        fields["client_assertion"] = await JwtSigner.SignAsync(Key, "JWT", claims =>
        {
            claims.WriteString("iss"u8, ClientId);
            claims.WriteString("sub"u8, ClientId);
            claims.WriteString("aud"u8, _issuer);
            claims.WriteNumber("iat"u8, now);
            claims.WriteNumber("exp"u8, now + 60);
            claims.WriteString("jti"u8, SecretGenerator.Base64Url(16));
        });
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await _http.PostAsync(new Uri(node.Url + path), content);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : []);
    }
}
