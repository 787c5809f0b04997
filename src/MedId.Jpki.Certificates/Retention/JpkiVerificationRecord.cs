using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Jpki.Certificates;

/// <summary>Our own record of a check: what every standing may keep. Nothing in it is of the certificate, the revocation information or the person's attributes.</summary>
public sealed record JpkiVerificationRecord
{
    private const int Version = 1;

    /// <summary>Our own id of the record.</summary>
    public required string RecordId { get; init; }

    /// <summary>When the check was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Under which standing.</summary>
    public required JpkiStanding Standing { get; init; }

    /// <summary>How it ended.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>The code of the refusal; null when accepted.</summary>
    public string? Code { get; init; }

    /// <summary>The keyed digest that stands for the certificate; null where none was made.</summary>
    public string? SubjectKey { get; init; }

    /// <summary>SHA-256 of the signed document, lower-case hex; null without one.</summary>
    public string? DocumentSha256 { get; init; }

    /// <summary>The platform operator's id of its check; null for a local check.</summary>
    public string? PlatformReceipt { get; init; }

    /// <summary>The editions of the tables that decided.</summary>
    public string? Editions { get; init; }

    /// <summary>The record as JSON.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v"u8, Version);
            writer.WriteString("id"u8, RecordId);
            writer.WriteString("at"u8, At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("standing"u8, Standing.ToString());
            writer.WriteString("outcome"u8, Outcome.ToString());
            Write(writer, "code", Code);
            Write(writer, "subject", SubjectKey);
            Write(writer, "document", DocumentSha256);
            Write(writer, "receipt", PlatformReceipt);
            Write(writer, "editions", Editions);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The stored bytes.</param>
    public static MedIdResult<JpkiVerificationRecord> Parse(ReadOnlyMemory<byte> json)
    {
        var parsed = StrictJson.ParseObject(json);
        return parsed.Succeeded ? Read(parsed.Value) : parsed.Error;
    }

    private static MedIdResult<JpkiVerificationRecord> Read(JsonElement root) =>
        root.TryGetProperty("v"u8, out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number == Version
            && Text(root, "id") is { Length: > 0 } id
            && DateTimeOffset.TryParseExact(Text(root, "at"), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            && Named<JpkiStanding>(Text(root, "standing")) is { } standing
            && Named<VerificationOutcome>(Text(root, "outcome")) is { } outcome
            ? new JpkiVerificationRecord
            {
                RecordId = id,
                At = at,
                Standing = standing,
                Outcome = outcome,
                Code = Text(root, "code"),
                SubjectKey = Text(root, "subject"),
                DocumentSha256 = Text(root, "document"),
                PlatformReceipt = Text(root, "receipt"),
                Editions = Text(root, "editions"),
            }
            : new MedIdError(JpkiErrorCodes.DataMalformed, ErrorCategory.Malformed, "MedIdSdk verification record 1");

    private static T? Named<T>(string? name)
        where T : struct, Enum => Enum.GetNames<T>().Contains(name, StringComparer.Ordinal) ? Enum.Parse<T>(name!) : null;

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
