using MedId.Heart.Fhir.Scopes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.ResourceServer.Tests;

public class FhirScopeTests
{
    [Fact]
    public async Task Call_WithoutTheScope_Is403WithTheNeededOne()
    {
        await using var api = await ApiFixture.StartAsync();
        api.Introspection["scope"] = "openid patient/Patient.read";
        var answer = await api.GetAsync("/fhir/Observation/o1");
        Assert.Equal(403, answer.Status);
        Assert.Equal(ScopesErrorCodes.Insufficient, answer.Code);
        Assert.Equal("Bearer realm=\"fhir\", error=\"insufficient_scope\", error_description=\"scopes.insufficient\", scope=\"patient/Observation.read\"", answer.Challenge);
    }

    [Fact]
    public async Task Call_WithoutTheScope_IsTheSameForAbsentAndPresent()
    {
        await using var api = await ApiFixture.StartAsync();
        api.Introspection["scope"] = "openid";
        Assert.Equal(await api.GetAsync("/fhir/Observation/o1"), await api.GetAsync("/fhir/Observation/none"));
    }

    [Fact]
    public async Task Read_OfAnotherPatient_IsTheSame404AsAbsence()
    {
        await using var api = await ApiFixture.StartAsync();
        var hidden = await api.GetAsync("/fhir/Observation/o2");
        Assert.Equal(404, hidden.Status);
        Assert.Equal(ResourceServerErrorCodes.ResourceNotFound, hidden.Code);
        Assert.Equal(hidden, await api.GetAsync("/fhir/Observation/none"));
    }

    [Fact]
    public async Task Search_Any_BringsOnlyTheTokensPatient()
    {
        await using var api = await ApiFixture.StartAsync();
        var answer = await api.GetAsync("/fhir/Observation");
        Assert.Equal(200, answer.Status);
        Assert.Contains("\"o1\"", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"o2\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_TokenOfNoPatient_Is403()
    {
        await using var api = await ApiFixture.StartAsync();
        api.Introspection.Remove("patient");
        var answer = await api.GetAsync("/fhir/Observation");
        Assert.Equal(403, answer.Status);
        Assert.Equal(ScopesErrorCodes.PatientContextMissing, answer.Code);
    }

    [Theory]
    [InlineData("/fhir/observation", 400, ScopesErrorCodes.RequestMalformed)]
    [InlineData("/fhir/Observation/o1/x/y/z", 400, ScopesErrorCodes.RequestMalformed)]
    [InlineData("/fhir/Nonsense/1", 404, ScopesErrorCodes.TypeUnknown)]
    [InlineData("/FHIR/Observation/o1", 400, ScopesErrorCodes.RequestMalformed)]
    public async Task Call_ThatIsNoFhirRequest_IsRefused(string path, int status, string code)
    {
        await using var api = await ApiFixture.StartAsync();
        var answer = await api.GetAsync(path);
        Assert.Equal(status, answer.Status);
        Assert.Equal(code, answer.Code);
    }

    [Fact]
    public async Task Call_WithoutToken_LearnsNothingAboutThePath()
    {
        await using var api = await ApiFixture.StartAsync();
        var known = await api.GetAsync("/fhir/Observation/o1", null);
        Assert.Equal(401, known.Status);
        Assert.Equal(known, await api.GetAsync("/fhir/Nonsense/1", null));
        Assert.Equal(known, await api.GetAsync("/fhir/observation", null));
    }

    [Theory]
    [InlineData("patient/Observation.read", 200)]
    [InlineData("patient/Patient.read", 403)]
    public async Task Call_OfAnEndpointThatIsNoRouteHandler_IsDecidedAlike(string scope, int status)
    {
        await using var api = await ApiFixture.StartAsync();
        api.Introspection["scope"] = scope;
        Assert.Equal(status, (await api.GetAsync("/fhir-delegate/Observation/o1")).Status);
        Assert.Equal(401, (await api.GetAsync("/fhir-delegate/Observation/o1", null)).Status);
    }

    [Fact]
    public async Task GetFhirAccess_OfAnUnprotectedEndpoint_IsMisuse()
    {
        await using var api = await ApiFixture.StartAsync();
        Assert.Equal(500, (await api.GetAsync("/open")).Status);
        Assert.Throws<InvalidOperationException>(() => new DefaultHttpContext().GetFhirAccess());
    }

    [Theory]
    [InlineData("fhir")]
    [InlineData("/fhir/")]
    [InlineData("/")]
    public void RequireFhirScope_BasePathOfWrongForm_IsMisuse(string basePath)
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Throws<ArgumentException>(() => app.MapGet("/x", () => "").RequireFhirScope(basePath));
    }

    [Fact]
    public async Task TokenContext_OfTheIntegrator_Decides()
    {
        await using var api = await ApiFixture.StartAsync(options => options.TokenContext = _ => new FhirTokenContext { Patient = "p2" });
        Assert.Equal(200, (await api.GetAsync("/fhir/Observation/o2")).Status);
        Assert.Equal(404, (await api.GetAsync("/fhir/Observation/o1")).Status);
    }

    // What a search looks into stands in its form as well as in its address.
    [Theory]
    [InlineData("Observation/_search", "code=x", 200)]
    [InlineData("Observation/_search", "subject%3AEncounter.status=x", 403)]
    [InlineData("Observation/%5Fsearch", "subject%3AEncounter.status=x", 403)]
    [InlineData("Observation/_search/", "subject%3AEncounter.status=x", 403)]
    public async Task Search_ByPost_IsDecidedByItsFormToo(string path, string form, int status)
    {
        await using var api = await ApiFixture.StartAsync();
        var answer = await api.PostAsync(path, form);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? "reached " + form : ScopesErrorCodes.Insufficient, status == 200 ? answer.Body : answer.Code);
    }

    [Fact]
    public async Task Search_ByPostWithAFormThatIsTooLong_IsRefused()
    {
        await using var api = await ApiFixture.StartAsync();
        Assert.Equal(200, (await api.PostAsync("Observation/_search", "code=" + new string('a', 32763))).Status);
        var answer = await api.PostAsync("Observation/_search", "code=" + new string('a', 32764));
        Assert.Equal((400, ScopesErrorCodes.LimitExceeded), (answer.Status, answer.Code));
    }

    // A create that asks whether something is there is a search too.
    [Theory]
    [InlineData("patient/Observation.c", "identifier=x", 403, ScopesErrorCodes.Insufficient)]
    [InlineData("patient/Observation.cs", "identifier=x", 200, null)]
    [InlineData("patient/Observation.c", null, 200, null)]
    [InlineData("patient/Observation.cs", "_format=json", 400, ScopesErrorCodes.RequestMalformed)]
    public async Task Create_WithACondition_NeedsSearchToo(string scope, string? ifNoneExist, int status, string? code)
    {
        await using var api = await ApiFixture.StartAsync();
        api.Introspection["scope"] = scope;
        var answer = await api.PostAsync("Observation", "{}", ifNoneExist);
        Assert.Equal((status, code), (answer.Status, status == 200 ? null : answer.Code));
    }
}
