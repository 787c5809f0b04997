using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedId.Samples.Hosting;

/// <summary>How the samples write JSON for people: Japanese as it is, one line.</summary>
public static class SampleJson
{
    /// <summary>Unindented; only what JSON itself asks for is escaped.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() };
}
