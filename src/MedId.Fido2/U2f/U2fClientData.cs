using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Client data of U2F: what the browser adds to what the token signs. FIDO U2F Raw Message Formats 1.2 §7.</summary>
public sealed record U2fClientData
{
    /// <summary>The longest client data that are read, in bytes.</summary>
    public const int MaxBytes = 8 * 1024;

    /// <summary><c>typ</c> of a registration.</summary>
    public const string RegistrationType = "navigator.id.finishEnrollment";

    /// <summary><c>typ</c> of an authentication.</summary>
    public const string AuthenticationType = "navigator.id.getAssertion";

    private const int Depth = 4;

    private U2fClientData()
    {
    }

    /// <summary><c>typ</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>challenge</c>, base64url as written.</summary>
    public required string Challenge { get; init; }

    /// <summary><c>origin</c>: the facet.</summary>
    public required string Origin { get; init; }

    /// <summary>Whether <c>cid_pubkey</c> is there. Channel identifiers are gone from TLS, so its value is not looked at.</summary>
    public required bool HasChannelId { get; init; }

    /// <summary>Reads client data.</summary>
    /// <param name="utf8">The bytes as they were signed.</param>
    /// <returns>The members, or <c>u2f.client_data_malformed</c>.</returns>
    public static MedIdResult<U2fClientData> Parse(ReadOnlyMemory<byte> utf8)
    {
        var parsed = StrictJson.ParseObject(utf8, Depth, MaxBytes);
        if (!parsed.Succeeded)
        {
            return Malformed(parsed.Error.Code);
        }

        return Text(parsed.Value, "typ") is { } type && Text(parsed.Value, "challenge") is { } challenge && Text(parsed.Value, "origin") is { } origin
            ? new U2fClientData { Type = type, Challenge = challenge, Origin = origin, HasChannelId = parsed.Value.TryGetProperty("cid_pubkey"u8, out _) }
            : Malformed("typ, challenge and origin are strings");
    }

    private static string? Text(JsonElement members, string name) =>
        members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static MedIdError Malformed(string detail) => new(U2fErrorCodes.ClientDataMalformed, ErrorCategory.Malformed, U2fSections.ClientData, detail);
}
