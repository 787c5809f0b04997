using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedId.Samples.DoctorEhr;

/// <summary>What came for one resource type: resources, or the code of the refusal.</summary>
internal sealed record RecordPart(string Type, IReadOnlyList<JsonElement> Resources, string? Code = null)
{
    public JsonObject Show() => new()
    {
        ["type"] = Type,
        ["ok"] = Code is null,
        ["code"] = Code,
        ["resources"] = new JsonArray([.. Resources.Select(resource => JsonNode.Parse(resource.GetRawText()))]),
    };
}
