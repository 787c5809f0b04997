using System.Net;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.AspNetCore.ResourceServer.Tests;

/// <summary>Every error of the standards at a resource server over HTTP: status, body, and every header that belongs to it (RFC 6750 §3.1, RFC 9449 §7.1 and §9, RFC 9470 §3).</summary>
public sealed class RefusalTests
{
    private static readonly Dictionary<string, Row> Rows = new(StringComparer.Ordinal)
    {
        ["no token"] = new(401, "login", ResourceServerErrorCodes.TokenMissing, "Bearer realm=\"fhir\", DPoP realm=\"fhir\", algs=", api => api.GetAsync("/fhir/Patient/p1", null)),
        ["a token in the address"] = new(
            400, "security", ResourceServerErrorCodes.TokenInUrl, Bearer("invalid_request", ResourceServerErrorCodes.TokenInUrl), api => api.GetAsync("/fhir/Patient/p1?access_token=x", null)),
        ["no token that could be one"] = new(
            401, "login", ResourceServerErrorCodes.TokenMalformed, Bearer("invalid_token", ResourceServerErrorCodes.TokenMalformed), api => api.GetAsync("/fhir/Patient/p1", "Bearer a b")),
        ["a token that is not active"] = new(401, "login", ResourceServerErrorCodes.TokenInactive, Bearer("invalid_token", ResourceServerErrorCodes.TokenInactive), api =>
        {
            api.Introspection["active"] = false;
            return api.GetAsync("/fhir/Patient/p1");
        }),
        ["a token without the scope"] = new(
            403, "forbidden", "scopes.insufficient", Bearer("insufficient_scope", "scopes.insufficient") + ", scope=\"patient/Condition.read\"", api => api.GetAsync("/fhir/Condition/c1")),
        ["an authentication that is not enough"] = new(
            401, "login", ResourceServerErrorCodes.AuthenticationInsufficient,
            Bearer("insufficient_user_authentication", ResourceServerErrorCodes.AuthenticationInsufficient) + ", acr_values=\"urn:synthetic:acr:high urn:synthetic:acr:card\", max_age=300",
            api => api.GetAsync("/sensitive/Patient/p1")),
        ["a bound token without a proof"] = new(
            401, "login", OAuthErrorCodes.DpopMalformed, Dpop("invalid_dpop_proof", OAuthErrorCodes.DpopMalformed), api => api.GetAsync("/fhir/Patient/p1", "DPoP " + ApiFixture.Token)),
        ["a proof without the nonce"] = new(
            401, "login", OAuthErrorCodes.DpopNonceNeeded, Dpop("use_dpop_nonce", OAuthErrorCodes.DpopNonceNeeded), WithoutNonceAsync,
            options => options.DpopNonces = new DpopNonces(new KeyedDigest(new byte[32]), ApiFixture.Audience)),
        ["what is not there"] = new(404, "not-found", ResourceServerErrorCodes.ResourceNotFound, "", api => api.GetAsync("/fhir/Patient/p2")),
        ["no answer about the token"] = new(503, "transient", ResourceServerErrorCodes.IntrospectionUnavailable, "", api =>
        {
            api.Op.On("/introspect", _ => OpDouble.Error("temporarily_unavailable", HttpStatusCode.ServiceUnavailable));
            return api.GetAsync("/fhir/Patient/p1");
        }),
    };

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_OneDefect_IsRefusedAsTheStandardsSay(string name)
    {
        var row = Rows[name];
        await using var api = await ApiFixture.StartAsync(row.Configure);

        var answer = await row.Send(api);

        Assert.Equal((row.Status, row.Code, "no-store", "application/fhir+json"), (answer.Status, answer.Code, answer.CacheControl, answer.MediaType));
        var body = JsonNode.Parse(answer.Body)!;
        Assert.Equal(("OperationOutcome", row.Issue), ((string?)body["resourceType"], (string?)body["issue"]![0]!["code"]));
        if (row.Challenge.Length == 0)
        {
            Assert.Equal("", answer.Challenge);
        }
        else
        {
            Assert.Contains(row.Challenge, answer.Challenge, StringComparison.Ordinal);
        }

        Assert.Equal(row.Status == 503, answer.RetryAfter is not null);
        Assert.Equal(row.Configure is not null, answer.DpopNonce is not null);
        Assert.DoesNotContain(ApiFixture.Token, answer.Body + answer.Challenge, StringComparison.Ordinal);
    }

    private static async Task<ApiAnswer> WithoutNonceAsync(ApiFixture api)
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var proof = await new DpopProofs(key, api.Op.Time).MakeAsync("GET", new Uri(ApiFixture.Audience + "/Patient/p1"), ApiFixture.Token);
        return await api.GetWithAsync("/fhir/Patient/p1", "DPoP " + ApiFixture.Token, ("DPoP", proof));
    }

    private static string Bearer(string error, string code) => $"Bearer realm=\"fhir\", error=\"{error}\", error_description=\"{code}\"";

    private static string Dpop(string error, string code) => $"DPoP realm=\"fhir\", error=\"{error}\", error_description=\"{code}\", algs=";

    private sealed record Row(int Status, string Issue, string Code, string Challenge, Func<ApiFixture, Task<ApiAnswer>> Send, Action<IntrospectionBearerOptions>? Configure = null);
}
