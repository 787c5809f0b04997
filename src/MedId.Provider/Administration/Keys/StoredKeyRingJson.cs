using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>The body of the ring's setting, and the form in which operators see keys.</summary>
internal static class StoredKeyRingJson
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Write(StoredKeyRing ring)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in ring.Keys)
            {
                WriteKey(json, key, secret: true);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes one key; its private half only into the store.</summary>
    public static void WriteKey(Utf8JsonWriter json, StoredKey key, bool secret)
    {
        json.WriteStartObject();
        json.WriteString("kid", key.KeyId);
        json.WriteString("alg", key.Algorithm.JoseName);
        json.WriteString("state", NameOf(key.State));
        json.WriteString("origin", key.Imported ? "imported" : "generated");
        json.WritePropertyName("jwk");
        key.Public.WriteTo(json);
        WriteTime(json, "published_at", key.PublishedAt);
        WriteTime(json, "ready_at", key.ReadyAt);
        WriteTime(json, "current_at", key.CurrentAt);
        WriteTime(json, "ended_at", key.EndedAt);
        WriteTime(json, "published_until", key.PublishedUntil);
        if (secret && key.Pkcs8 is { } pkcs8)
        {
            json.WriteString("pkcs8", StrictBase64Url.Encode(pkcs8));
        }

        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The body is of another form: a store that gives back something else is broken.</exception>
    public static StoredKeyRing Read(string body)
    {
        var parsed = StrictJson.ParseObject(Encoding.UTF8.GetBytes(body), maxDepth: 6, maxBytes: 1024 * 1024);
        if (!parsed.Succeeded || !parsed.Value.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw Broken();
        }

        return new([.. keys.EnumerateArray().Select(ReadKey)]);
    }

    public static string NameOf(StoredKeyState state) => state switch
    {
        StoredKeyState.Next => "next",
        StoredKeyState.Current => "current",
        StoredKeyState.Retired => "retired",
        _ => "revoked",
    };

    private static StoredKey ReadKey(JsonElement json)
    {
        var jwk = json.TryGetProperty("jwk", out var found) ? JsonWebKey.Parse(found) : throw Broken();
        if (Text(json, "kid") is not { } kid || !SignatureAlgorithm.TryFromJose(Text(json, "alg"), out var algorithm) || !jwk.Succeeded
            || ReadTime(json, "published_at") is not { } published || ReadTime(json, "ready_at") is not { } ready)
        {
            throw Broken();
        }

        return new()
        {
            KeyId = kid,
            Algorithm = algorithm,
            State = Text(json, "state") switch
            {
                "next" => StoredKeyState.Next,
                "current" => StoredKeyState.Current,
                "retired" => StoredKeyState.Retired,
                "revoked" => StoredKeyState.Revoked,
                _ => throw Broken(),
            },
            Public = jwk.Value,
            Pkcs8 = Text(json, "pkcs8") is { } pkcs8 ? StrictBase64Url.Decode(pkcs8, 8192).Value ?? throw Broken() : null,
            PublishedAt = published,
            ReadyAt = ready,
            CurrentAt = ReadTime(json, "current_at"),
            EndedAt = ReadTime(json, "ended_at"),
            PublishedUntil = ReadTime(json, "published_until"),
            Imported = Text(json, "origin") == "imported",
        };
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? ReadTime(JsonElement json, string name) =>
        Text(json, name) is not { } text ? null
        : DateTimeOffset.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
        : throw Broken();

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            json.WriteString(name, at.ToUniversalTime().ToString(Time, CultureInfo.InvariantCulture));
        }
    }

    private static InvalidDataException Broken() => new("The ring of signing keys in the settings is not of the form that was written.");
}
