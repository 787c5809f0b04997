using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Ciba.Client;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.Samples.Hosting;
using MedId.Samples.RelyingPartyGateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace SampleHosts.Tests;

/// <summary>The gateway as it runs, between an OP and an API of doubles on loopback. All values are invented.</summary>
public sealed class GatewayTests : IAsyncLifetime
{
    private const string PatientId = "patient-marked-8801";
    private const string Token = "marked-access-token-8802";
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-tests").FullName;
    private readonly HttpClient _caller = new();
    private LoopbackServer _op = null!;
    private LoopbackServer _api = null!;
    private GatewaySetup _setup = null!;
    private WebApplication _gateway = null!;
    private bool _decided = true;
    private string? _refreshToken;

    public async ValueTask InitializeAsync()
    {
        (_op, _api) = (await LoopbackServer.StartAsync(), await LoopbackServer.StartAsync());
        _op.Double.On("/bc-authorize", _ => OpDouble.Json(new JsonObject { ["auth_req_id"] = SecretGenerator.Base64Url(), ["expires_in"] = 60, ["interval"] = 1 }));
        _op.Double.On("/token", _ => _decided ? Tokens() : OpDouble.Error("authorization_pending"));
        _op.Double.On("/revoke", _ => OpDouble.Json(new JsonObject()));
        _api.Double.On("/fhir/Patient/" + PatientId, _ => OpDouble.Answer(HttpStatusCode.OK, "application/fhir+json", """{"resourceType":"Patient"}"""));
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _op.DisposeAsync();
        await _api.DisposeAsync();
        _caller.Dispose();
        _setup.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Access_EverythingRight_ReadsTheRecordAndGivesTheTokensBack()
    {
        await ConsentAsync();
        var asked = await SendAsync(HttpMethod.Post, "/v1/accesses", Order);
        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        var path = "/v1/accesses/" + (string?)asked.Json!["access"];
        var granted = await SendAsync(HttpMethod.Get, path + "?wait=20");
        Assert.Equal("granted", (string?)granted.Json!["state"]);
        Assert.Equal(PatientId, (string?)granted.Json["patient"]);
        Assert.DoesNotContain(Token, granted.Json.ToJsonString(), StringComparison.Ordinal);

        var read = await SendAsync(HttpMethod.Get, $"{path}/fhir/Patient/{PatientId}");
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Equal("Patient", (string?)read.Json!["resourceType"]);
        Assert.Equal("Bearer " + Token, _api.Double.Requests[^1].Authorization);

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal(Token, _op.Double.To("/revoke")[0].Form["token"]);
        Assert.Equal(GatewayErrorCodes.AccessUnknown, (string?)(await SendAsync(HttpMethod.Get, path)).Json!["error"]);
    }

    [Fact]
    public async Task Access_WithoutConsentToProcess_AsksNobody()
    {
        var asked = await SendAsync(HttpMethod.Post, "/v1/accesses", Order);
        Assert.Equal((HttpStatusCode.Conflict, CibaClientErrorCodes.ProcessingConsentMissing), (asked.Status, (string?)asked.Json!["error"]));
        Assert.Empty(_op.Double.To("/bc-authorize"));
    }

    [Fact]
    public async Task Access_ThePatientSaysNo_EndsWithTheCode()
    {
        _op.Double.On("/token", _ => OpDouble.Error("access_denied"));
        await ConsentAsync();
        var ended = await WaitAsync(await AskAsync());
        Assert.Equal(("ended", "oauth.access_denied"), ((string?)ended["state"], (string?)ended["error"]));
    }

    [Fact]
    public async Task Access_ConsentWithdrawnMeanwhile_ReadsNothingMore()
    {
        await ConsentAsync();
        var path = await AskAsync();
        Assert.Equal("granted", (string?)(await WaitAsync(path))["state"]);
        Assert.Equal(1, (int?)(await SendAsync(HttpMethod.Post, "/v1/processing-consents/withdrawal", """{"patient":"p-1"}""")).Json!["ended"]);
        var read = await SendAsync(HttpMethod.Get, $"{path}/fhir/Patient/{PatientId}");
        Assert.Equal((HttpStatusCode.Conflict, GatewayErrorCodes.AccessNotGranted), (read.Status, (string?)read.Json!["error"]));
        Assert.Single(_op.Double.To("/revoke"));
    }

    [Fact]
    public async Task Access_GatewayStartedAgainWhileItWaits_IsGrantedAfterwards()
    {
        _decided = false;
        await ConsentAsync();
        var path = await AskAsync();
        await _gateway.DisposeAsync();
        _decided = true;
        await StartAsync();
        Assert.Equal("granted", (string?)(await WaitAsync(path))["state"]);
    }

    [Fact]
    public async Task Access_WithdrawnAfterARestart_IsNeverGranted()
    {
        _decided = false;
        await ConsentAsync();
        var path = await AskAsync();
        await _gateway.DisposeAsync();
        await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, "/v1/processing-consents/withdrawal", """{"patient":"p-1"}""")).Status);
        _decided = true;
        var ended = await WaitAsync(path);
        Assert.Equal(("ended", CibaClientErrorCodes.ProcessingConsentWithdrawn), ((string?)ended["state"], (string?)ended["error"]));
        await _gateway.DisposeAsync();
        await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Get, path)).Status);
    }

    [Fact]
    public async Task Access_WithdrawnWhileTheOpIsDown_ReadsNothingAndIsGivenBackLater()
    {
        await ConsentAsync();
        string[] paths = [await AskAsync(), await AskAsync()];
        foreach (var path in paths)
        {
            Assert.Equal("granted", (string?)(await WaitAsync(path))["state"]);
        }

        _op.Double.On("/revoke", _ => OpDouble.Error("temporarily_unavailable", HttpStatusCode.ServiceUnavailable));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync(HttpMethod.Post, "/v1/processing-consents/withdrawal", """{"patient":"p-1"}""")).Status);
        foreach (var path in paths)
        {
            Assert.Equal(GatewayErrorCodes.AccessNotGranted, (string?)(await SendAsync(HttpMethod.Get, $"{path}/fhir/Patient/{PatientId}")).Json!["error"]);
        }

        _op.Double.Requests.Clear();
        _op.Double.On("/revoke", _ => OpDouble.Json(new JsonObject()));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, "/v1/processing-consents/withdrawal", """{"patient":"p-1"}""")).Status);
        Assert.Equal(2, _op.Double.To("/revoke").Count);
    }

    [Fact]
    public async Task Refresh_OpIsBusy_LeavesTheAccessAsItWas()
    {
        _refreshToken = "marked-refresh-token-8805";
        await ConsentAsync();
        var path = await AskAsync();
        Assert.Equal(true, (bool?)(await WaitAsync(path))["refreshable"]);
        _op.Double.On("/token", _ => OpDouble.Error("temporarily_unavailable", HttpStatusCode.ServiceUnavailable));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync(HttpMethod.Post, path + "/refresh", "{}")).Status);
        Assert.Equal("granted", (string?)(await WaitAsync(path))["state"]);
    }

    [Fact]
    public async Task Delete_OpIsDown_ReadsNothingAndCanBeRepeated()
    {
        await ConsentAsync();
        var path = await AskAsync();
        await WaitAsync(path);
        _op.Double.On("/revoke", _ => OpDouble.Error("temporarily_unavailable", HttpStatusCode.ServiceUnavailable));
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal(GatewayErrorCodes.AccessNotGranted, (string?)(await SendAsync(HttpMethod.Get, $"{path}/fhir/Patient/{PatientId}")).Json!["error"]);
        _op.Double.On("/revoke", _ => OpDouble.Json(new JsonObject()));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, path)).Status);
    }

    [Theory]
    [InlineData("""{"patient":"p-1","purpose":1}""")]
    [InlineData("""{"patient":1}""")]
    [InlineData("{}")]
    public async Task Withdrawal_ThatIsNotWhole_IsMalformed(string body)
    {
        var answer = await SendAsync(HttpMethod.Post, "/v1/processing-consents/withdrawal", body);
        Assert.Equal((HttpStatusCode.BadRequest, GatewayErrorCodes.RequestMalformed), (answer.Status, (string?)answer.Json!["error"]));
    }

    [Theory]
    [InlineData("https://elsewhere.example/Patient/1")]
    [InlineData("../../secrets")]
    [InlineData("%2e%2e/%2e%2e/secrets")]
    [InlineData("%252e%252e/%252e%252e/secrets")]
    [InlineData("..%2f..%2fsecrets")]
    [InlineData("//elsewhere.example/Patient/1")]
    public async Task Read_OutsideTheApi_SendsTheTokenNowhere(string target)
    {
        await ConsentAsync();
        var path = await AskAsync();
        await WaitAsync(path);
        var before = _api.Double.Requests.Count;
        var read = await SendAsync(HttpMethod.Get, $"{path}/fhir/{target}");
        Assert.NotEqual(HttpStatusCode.OK, read.Status);
        Assert.Equal(before, _api.Double.Requests.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"patient":"p-1","scope":"patient/Patient.read"}""")]
    [InlineData("""{"patient":"p-1","scope":"patient/Patient.read","login_hint":"a","id_token_hint":"b"}""")]
    [InlineData("""{"patient":"p-1","login_hint":"a"}""")]
    [InlineData("""{"patient":"p-1","scope":"patient/Patient.read","login_hint":"a","requested_expiry":0}""")]
    [InlineData("""{"patient":"p-1","scope":"patient/Patient.read","login_hint":"a","authorization_details":{}}""")]
    public async Task Access_OrderThatIsNotWhole_IsMalformed(string body)
    {
        var asked = await SendAsync(HttpMethod.Post, "/v1/accesses", body);
        Assert.Equal((HttpStatusCode.BadRequest, GatewayErrorCodes.RequestMalformed), (asked.Status, (string?)asked.Json!["error"]));
    }

    [Theory]
    [InlineData(null, null, null, HttpStatusCode.Unauthorized, GatewayErrorCodes.CallerUnknown)]
    [InlineData("wrong", null, null, HttpStatusCode.Unauthorized, GatewayErrorCodes.CallerUnknown)]
    [InlineData("right", "https://page.example", null, HttpStatusCode.Forbidden, GatewayErrorCodes.CallerForeign)]
    [InlineData("right", null, "page.example", HttpStatusCode.Forbidden, GatewayErrorCodes.CallerForeign)]
    public async Task Anybody_WithoutTheSecretOrOutOfABrowser_IsRefused(string? secret, string? origin, string? host, HttpStatusCode status, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/accesses/any");
        request.Headers.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret == "right" ? _setup.CallerSecret : secret);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        request.Headers.Host = host;
        using var response = await _caller.SendAsync(request);
        Assert.Equal((status, code), (response.StatusCode, (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["error"]));
    }

    [Fact]
    public async Task OpenApi_DescribesEveryRouteAndNoOther()
    {
        var document = (await _caller.GetFromJsonAsync<JsonObject>("/openapi.json"))!;
        var described = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Where(verb => verb.Key != "parameters").Select(verb => $"{verb.Key.ToUpperInvariant()} {path.Key}")).Order(StringComparer.Ordinal);
        var mapped = _gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(verb => $"{verb} {Text(endpoint.RoutePattern)}")).Order(StringComparer.Ordinal);
        Assert.Equal(mapped, described);
    }

    [Fact]
    public void State_IsForItsOwnerOnly()
    {
        Assert.NotEmpty(Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(_folder))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    private const string Order = """{"patient":"p-1","scope":"patient/Patient.read","login_hint":"insured-marked-8803","acr_values":"urn:cibatest:auth:fido","binding_message":"marked 88"}""";

    private static string Text(RoutePattern pattern) => pattern.RawText!.Replace("{**path}", "{path}", StringComparison.Ordinal);

    private async Task ConsentAsync() => Assert.Equal(
        HttpStatusCode.Created,
        (await SendAsync(HttpMethod.Post, "/v1/processing-consents", EhrFixture.PaperForm.Replace("{\"form\"", "{\"patient\":\"p-1\",\"form\"", StringComparison.Ordinal))).Status);

    private async Task<string> AskAsync()
    {
        var asked = await SendAsync(HttpMethod.Post, "/v1/accesses", Order);
        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        return "/v1/accesses/" + (string?)asked.Json!["access"];
    }

    private async Task<JsonObject> WaitAsync(string path) => (await SendAsync(HttpMethod.Get, path + "?wait=20")).Json!;

    private async Task StartAsync()
    {
        var arguments = HostArguments.Parse("rp-gateway", ["--urls", "http://127.0.0.1:0", "--op", _op.Url, "--api", _api.Url + "/fhir", "--state", _folder, "--log-level", "none"], GatewayHost.Flags)!;
        _setup?.Dispose();
        _setup = GatewaySetup.Read(arguments);
        _gateway = GatewayHost.Build(arguments, _setup);
        await _gateway.StartAsync();
        _base = new Uri(SampleHost.Addresses(_gateway).Single());
        _caller.BaseAddress ??= _base;
    }

    private Uri _base = null!;

    private async Task<(HttpStatusCode Status, JsonObject? Json)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_base, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _setup.CallerSecret);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _caller.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : null);
    }

    private HttpResponseMessage Tokens()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return OpDouble.Json(new JsonObject
        {
            ["access_token"] = Token,
            ["token_type"] = "Bearer",
            ["expires_in"] = 600,
            ["patient"] = PatientId,
            ["scope"] = "openid patient/Patient.read",
            ["refresh_token"] = _refreshToken,
            ["id_token"] = _op.Double.Sign("JWT", new JsonObject
            {
                ["iss"] = _op.Url,
                ["sub"] = "subject-marked-8804",
                ["aud"] = "ehr-clinic-a",
                ["azp"] = "ehr-clinic-a",
                ["iat"] = now,
                ["exp"] = now + 300,
                ["acr"] = "urn:cibatest:auth:fido",
                ["consent_id"] = "consent-1",
            }),
        });
    }
}
