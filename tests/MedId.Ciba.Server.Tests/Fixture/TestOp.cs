using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

/// <summary>An OP with one person, one user code and one issuer of login hint tokens. All synthetic.</summary>
internal sealed class TestOp : IHintResolver, IUserCodeVerifier, IBackchannelRequestHandler
{
    public const string Account = "patient-0001";
    public const string LoginHint = "synthetic-login-0001";
    public const string UserCode = "synthetic code";
    public const string HintIssuer = "https://hints.example";
    public const string Acr = "urn:cibatest:auth:fido";

    public static readonly LocalSigningKey HintKey = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "hint-1");

    public TestOp(Action<CibaOptions>? changeOptions = null, Func<ClientMetadata, ClientMetadata>? changeEhr = null, bool takesHintTokens = true)
    {
        changeOptions?.Invoke(Options);
        Server = new(changeEhr);
        Requests = new(Server.Store);
        var reader = new BackchannelRequestReader(new ClientKeySource(), Server.Store, Acrs, Server.Options, Options);
        var issuer = new LoginHintTokenIssuer { Issuer = HintIssuer, Keys = JsonWebKeySet.Of(HintKey.ToJwk()) };
        var users = new UserIdentification(
            this, Server.Keys, Server.Store, Server.Options, Options, this, takesHintTokens ? new JwsLoginHintTokenVerifier([issuer], Server.Options) : null);
        Endpoint = new(Server.Authenticator, reader, users, this, Requests, Server.Options, Options, Server.Time);
        Held = new(Signals, Options, Server.Time);
        Tokens = new(
            Server.Authenticator, [new CibaGrantHandler(Requests, Server.Store, Server.Minter, Held, Server.Time)], Server.Options, Server.Time);
    }

    public static AcrTable Acrs { get; } = new([new()
    {
        Acr = Acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = AuthenticatorAssuranceLevel.Aal2, Protocols = ["fido-uaf"],
    }]);

    public CibaOptions Options { get; } = new();

    public TestServer Server { get; }

    public TestRequestStore Requests { get; }

    public InProcessSignals Signals { get; } = new();

    public HeldPolls Held { get; }

    public BackchannelAuthenticationEndpoint Endpoint { get; }

    public TokenEndpoint Tokens { get; }

    public BackchannelDecision Decision { get; set; } = BackchannelDecision.Accept("{\"notice\":1}");

    public Exception? NotificationFailure { get; set; }

    public ValidatedBackchannelRequest? Opened { get; private set; }

    public CibaRequest? Notified { get; private set; }

    public List<UserCodeCheck> Checks { get; } = [];

    public UserHint? Hint { get; private set; }

    /// <summary>The claims of a good signed request with an ID token as hint would need one; this one uses the login hint and its code.</summary>
    public JsonObject Claims() => new()
    {
        ["iss"] = TestServer.EhrId,
        ["aud"] = TestServer.Issuer,
        ["iat"] = Server.Now,
        ["nbf"] = Server.Now,
        ["exp"] = Server.Now + 300,
        ["jti"] = SecretGenerator.Base64Url(16),
        ["scope"] = "openid patient/Patient.read",
        ["acr_values"] = Acr,
        ["login_hint"] = LoginHint,
        ["user_code"] = UserCode,
        ["binding_message"] = "診察 A-7",
        ["resource"] = TestServer.Resource,
    };

    public Task<string> SignAsync(Action<JsonObject>? change = null, Action<JsonObject>? changeHeader = null, SigningKey? key = null)
    {
        var claims = Claims();
        change?.Invoke(claims);
        return TestJws.SignAsync(key ?? TestServer.EhrKey, claims, changeHeader);
    }

    /// <summary>Sends a good signed request, changed.</summary>
    public async Task<OAuthAnswer> SendAsync(Action<JsonObject>? change = null, Action<JsonObject>? changeHeader = null, SigningKey? key = null) =>
        await SendSignedAsync(await SignAsync(change, changeHeader, key));

    public async Task<OAuthAnswer> SendSignedAsync(string? signed, params (string Name, string? Value)[] beside) =>
        await Endpoint.HandleAsync(await Server.RequestByAsync(TestServer.EhrId, [("request", signed), .. beside]));

    /// <summary>Sends a good plain request of the client that registered no signing, changed.</summary>
    public async Task<OAuthAnswer> SendPlainAsync(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["scope"] = "openid patient/Patient.read",
            ["login_hint"] = LoginHint,
            ["user_code"] = UserCode,
        };
        foreach (var (name, value) in changes)
        {
            parameters[name] = value;
        }

        return await Endpoint.HandleAsync(TestServer.Request(
            TestServer.BasicHeader(TestServer.BasicId, TestServer.Secret), [.. parameters.Select(p => (p.Key, p.Value))]));
    }

    public async Task<string> StartAsync() => (string)TestServer.Body(await SendAsync())["auth_req_id"]!;

    public async Task<OAuthAnswer> PollAsync(string? authReqId, params (string Name, string? Value)[] more) => await Tokens.HandleAsync(
        await Server.RequestByAsync(TestServer.EhrId, [("grant_type", GrantTypes.Ciba), ("auth_req_id", authReqId), .. more]));

    /// <summary>Approves the one request that there is, as a store does: first the state, then the signal.</summary>
    public void Approve(Func<Grant, Grant>? change = null, bool silently = false)
    {
        var request = Requests.Single;
        var grant = TestServer.Grant() with { Scopes = request.Scopes };
        Assert.True(Requests.Change(request.Id, r => r.Approve(change?.Invoke(grant) ?? grant, Server.Time.GetUtcNow())));
        if (!silently)
        {
            Signals.Raise(ChangeTopics.Request(TenantId.Single, request.Id));
        }
    }

    public Task<string> HintTokenAsync(Action<JsonObject>? change = null, SigningKey? key = null, Action<JsonObject>? changeHeader = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = HintIssuer,
            ["aud"] = TestServer.Issuer,
            ["iat"] = Server.Now,
            ["exp"] = Server.Now + 60,
            ["jti"] = SecretGenerator.Base64Url(16),
            ["sub_id"] = new JsonObject { ["format"] = "opaque", ["id"] = LoginHint },
        };
        change?.Invoke(claims);
        return TestJws.SignAsync(key ?? HintKey, claims, changeHeader);
    }

    public ValueTask<HintResolution> ResolveAsync(TenantId tenant, ClientRegistration client, UserHint hint, CancellationToken cancellationToken = default)
    {
        Hint = hint;
        return ValueTask.FromResult(hint.Value switch
        {
            LoginHint or Account => HintResolution.Account(Account),
            "suspended" => HintResolution.Refused,
            "late" => HintResolution.Expired,
            _ => HintResolution.Unknown,
        });
    }

    public ValueTask<UserCodeVerdict> VerifyAsync(UserCodeCheck check, CancellationToken cancellationToken = default)
    {
        Checks.Add(check);
        return ValueTask.FromResult(check.UserCode switch
        {
            UserCode or null => UserCodeVerdict.Ok,
            "insist" => UserCodeVerdict.Missing,
            "locked" => UserCodeVerdict.Locked,
            _ => UserCodeVerdict.Wrong,
        });
    }

    public ValueTask<BackchannelDecision> OpenAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken = default)
    {
        Opened = request;
        return ValueTask.FromResult(Decision);
    }

    public ValueTask NotifyAsync(CibaRequest request, CancellationToken cancellationToken = default)
    {
        Assert.Equal(request, Requests.Single);
        Notified = request;
        return NotificationFailure is null ? ValueTask.CompletedTask : throw NotificationFailure;
    }
}
