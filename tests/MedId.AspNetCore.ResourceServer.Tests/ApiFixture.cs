using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.ResourceServer.Tests;

/// <summary>A FHIR API on a loopback port, with three resources, introspecting at an OP where everything is right until a test changes it.</summary>
internal sealed class ApiFixture : IAsyncDisposable
{
    public const string Audience = "https://api.example/fhir";
    public const string Token = "opaque-access-token";

    private static readonly JsonElement[] Resources = [.. new[]
    {
        """{"resourceType":"Patient","id":"p1"}""",
        """{"resourceType":"Observation","id":"o1","status":"final","subject":{"reference":"Patient/p1"}}""",
        """{"resourceType":"Observation","id":"o2","status":"final","subject":{"reference":"Patient/p2"}}""",
    }.Select(json => JsonElement.Parse(Encoding.UTF8.GetBytes(json)))];

    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private ApiFixture(WebApplication app) => _app = app;

    public OpDouble Op { get; private init; } = null!;

    public CapturedLog Log { get; private init; } = null!;

    public Uri Url { get; private set; } = null!;

    public JsonObject Introspection { get; } = new()
    {
        ["active"] = true,
        ["iss"] = OpDouble.Issuer,
        ["sub"] = "subject-1",
        ["aud"] = Audience,
        ["client_id"] = "ehr-clinic-a",
        ["scope"] = "openid patient/Patient.read patient/Observation.read",
        ["token_type"] = "Bearer",
        ["exp"] = OpDouble.Start.AddMinutes(10).ToUnixTimeSeconds(),
        ["patient"] = "p1",
        ["consent_id"] = "consent-1",
    };

    public static async Task<ApiFixture> StartAsync(Action<IntrospectionBearerOptions>? configure = null)
    {
        var op = new OpDouble();
        var log = new CapturedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(op.Time);
        builder.Services.AddMedIdIntrospection(options =>
        {
            options.Issuer = OpDouble.Issuer;
            options.Credential = new ClientSecretBasicCredential("health-record-api", "a-secret");
            options.Audience = Audience;
            configure?.Invoke(options);
        }).ConfigurePrimaryHttpMessageHandler(() => op);
        var app = builder.Build();
        app.MapGet("/fhir/{**path}", Answer).RequireFhirScope("/fhir");
        app.Map("/fhir-delegate/{**path}", static async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync("reached " + await reader.ReadToEndAsync());
        }).RequireFhirScope("/fhir-delegate");
        app.MapGet("/sensitive/{**path}", Answer).RequireFhirScope("/sensitive").RequireAuthentication(["urn:synthetic:acr:high", "urn:synthetic:acr:card"], TimeSpan.FromMinutes(5));
        app.MapGet("/known", () => "known").RequireAuthentication(["urn:synthetic:acr:high"]);
        app.MapGet("/fresh", () => "fresh").RequireAuthentication([], TimeSpan.FromMinutes(5));
        app.MapGet("/open", (HttpContext context) => context.GetFhirAccess().ToString());
        await app.StartAsync();
        var fixture = new ApiFixture(app) { Op = op, Log = log };
        fixture.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        op.On("/introspect", _ => fixture.Signed(fixture.Introspection));
        return fixture;
    }

    public HttpResponseMessage Signed(JsonObject members) => OpDouble.Answer(System.Net.HttpStatusCode.OK, TokenTypes.IntrospectionMediaType, Op.Sign(TokenTypes.IntrospectionJwt, new JsonObject
    {
        ["iss"] = OpDouble.Issuer,
        ["aud"] = "health-record-api",
        ["iat"] = Op.Time.GetUtcNow().ToUnixTimeSeconds(),
        ["token_introspection"] = members.DeepClone(),
    }));

    public Task<ApiAnswer> GetAsync(string path, string? authorization = "Bearer " + Token) => SendAsync(path, authorization is null ? [] : [authorization]);

    /// <summary>A POST to the endpoint that answers "reached"; of a search, the endpoint answers the form that it read.</summary>
    public Task<ApiAnswer> PostAsync(string path, string body, string? ifNoneExist = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, "/fhir-delegate/" + path)) { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        if (ifNoneExist is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Exist", ifNoneExist);
        }

        return SendAsync(request, ["Bearer " + Token]);
    }

    /// <summary>A GET with any headers.</summary>
    public Task<ApiAnswer> GetWithAsync(string path, string authorization, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Url, path));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return SendAsync(request, [authorization]);
    }

    public Task<ApiAnswer> SendAsync(string path, string[] authorizations) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Url, path)), authorizations);

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request, string[] authorizations)
    {
        using var disposed = request;
        foreach (var authorization in authorizations)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await _client.SendAsync(request);
        return new ApiAnswer(
            (int)response.StatusCode,
            string.Join(", ", response.Headers.WwwAuthenticate.Select(value => value.ToString())),
            response.Headers.RetryAfter,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync())
        {
            DpopNonce = response.Headers.TryGetValues("DPoP-Nonce", out var nonces) ? nonces.Single() : null,
            StepUp = StepUpChallenge.Find(response),
            CacheControl = response.Headers.CacheControl?.ToString(),
        };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        Op.Dispose();
    }

    private static IResult Answer(HttpContext context)
    {
        var access = context.GetFhirAccess();
        if (access.Request.Id is { } id)
        {
            var found = Resources.FirstOrDefault(resource => resource.GetProperty("id").ValueEquals(id) && resource.GetProperty("resourceType").ValueEquals(access.Request.ResourceType));
            return found.ValueKind != JsonValueKind.Undefined && access.Permits(found) ? FhirResults.Resource(Encoding.UTF8.GetBytes(found.GetRawText())) : FhirResults.NotFound();
        }

        var permitted = Resources.Where(resource => resource.GetProperty("resourceType").ValueEquals(access.Request.ResourceType) && access.Permits(resource));
        return FhirResults.Resource(Encoding.UTF8.GetBytes("[" + string.Join(',', permitted.Select(resource => resource.GetRawText())) + "]"));
    }
}

internal sealed record ApiAnswer(int Status, string Challenge, RetryConditionHeaderValue? RetryAfter, string? MediaType, string Body)
{
    public string? DpopNonce { get; init; }

    public StepUpChallenge? StepUp { get; init; }

    public string? CacheControl { get; init; }

    public string? Code => JsonNode.Parse(Body)?["issue"]?[0]?["diagnostics"]?.GetValue<string>();
}
