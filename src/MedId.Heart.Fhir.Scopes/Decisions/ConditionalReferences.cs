using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>References of a written resource that are searches (<c>Encounter?identifier=…</c>): the server looks them up, so the writer learns whether something matches.</summary>
internal static class ConditionalReferences
{
    /// <summary>The types that they search, chains included; <c>*</c> where that is open. Empty for nearly every resource.</summary>
    public static IReadOnlyList<string> Types(in ResourceImage image)
    {
        if (image.Json.ValueKind != JsonValueKind.Object || !MayHaveSome(JsonMarshal.GetRawUtf8Value(image.Json)))
        {
            return [];
        }

        var types = new List<ChainedType>();
        Walk(image.Json, types);
        return types.Count == 0 ? [] : [.. types.Select(type => type.Name).Distinct(StringComparer.Ordinal)];
    }

    private static bool MayHaveSome(ReadOnlySpan<byte> utf8) => utf8.Contains((byte)'?') || utf8.IndexOf("\\u003"u8) >= 0;

    private static void Walk(JsonElement element, List<ChainedType> types)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Walk(item, types);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (member.NameEquals("reference"u8) && Utf8Json.TryGetString(member.Value, out var reference))
                {
                    Add(Encoding.UTF8.GetString(reference), types);
                }
                else
                {
                    Walk(member.Value, types);
                }
            }
        }
    }

    private static void Add(string reference, List<ChainedType> types)
    {
        var question = reference.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
        {
            return;
        }

        var type = FhirResourceTypes.Find(reference.AsSpan(reference.AsSpan(0, question).LastIndexOf('/') + 1, question - reference.AsSpan(0, question).LastIndexOf('/') - 1))?.Name ?? "*";
        types.Add(new(type, OfEverybody: true));
        foreach (var part in reference[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (PercentText.TryDecode(part.Split('=')[0], plusIsSpace: true, out var name) && name.Length != 0)
            {
                ChainedSearch.AddTypes(type, name, types);
            }
            else
            {
                types.Add(new("*", OfEverybody: true));
            }
        }
    }
}
