using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.OAuth.Tests.Proofs;

/// <summary>Proofs with any header and any claims, also wrong ones. Keys are synthetic.</summary>
internal static class TestProof
{
    public const string Uri = "https://op.example/token";
    public const string Token = "synthetic-access-token";

    public static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    public static readonly LocalSigningKey Key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
    public static readonly AlgorithmRule Algorithms = AlgorithmPolicy.Default.For(SignatureUse.ProofOfPossession, Now);

    public static DpopExpectations Expected => new() { Method = "POST", Uri = Uri, Algorithms = Algorithms, Now = Now };

    public static DpopExpectations ExpectedAtResource => Expected with { AccessToken = Token, KeyThumbprint = Key.PublicKey.Thumbprint };

    public static string Make(Action<JsonObject>? claims = null, Action<JsonObject>? header = null, SigningKey? key = null)
    {
        key ??= Key;
        var head = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = key.Algorithm.JoseName, ["jwk"] = Jwk(key) };
        var body = new JsonObject { ["jti"] = "jti-1", ["htm"] = "POST", ["htu"] = Uri, ["iat"] = Now.ToUnixTimeSeconds() };
        header?.Invoke(head);
        claims?.Invoke(body);
        return Sign(head.ToJsonString(), body.ToJsonString(), key);
    }

    public static string Sign(string header, string claims, SigningKey? key = null)
    {
        var input = Encode(header) + "." + Encode(claims);
        return input + "." + StrictBase64Url.Encode((key ?? Key).SignAsync(Encoding.ASCII.GetBytes(input)).AsTask().GetAwaiter().GetResult());
    }

    public static JsonObject Jwk(SigningKey key)
    {
        var jwk = JsonNode.Parse(JsonWebKeySet.Of(key.ToJwk()).ToJson())!["keys"]![0]!.DeepClone().AsObject();
        foreach (var extra in new[] { "use", "alg", "kid" })
        {
            jwk.Remove(extra);
        }

        return jwk;
    }

    private static string Encode(string text) => StrictBase64Url.Encode(Encoding.UTF8.GetBytes(text));
}
