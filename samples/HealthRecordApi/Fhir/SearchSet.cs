using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.HealthRecordApi;

/// <summary>Writes searchsets.</summary>
internal static class SearchSet
{
    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> Of(HttpRequest request, JsonElement[] found, RecordSearch search) => Write(writer =>
    {
        var path = $"{request.Scheme}://{request.Host}{request.Path}";
        var page = found.Skip(search.Offset).Take(search.Count).ToArray();
        writer.WriteStartObject();
        writer.WriteString("resourceType", "Bundle");
        writer.WriteString("type", "searchset");
        writer.WriteNumber("total", found.Length);
        writer.WriteStartArray("link");
        Link(writer, "self", path + request.QueryString);
        if (page.Length > 0 && search.Offset + page.Length < found.Length)
        {
            var others = request.Query.Where(parameter => parameter.Key is not "_offset").SelectMany(parameter => parameter.Value.Select(value => KeyValuePair.Create(parameter.Key, value)));
            var next = QueryString.Create(others.Append(KeyValuePair.Create("_offset", (string?)(search.Offset + page.Length).ToString(CultureInfo.InvariantCulture))));
            Link(writer, "next", path + next);
        }

        writer.WriteEndArray();
        if (page.Length > 0)
        {
            writer.WriteStartArray("entry");
            foreach (var resource in page)
            {
                Entry(writer, $"{path}/{resource.GetProperty("id").GetString()}", resource);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });

    private static void Link(Utf8JsonWriter writer, string relation, string url)
    {
        writer.WriteStartObject();
        writer.WriteString("relation", relation);
        writer.WriteString("url", url);
        writer.WriteEndObject();
    }

    private static void Entry(Utf8JsonWriter writer, string url, JsonElement resource)
    {
        writer.WriteStartObject();
        writer.WriteString("fullUrl", url);
        writer.WritePropertyName("resource");

        // As it is stored: the writer would escape every character beyond the first plane, which Japanese names have.
        writer.WriteRawValue(resource.GetRawText());
        writer.WriteStartObject("search");
        writer.WriteString("mode", "match");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
