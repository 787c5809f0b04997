using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Push.Firebase.Tests;

/// <summary>The double of FCM in tests/interop as a process; it knows two keys of the account.</summary>
public sealed class FcmDouble : IAsyncLifetime
{
    public const string Project = "synthetic-clinic";
    public const string Email = "push@synthetic-clinic.example";

    private readonly HttpClient _http = new();
    private Process? _process;

    public string? Absent { get; private set; }

    public string Origin { get; private set; } = "";

    public LocalSigningKey Key { get; } = LocalSigningKey.Generate(SignatureAlgorithm.RS256, "key-1");

    public LocalSigningKey NextKey { get; } = LocalSigningKey.Generate(SignatureAlgorithm.RS256, "key-2");

    public FirebaseServiceAccount Account(LocalSigningKey? key = null) => new(Project, Email, key ?? Key, Origin + "/token");

    public async ValueTask InitializeAsync()
    {
        var folder = Checkout.PathOf("tests", "interop");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "jose")))
        {
            Absent = "run 'npm ci' in tests/interop first";
            return;
        }

        try
        {
            _process = Process.Start(new ProcessStartInfo("node", ["fcm.mjs"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Absent = "node 20 or later is not installed";
            return;
        }

        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        await _process.StandardInput.WriteLineAsync(new JsonObject
        {
            ["project"] = Project,
            ["clientEmail"] = Email,
            ["keys"] = new JsonObject
            {
                [Key.KeyId] = JsonNode.Parse(JsonWebKeySet.Of(Key.ToJwk()).ToJson())!["keys"]![0]!.DeepClone(),
                [NextKey.KeyId] = JsonNode.Parse(JsonWebKeySet.Of(NextKey.ToJwk()).ToJson())!["keys"]![0]!.DeepClone(),
            },
        }.ToJsonString());
        await _process.StandardInput.FlushAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Origin = (string)JsonNode.Parse((await _process.StandardOutput.ReadLineAsync(limit.Token))!)!["origin"]!;
    }

    public void Require()
    {
        if (Absent is not null)
        {
            Assert.False(TestVectors.IsContinuousIntegration, "In CI the double has to run: " + Absent);
            Assert.Skip("The double of FCM needs node with the packages jose and ajv: " + Absent);
        }
    }

    public async Task<JsonObject> SeenAsync() => (await _http.GetFromJsonAsync<JsonObject>(Origin + "/_double/seen"))!;

    public async Task RevokeAsync() => (await _http.PostAsync(new Uri(Origin + "/_double/revoke"), content: null)).Dispose();

    public async Task TokenAsync(string? fault = null, int expiresIn = 3599) =>
        (await _http.PostAsync(new Uri(Origin + "/_double/token"), JsonContent.Create(new JsonObject { ["fault"] = fault, ["expiresIn"] = expiresIn }))).Dispose();

    public async ValueTask DisposeAsync()
    {
        Key.Dispose();
        NextKey.Dispose();
        _http.Dispose();
        if (_process is not null)
        {
            // It ends when its standard input does.
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await _process.WaitForExitAsync(limit.Token);
            _process.Dispose();
        }
    }
}
