using System.Diagnostics;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Consumers.TestSupport;

/// <summary>A CIBA OP of others (npm oidc-provider) as a process that a test steers line by line; see tests/interop/ciba-op.mjs.</summary>
public sealed class CibaPeer : IAsyncDisposable
{
    /// <summary>The secret of every client that has one.</summary>
    public const string Secret = "a-secret-of-at-least-thirty-two-characters";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Process? _process;

    private CibaPeer(Process? process, string issuer, string? absent) => (_process, Issuer, Absent) = (process, issuer, absent);

    /// <summary>The OP's issuer.</summary>
    public string Issuer { get; }

    /// <summary>Why the peer is not there; null when it is.</summary>
    public string? Absent { get; }

    /// <summary>Starts one.</summary>
    /// <param name="settings">Environment variables, as the script names them.</param>
    public static async Task<CibaPeer> StartAsync(params (string Name, string Value)[] settings)
    {
        var folder = Checkout.PathOf("tests", "interop");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "oidc-provider")))
        {
            return new(null, "", "run 'npm ci' in tests/interop first");
        }

        var start = new ProcessStartInfo("node", ["ciba-op.mjs"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var line = await process.StandardOutput.ReadLineAsync(limit.Token);
            return new(process, (string)JsonNode.Parse(line!)!["issuer"]!, null);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new(null, "", "node 20 or later is not installed");
        }
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

    /// <summary>Gives one command and reads its answer; the peer's refusal fails the test.</summary>
    public async Task<JsonObject> DoAsync(JsonObject command)
    {
        await _turn.WaitAsync();
        try
        {
            await _process!.StandardInput.WriteLineAsync(command.ToJsonString());
            await _process.StandardInput.FlushAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var answer = (JsonObject)JsonNode.Parse((await _process.StandardOutput.ReadLineAsync(limit.Token))!)!;
            Assert.True((bool)answer["ok"]!, answer.ToJsonString());
            return answer;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Registers a client with a secret.</summary>
    public Task<JsonObject> RegisterAsync(string id, string method = "client_secret_basic", Action<JsonObject>? change = null)
    {
        var metadata = new JsonObject { ["client_id"] = id, ["client_secret"] = Secret, ["token_endpoint_auth_method"] = method };
        change?.Invoke(metadata);
        return DoAsync(new JsonObject { ["do"] = "client", ["metadata"] = metadata });
    }

    /// <summary>Registers a client with a key; <paramref name="signed"/> clients have to sign their requests.</summary>
    public Task<JsonObject> RegisterAsync(string id, SigningKey key, bool signed) => RegisterAsync(id, "private_key_jwt", metadata =>
    {
        metadata.Remove("client_secret");
        metadata["jwks"] = JsonNode.Parse(JsonWebKeySet.Of(key.ToJwk()).ToJson());
        metadata["token_endpoint_auth_signing_alg"] = key.Algorithm.JoseName;
        metadata["id_token_signed_response_alg"] = key.Algorithm.JoseName;
        if (signed)
        {
            metadata["backchannel_authentication_request_signing_alg"] = key.Algorithm.JoseName;
        }
    });

    /// <summary>Decides a request.</summary>
    public Task<JsonObject> DecideAsync(string authReqId, string decision) => DoAsync(new JsonObject { ["do"] = "decide", ["request"] = authReqId, ["as"] = decision });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        if (_process is not null)
        {
            // It ends when its standard input does.
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await _process.WaitForExitAsync(limit.Token);
            _process.Dispose();
        }
    }
}
