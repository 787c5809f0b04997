using System.Text.Json;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>The protected header of a compact JWS (RFC 7515 §4). Nothing in it is trusted before the signature is verified.</summary>
public sealed class JoseHeader
{
    private const int MaxDepth = 4;

    private JoseHeader(JsonElement members, string algorithm, string? keyId, string? type)
    {
        Members = members;
        Algorithm = algorithm;
        KeyId = keyId;
        Type = type;
    }

    /// <summary>All members. Keys and addresses of keys among them (<c>jwk</c>, <c>jku</c>, <c>x5c</c>, <c>x5u</c>) are never used by this package.</summary>
    public JsonElement Members { get; }

    /// <summary><c>alg</c>, not yet judged.</summary>
    public string Algorithm { get; }

    /// <summary><c>kid</c>; null when absent.</summary>
    public string? KeyId { get; }

    /// <summary><c>typ</c>; null when absent.</summary>
    public string? Type { get; }

    internal static MedIdResult<JoseHeader> Parse(ReadOnlyMemory<byte> utf8)
    {
        // RFC 7515 §5.2 step 3: a JSON object in UTF-8; §4: no member twice.
        var parsed = StrictJson.ParseObject(utf8, MaxDepth);
        if (!parsed.Succeeded)
        {
            return Malformed($"header: {parsed.Error.Code}");
        }

        // §4.1.11: an extension that must be understood and is not refuses the JWS; none is understood here. RFC 7797 §3: b64 is such an extension.
        var members = parsed.Value;
        if (members.TryGetProperty("crit"u8, out _) || members.TryGetProperty("b64"u8, out _))
        {
            return new MedIdError(CryptographyErrorCodes.JoseCriticalHeader, ErrorCategory.Unsupported, "RFC 7515 §4.1.11");
        }

        // §4.1.1: alg is there and text; §4.1.4, §4.1.9: so are kid and typ when present.
        return TryGetText(members, "alg"u8, out var algorithm) && algorithm is not null && TryGetText(members, "kid"u8, out var keyId) && TryGetText(members, "typ"u8, out var type)
            ? new JoseHeader(members, algorithm, keyId, type)
            : Malformed("alg, kid or typ is not a string, or alg is missing");
    }

    private static bool TryGetText(JsonElement members, ReadOnlySpan<byte> name, out string? text)
    {
        text = null;
        if (!members.TryGetProperty(name, out var value))
        {
            return true;
        }

        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return !string.IsNullOrEmpty(text);
    }

    private static MedIdError Malformed(string detail) => new(CryptographyErrorCodes.JoseMalformed, ErrorCategory.Malformed, "RFC 7515 §4", detail);
}
