using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MedId.Testing;

/// <summary>Base64url and JSON as a browser writes them.</summary>
internal static class VirtualFido2Text
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static byte[] Decode(string text) => Base64Url.DecodeFromChars(text);

    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public static JsonObject Parse(string json, string parameterName)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new ArgumentException("The options are no JSON object.", parameterName);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new ArgumentException("The options are no JSON.", parameterName, e);
        }
    }

    /// <summary>A JSON string as §5.8.1.2 (CCDToString) writes it.</summary>
    public static string Quote(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append(@"\\"),
                < 0x20 or 0x7F => result.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => result.Append(rune),
            };
        }

        return result.Append('"').ToString();
    }
}
