using System.Buffers;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>What is inside the octets of a stored request.</summary>
internal sealed record PendingState(string Op, string Reference, BackchannelAuthentication Authentication, MedIdResult<CibaTokens>? Outcome = null)
{
    private const int Format = 1;

    public byte[] Protect(FieldCipher cipher, string id, long version)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format"u8, Format);
            writer.WriteString("op"u8, Op);
            writer.WriteString("reference"u8, Reference);
            writer.WriteString("auth_req_id"u8, Authentication.AuthReqId);
            writer.WriteNumber("sent_at"u8, Authentication.SentAt.UtcTicks);
            writer.WriteNumber("expires_at"u8, Authentication.ExpiresAt.UtcTicks);
            writer.WriteNumber("interval"u8, Authentication.Interval.Ticks);
            writer.WriteString("scope"u8, Authentication.RequestedScope);
            WriteTexts(writer, "acr_values", Authentication.AcrValues);
            if (Authentication.NotificationToken is { } token)
            {
                writer.WriteString("notification_token"u8, token);
            }

            if (Outcome is { Succeeded: true, Value: var tokens })
            {
                WriteTokens(writer, tokens);
            }
            else if (Outcome?.Error is { } error)
            {
                writer.WriteStartObject("error"u8);
                writer.WriteString("code"u8, error.Code);
                writer.WriteNumber("category"u8, (int)error.Category);
                writer.WriteString("section"u8, error.Section);
                WriteOptional(writer, "detail", error.Detail);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return cipher.Protect(Purpose(id, version), buffer.WrittenSpan);
    }

    /// <summary>Opens a body; what another key, id or version protected is refused, and what another format of this class wrote. The rest is what this class wrote.</summary>
    public static MedIdResult<PendingState> Unprotect(FieldCipher cipher, StoredCibaRequest stored) =>
        cipher.Unprotect(Purpose(stored.Id, stored.Version), stored.Body.Span).Then<PendingState>(octets =>
        {
            using var document = JsonDocument.Parse(octets);
            var json = document.RootElement;
            if (!json.TryGetProperty("format", out var format) || format.GetInt32() != Format)
            {
                return new MedIdError(CryptographyErrorCodes.FieldMalformed, ErrorCategory.Unsupported, "stored requests", "written by another version of MedId.Ciba.Client");
            }

            var authentication = new BackchannelAuthentication
            {
                AuthReqId = Text(json, "auth_req_id")!,
                SentAt = Time(json, "sent_at"),
                ExpiresAt = Time(json, "expires_at"),
                Interval = TimeSpan.FromTicks(json.GetProperty("interval").GetInt64()),
                RequestedScope = Text(json, "scope")!,
                AcrValues = Texts(json, "acr_values"),
                NotificationToken = Text(json, "notification_token"),
            };
            return new PendingState(Text(json, "op")!, Text(json, "reference")!, authentication, ReadOutcome(json));
        });

    private static string Purpose(string id, long version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"ciba pending/{id}/{version}");

    private static void WriteTokens(Utf8JsonWriter writer, CibaTokens tokens)
    {
        writer.WriteStartObject("tokens"u8);
        writer.WriteString("access_token"u8, tokens.AccessToken);
        writer.WriteString("token_type"u8, tokens.TokenType);
        writer.WriteString("id_token"u8, tokens.IdToken.Compact);
        writer.WriteBoolean("id_token_encrypted"u8, tokens.IdToken.Federation.Encrypted);
        WriteTexts(writer, "scopes", tokens.Scopes);
        WriteOptional(writer, "patient", tokens.Patient);
        WriteOptional(writer, "refresh_token", tokens.RefreshToken);
        if (tokens.ExpiresAt is { } expiresAt)
        {
            writer.WriteNumber("expires_at"u8, expiresAt.UtcTicks);
        }

        writer.WriteEndObject();
    }

    private static MedIdResult<CibaTokens>? ReadOutcome(JsonElement json)
    {
        if (json.TryGetProperty("error", out var error))
        {
            return new MedIdError(Text(error, "code")!, (ErrorCategory)error.GetProperty("category").GetInt32(), Text(error, "section")!, Text(error, "detail"));
        }

        if (!json.TryGetProperty("tokens", out var tokens))
        {
            return null;
        }

        return new CibaTokens
        {
            AccessToken = Text(tokens, "access_token")!,
            TokenType = Text(tokens, "token_type")!,
            IdToken = IdToken.Restore(Text(tokens, "id_token")!, tokens.GetProperty("id_token_encrypted").GetBoolean()),
            Scopes = Texts(tokens, "scopes"),
            Patient = Text(tokens, "patient"),
            RefreshToken = Text(tokens, "refresh_token"),
            ExpiresAt = tokens.TryGetProperty("expires_at", out _) ? Time(tokens, "expires_at") : null,
        };
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IReadOnlyList<string> Texts(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(one => one.GetString()!)];

    private static DateTimeOffset Time(JsonElement json, string name) => new(json.GetProperty(name).GetInt64(), TimeSpan.Zero);
}
