using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Browser.Tests;

/// <summary>The four servers of the walk as programs of their own; the patient OP is known as localhost, because an address is no RP ID. Everybody in it is invented.</summary>
internal sealed class ConsentServers : IAsyncDisposable
{
    private const string Account = "patient-a";
    private const string EhrClient = "ehr-clinic-a";
    private const string ApiClient = "health-record-api";
    private const string LoginHint = "sample-a@example.invalid";
    private const string UserCode = "2468";

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(60);
    private static readonly string[] Scopes = ["patient/Patient.read", "patient/MedicationRequest.read", "patient/AllergyIntolerance.read"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medid-passkey-walk-");
    private readonly List<Process> _hosts = [];
    private readonly HttpClient _http = new();
    private string _ehr = string.Empty;

    /// <summary>The patient OP as everybody knows it.</summary>
    public string PatientOp { get; } = $"http://localhost:{FreePort()}";

    public static async Task<ConsentServers> StartAsync()
    {
        var servers = new ConsentServers();
        var (doctorOp, api) = ($"http://127.0.0.1:{FreePort()}", $"http://127.0.0.1:{FreePort()}");
        servers._ehr = $"http://127.0.0.1:{FreePort()}";
        servers.WriteFiles(api + "/fhir");
        await Task.WhenAll(
            servers.RunAsync(
                "PatientAuthOp", servers.PatientOp.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), "--issuer", servers.PatientOp, "--clients", servers.File("op-clients.json"), "--users", servers.File("users.json"),
                "--doctor-op", doctorOp, "--proofing-desk", "--passkeys", "localhost"),
            servers.RunAsync("DoctorAuthOp", doctorOp, "--issuer", doctorOp, "--doctors", Assembly("DoctorAuthOp", "doctors.json"), "--clients", servers.File("doctor-op-clients.json"), "--patient-op", servers.PatientOp),
            servers.RunAsync("HealthRecordApi", api, "--op", servers.PatientOp, "--resource", api + "/fhir", "--credentials", servers.File("api.json")),
            servers.RunAsync("DoctorEhr", servers._ehr, "--op", servers.PatientOp, "--doctor-op", doctorOp, "--api", api, "--key", servers.File("ehr-key.pem")));
        return servers;
    }

    /// <summary>The proofing desk gives the person a ticket.</summary>
    public async Task<string> TicketAsync() => (string)(await PostAsync(PatientOp + "/sample/tickets", new() { ["account"] = Account }))["ticket"]!;

    /// <summary>The doctor signs in and asks for three kinds of data; the address at which the EHR says what became of it.</summary>
    public async Task<string> AskAsync()
    {
        await PostAsync(_ehr + "/doctor/sign-in", new() { ["username"] = "ishi-a", ["password"] = "sample-password-a" });
        await PostAsync(_ehr + "/processing-consents", JsonNode.Parse("""{"form":"paper","notice_version":"1","notice_digest":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","form_id":"form-1","scan_digest":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","clerk":"synthetic-clerk"}""")!.AsObject());
        var access = await PostAsync(_ehr + "/accesses", new()
        {
            ["hint"] = new JsonObject { ["kind"] = "login_hint", ["value"] = LoginHint, ["user_code"] = UserCode },
            ["scopes"] = new JsonArray([.. Scopes.Select(scope => (JsonNode)scope)]),
            ["binding_message"] = "A-1047",
        });
        return $"{_ehr}/accesses/{access["access"]}";
    }

    /// <summary>Waits until the EHR has ended an access.</summary>
    public async Task<JsonObject> EndOfAsync(string access)
    {
        var until = Stopwatch.GetTimestamp();
        while (true)
        {
            var state = (await _http.GetFromJsonAsync<JsonObject>(access))!;
            if ((string?)state["state"] is "done" or "refused")
            {
                return state;
            }

            Assert.True(Stopwatch.GetElapsedTime(until) < Start, "The EHR does not end: " + state.ToJsonString());
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    public async Task<JsonObject> PostAsync(string url, JsonObject body, HttpStatusCode? expected = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(body) };
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected is null ? answer.IsSuccessStatusCode : answer.StatusCode == expected, $"{new Uri(url).AbsolutePath} answered {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            if (!host.HasExited)
            {
                host.Kill(entireProcessTree: true);
            }

            await host.WaitForExitAsync();
            host.Dispose();
        }

        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Below the ports that systems give to outgoing connections, so that nobody takes one before its server is up.</summary>
    internal static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 30_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    private static string Assembly(string project, string file) => Checkout.PathOf("samples", project, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", file);

    private string File(string name) => Path.Combine(_folder.FullName, name);

    private async Task RunAsync(string project, string address, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Assembly(project, project + ".dll"), "--urls", address, "--log", File(project + ".log"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var host = Process.Start(start)!;
        lock (_hosts)
        {
            _hosts.Add(host);
        }

        var errors = host.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Start);
        while (await host.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains("\"listening\"", StringComparison.Ordinal))
            {
                _ = host.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        Assert.Fail($"{project} does not listen: {await errors}");
    }

    private void WriteFiles(string resource)
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var (secret, jwks) = (SecretGenerator.Base64Url(), JsonNode.Parse(JsonWebKeySet.Of([key.ToJwk()]).ToJson())!);
        Write("ehr-key.pem", PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8()));
        Write("api.json", new JsonObject { ["client_id"] = ApiClient, ["client_secret"] = secret }.ToJsonString());
        Write("users.json", new JsonArray(new JsonObject
        {
            ["id"] = Account,
            ["login_hint"] = LoginHint,
            ["user_code"] = UserCode,
            ["language"] = "ja",
            ["patients"] = new JsonObject { [resource] = "patient-0001" },
        }).ToJsonString());
        Write("op-clients.json", new JsonArray(
            new JsonObject
            {
                ["client_id"] = EhrClient,
                ["client_name"] = "Mihon Clinic EHR (sample)",
                ["client_name#ja"] = "みほん内科クリニック電子カルテ（架空）",
                ["token_endpoint_auth_method"] = "private_key_jwt",
                ["token_endpoint_auth_signing_alg"] = "ES256",
                ["jwks"] = jwks,
                ["grant_types"] = new JsonArray("urn:openid:params:grant-type:ciba"),
                ["scope"] = "openid " + string.Join(' ', Scopes),
                ["backchannel_token_delivery_mode"] = "poll",
                ["backchannel_authentication_request_signing_alg"] = "ES256",
                ["backchannel_user_code_parameter"] = true,
                ["resources"] = new JsonArray(resource),
            },
            new JsonObject
            {
                ["client_id"] = ApiClient,
                ["client_name"] = "Sample health record API",
                ["client_secret"] = secret,
                ["token_endpoint_auth_method"] = "client_secret_basic",
                ["grant_types"] = new JsonArray(),
                ["served_resources"] = new JsonArray(resource),
            }).ToJsonString());
        Write("doctor-op-clients.json", new JsonArray(new JsonObject
        {
            ["client_id"] = EhrClient,
            ["client_name"] = "Mihon Clinic EHR (sample)",
            ["token_endpoint_auth_method"] = "private_key_jwt",
            ["token_endpoint_auth_signing_alg"] = "ES256",
            ["jwks"] = jwks.DeepClone(),
            ["grant_types"] = new JsonArray("urn:ietf:params:oauth:grant-type:token-exchange"),
        }).ToJsonString());
    }

    private void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);
}
