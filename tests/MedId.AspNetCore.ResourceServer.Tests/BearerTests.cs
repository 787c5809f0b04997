using System.Net;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.ResourceServer.Tests;

public class BearerTests
{
    [Fact]
    public async Task Call_WithActiveToken_IsAnswered()
    {
        await using var api = await ApiFixture.StartAsync();
        var answer = await api.GetAsync("/fhir/Patient/p1");
        Assert.Equal(200, answer.Status);
        Assert.Equal("application/fhir+json", answer.MediaType);
        Assert.Equal(ApiFixture.Token, api.Op.To("/introspect")[0].Form["token"]);
    }

    [Fact]
    public async Task Call_EncryptedAnswer_IsOpened()
    {
        using var key = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEsA256Kw);
        await using var api = await ApiFixture.StartAsync(options => options.Introspection.Encryption = new() { Keys = [key], Algorithm = KeyManagementAlgorithm.EcdhEsA256Kw });
        Assert.Equal(ResourceServerErrorCodes.IntrospectionUnavailable, (await api.GetAsync("/fhir/Patient/p1")).Code);
        var signed = await api.Signed(api.Introspection).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var jwe = JweEncrypter.Encrypt(signed, key.Public, KeyManagementAlgorithm.EcdhEsA256Kw, EncryptionNames.DefaultContentEncryption);
        api.Op.On("/introspect", _ => OpDouble.Answer(HttpStatusCode.OK, TokenTypes.IntrospectionMediaType, jwe));
        Assert.Equal(200, (await api.GetAsync("/fhir/Patient/p1")).Status);
    }

    [Fact]
    public void FindMistakes_EncryptionThatCannotBe_IsNamed()
    {
        using var key = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEs);
        var options = new IntrospectionBearerOptions { Issuer = OpDouble.Issuer, Credential = new ClientSecretBasicCredential("api", "a-secret"), Audience = ApiFixture.Audience };
        options.Introspection.Encryption = new() { Keys = [key], Algorithm = KeyManagementAlgorithm.RsaOaep256 };
        options.Introspection.DangerouslyAcceptUnsignedIntrospection = true;
        Assert.Collection(
            options.FindMistakes(),
            one => Assert.Contains("has no key for RSA-OAEP-256", one, StringComparison.Ordinal),
            one => Assert.Contains("goes against Encryption", one, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_WithoutToken_Is401WithoutErrorAndNobodyIsAsked()
    {
        await using var api = await ApiFixture.StartAsync();
        var answer = await api.GetAsync("/fhir/Patient/p1", null);
        Assert.Equal(401, answer.Status);
        Assert.StartsWith("Bearer realm=\"fhir\", DPoP realm=\"fhir\", algs=\"ES256 ", answer.Challenge, StringComparison.Ordinal);
        Assert.DoesNotContain("error", answer.Challenge, StringComparison.Ordinal);
        Assert.Equal(ResourceServerErrorCodes.TokenMissing, answer.Code);
        Assert.Equal("application/fhir+json", answer.MediaType);
        Assert.Empty(api.Op.Requests);
    }

    [Theory]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer a,b")]
    [InlineData("Bearer \"a\"")]
    [InlineData("Bearer ==")]
    [InlineData("Bearer a=b")]
    [InlineData("DPoP a b")]
    [InlineData("DPoP")]
    public async Task Call_WithAnotherHeader_Is401AndNobodyIsAsked(string authorization)
    {
        await using var api = await ApiFixture.StartAsync();
        var answer = await api.GetAsync("/fhir/Patient/p1", authorization);
        Assert.Equal(401, answer.Status);
        Assert.Equal(ResourceServerErrorCodes.TokenMalformed, answer.Code);
        Assert.Contains("error=\"invalid_token\"", answer.Challenge, StringComparison.Ordinal);
        Assert.Empty(api.Op.Requests);
    }

    [Fact]
    public async Task Call_WithTwoHeaders_Is401()
    {
        await using var api = await ApiFixture.StartAsync();
        Assert.Equal(ResourceServerErrorCodes.TokenMalformed, (await api.SendAsync("/fhir/Patient/p1", ["Bearer " + ApiFixture.Token, "Bearer other"])).Code);
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public async Task Call_SchemeInAnotherCase_IsAnswered(string scheme)
    {
        await using var api = await ApiFixture.StartAsync();
        Assert.Equal(200, (await api.GetAsync("/fhir/Patient/p1", scheme + " " + ApiFixture.Token)).Status);
    }

    [Theory]
    [InlineData("/fhir/Patient/p1?access_token=opaque-access-token", null)]
    [InlineData("/fhir/Patient/p1?ACCESS_TOKEN=x", "Bearer " + ApiFixture.Token)]
    public async Task Call_WithTokenInTheUrl_Is400AndNobodyIsAsked(string path, string? authorization)
    {
        await using var api = await ApiFixture.StartAsync();
        var answer = await api.GetAsync(path, authorization);
        Assert.Equal(400, answer.Status);
        Assert.Equal(ResourceServerErrorCodes.TokenInUrl, answer.Code);
        Assert.Contains("error=\"invalid_request\"", answer.Challenge, StringComparison.Ordinal);
        Assert.Empty(api.Op.Requests);
    }

    [Theory]
    [InlineData("active", "false", ResourceServerErrorCodes.TokenInactive)]
    [InlineData("iss", "\"https://other.example\"", ResourceServerErrorCodes.IssuerMismatch)]
    [InlineData("aud", "\"https://other.example/fhir\"", ResourceServerErrorCodes.AudienceMismatch)]
    [InlineData("aud", "\"https://api.example/fhir/\"", ResourceServerErrorCodes.AudienceMismatch)]
    [InlineData("aud", null, ResourceServerErrorCodes.AudienceMismatch)]
    [InlineData("token_type", "\"DPoP\"", ResourceServerErrorCodes.TokenTypeNotBearer)]
    [InlineData("exp", "1795251590", ResourceServerErrorCodes.TokenNotInTime)]
    [InlineData("nbf", "1795251611", ResourceServerErrorCodes.TokenNotInTime)]
    public async Task Call_TokenWithOneDefect_Is401(string member, string? json, string code)
    {
        Assert.Equal(1795251600, OpDouble.Start.ToUnixTimeSeconds());
        await using var api = await ApiFixture.StartAsync();
        Change(api, member, json);
        var answer = await api.GetAsync("/fhir/Patient/p1");
        Assert.Equal(401, answer.Status);
        Assert.Equal(code, answer.Code);
        Assert.StartsWith($"Bearer realm=\"fhir\", error=\"invalid_token\", error_description=\"{code}\"", answer.Challenge, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exp", "1795251591")]
    [InlineData("nbf", "1795251610")]
    [InlineData("aud", "[\"https://other.example\",\"https://api.example/fhir\"]")]
    [InlineData("iss", null)]
    [InlineData("token_type", null)]
    public async Task Call_TokenAtABoundOrWithoutAnOptionalMember_IsAnswered(string member, string? json)
    {
        await using var api = await ApiFixture.StartAsync();
        Change(api, member, json);
        Assert.Equal(200, (await api.GetAsync("/fhir/Patient/p1")).Status);
    }

    [Theory]
    [InlineData("down")]
    [InlineData("500")]
    [InlineData("401")]
    [InlineData("redirect")]
    [InlineData("unsigned")]
    [InlineData("forged")]
    [InlineData("stale")]
    [InlineData("too large")]
    public async Task Call_NoAnswerToRelyOn_Is503AndNobodyGetsThrough(string trouble)
    {
        await using var api = await ApiFixture.StartAsync();
        using var foreign = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-1");
        api.Op.On("/introspect", HttpResponseMessage (_) => trouble switch
        {
            "down" => throw new HttpRequestException("down"),
            "500" => OpDouble.Answer(HttpStatusCode.InternalServerError, "text/plain", ""),
            "401" => OpDouble.Error("invalid_client", HttpStatusCode.Unauthorized),
            "redirect" => new HttpResponseMessage(HttpStatusCode.Redirect) { Headers = { Location = new Uri("https://elsewhere.example") } },
            "unsigned" => OpDouble.Json(api.Introspection.DeepClone()),
            "forged" => OpDouble.Answer(HttpStatusCode.OK, TokenTypes.IntrospectionMediaType, api.Op.Sign(TokenTypes.IntrospectionJwt, [], foreign)),
            "stale" => Stale(api),
            _ => OpDouble.Answer(HttpStatusCode.OK, TokenTypes.IntrospectionMediaType, new string('x', 70_000)),
        });
        var answer = await api.GetAsync("/fhir/Patient/p1");
        Assert.Equal(503, answer.Status);
        Assert.Equal(ResourceServerErrorCodes.IntrospectionUnavailable, answer.Code);
        Assert.NotNull(answer.RetryAfter);
        Assert.Equal("", answer.Challenge);
    }

    [Fact]
    public async Task Call_OpNeverAnswers_Is503()
    {
        await using var api = await ApiFixture.StartAsync(options => options.Http.Timeout = TimeSpan.FromSeconds(3));
        var asked = new TaskCompletionSource();
        api.Op.OnLater("/introspect", _ =>
        {
            asked.SetResult();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        });
        var call = api.GetAsync("/fhir/Patient/p1");
        await asked.Task;
        api.Op.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(503, (await call).Status);
    }

    [Fact]
    public async Task Call_EachTime_IsIntrospectedSoThatWithdrawalCountsAtOnce()
    {
        await using var api = await ApiFixture.StartAsync();
        Assert.Equal(200, (await api.GetAsync("/fhir/Patient/p1")).Status);
        Assert.Equal(200, (await api.GetAsync("/fhir/Patient/p1")).Status);
        api.Introspection["active"] = false;
        Assert.Equal(401, (await api.GetAsync("/fhir/Patient/p1")).Status);
        Assert.Equal(3, api.Op.To("/introspect").Count);
    }

    [Fact]
    public async Task OnIntrospected_EachCall_SeesTheOutcome()
    {
        var seen = new List<IntrospectionOutcome>();
        await using var api = await ApiFixture.StartAsync(options => options.OnIntrospected = (_, outcome) =>
        {
            seen.Add(outcome);
            return Task.CompletedTask;
        });
        await api.GetAsync("/fhir/Patient/p1");
        api.Introspection["active"] = false;
        await api.GetAsync("/fhir/Patient/p1");
        Assert.Equal("consent-1", seen[0].Response!.ConsentId);
        Assert.Null(seen[0].Refusal);
        Assert.Equal(ResourceServerErrorCodes.TokenInactive, seen[1].Refusal!.Code);
    }

    [Fact]
    public async Task OnIntrospected_Fails_NobodyGetsThrough()
    {
        await using var api = await ApiFixture.StartAsync(options => options.OnIntrospected = (_, _) => throw new IOException("the audit store is full"));
        Assert.Equal(500, (await api.GetAsync("/fhir/Patient/p1")).Status);
    }

    [Fact]
    public async Task Call_Logged_ShowsNothingPersonalOfOurs()
    {
        await using var api = await ApiFixture.StartAsync();
        await api.GetAsync("/fhir/Patient/p1");
        await api.GetAsync("/fhir/Observation/o2");
        api.Introspection["active"] = false;
        await api.GetAsync("/fhir/Patient/p1");
        var ours = string.Join('\n', api.Log.Lines.Where(line => line.StartsWith("MedId.", StringComparison.Ordinal)));
        Assert.Contains("consent-1", ours, StringComparison.Ordinal);
        Assert.Contains(ResourceServerErrorCodes.TokenInactive, ours, StringComparison.Ordinal);
        Assert.All([ApiFixture.Token, "subject-1", "p1", "o2"], personal => Assert.DoesNotContain(personal, ours, StringComparison.Ordinal));
        Assert.DoesNotContain(ApiFixture.Token, string.Join('\n', api.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OptionsIncomplete_FailsWithEverythingThatIsMissing()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddMedIdIntrospection(static _ => { });
        await using var app = builder.Build();
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());
        Assert.Equal(3, failure.Failures.Count());
    }

    [Fact]
    public async Task AddMedIdIntrospection_Twice_TakesTheLastWord()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddMedIdIntrospection(static options => options.Issuer = "https://first.example");
        builder.Services.AddMedIdIntrospection(static options =>
        {
            options.Issuer = OpDouble.Issuer;
            options.Credential = new ClientSecretBasicCredential("health-record-api", "a-secret");
            options.Audience = ApiFixture.Audience;
        });
        await using var app = builder.Build();
        var options = app.Services.GetRequiredService<IOptionsMonitor<IntrospectionBearerOptions>>().Get(IntrospectionBearerDefaults.Scheme);
        Assert.Equal(OpDouble.Issuer, options.Issuer);
    }

    private static HttpResponseMessage Stale(ApiFixture api)
    {
        var answer = api.Signed(api.Introspection);
        api.Op.Time.Advance(TimeSpan.FromSeconds(71));
        return answer;
    }

    private static void Change(ApiFixture api, string member, string? json)
    {
        api.Introspection.Remove(member);
        if (json is not null)
        {
            api.Introspection[member] = JsonNode.Parse(json);
        }
    }
}
