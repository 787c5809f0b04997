using System.Buffers;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>
/// What a request carries beside its parameters (<c>authorization_details</c>, RFC 9396), of the one type <c>medid_consent</c>: evidence by which it may be decided without asking a device. Nothing here is
/// verified; each path verifies what it uses. A type or member that is not known refuses the request (§5).
/// </summary>
public sealed record AuthorizationDetails
{
    /// <summary>The type that this OP knows; published in the discovery document.</summary>
    public const string ConsentType = "medid_consent";

    private const string Section = "RFC 9396 §5";
    private const int MaxBytes = 1 << 20;

    /// <summary>The assessor's signed statement about the RP (row A13), a compact JWS; null when there is none.</summary>
    public string? TrustStatement { get; private init; }

    /// <summary>The RP's signed statement that the person is there, a compact JWS; null when there is none.</summary>
    public string? FaceToFace { get; private init; }

    /// <summary>Why the glass is broken; null when it is not asked for.</summary>
    public BreakGlassReason? BreakGlass { get; private init; }

    /// <summary>Reads what the backchannel endpoint took for an array of typed objects.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The details; refused with <c>provider.authorization_details_refused</c>, whose detail names the member.</returns>
    public static MedIdResult<AuthorizationDetails> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var parsed = StrictJson.Parse(Encoding.UTF8.GetBytes(json), maxDepth: 16, maxBytes: MaxBytes);
        return !parsed.Succeeded ? Refuse("not JSON, a text that is none, or a member stands twice")
            : parsed.Value is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() == 1 ? Read(array[0])
            : Refuse("one object of type " + ConsentType);
    }

    /// <summary>
    /// What was asked for as it was granted (RFC 9396 §7): the type, the consent, and by which reason the glass was broken. The signed statements are between the client and this OP, and the words of an emergency
    /// between them and the person: neither goes into a token.
    /// </summary>
    /// <param name="asked">The array of the request; null when there was none.</param>
    /// <param name="consentId">The consent.</param>
    /// <returns>A JSON array; null when nothing of the kind was asked for.</returns>
    internal static string? Granted(string? asked, string consentId)
    {
        if (asked is null || Parse(asked) is not { Succeeded: true, Value: { } details })
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("type"u8, ConsentType);
            writer.WriteString("consent_id"u8, consentId);
            if (details.BreakGlass is { } reason)
            {
                writer.WriteStartObject("break_glass"u8);
                writer.WriteString("reason_code"u8, reason.Code);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static MedIdResult<AuthorizationDetails> Read(JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object || !one.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals(ConsentType))
        {
            return Refuse("type");
        }

        var details = new AuthorizationDetails();
        foreach (var member in one.EnumerateObject())
        {
            switch (member.Name)
            {
                case "type":
                    break;
                case "trust_statement" when Text(member.Value) is { } statement:
                    details = details with { TrustStatement = statement };
                    break;
                case "face_to_face" when Text(member.Value) is { } statement:
                    details = details with { FaceToFace = statement };
                    break;
                case "break_glass" when BreakGlassReason.Read(member.Value) is { } reason:
                    details = details with { BreakGlass = reason };
                    break;
                default:
                    return Refuse(member.Name is "trust_statement" or "face_to_face" or "break_glass" ? member.Name : "a member that is not known");
            }
        }

        return details;
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static MedIdError Refuse(string detail) => new(ProviderErrorCodes.AuthorizationDetailsRefused, ErrorCategory.Protocol, Section, detail);

    /// <summary>What there is; nothing of it.</summary>
    public override string ToString() => $"trust statement: {TrustStatement is not null}, face to face: {FaceToFace is not null}, break glass: {BreakGlass is not null}";
}
