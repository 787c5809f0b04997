using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Testing;

/// <summary>The entry of a request message that the emulator answers: the newest version it knows.</summary>
internal sealed record SoftwareUafRequest(JsonObject Members, string AppId, string FacetId)
{
    public JsonObject Header => Members["header"]!.AsObject();

    /// <summary>The content of the first rendering as it is displayed; null where nothing is to be confirmed.</summary>
    public byte[]? Transaction => Members["transaction"] is JsonArray { Count: > 0 } transactions && StrictBase64Url.TryDecode((string)transactions[0]!["content"]!, out var content) ? content : null;

    public static SoftwareUafRequest Read(string json, string operation, string facetId)
    {
        var entries = JsonNode.Parse(json) as JsonArray ?? throw new ArgumentException("A request message is a JSON array.", nameof(json));
        var newest = entries.Select(entry => entry!.AsObject())
            .Where(entry => (string?)entry["header"]!["op"] == operation && (int)entry["header"]!["upv"]!["major"]! == 1 && (int)entry["header"]!["upv"]!["minor"]! <= 2)
            .MaxBy(entry => (int)entry["header"]!["upv"]!["minor"]!)
            ?? throw new ArgumentException($"No entry of the request message is an operation {operation} of a known version.", nameof(json));
        var appId = (string?)newest["header"]!["appID"];
        return new(newest, string.IsNullOrEmpty(appId) ? facetId : appId, facetId);
    }

    /// <summary>The KeyIDs that the policy accepts for a model; empty where it names none.</summary>
    public HashSet<string> AcceptedKeyIds(string aaid)
    {
        var keyIds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var criteria in Members["policy"]!["accepted"]!.AsArray().SelectMany(alternative => alternative!.AsArray()))
        {
            var models = criteria!["aaid"]?.AsArray().Select(model => (string)model!) ?? [aaid];
            if (criteria["keyIDs"] is JsonArray named && models.Contains(aaid, StringComparer.OrdinalIgnoreCase))
            {
                keyIds.UnionWith(named.Select(keyId => (string)keyId!));
            }
        }

        return keyIds;
    }

    public static string Encode(JsonNode node) => StrictBase64Url.Encode(Encoding.UTF8.GetBytes(node.ToJsonString()));
}
