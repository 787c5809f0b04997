using System.Text.Json;
using MedId.Core;

namespace MedId.OAuth.Server.Tests;

public sealed class UserInfoEndpointTests
{
    private const string Algorithms = "algs=\"ES256 PS256 ES384 ES512 PS384 PS512 Ed25519 EdDSA\"";

    private readonly TestServer _server = new();

    private async Task<OAuthAnswer> AskAsync(string? authorization, IUserInfoClaims? claims = null) =>
        await new UserInfoEndpoint(_server.Store, _server.Store, _server.Keys, _server.Options, claims, _server.Time).HandleAsync(new() { Tenant = TenantId.Single, Authorization = authorization });

    private static void AssertRefused(OAuthAnswer answer, string code, string wireError, int status, string challenge)
    {
        Assert.Equal(code, answer.Error?.Code);
        Assert.Equal(status, answer.Status);
        Assert.Equal(wireError, (string?)TestServer.Body(answer)["error"]);
        Assert.Equal(challenge, answer.Headers.Single(h => h.Key == "WWW-Authenticate").Value);
    }

    [Fact]
    public async Task HandleAsync_LiveToken_GivesTheSubjectAlone()
    {
        var answer = await AskAsync("Bearer " + (await _server.IssueAsync()).AccessToken);
        Assert.Equal("{\"sub\":\"patient-0001\"}", TestServer.Body(answer).ToJsonString());
    }

    [Fact]
    public async Task HandleAsync_ClaimsSource_AddsClaimsButNoSubject()
    {
        var answer = await AskAsync("bearer " + (await _server.IssueAsync()).AccessToken, new Claims());
        Assert.Equal("{\"sub\":\"patient-0001\",\"locale\":\"ja\"}", TestServer.Body(answer).ToJsonString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic abc")]
    public async Task HandleAsync_WithoutToken_IsRefusedWithAPlainChallenge(string? authorization) =>
        AssertRefused(await AskAsync(authorization), OAuthServerErrorCodes.AccessTokenMissing, "invalid_request", 401, "Bearer, DPoP " + Algorithms);

    [Fact]
    public async Task HandleAsync_TokenThatIsNotGood_IsRefused()
    {
        var tokens = await _server.IssueAsync();
        foreach (var token in new[] { "nonsense", tokens.IdToken, tokens.RefreshToken })
        {
            AssertRefused(await AskAsync("Bearer " + token), OAuthServerErrorCodes.AccessTokenInvalid, "invalid_token", 401, "Bearer error=\"invalid_token\", DPoP " + Algorithms);
        }

        _server.Store.InactiveGrants.Add("consent-1");
        AssertRefused(await AskAsync("Bearer " + tokens.AccessToken), OAuthServerErrorCodes.AccessTokenInvalid, "invalid_token", 401, "Bearer error=\"invalid_token\", DPoP " + Algorithms);
    }

    [Fact]
    public async Task HandleAsync_TokenWithoutOpenId_IsRefused()
    {
        var tokens = (await _server.Minter.IssueAsync(new() { Grant = TestServer.Grant(), Client = _server.Ehr, Scopes = ["patient/Patient.read"] })).Value!;
        AssertRefused(
            await AskAsync("Bearer " + tokens.AccessToken),
            OAuthServerErrorCodes.ScopeInsufficient,
            "insufficient_scope",
            403,
            "Bearer error=\"insufficient_scope\", scope=\"openid\", DPoP " + Algorithms);
    }

    private sealed class Claims : IUserInfoClaims
    {
        public ValueTask<IReadOnlyDictionary<string, JsonElement>> GetClaimsAsync(AccessToken token, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IReadOnlyDictionary<string, JsonElement>>(new Dictionary<string, JsonElement>
            {
                ["sub"] = JsonElement.Parse("\"somebody-else\""),
                ["locale"] = JsonElement.Parse("\"ja\""),
            });
    }
}
