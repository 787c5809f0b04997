using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>JWTs by the platform's own cryptography: what the library signs is read, and what it reads is signed, by other code.</summary>
internal static class Jwt
{
    public static string Sign(AsymmetricAlgorithm key, string alg, string? type, JsonObject claims, string? kid = null)
    {
        var header = new JsonObject { ["alg"] = alg };
        if (type is not null)
        {
            header["typ"] = type;
        }

        if (kid is not null)
        {
            header["kid"] = kid;
        }

        var signed = Encode(header) + "." + Encode(claims);
        var data = Encoding.ASCII.GetBytes(signed);
        var signature = key switch
        {
            ECDsa ec => ec.SignData(data, HashAlgorithmName.SHA256),
            RSA rsa => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => throw new ArgumentException("no such key", nameof(key)),
        };
        return signed + "." + Base64Url.EncodeToString(signature);
    }

    public static JsonNode Header(string token) => Part(token, 0);

    public static JsonNode Claims(string token) => Part(token, 1);

    /// <summary>Whether one key of the set signed the token with ES256.</summary>
    public static bool VerifiesBy(string token, JsonNode jwks)
    {
        var kid = (string?)Header(token)["kid"];
        var jwk = jwks["keys"]!.AsArray().Single(key => (string?)key!["kid"] == kid)!;
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = Base64Url.DecodeFromChars((string)jwk["x"]!), Y = Base64Url.DecodeFromChars((string)jwk["y"]!) },
        });
        var parts = token.Split('.');
        return key.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256);
    }

    public static JsonObject PublicJwk(AsymmetricAlgorithm key, string kid)
    {
        if (key is ECDsa ec)
        {
            var point = ec.ExportParameters(false).Q;
            return new() { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = kid, ["x"] = Base64Url.EncodeToString(point.X!), ["y"] = Base64Url.EncodeToString(point.Y!) };
        }

        var rsa = ((RSA)key).ExportParameters(false);
        return new() { ["kty"] = "RSA", ["kid"] = kid, ["n"] = Base64Url.EncodeToString(rsa.Modulus!), ["e"] = Base64Url.EncodeToString(rsa.Exponent!) };
    }

    private static JsonNode Part(string token, int index) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[index]))!;

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
