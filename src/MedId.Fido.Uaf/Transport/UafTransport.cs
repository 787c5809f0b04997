using System.Text.Json;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>The HTTP binding. UAF 1.1 client-api-transport §3.</summary>
internal static class UafTransport
{
    public static MedIdResult<T> Read<T>(ReadOnlyMemory<byte> utf8, Func<UafJsonObject, T> read)
        where T : notnull
    {
        if (UafJson.TryParse(utf8) is not { } document)
        {
            return new MedIdError(UafErrorCodes.NotJson, ErrorCategory.Malformed, UafSections.Transport);
        }

        var problems = new UafJsonProblems();
        var message = read(new UafJsonObject(document, "message", problems));
        return problems.First is null ? message : problems.ToError(UafErrorCodes.TransportMalformed, UafSections.Transport);
    }

    public static string Write(Action<Utf8JsonWriter> write) => UafJson.Write(writer =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    });

    public static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
