using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>What the client says of the ceremony (WebAuthn L3 §5.8.1), read and not yet believed.</summary>
/// <remarks>Members may stand in any order, unknown ones are passed over (<c>tokenBinding</c> of level 1 among them); a member named twice is refused.</remarks>
public sealed record CollectedClientData
{
    /// <summary>The type of a registration.</summary>
    public const string CreateCredentialType = "webauthn.create";

    /// <summary>The type of an authentication.</summary>
    public const string GetAssertionType = "webauthn.get";

    /// <summary>The most bytes that are read: 64 KiB.</summary>
    public const int MaximumBytes = StrictJson.DefaultMaxBytes;

    private const string Section = "WebAuthn L3 §5.8.1";

    /// <summary>Which ceremony.</summary>
    public required string Type { get; init; }

    /// <summary>The challenge as it is written: base64url without padding, compared as text.</summary>
    public required string Challenge { get; init; }

    /// <summary>The origin of the page or app that asked.</summary>
    public required string Origin { get; init; }

    /// <summary>Whether it ran in a frame that is not same-origin with its ancestors; null where the client does not say, which counts as false.</summary>
    public bool? CrossOrigin { get; init; }

    /// <summary>The origin of the page around such a frame; null where the client does not say.</summary>
    public string? TopOrigin { get; init; }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads client data (§7.1 steps 5 and 6, §7.2 steps 8 and 9).</summary>
    /// <param name="bytes">The bytes as received: UTF-8, a byte order mark before it is passed over.</param>
    /// <returns>The data, or <c>fido2.client_data_malformed</c>.</returns>
    public static MedIdResult<CollectedClientData> Parse(ReadOnlyMemory<byte> bytes)
    {
        var text = bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        var json = StrictJson.ParseObject(text);
        if (!json.Succeeded)
        {
            return Malformed(json.Error.Code);
        }

        if (!TryText(json.Value, "type", out var type) || type is null)
        {
            return Malformed("type");
        }

        if (!TryText(json.Value, "challenge", out var challenge) || challenge is null)
        {
            return Malformed("challenge");
        }

        if (!TryText(json.Value, "origin", out var origin) || origin is null)
        {
            return Malformed("origin");
        }

        if (!TryText(json.Value, "topOrigin", out var topOrigin))
        {
            return Malformed("topOrigin");
        }

        bool? crossOrigin = null;
        if (json.Value.TryGetProperty("crossOrigin", out var value))
        {
            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                return Malformed("crossOrigin");
            }

            crossOrigin = value.GetBoolean();
        }

        return new CollectedClientData { Type = type, Challenge = challenge, Origin = origin, CrossOrigin = crossOrigin, TopOrigin = topOrigin };
    }

    /// <summary>The type and nothing else.</summary>
    public override string ToString() => Type;

    private static bool TryText(JsonElement data, string name, out string? text)
    {
        text = null;
        if (!data.TryGetProperty(name, out var value))
        {
            return true;
        }

        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null;
    }

    private static MedIdError Malformed(string detail) => new(Fido2ErrorCodes.ClientDataMalformed, ErrorCategory.Malformed, Section, detail);
}
