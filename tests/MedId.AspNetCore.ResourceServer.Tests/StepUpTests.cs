using MedId.Consumers.TestSupport;
using Microsoft.AspNetCore.Builder;

namespace MedId.AspNetCore.ResourceServer.Tests;

/// <summary>RFC 9470 at a resource server. Classes are synthetic.</summary>
public sealed class StepUpTests
{
    private const string High = "urn:synthetic:acr:high";

    [Fact]
    public async Task Call_AuthenticatedWellAndLately_IsAnswered()
    {
        await using var api = await StartAsync("urn:synthetic:acr:card", OpDouble.Start.AddMinutes(-5));
        Assert.Equal(200, (await api.GetAsync("/sensitive/Patient/p1")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("urn:synthetic:acr:low")]
    [InlineData("urn:synthetic:acr:HIGH")]
    public async Task Call_AnotherClass_IsChallengedWithTheClasses(string? acr)
    {
        await using var api = await StartAsync(acr, OpDouble.Start);
        var answer = await api.GetAsync("/sensitive/Patient/p1");
        Assert.Equal((401, ResourceServerErrorCodes.AuthenticationInsufficient), (answer.Status, answer.Code));
        Assert.StartsWith(
            "Bearer realm=\"fhir\", error=\"insufficient_user_authentication\", error_description=\"resource_server.authentication_insufficient\", "
            + "acr_values=\"urn:synthetic:acr:high urn:synthetic:acr:card\", max_age=300, DPoP realm",
            answer.Challenge,
            StringComparison.Ordinal);
        Assert.Equal([High, "urn:synthetic:acr:card"], answer.StepUp!.AcrValues);
        Assert.Equal(TimeSpan.FromMinutes(5), answer.StepUp.MaxAge);
    }

    [Theory]
    [InlineData(310, 200)]
    [InlineData(311, 401)]
    public async Task Call_AuthenticatedLongAgo_IsChallengedFromTheBoundOn(int seconds, int status)
    {
        await using var api = await StartAsync(null, OpDouble.Start.AddSeconds(-seconds));
        var answer = await api.GetAsync("/fresh");
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 401, answer.StepUp?.MaxAge == TimeSpan.FromMinutes(5) && answer.StepUp.AcrValues.Count == 0);
    }

    [Fact]
    public async Task Call_TokenThatDoesNotSayWhen_IsChallenged()
    {
        await using var api = await StartAsync(High, null);
        Assert.Equal(ResourceServerErrorCodes.AuthenticationInsufficient, (await api.GetAsync("/fresh")).Code);
        Assert.Equal(200, (await api.GetAsync("/known")).Status);
    }

    [Fact]
    public async Task Call_ScopeMissingToo_IsToldOfTheScope()
    {
        await using var api = await StartAsync(null, null);
        var answer = await api.GetAsync("/sensitive/Condition/c1");
        Assert.Equal((403, "scopes.insufficient"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Call_InactiveToken_IsToldOfThat()
    {
        await using var api = await StartAsync(null, null);
        api.Introspection["active"] = false;
        Assert.Equal(ResourceServerErrorCodes.TokenInactive, (await api.GetAsync("/known")).Code);
    }

    [Fact]
    public async Task RequireAuthentication_NothingOrNonsense_IsMisuse()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var endpoint = app.MapGet("/x", () => "x");
        Assert.Throws<ArgumentException>(() => endpoint.RequireAuthentication([]));
        Assert.Throws<ArgumentException>(() => endpoint.RequireAuthentication(["a b"]));
        Assert.Throws<ArgumentException>(() => endpoint.RequireAuthentication(["a\"b"]));
        Assert.Throws<ArgumentException>(() => endpoint.RequireAuthentication([], TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentException>(() => endpoint.RequireAuthentication([], TimeSpan.FromMilliseconds(1500)));
    }

    private static async Task<ApiFixture> StartAsync(string? acr, DateTimeOffset? authTime)
    {
        var api = await ApiFixture.StartAsync();
        if (acr is not null)
        {
            api.Introspection["acr"] = acr;
        }

        if (authTime is { } at)
        {
            api.Introspection["auth_time"] = at.ToUnixTimeSeconds();
        }

        return api;
    }
}
