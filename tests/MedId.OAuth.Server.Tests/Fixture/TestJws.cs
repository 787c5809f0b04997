using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.OAuth.Server.Tests;

/// <summary>JWTs with any header and any claims, also wrong ones.</summary>
internal static class TestJws
{
    public static async Task<string> SignAsync(SigningKey key, JsonObject claims, Action<JsonObject>? changeHeader = null)
    {
        var header = new JsonObject { ["alg"] = key.Algorithm.JoseName, ["kid"] = key.KeyId, ["typ"] = "JWT" };
        changeHeader?.Invoke(header);
        var input = $"{Encode(header)}.{Encode(claims)}";
        return $"{input}.{StrictBase64Url.Encode(await key.SignAsync(Encoding.ASCII.GetBytes(input)))}";
    }

    public static JsonObject Claims(string jwt) => JsonNode.Parse(Decode(jwt.Split('.')[1]))!.AsObject();

    public static JsonObject Header(string jwt) => JsonNode.Parse(Decode(jwt.Split('.')[0]))!.AsObject();

    private static string Encode(JsonObject json) => StrictBase64Url.Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static byte[] Decode(string part) => StrictBase64Url.TryDecode(part, out var bytes) ? bytes : throw new FormatException(part);
}
