using System.Buffers;
using System.Text;
using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>JSON in and out: strict documents, and the members that several messages share.</summary>
internal static class UafJson
{
    /// <summary>A document; null for bytes that are no JSON, too long, too deep or with a member twice.</summary>
    public static JsonElement? TryParse(ReadOnlyMemory<byte> utf8)
    {
        var parsed = StrictJson.Parse(utf8, UafLimits.JsonDepth, UafLimits.MessageBytes);
        return parsed.Succeeded ? parsed.Value : null;
    }

    public static JsonElement? TryParse(string text) => text.Length > UafLimits.MessageBytes ? null : TryParse(Encoding.UTF8.GetBytes(text));

    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static UafVersion ReadVersion(UafJsonObject members) =>
        new((ushort)members.Number("major", ushort.MaxValue), (ushort)members.Number("minor", ushort.MaxValue));

    public static void WriteVersion(this Utf8JsonWriter writer, string name, UafVersion version)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("major", version.Major);
        writer.WriteNumber("minor", version.Minor);
        writer.WriteEndObject();
    }

    public static OperationHeader ReadHeader(UafJsonObject members)
    {
        var problems = members.Problems;
        var operation = members.Text("op", 1, 16);
        if (problems.First is null && OperationName(operation) is null)
        {
            problems.Add("op", "must be Reg, Auth or Dereg");
        }

        return new OperationHeader
        {
            Version = ReadVersion(members.Object("upv")),
            Operation = OperationName(operation) ?? default,
            AppId = members.OptionalText("appID", 0, UafLimits.AppId) ?? string.Empty,
            ServerData = members.OptionalText("serverData", 1, UafLimits.ServerData),
            Extensions = members.List("exts", ReadExtension),
        };
    }

    public static void WriteHeader(this Utf8JsonWriter writer, OperationHeader header)
    {
        writer.WriteStartObject("header");
        writer.WriteVersion("upv", header.Version);
        writer.WriteString("op", OperationText(header.Operation));
        if (header.AppId.Length > 0)
        {
            writer.WriteString("appID", header.AppId);
        }

        if (header.ServerData is not null)
        {
            writer.WriteString("serverData", header.ServerData);
        }

        writer.WriteExtensions(header.Extensions);
        writer.WriteEndObject();
    }

    public static UafExtension ReadExtension(JsonElement element, UafJsonProblems problems)
    {
        var members = new UafJsonObject(element, "exts", problems);
        return new UafExtension(
            members.Text("id", 1, UafLimits.ExtensionId),
            members.Bytes("data", 0, UafLimits.ExtensionDataBytes),
            members.Truth("fail_if_unknown"));
    }

    public static void WriteExtensions(this Utf8JsonWriter writer, IReadOnlyList<UafExtension> extensions)
    {
        if (extensions.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("exts");
        foreach (var extension in extensions)
        {
            writer.WriteStartObject();
            writer.WriteString("id", extension.Id);
            writer.WriteString("data", StrictBase64Url.Encode(extension.Data.Span));
            writer.WriteBoolean("fail_if_unknown", extension.FailIfUnknown);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static string OperationText(UafOperation operation) => operation switch
    {
        UafOperation.Registration => "Reg",
        UafOperation.Authentication => "Auth",
        UafOperation.Deregistration => "Dereg",
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    // Case counts: "REG" is not an operation.
    public static UafOperation? OperationName(string text) => text switch
    {
        "Reg" => UafOperation.Registration,
        "Auth" => UafOperation.Authentication,
        "Dereg" => UafOperation.Deregistration,
        _ => null,
    };
}
