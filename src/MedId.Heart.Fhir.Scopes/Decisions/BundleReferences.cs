using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>References between the entries of a transaction (FHIR R4 bundle.html §2.36.4.1), as far as it is known before it runs what they will be.</summary>
internal static class BundleReferences
{
    /// <summary>Only an update by id says beforehand what its entry will be called. A name that two entries have is nobody's.</summary>
    public static FhirBundleEntry[] Resolve(FhirBundleEntry[] entries)
    {
        var named = entries.Where(entry => entry.FullUrl is { Length: > 0 }).GroupBy(entry => entry.FullUrl!, StringComparer.Ordinal)
            .Where(group => group.Count() == 1 && group.First().Request is { Interaction: FhirInteraction.Update, IsConditional: false, Id: not null })
            .ToDictionary(group => group.Key, group => $"{group.First().Request!.ResourceType}/{group.First().Request!.Id}", StringComparer.Ordinal);
        return named.Count == 0 ? entries : Array.ConvertAll(entries, entry => Resolve(entry, named));
    }

    private static FhirBundleEntry Resolve(FhirBundleEntry entry, Dictionary<string, string> named)
    {
        var json = entry.Resource.Json;
        if (json.ValueKind != JsonValueKind.Object || !Mentions(json, named))
        {
            return entry;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            Write(json, named, writer);
        }

        return entry.With(JsonElement.Parse(buffer.WrittenSpan));
    }

    /// <summary>One walk, however many names there are.</summary>
    private static bool Mentions(JsonElement element, Dictionary<string, string> named) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(member => (member.NameEquals("reference"u8) && KnownAs(member.Value, named) is not null) || Mentions(member.Value, named)),
        JsonValueKind.Array => element.EnumerateArray().Any(item => Mentions(item, named)),
        _ => false,
    };

    private static string? KnownAs(JsonElement reference, Dictionary<string, string> named) =>
        Utf8Json.TryGetString(reference, out var text) ? named.GetValueOrDefault(Encoding.UTF8.GetString(text)) : null;

    private static void Write(JsonElement element, Dictionary<string, string> named, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    if (member.NameEquals("reference"u8) && KnownAs(member.Value, named) is { } known)
                    {
                        writer.WriteStringValue(known);
                    }
                    else
                    {
                        Write(member.Value, named, writer);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, named, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);
                break;
        }
    }
}
