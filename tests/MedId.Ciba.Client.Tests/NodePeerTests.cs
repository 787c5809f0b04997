using MedId.Consumers.TestSupport;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

/// <summary>The client against an OP that others wrote.</summary>
[Trait("Peer", "node")]
public sealed class NodePeerTests(NodePeer peer) : IClassFixture<NodePeer>, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("signed-es256")]
    [InlineData("signed-ps256")]
    [InlineData("plain")]
    public async Task Flow_Approved_GivesTokensOfTheRequestedClass(string clientId)
    {
        peer.Require();
        using var client = Client(clientId);
        var started = await client.StartTakenAsync(Request("approve-1") with { BindingMessage = BindingMessage.Parse("山田内科 12-34").Value });
        Assert.True(started.Succeeded, started.Error?.ToString());
        var polled = await client.PollAsync(started.Value);
        Assert.True(polled.Succeeded, polled.Error?.ToString());
        Assert.Equal("urn:cibatest:auth:fido", polled.Value.Tokens!.IdToken.Acr);
        Assert.Equal("approve-1", polled.Value.Tokens.IdToken.Subject);
        Assert.Equal(OAuthErrorCodes.InvalidGrant, (await client.PollAsync(started.Value)).Error!.Code);
    }

    [Fact]
    public async Task Flow_IdTokenOfAnEarlierOne_IsTheHintOfTheNext()
    {
        peer.Require();
        using var client = Client("signed-es256");
        var first = (await client.PollAsync((await client.StartTakenAsync(Request("approve-2"))).Value!)).Value!.Tokens!;
        var second = (await client.PollAsync((await client.StartTakenAsync(Request("") with { Hint = UserHint.IdToken(first.IdToken.Compact) })).Value!)).Value!.Tokens!;
        Assert.Equal("approve-2", second.IdToken.Subject);
    }

    [Fact]
    public async Task Tokens_IntrospectedRefreshedAndRevoked_LiveAsTheOpSays()
    {
        peer.Require();
        using var client = Client("signed-es256");
        var started = await client.StartTakenAsync(Request("approve-3") with { Scopes = ["openid", "offline_access", "patient/Patient.read"] });
        var tokens = (await client.PollAsync(started.Value!)).Value!.Tokens!;
        var active = await IntrospectAsync(tokens.AccessToken);
        Assert.True(active.Succeeded, active.Error?.ToString());
        Assert.True(active.Value.Active);
        Assert.Equal("signed-es256", active.Value.ClientId);
        var refreshed = await client.RefreshAsync(tokens);
        Assert.True(refreshed.Succeeded, refreshed.Error?.ToString());
        Assert.NotEqual(tokens.AccessToken, refreshed.Value.AccessToken);
        Assert.True((await client.RevokeAsync(refreshed.Value)).Succeeded);
        Assert.False((await IntrospectAsync(refreshed.Value.AccessToken)).Value!.Active);
        Assert.Equal(OAuthErrorCodes.InvalidGrant, (await client.RefreshAsync(refreshed.Value)).Error!.Code);
    }

    [Fact]
    public async Task Flow_Denied_IsRefused()
    {
        peer.Require();
        using var client = Client("signed-es256");
        var started = await client.StartTakenAsync(Request("deny-1"));
        Assert.Equal(OAuthErrorCodes.AccessDenied, (await client.PollAsync(started.Value!)).Error!.Code);
    }

    [Fact]
    public async Task Flow_NobodyDecides_IsPendingUntilItGivesUp()
    {
        peer.Require();
        using var client = Client("signed-es256");
        var started = (await client.StartTakenAsync(Request("wait-1") with { RequestedExpiry = TimeSpan.FromSeconds(3) })).Value!;
        Assert.True(started.ExpiresAt - started.SentAt < TimeSpan.FromSeconds(10));
        Assert.Null((await client.PollAsync(started)).Value!.Tokens);

        // The peer counts whole seconds, so at the very end either side may be the first to say that it is over.
        var ended = (await client.WaitAsync(started with { Interval = TimeSpan.FromSeconds(1) })).Error!.Code;
        Assert.True(ended is CibaClientErrorCodes.GaveUp or OAuthErrorCodes.ExpiredToken, ended);
    }

    [Theory]
    [InlineData(null, OAuthErrorCodes.MissingUserCode)]
    [InlineData("9999", OAuthErrorCodes.InvalidUserCode)]
    [InlineData("1234", null)]
    public async Task StartAsync_UserCode_IsJudgedByTheOp(string? userCode, string? code)
    {
        peer.Require();
        using var client = Client("with-user-code");
        Assert.Equal(code, (await client.StartTakenAsync(Request("approve-4") with { UserCode = userCode })).Error?.Code);
    }

    [Fact]
    public async Task StartAsync_PatientThatNobodyKnows_IsRefused()
    {
        peer.Require();
        using var client = Client("signed-es256");
        Assert.Equal(OAuthErrorCodes.UnknownUserId, (await client.StartTakenAsync(Request("nobody-1"))).Error!.Code);
    }

    [Fact]
    public async Task StartAsync_KeyOfAnotherClient_IsNotAuthenticated()
    {
        peer.Require();
        using var client = Client("signed-es256", credential: new PrivateKeyJwtCredential("signed-es256", peer.Ps256));
        Assert.Equal(OAuthErrorCodes.InvalidClient, (await client.StartTakenAsync(Request("approve-5"))).Error!.Code);
    }

    private static BackchannelRequest Request(string hint) => new()
    {
        Scopes = ["openid", "patient/Patient.read"],
        Hint = UserHint.LoginHint(hint.Length == 0 ? "unused" : hint),
        AcrValues = ["urn:cibatest:auth:fido"],
    };

    private CibaClient Client(string clientId, IClientCredential? credential = null)
    {
        var key = clientId switch { "signed-es256" => peer.Es256, "signed-ps256" => peer.Ps256, _ => null };
        return new CibaClient(_http, new CibaClientOptions
        {
            Issuer = peer.Issuer,
            Credential = credential ?? (key is null ? new ClientSecretBasicCredential(clientId, "a secret: with/reserved+characters & 32 more") : new PrivateKeyJwtCredential(clientId, key)),
            RequestSigningKey = key,
            Http = new ProtocolHttpOptions { AllowHttpOnLoopback = true },
        });
    }

    private async Task<Core.MedIdResult<IntrospectionResponse>> IntrospectAsync(string token)
    {
        var http = new ProtocolHttpClient(_http, new ProtocolHttpOptions { AllowHttpOnLoopback = true });
        using var metadata = new MetadataClient(http, peer.Issuer);
        using var keys = new JwksClient(http);
        var credential = new ClientSecretBasicCredential("health-record-api", "a-secret-of-at-least-thirty-two-characters");
        return await new IntrospectionClient(http, metadata, keys, credential).IntrospectAsync(token);
    }
}
