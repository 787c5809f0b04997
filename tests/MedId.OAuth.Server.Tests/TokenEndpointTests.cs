using MedId.Core;

namespace MedId.OAuth.Server.Tests;

public sealed class TokenEndpointTests
{
    private readonly TestServer _server = new();

    private static TokenEndpoint Endpoint(TestServer server, params IGrantHandler[] handlers) => new(server.Authenticator, handlers, server.Options, server.Time);

    [Fact]
    public async Task HandleAsync_KnownGrantType_ReachesItsHandlerWithTheClient()
    {
        var handler = new Echo(GrantTypes.Ciba);
        var answer = await Endpoint(_server, new Echo("other"), handler).HandleAsync(await _server.RequestByAsync(TestServer.EhrId, ("grant_type", GrantTypes.Ciba)));
        Assert.Equal(200, answer.Status);
        Assert.Same(_server.Ehr, handler.Seen!.Client);
        Assert.Equal(TestServer.Start, handler.Seen.At);
        Assert.Equal(TenantId.Single, handler.Seen.Tenant);
    }

    [Fact]
    public async Task HandleAsync_Unauthenticated_IsRefusedBeforeTheGrantTypeIsLookedAt() => TestServer.AssertRefused(
        await Endpoint(_server, new Echo(GrantTypes.Ciba)).HandleAsync(TestServer.Request(null, ("grant_type", "nonsense"))),
        OAuthServerErrorCodes.ClientAuthenticationMissing,
        "invalid_client",
        401);

    [Fact]
    public async Task HandleAsync_WithoutGrantType_IsRefused() => TestServer.AssertRefused(
        await Endpoint(_server, new Echo(GrantTypes.Ciba)).HandleAsync(await _server.RequestByAsync(TestServer.EhrId)),
        OAuthServerErrorCodes.ParameterMissing,
        "invalid_request",
        400);

    [Fact]
    public async Task HandleAsync_UnknownGrantType_IsRefused() => TestServer.AssertRefused(
        await Endpoint(_server, new Echo(GrantTypes.Ciba)).HandleAsync(await _server.RequestByAsync(TestServer.EhrId, ("grant_type", "password"))),
        OAuthServerErrorCodes.GrantTypeUnsupported,
        "unsupported_grant_type",
        400);

    [Theory]
    [InlineData(TestServer.EhrId, GrantTypes.ClientCredentials)]
    [InlineData(TestServer.ApiId, GrantTypes.Ciba)]
    public async Task HandleAsync_GrantTypeOfOthers_IsRefused(string clientId, string grantType) => TestServer.AssertRefused(
        await Endpoint(_server, new Echo(GrantTypes.ClientCredentials), new Echo(GrantTypes.Ciba)).HandleAsync(await _server.RequestByAsync(clientId, ("grant_type", grantType))),
        OAuthServerErrorCodes.GrantTypeNotRegistered,
        "unauthorized_client",
        400);

    [Fact]
    public void Constructor_NoHandlerOrTwoOfOneType_Throws()
    {
        Assert.Throws<ArgumentException>(() => Endpoint(_server));
        Assert.Throws<ArgumentException>(() => Endpoint(_server, new Echo("a"), new Echo("a")));
        Assert.Equal(["b", "a"], Endpoint(_server, new Echo("b"), new Echo("a")).GrantTypes);
    }

    [Fact]
    public void Refused_MalformedForm_IsInvalidRequest()
    {
        foreach (var code in new[] { OAuthServerErrorCodes.FormMalformed, OAuthServerErrorCodes.ParameterRepeated })
        {
            TestServer.AssertRefused(OAuthAnswer.Refused(new MedIdError(code, ErrorCategory.Malformed, "t")), code, "invalid_request", 400);
        }
    }

    private sealed class Echo(string grantType) : IGrantHandler
    {
        public string GrantType => grantType;

        public GrantRequest? Seen { get; private set; }

        public ValueTask<OAuthAnswer> HandleAsync(GrantRequest request, CancellationToken cancellationToken = default)
        {
            Seen = request;
            return ValueTask.FromResult(OAuthAnswer.Json("{}"u8.ToArray(), request.Client.ClientId));
        }
    }
}
