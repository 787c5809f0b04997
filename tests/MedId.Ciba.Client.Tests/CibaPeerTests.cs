using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cli.Ciba;
using MedId.Consumers.TestSupport;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

/// <summary>Our client against an OP that others wrote, in every combination that this OP knows.</summary>
[Trait("Peer", "node")]
public sealed class CibaPeerTests(CibaPeerTests.Peers peers) : IClassFixture<CibaPeerTests.Peers>, IDisposable
{
    private const string Acr = "urn:cibatest:auth:fido";
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public void Dispose() => _http.Dispose();

    [Theory]
    [MemberData(nameof(CibaCombinations.SecretMethods), MemberType = typeof(CibaCombinations))]
    public async Task Flow_BySecret_GivesTokens(string method)
    {
        peers.Plain.Require();
        var id = "secret-" + method;
        await peers.Plain.RegisterAsync(id, method, method == "client_secret_jwt" ? metadata => metadata["token_endpoint_auth_signing_alg"] = "HS256" : null);
        using var client = Client(peers.Plain, method switch
        {
            "client_secret_basic" => new ClientSecretBasicCredential(id, CibaPeer.Secret),
            "client_secret_post" => new ClientSecretPostCredential(id, CibaPeer.Secret),
            _ => new ClientSecretJwtCredential(id, CibaPeer.Secret),
        });
        var tokens = await ApprovedAsync(peers.Plain, client, Request("alice"));
        Assert.Equal(("alice", "Bearer"), (tokens.IdToken.Subject, tokens.TokenType));
    }

    [Theory]
    [MemberData(nameof(CibaCombinations.AlgorithmsTwice), MemberType = typeof(CibaCombinations))]
    public async Task Flow_ByKey_GivesTokensPlainAndSigned(string algorithm, bool signed)
    {
        peers.Plain.Require();
        var key = Key(algorithm);
        var id = $"key-{algorithm}-{signed}";
        await peers.Plain.RegisterAsync(id, key, signed);
        using var client = Client(peers.Plain, new PrivateKeyJwtCredential(id, key), options => options.RequestSigningKey = signed ? key : null);
        var tokens = await ApprovedAsync(peers.Plain, client, Request("alice") with { AcrValues = [Acr], RequestedExpiry = TimeSpan.FromSeconds(90), RequestContext = "{\"lat\":\"35.6\"}" });
        Assert.Equal(Acr, tokens.IdToken.Acr);
        Assert.Equal(algorithm, HeaderOf(tokens.IdToken.Compact).GetProperty("alg").GetString());
    }

    [Fact]
    public async Task StartAsync_UnsignedFromAClientThatHasToSign_IsRefused()
    {
        peers.Plain.Require();
        var key = Key("ES256");
        await peers.Plain.RegisterAsync("has-to-sign", key, signed: true);
        using var client = Client(peers.Plain, new PrivateKeyJwtCredential("has-to-sign", key));
        Assert.Equal(OAuthErrorCodes.InvalidRequest, (await client.StartTakenAsync(Request("alice"))).Error!.Code);
    }

    [Theory]
    [InlineData("id_token_hint")]
    [InlineData("login_hint_token")]
    [InlineData("login_hint")]
    public async Task Flow_EachHint_FindsThePerson(string kind)
    {
        using var client = await BasicAsync("hints");
        var hint = kind switch
        {
            "id_token_hint" => UserHint.IdToken((await ApprovedAsync(peers.Plain, client, Request("carol"))).IdToken.Compact),
            "login_hint_token" => UserHint.LoginHintToken((string)(await peers.Plain.DoAsync(new JsonObject { ["do"] = "token", ["sub"] = "carol" }))["token"]!),
            _ => UserHint.LoginHint("carol"),
        };
        Assert.Equal("carol", (await ApprovedAsync(peers.Plain, client, Request("") with { Hint = hint })).IdToken.Subject);
    }

    [Fact]
    public async Task PostAsync_TwoHints_AreRefusedByTheOpAndCannotBeSaidToOurClient()
    {
        peers.Plain.Require();
        await peers.Plain.RegisterAsync("two-hints");
        var http = new ProtocolHttpClient(_http, new ProtocolHttpOptions { AllowHttpOnLoopback = true });
        using var metadata = new MetadataClient(http, peers.Plain.Issuer);
        var endpoint = (await metadata.GetAsync(TestContext.Current.CancellationToken)).Value!.BackchannelAuthenticationEndpoint!;
        var form = new ClientRequest(endpoint, peers.Plain.Issuer).Add("scope", "openid").Add("login_hint", "alice").Add("login_hint_token", "e30.e30.");
        var answer = await http.PostAsync("backchannel", form, new ClientSecretBasicCredential("two-hints", CibaPeer.Secret), TestContext.Current.CancellationToken);
        Assert.Equal(OAuthErrorCodes.InvalidRequest, answer.Value!.ToError("CIBA Core §13").Code);
    }

    [Theory]
    [InlineData("deny", OAuthErrorCodes.AccessDenied)]
    [InlineData("expire", OAuthErrorCodes.ExpiredToken)]
    public async Task Flow_DecidedAgainst_IsTheRefusal(string decision, string code)
    {
        using var client = await BasicAsync("refusals");
        var started = (await client.StartTakenAsync(Request("alice"))).Value!;
        Assert.Null((await client.PollAsync(started)).Value!.Tokens);
        await peers.Plain.DecideAsync(started.AuthReqId, decision);
        Assert.Equal(code, (await client.PollAsync(started)).Error!.Code);
    }

    [Theory]
    [InlineData(null, OAuthErrorCodes.MissingUserCode)]
    [InlineData("9999", OAuthErrorCodes.InvalidUserCode)]
    [InlineData("1234", null)]
    public async Task StartAsync_UserCode_IsJudgedByTheOp(string? userCode, string? code)
    {
        peers.Plain.Require();
        await peers.Plain.RegisterAsync("user-code", change: metadata => metadata["backchannel_user_code_parameter"] = true);
        using var client = Client(peers.Plain, new ClientSecretBasicCredential("user-code", CibaPeer.Secret));
        Assert.Equal(code, (await client.StartTakenAsync(Request("alice") with { UserCode = userCode })).Error?.Code);
    }

    [Theory]
    [InlineData("XK-42", null)]
    [InlineData("山田内科 12-34", null)]
    [InlineData("refused", OAuthErrorCodes.InvalidBindingMessage)]
    public async Task StartAsync_BindingMessage_ReachesTheOp(string message, string? code)
    {
        using var client = await BasicAsync("binding");
        var started = await client.StartTakenAsync(Request("alice") with { BindingMessage = BindingMessage.Parse(message).Value });
        Assert.Equal(code, started.Error?.Code);
        if (started.Succeeded)
        {
            var seen = (JsonArray)(await peers.Plain.DoAsync(new JsonObject { ["do"] = "seen" }))["requests"]!;
            Assert.Equal(message, (string)seen.Last(one => (string)one!["id"]! == started.Value.AuthReqId)!["params"]!["binding_message"]!);
        }
    }

    [Fact]
    public async Task StartAsync_UnknownPerson_IsRefused()
    {
        using var client = await BasicAsync("unknown");
        Assert.Equal(OAuthErrorCodes.UnknownUserId, (await client.StartTakenAsync(Request("nobody"))).Error!.Code);
    }

    [Fact]
    public async Task StartAsync_WrongSecret_IsNotAuthenticated()
    {
        peers.Plain.Require();
        await peers.Plain.RegisterAsync("wrong-secret");
        using var client = Client(peers.Plain, new ClientSecretBasicCredential("wrong-secret", "another secret"));
        Assert.Equal(OAuthErrorCodes.InvalidClient, (await client.StartTakenAsync(Request("alice"))).Error!.Code);
    }

    [Theory]
    [MemberData(nameof(CibaCombinations.AlgorithmsTwice), MemberType = typeof(CibaCombinations))]
    public async Task Flow_WithDpop_BindsTheTokensAndOpensUserinfo(string algorithm, bool nonce)
    {
        var peer = nonce ? peers.WithNonce : peers.Plain;
        peer.Require();
        var id = "dpop-" + algorithm;
        await peer.RegisterAsync(id, change: metadata => metadata["dpop_bound_access_tokens"] = true);
        using var client = Client(peer, new ClientSecretBasicCredential(id, CibaPeer.Secret), options => options.DpopKey = Key(algorithm));
        var started = (await client.StartTakenAsync(Request("alice") with { Scopes = ["openid", "offline_access", "profile"] })).Value!;
        Assert.Null((await client.PollAsync(started)).Value!.Tokens);
        await peer.DecideAsync(started.AuthReqId, "approve");
        var polled = await client.PollAsync(started);
        Assert.True(polled.Succeeded, polled.Error?.ToString());
        var tokens = polled.Value.Tokens!;
        Assert.Equal("DPoP", tokens.TokenType);

        using var resource = new HttpClient(new DpopHandler(client.Proofs!) { InnerHandler = new SocketsHttpHandler() });
        using var request = new HttpRequestMessage(HttpMethod.Get, peer.Issuer + "/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("DPoP", tokens.AccessToken);
        using var answer = await resource.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains("alice", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var refreshed = await client.RefreshAsync(tokens);
        Assert.Equal("DPoP", refreshed.Value?.TokenType);
    }

    [Fact]
    public async Task PollAsync_DpopDemandedAndNotSent_IsRefused()
    {
        peers.Plain.Require();
        await peers.Plain.RegisterAsync("dpop-missing", change: metadata => metadata["dpop_bound_access_tokens"] = true);
        using var client = Client(peers.Plain, new ClientSecretBasicCredential("dpop-missing", CibaPeer.Secret));
        var started = (await client.StartTakenAsync(Request("alice"))).Value!;
        await peers.Plain.DecideAsync(started.AuthReqId, "approve");
        Assert.Equal(OAuthErrorCodes.InvalidGrant, (await client.PollAsync(started)).Error!.Code);
    }

    [Fact]
    public async Task PollAsync_DpopSentToAnOpThatBindsNothing_IsStillBound()
    {
        using var client = await BasicAsync("dpop-optional", options => options.DpopKey = Key("ES256"));
        Assert.Equal("DPoP", (await ApprovedAsync(peers.Plain, client, Request("alice"))).TokenType);
    }

    [Fact]
    public async Task Flow_WithResource_GivesAJwtForIt()
    {
        using var client = await BasicAsync("resource");
        var tokens = await ApprovedAsync(peers.Plain, client, Request("alice") with { Scopes = ["openid", "patient/Patient.rs"], Resource = "https://fhir.example/r4" });
        Assert.Equal("https://fhir.example/r4", PartOf(tokens.AccessToken, 1).GetProperty("aud").GetString());
    }

    [Fact]
    public async Task StartAsync_ResourceThatNobodyKnows_IsRefused()
    {
        using var client = await BasicAsync("resource-unknown");
        Assert.Equal(OAuthErrorCodes.InvalidTarget, (await client.StartTakenAsync(Request("alice") with { Resource = "https://other.example" })).Error!.Code);
    }

    [Fact]
    public async Task Tokens_Refreshed_IntrospectedAndRevoked_LiveAsTheOpSays()
    {
        using var client = await BasicAsync("lives");
        var tokens = await ApprovedAsync(peers.Plain, client, Request("alice") with { Scopes = ["openid", "offline_access"] });
        Assert.True(await ActiveAsync(tokens.AccessToken));
        var refreshed = (await client.RefreshAsync(tokens)).Value!;
        Assert.NotEqual(tokens.AccessToken, refreshed.AccessToken);
        Assert.True((await client.RevokeAsync(refreshed)).Succeeded);
        Assert.False(await ActiveAsync(refreshed.AccessToken));
    }

    [Fact]
    public async Task PollAsync_SecondRedemption_IsInvalidGrant()
    {
        using var client = await BasicAsync("once");
        var started = (await client.StartTakenAsync(Request("alice"))).Value!;
        await peers.Plain.DecideAsync(started.AuthReqId, "approve");
        Assert.NotNull((await client.PollAsync(started)).Value!.Tokens);
        Assert.Equal(OAuthErrorCodes.InvalidGrant, (await client.PollAsync(started)).Error!.Code);
    }

    [Fact]
    public async Task Scheduler_ManyPatientsAtThePeer_EachGetsItsOwnOutcome()
    {
        using var client = await BasicAsync("many");
        var scheduler = new CibaScheduler(new Dictionary<string, CibaClient>(StringComparer.Ordinal) { ["peer"] = client }, new InMemoryCibaPendingStore(), new CibaSchedulerOptions { Jitter = 0 });
        using var ending = new CancellationTokenSource();
        var running = scheduler.RunAsync(ending.Token);
        List<CibaPending> all = [];
        for (var one = 0; one < 12; one++)
        {
            var hint = UserHint.LoginHint("patient-" + one);
            all.Add((await scheduler.StartAsync("peer", Request("") with { Hint = hint }, await TakenConsent.ProveAsync(hint, TimeProvider.System, client.ClientId), "visit-" + one)).Value!);
        }

        var seen = (JsonArray)(await peers.Plain.DoAsync(new JsonObject { ["do"] = "seen" }))["requests"]!;
        foreach (var request in seen.Where(one => (string)one!["client"]! == "many"))
        {
            await peers.Plain.DecideAsync((string)request!["id"]!, ((string)request["subject"]!).EndsWith('3') ? "deny" : "approve");
        }

        var outcomes = await Task.WhenAll(all.Select(one => scheduler.WaitAsync(one.Id).WaitAsync(TimeSpan.FromSeconds(60))));
        Assert.All(outcomes, outcome => Assert.Equal(
            outcome!.Reference == "visit-3" ? OAuthErrorCodes.AccessDenied : "patient-" + outcome.Reference.Split('-')[1],
            outcome.Result.Error?.Code ?? outcome.Result.Value!.IdToken.Subject));
        await ending.CancelAsync();
        await running;
    }

    private static SigningKey Key(string algorithm) => algorithm switch
    {
        "Ed25519" => OpenSslEd25519.Generate("ed25519-1"),
        "PS256" => LocalSigningKey.Generate(SignatureAlgorithm.PS256, "ps256-1"),
        _ => LocalSigningKey.Generate(SignatureAlgorithm.ES256, "es256-1"),
    };

    private static BackchannelRequest Request(string person) => new() { Scopes = ["openid"], Hint = UserHint.LoginHint(person.Length == 0 ? "unused" : person) };

    private static JsonElement HeaderOf(string jwt) => PartOf(jwt, 0);

    private static JsonElement PartOf(string jwt, int index) => JsonSerializer.Deserialize<JsonElement>(StrictBase64Url.Decode(jwt.Split('.')[index], 64 * 1024).Value!);

    private async Task<CibaClient> BasicAsync(string id, Action<CibaClientOptions>? configure = null)
    {
        peers.Plain.Require();
        await peers.Plain.RegisterAsync(id);
        return Client(peers.Plain, new ClientSecretBasicCredential(id, CibaPeer.Secret), configure);
    }

    private CibaClient Client(CibaPeer peer, IClientCredential credential, Action<CibaClientOptions>? configure = null)
    {
        var options = new CibaClientOptions { Issuer = peer.Issuer, Credential = credential, Http = new ProtocolHttpOptions { AllowHttpOnLoopback = true } };
        options.Algorithms = options.Algorithms.Allow(SignatureUse.IdToken, SignatureAlgorithm.Ed25519);
        configure?.Invoke(options);
        return new CibaClient(_http, options);
    }

    private static async Task<CibaTokens> ApprovedAsync(CibaPeer peer, CibaClient client, BackchannelRequest request)
    {
        var started = await client.StartTakenAsync(request);
        Assert.True(started.Succeeded, started.Error?.ToString());
        await peer.DecideAsync(started.Value.AuthReqId, "approve");
        var polled = await client.PollAsync(started.Value);
        Assert.True(polled.Succeeded, polled.Error?.ToString());
        return polled.Value.Tokens!;
    }

    private async Task<bool> ActiveAsync(string token)
    {
        var http = new ProtocolHttpClient(_http, new ProtocolHttpOptions { AllowHttpOnLoopback = true });
        var form = new ClientRequest(peers.Plain.Issuer + "/token/introspection", peers.Plain.Issuer).Add("token", token);
        var answer = await http.PostAsync("introspection", form, new ClientSecretBasicCredential("lives", CibaPeer.Secret));
        return JsonSerializer.Deserialize<JsonElement>(answer.Value!.Body.Span).GetProperty("active").GetBoolean();
    }

    /// <summary>Two peers: one asks DPoP proofs for a nonce.</summary>
    public sealed class Peers : IAsyncLifetime
    {
        /// <summary>Without nonces.</summary>
        public CibaPeer Plain { get; private set; } = null!;

        /// <summary>With nonces.</summary>
        public CibaPeer WithNonce { get; private set; } = null!;

        /// <inheritdoc/>
        public async ValueTask InitializeAsync() => (Plain, WithNonce) = (await CibaPeer.StartAsync(), await CibaPeer.StartAsync(("CIBA_OP_NONCE", "1")));

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await Plain.DisposeAsync();
            await WithNonce.DisposeAsync();
        }
    }
}
