using System.Buffers;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Writes and reads the JSON texts of options, records and state.</summary>
internal static class Fido2Json
{
    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads one object; every problem is refused with one code.</summary>
    public static MedIdResult<T> Read<T>(string json, string code, string section, Func<JsonMembers, T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(json);
        return StrictUtf8.Read<JsonElement>(json, utf8 => StrictJson.ParseObject(utf8.ToArray(), ResponseLimits.JsonDepth, ResponseLimits.JsonBytes)) is { Succeeded: true } parsed
            ? Read(parsed.Value, code, section, read)
            : new MedIdError(code, ErrorCategory.Malformed, section, "not one JSON object, too long, or a member twice");
    }

    public static MedIdResult<T> Read<T>(JsonElement element, string code, string section, Func<JsonMembers, T> read)
        where T : class
    {
        var problem = new JsonProblem();
        var value = read(new JsonMembers(element, "object", problem));
        return problem.First is null ? value : new MedIdError(code, ErrorCategory.Malformed, section, problem.First);
    }

    public static void WriteBytes(this Utf8JsonWriter writer, string name, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is { } value)
        {
            writer.WriteString(name, StrictBase64Url.Encode(value.Span));
        }
    }

    public static void WriteText(this Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    public static void WriteFlag(this Utf8JsonWriter writer, string name, bool? flag)
    {
        if (flag is { } value)
        {
            writer.WriteBoolean(name, value);
        }
    }

    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string>? texts) => writer.WriteList(name, texts, writer.WriteStringValue);

    public static void WriteList<T>(this Utf8JsonWriter writer, string name, IEnumerable<T>? items, Action<T> write)
    {
        if (items is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        writer.WriteEndArray();
    }

    public static void WriteRest(this Utf8JsonWriter writer, IReadOnlyDictionary<string, JsonElement> others)
    {
        foreach (var (name, value) in others)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }
}
