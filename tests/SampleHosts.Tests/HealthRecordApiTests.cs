using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MedId.AspNetCore.ResourceServer;
using MedId.Consumers.TestSupport;
using MedId.OAuth;
using MedId.Samples.HealthRecordApi;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Builder;

namespace SampleHosts.Tests;

public sealed class HealthRecordApiTests : IAsyncLifetime
{
    private const string Resource = "https://api.example/fhir";

    // The host's telemetry file hears the whole process: the test's own calls must not speak in it.
    private readonly HttpClient _http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });
    private readonly string _folder = Directory.CreateTempSubdirectory("api-tests").FullName;
    private readonly JsonObject _token = new()
    {
        ["active"] = true,
        ["aud"] = Resource,
        ["client_id"] = "ehr-clinic-a",
        ["patient"] = "patient-0001",
        ["consent_id"] = "consent-1",
        ["scope"] = "openid patient/*.read",
    };

    private LoopbackServer _op = null!;
    private WebApplication _api = null!;

    public async ValueTask InitializeAsync()
    {
        _op = await LoopbackServer.StartAsync();
        _op.Double.On("/introspect", _ => OpDouble.Answer(System.Net.HttpStatusCode.OK, TokenTypes.IntrospectionMediaType, _op.Double.Sign(TokenTypes.IntrospectionJwt, new JsonObject
        {
            ["iss"] = _op.Url,
            ["aud"] = "health-record-api",
            ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            ["token_introspection"] = _token.DeepClone(),
        })));
        var credentials = Path.Combine(_folder, "credentials.json");
        await File.WriteAllTextAsync(credentials, """{"client_id":"health-record-api","client_secret":"a-secret"}""");
        _api = ApiHost.Build(HostArguments.Parse(
            "health-record-api",
            ["--urls", "http://127.0.0.1:0", "--op", _op.Url, "--credentials", credentials, "--resource", Resource, "--log", Path.Combine(_folder, "log"), "--log-level", "trace", "--telemetry", Path.Combine(_folder, "telemetry")],
            ApiHost.Flags)!);
        await _api.StartAsync();
        _http.BaseAddress = new Uri(SampleHost.Addresses(_api).Single());
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "marked-token-8811");
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _op.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Read_OwnPatient_BringsNamesAsTheyAreWritten()
    {
        var (status, patient) = await GetAsync("/fhir/Patient/patient-0001");
        Assert.Equal(200, status);
        Assert.Equal("𠮷田", (string?)patient["name"]![0]!["family"]);
        Assert.Equal("SYL", (string?)patient["name"]![1]!["extension"]![0]!["valueCode"]);
        Assert.Equal("HTEST", (string?)patient["meta"]!["tag"]![0]!["code"]);
    }

    [Theory]
    [InlineData("/fhir/Patient/patient-0002")]
    [InlineData("/fhir/Patient/nobody")]
    [InlineData("/fhir/Condition/condition-0002")]
    [InlineData("/fhir/Condition/condition-0003")]
    public async Task Read_HiddenOrAbsent_IsTheSame404(string path)
    {
        var (status, outcome) = await GetAsync(path);
        Assert.Equal(404, status);
        Assert.Equal((await GetAsync("/fhir/Observation/none")).Body.ToJsonString(), outcome.ToJsonString());
    }

    [Fact]
    public async Task Search_LabelledCondition_NeedsItsScopes()
    {
        Assert.Equal(["condition-0001"], await IdsAsync("/fhir/Condition?patient=patient-0001"));
        _token["scope"] = "openid patient/*.read conf/R sens/PSY";
        Assert.Equal(["condition-0001", "condition-0002"], await IdsAsync("/fhir/Condition?patient=patient-0001"));
    }

    [Theory]
    [InlineData("/fhir/MedicationRequest?patient=patient-0001", "medicationrequest-0001,medicationrequest-0002")]
    [InlineData("/fhir/MedicationRequest?patient=Patient/patient-0001&code=C08CA01", "medicationrequest-0001")]
    [InlineData("/fhir/MedicationRequest?patient=patient-0002", "")]
    [InlineData("/fhir/MedicationRequest", "medicationrequest-0001,medicationrequest-0002")]
    [InlineData("/fhir/Observation?category=laboratory", "observation-0001")]
    [InlineData("/fhir/Observation?code=http://loinc.org|8867-4", "observation-0002")]
    [InlineData("/fhir/Observation?code=http://other|8867-4", "")]
    [InlineData("/fhir/Observation?_id=observation-0001,observation-0002", "observation-0001,observation-0002")]
    [InlineData("/fhir/AllergyIntolerance?category=food", "allergyintolerance-0002")]
    [InlineData("/fhir/MedicationStatement?status=active", "medicationstatement-0001")]
    [InlineData("/fhir/MedicationStatement?status=completed", "")]
    [InlineData("/fhir/Immunization?code=140", "immunization-0001")]
    [InlineData("/fhir/Patient", "patient-0001")]
    public async Task Search_ByKnownParameters_BringsTheTokensPatientOnly(string path, string ids) =>
        Assert.Equal(ids.Split(',', StringSplitOptions.RemoveEmptyEntries), await IdsAsync(path));

    [Fact]
    public async Task Search_WithCount_GivesPages()
    {
        var (_, first) = await GetAsync("/fhir/MedicationRequest?patient=patient-0001&_count=1");
        Assert.Equal(2, (int?)first["total"]);
        Assert.Single(first["entry"]!.AsArray());
        var next = first["link"]!.AsArray().Single(link => (string?)link!["relation"] == "next")!["url"]!.GetValue<string>();
        var (_, second) = await GetAsync(new Uri(next).PathAndQuery);
        Assert.Equal("medicationrequest-0002", (string?)second["entry"]![0]!["resource"]!["id"]);
        Assert.DoesNotContain(second["link"]!.AsArray(), link => (string?)link!["relation"] == "next");
    }

    [Theory]
    [InlineData("/fhir/Observation?date=2026")]
    [InlineData("/fhir/Observation?code:not=x")]
    [InlineData("/fhir/Observation?_count=many")]
    public async Task Search_ByUnknownParameter_IsRefused(string path)
    {
        var (status, outcome) = await GetAsync(path);
        Assert.Equal(400, status);
        Assert.Equal("health_record.parameter_unsupported", (string?)outcome["issue"]![0]!["diagnostics"]);
    }

    [Fact]
    public async Task Metadata_WithoutToken_IsOpen()
    {
        _http.DefaultRequestHeaders.Authorization = null;
        var (status, statement) = await GetAsync("/fhir/metadata");
        Assert.Equal(200, status);
        Assert.Equal(7, statement["rest"]![0]!["resource"]!.AsArray().Count);
        Assert.Equal(401, (await GetAsync("/fhir/Patient/patient-0001")).Status);
    }

    [Fact]
    public async Task Calls_Logged_LeaveNothingPersonal()
    {
        await GetAsync("/fhir/Patient/patient-0001");
        await IdsAsync("/fhir/Observation?patient=patient-0001&code=8867-4");
        _token["active"] = false;
        Assert.Equal(ResourceServerErrorCodes.TokenInactive, (string?)(await GetAsync("/fhir/Patient/patient-0001")).Body["issue"]![0]!["diagnostics"]);
        await _api.StopAsync();
        await _api.DisposeAsync();
        var written = await File.ReadAllTextAsync(Path.Combine(_folder, "log")) + await File.ReadAllTextAsync(Path.Combine(_folder, "telemetry"));
        Assert.Contains("consent-1", written, StringComparison.Ordinal);
        Assert.All(["patient-0001", "marked-token-8811", "8867-4", "𠮷田"], marked => Assert.DoesNotContain(marked, written, StringComparison.Ordinal));
    }

    private async Task<string[]> IdsAsync(string path)
    {
        var (status, bundle) = await GetAsync(path);
        Assert.Equal(200, status);
        return [.. (bundle["entry"]?.AsArray() ?? []).Select(entry => (string)entry!["resource"]!["id"]!)];
    }

    private async Task<(int Status, JsonObject Body)> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }
}
