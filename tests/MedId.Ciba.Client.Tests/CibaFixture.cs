using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

/// <summary>A client and an OP between which everything is right until a test changes one thing.</summary>
internal sealed class CibaFixture : IDisposable
{
    public const string ClientId = TakenConsent.ClientId;
    public const string Acr = "urn:cibatest:auth:fido";
    public const string AuthReqId = "req-0123456789_ABCDEF.ghijkl";
    public const string AccessToken = "opaque-access-token";

    public static readonly LocalSigningKey ClientKey = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "ehr-1");

    public CibaFixture(Action<CibaClientOptions>? configure = null)
    {
        var options = new CibaClientOptions
        {
            Issuer = OpDouble.Issuer,
            Credential = new PrivateKeyJwtCredential(ClientId, ClientKey, Op.Time),
            RequestSigningKey = ClientKey,
        };
        configure?.Invoke(options);
        Client = new CibaClient(Op.CreateClient(), options, Op.Time);
        Op.On("/bc-authorize", _ => OpDouble.Json(Acknowledgement));
        Op.On("/token", _ => Tokens());
    }

    public OpDouble Op { get; } = new();

    public CibaClient Client { get; }

    public JsonObject Acknowledgement { get; } = new() { ["auth_req_id"] = AuthReqId, ["expires_in"] = 120, ["interval"] = 2 };

    public BackchannelRequest Request { get; } = new()
    {
        Scopes = ["openid", "patient/Patient.read", "patient/MedicationRequest.read"],
        Hint = UserHint.LoginHint("insured-12345678"),
        AcrValues = [Acr],
        BindingMessage = BindingMessage.Parse("山田内科 12-34").Value,
        UserCode = "1234",
        RequestedExpiry = TimeSpan.FromSeconds(90),
        Resource = "https://api.example/fhir",
        ActorToken = "evidence.of.doctor",
    };

    public BackchannelAuthentication Authentication { get; } = new()
    {
        AuthReqId = AuthReqId,
        SentAt = OpDouble.Start,
        ExpiresAt = OpDouble.Start.AddSeconds(120),
        Interval = TimeSpan.FromSeconds(2),
        AcrValues = [Acr],
        RequestedScope = "openid patient/Patient.read",
    };

    public JsonObject Claims()
    {
        var now = Op.Time.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = OpDouble.Issuer,
            ["sub"] = "subject-1",
            ["aud"] = ClientId,
            ["azp"] = ClientId,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["auth_time"] = now,
            ["acr"] = Acr,
            ["amr"] = new JsonArray("hwk", "user"),
            ["at_hash"] = HalfHash(AccessToken),
            [OAuthClaims.AuthReqId] = AuthReqId,
            ["consent_id"] = "consent-1",
        };
    }

    public HttpResponseMessage Tokens(JsonObject? claims = null, Action<JsonObject>? change = null)
    {
        var body = new JsonObject
        {
            ["access_token"] = AccessToken,
            ["token_type"] = "Bearer",
            ["expires_in"] = 600,
            ["id_token"] = Op.Sign("JWT", claims ?? Claims()),
            ["scope"] = "openid patient/Patient.read",
            ["patient"] = "patient-0001",
        };
        change?.Invoke(body);
        return OpDouble.Json(body);
    }

    /// <summary>Moves the clock by seconds until the task ends. Off the test's synchronisation context, so that what a timer starts runs before the clock moves on.</summary>
    public Task<MedIdResult<T>> Drive<T>(Func<Task<MedIdResult<T>>> start, int maxSeconds = 1000)
        where T : notnull => Task.Run(async () =>
        {
            var task = start();
            for (var second = 0; second < maxSeconds && !task.IsCompleted; second++)
            {
                Op.Time.Advance(TimeSpan.FromSeconds(1));
            }

            Assert.True(task.IsCompleted, "the client does not end");
            return await task;
        });

    /// <summary>The seconds after the start at which polls came.</summary>
    public double[] PollSeconds() => [.. Op.To("/token").Select(request => (request.At - OpDouble.Start).TotalSeconds)];

    /// <summary>Answers polls in turn; the last answer stays.</summary>
    public void Script(params Func<HttpResponseMessage>[] answers)
    {
        var next = 0;
        Op.On("/token", _ => answers[Math.Min(next++, answers.Length - 1)]());
    }

    public static string HalfHash(string token) => StrictBase64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16));

    public void Dispose()
    {
        Client.Dispose();
        Op.Dispose();
    }
}
