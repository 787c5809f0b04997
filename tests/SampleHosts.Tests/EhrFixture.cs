using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Samples.DoctorEhr;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Builder;

namespace SampleHosts.Tests;

/// <summary>The EHR as it runs, between three doubles on loopback where everything is right until a test changes one thing. All values are invented.</summary>
internal sealed class EhrFixture : IAsyncDisposable
{
    public const string Username = "ishi-marked-7781";
    public const string Password = "marked-password-7782";
    public const string Hint = "insured-marked-7783";
    public const string UserCode = "marked-7784";
    public const string PatientId = "patient-marked-7785";
    public const string FamilyName = "印刷済𠮷田7786";
    public const string AccessToken = "marked-access-token-7787";
    public const string Session = "marked-session-7788";
    public const string Subject = "subject-marked-7789";
    public const string BindingText = "marked 77-90";

    private readonly LocalSigningKey _key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "ehr-1");
    private readonly HttpClient _steering = new();
    private WebApplication _ehr = null!;

    public static readonly string[] Marked = [Username, Password, Hint, UserCode, PatientId, FamilyName, AccessToken, Session, Subject, BindingText];

    public LoopbackServer Op { get; private init; } = null!;

    public LoopbackServer DoctorOp { get; private init; } = null!;

    public LoopbackServer Api { get; private init; } = null!;

    public string Folder { get; } = Directory.CreateTempSubdirectory("ehr-tests").FullName;

    public JsonObject Evidence { get; private set; } = [];

    public JsonObject Patient { get; } = new() { ["resourceType"] = "Patient", ["id"] = PatientId, ["name"] = new JsonArray(new JsonObject { ["family"] = FamilyName }) };

    public JsonObject Medication { get; } = new() { ["resourceType"] = "MedicationRequest", ["id"] = "m1", ["subject"] = new JsonObject { ["reference"] = "Patient/" + PatientId } };

    public static async Task<EhrFixture> StartAsync(bool consented = true)
    {
        var f = new EhrFixture { Op = await LoopbackServer.StartAsync(), DoctorOp = await LoopbackServer.StartAsync(), Api = await LoopbackServer.StartAsync() };
        var now = f.Op.Double.Time.GetUtcNow().ToUnixTimeSeconds();
        f.Evidence = new JsonObject
        {
            ["iss"] = f.DoctorOp.Url,
            ["aud"] = f.Op.Url,
            ["azp"] = "ehr-clinic-a",
            ["sub"] = "doctor-1",
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = "evidence-1",
        };
        f.DoctorOp.Double.On("/sign-in", request => request.Form["password"] == Password ? OpDouble.Json(new JsonObject { ["session"] = Session }) : OpDouble.Error("access_denied", System.Net.HttpStatusCode.Unauthorized));
        f.DoctorOp.Double.On("/token", _ => OpDouble.Json(new JsonObject
        {
            ["access_token"] = f.DoctorOp.Double.Sign(TokenTypes.PractitionerEvidenceJwt, f.Evidence),
            ["issued_token_type"] = TokenTypes.JwtUrn,
            ["token_type"] = "N_A",
            ["expires_in"] = 300,
        }));
        f.Op.Double.On("/bc-authorize", _ => OpDouble.Json(new JsonObject { ["auth_req_id"] = "req-0123456789", ["expires_in"] = 30, ["interval"] = 1 }));
        f.Op.Double.On("/token", _ => OpDouble.Json(new JsonObject
        {
            ["access_token"] = AccessToken,
            ["token_type"] = "Bearer",
            ["expires_in"] = 600,
            ["patient"] = PatientId,
            ["scope"] = "openid patient/Patient.read patient/MedicationRequest.read",
            ["id_token"] = f.Op.Double.Sign("JWT", new JsonObject
            {
                ["iss"] = f.Op.Url,
                ["sub"] = Subject,
                ["aud"] = "ehr-clinic-a",
                ["azp"] = "ehr-clinic-a",
                ["iat"] = now + 1,
                ["exp"] = now + 300,
                ["acr"] = "urn:cibatest:auth:fido",
                ["consent_id"] = "consent-1",
            }),
        }));
        f.Api.Double.On("/fhir/Patient/" + PatientId, _ => OpDouble.Answer(System.Net.HttpStatusCode.OK, "application/fhir+json", f.Patient.ToJsonString()));
        f.Api.Double.On("/fhir/MedicationRequest", _ => f.SearchSet());
        var arguments = HostArguments.Parse(
            "doctor-ehr",
            ["--urls", "http://127.0.0.1:0", "--op", f.Op.Url, "--doctor-op", f.DoctorOp.Url, "--api", f.Api.Url, "--log", f.File("log"), "--log-level", "trace", "--telemetry", f.File("telemetry")],
            EhrHost.Flags)!;
        f._ehr = EhrHost.Build(arguments, f._key);
        await f._ehr.StartAsync();
        f._steering.BaseAddress = new Uri(SampleHost.Addresses(f._ehr).Single());
        if (consented)
        {
            await f.PostAsync("/processing-consents", PaperForm);
        }

        return f;
    }

    public string File(string name) => Path.Combine(Folder, name);

    public HttpResponseMessage SearchSet(string? next = null)
    {
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "searchset",
            ["link"] = new JsonArray(),
            ["entry"] = new JsonArray(new JsonObject { ["resource"] = Medication.DeepClone() }),
        };
        if (next is not null)
        {
            bundle["link"]!.AsArray().Add(new JsonObject { ["relation"] = "next", ["url"] = next });
        }

        return OpDouble.Answer(System.Net.HttpStatusCode.OK, "application/fhir+json", bundle.ToJsonString());
    }

    /// <summary>What the reception writes down when somebody signed on paper.</summary>
    public const string PaperForm = """{"form":"paper","notice_version":"1","notice_digest":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","form_id":"form-1","scan_digest":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","clerk":"synthetic-clerk"}""";

    public async Task<JsonObject> PostAsync(string path, string body = "{}")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _steering.PostAsync(new Uri(path, UriKind.Relative), content);
        var json = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        json["status"] = (int)response.StatusCode;
        return json;
    }

    public async Task<JsonObject> GetAsync(string path) => (await _steering.GetFromJsonAsync<JsonObject>(new Uri(path, UriKind.Relative)))!;

    public Task<JsonObject> SignInAsync() => PostAsync("/doctor/sign-in", $$"""{"username":"{{Username}}","password":"{{Password}}"}""");

    /// <summary>Signs in, opens an access, waits for its end.</summary>
    public async Task<JsonObject> AccessAsync(string more = "", bool signIn = true)
    {
        if (signIn)
        {
            await SignInAsync();
        }

        var opened = await PostAsync(
            "/accesses",
            $$"""{"hint":{"kind":"login_hint","value":"{{Hint}}","user_code":"{{UserCode}}"},"scopes":["patient/Patient.read","patient/MedicationRequest.read"],"binding_message":"{{BindingText}}"{{more}}}""");
        Assert.Equal(202, (int?)opened["status"]);
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var access = await GetAsync("/accesses/" + (string?)opened["access"]);
            if ((string?)access["state"] is "done" or "refused")
            {
                return access;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("the access does not end");
    }

    public async ValueTask StopEhrAsync() => await _ehr.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _ehr.DisposeAsync();
        await Op.DisposeAsync();
        await DoctorOp.DisposeAsync();
        await Api.DisposeAsync();
        _steering.Dispose();
        _key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
