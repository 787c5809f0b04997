using System.Text.Json.Nodes;
using MedId.Core;

namespace MedId.Cryptography.Tests;

/// <summary>One valid token and what is expected of it; a test changes one thing.</summary>
internal static class JwtFixture
{
    public const long Now = 1_775_000_000;
    public const string Issuer = "https://client.example/ehr";
    public const string Audience = "https://op.example";

    public static readonly LocalSigningKey Key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "k1");

    public static JwtExpectations Expected => new()
    {
        Keys = JsonWebKeySet.Of(Key.ToJwk()),
        Algorithms = AlgorithmPolicy.Default.For(SignatureUse.ClientAssertion, At(0)),
        Type = JwtTypeRule.OneOf("client-authentication+jwt"),
        Issuer = Issuer,
        Subject = "ehr-1",
        Audience = JwtAudienceRule.ExactlySingleString(Audience),
        Now = At(0),
        Lifetime = JwtLifetimeRule.AtMost(TimeSpan.FromSeconds(300)),
        RequiredClaims = ["jti", "purpose"],
    };

    public static JsonObject Claims => new()
    {
        ["iss"] = Issuer,
        ["sub"] = "ehr-1",
        ["aud"] = Audience,
        ["jti"] = "n-0S6_WzA2Mj",
        ["iat"] = Now - 10,
        ["nbf"] = Now - 10,
        ["exp"] = Now + 60,
        ["purpose"] = "診療",
    };

    public static DateTimeOffset At(double seconds) => DateTimeOffset.FromUnixTimeSeconds(Now).AddSeconds(seconds);

    public static async Task<string> SignAsync(Action<JsonObject>? change = null, string type = "client-authentication+jwt", SigningKey? key = null)
    {
        var claims = Claims;
        change?.Invoke(claims);
        return await JwtSigner.SignAsync(key ?? Key, type, Json.Bytes(claims.ToJsonString()));
    }

    public static async Task<MedIdResult<VerifiedJwt>> VerifyAsync(Action<JsonObject>? change = null, Func<JwtExpectations, JwtExpectations>? expect = null) =>
        JwtVerifier.Verify(await SignAsync(change), expect is null ? Expected : expect(Expected));
}
