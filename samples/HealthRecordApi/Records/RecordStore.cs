using System.Collections.Frozen;
using System.Text.Json;

namespace MedId.Samples.HealthRecordApi;

/// <summary>The embedded records, read once. Synthetic, every one of them labelled as test health data.</summary>
internal sealed class RecordStore
{
    private readonly FrozenDictionary<string, JsonElement[]> _byType;

    private RecordStore(IEnumerable<JsonElement> resources) => _byType = resources
        .GroupBy(resource => resource.GetProperty("resourceType").GetString()!, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    public static RecordStore Embedded()
    {
        using var stream = typeof(RecordStore).Assembly.GetManifestResourceStream("records.json")!;
        var bundle = JsonElement.Parse(new BinaryReader(stream).ReadBytes((int)stream.Length), new JsonDocumentOptions { AllowDuplicateProperties = false });
        return new RecordStore(bundle.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")));
    }

    /// <summary>All resources of a type in their stored order.</summary>
    public IReadOnlyList<JsonElement> OfType(string type) => _byType.GetValueOrDefault(type, []);

    /// <summary>One resource; undefined when it is not there.</summary>
    public JsonElement Find(string type, string id) => OfType(type).FirstOrDefault(resource => resource.GetProperty("id").ValueEquals(id));
}
