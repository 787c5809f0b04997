using System.Runtime.InteropServices;
using System.Text.Json;
using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Writes the Bundle of a search or history without what a token may not see (FHIR R4 search §3.1.1.4).</summary>
internal static class FilteredBundle
{
    private static readonly MedIdError NoResult = new(ScopesErrorCodes.ImageMalformed, ErrorCategory.Malformed, "FHIR R4 search");

    public static MedIdResult<int> Write(JsonElement bundle, Utf8JsonWriter writer, Func<JsonElement, bool> permits)
    {
        if (bundle.ValueKind != JsonValueKind.Object || !Utf8Json.IsWellFormed(bundle)
            || !Utf8Json.TryGetString(bundle, "resourceType"u8, out var type) || !type.SequenceEqual("Bundle"u8)
            || !Utf8Json.TryGetString(bundle, "type"u8, out var kind) || !(kind.SequenceEqual("searchset"u8) || kind.SequenceEqual("history"u8))
            || (bundle.TryGetProperty("entry"u8, out var list) && list.ValueKind != JsonValueKind.Array))
        {
            return NoResult;
        }

        var (matches, kept) = Keep(bundle, permits);
        writer.WriteStartObject();
        foreach (var member in bundle.EnumerateObject())
        {
            switch (member.Name)
            {
                // A number that counts hidden entries tells of them; on a page that is not the only one, so does a smaller one.
                case "total":
                    if (!HasOtherPages(bundle))
                    {
                        writer.WriteNumber("total", matches);
                    }

                    break;
                case "link":
                    WriteLinks(member.Value, writer);
                    break;
                case "entry":
                    WriteEntries(kept, writer);
                    break;
                default:
                    writer.WritePropertyName(member.Name);
                    writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
                    break;
            }
        }

        writer.WriteEndObject();
        return kept.Count;
    }

    private static (int Matches, List<JsonElement> Kept) Keep(JsonElement bundle, Func<JsonElement, bool> permits)
    {
        var (matches, kept) = (0, new List<JsonElement>());
        if (!bundle.TryGetProperty("entry"u8, out var entries))
        {
            return (matches, kept);
        }

        foreach (var entry in entries.EnumerateArray())
        {
            // An entry without a resource, as a history has for a deletion, cannot be judged.
            if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("resource"u8, out var resource))
            {
                continue;
            }

            // A contained resource by itself: what contains it would have to be judged.
            if (Utf8Json.TryGetString(entry, "fullUrl"u8, out var fullUrl) && fullUrl.Contains((byte)'#'))
            {
                continue;
            }

            var isOutcome = ModeIs(entry, "outcome"u8);
            if (isOutcome ? Utf8Json.TryGetString(resource, "resourceType"u8, out var type) && type.SequenceEqual("OperationOutcome"u8) : permits(resource))
            {
                kept.Add(entry);
                matches += isOutcome || ModeIs(entry, "include"u8) ? 0 : 1;
            }
        }

        return (matches, kept);
    }

    private static bool ModeIs(JsonElement entry, ReadOnlySpan<byte> wanted) =>
        entry.TryGetProperty("search"u8, out var search) && Utf8Json.TryGetString(search, "mode"u8, out var mode) && mode.SequenceEqual(wanted);

    private static bool HasOtherPages(JsonElement bundle) => bundle.TryGetProperty("link"u8, out var links)
        && (links.ValueKind != JsonValueKind.Array || links.EnumerateArray().Any(link => !Utf8Json.TryGetString(link, "relation"u8, out var relation) || !relation.SequenceEqual("self"u8)));

    /// <summary>Without <c>last</c>: which page that is counts what is hidden.</summary>
    private static void WriteLinks(JsonElement links, Utf8JsonWriter writer)
    {
        if (links.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        writer.WriteStartArray("link");
        foreach (var link in links.EnumerateArray())
        {
            if (Utf8Json.TryGetString(link, "relation"u8, out var relation) && !relation.SequenceEqual("last"u8))
            {
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(link), skipInputValidation: true);
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>Left out when it is empty, as FHIR's JSON wants it.</summary>
    private static void WriteEntries(List<JsonElement> kept, Utf8JsonWriter writer)
    {
        if (kept.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("entry");
        foreach (var entry in kept)
        {
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(entry), skipInputValidation: true);
        }

        writer.WriteEndArray();
    }
}
