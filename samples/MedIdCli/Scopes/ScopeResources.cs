using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Cli.Scopes;

/// <summary>The resources of an input, by the names that the input gives them, by <c>Type/id</c> and by id: raw FHIR JSON, or the derived form.</summary>
internal sealed class ScopeResources
{
    private readonly List<One> _all = [];

    private ScopeResources()
    {
    }

    public IReadOnlyList<One> All => _all;

    public static ScopeResources Read(CallInput input, bool isAbstract)
    {
        var resources = new ScopeResources();
        switch (input.Raw("resources"))
        {
            case null:
                break;
            case { ValueKind: JsonValueKind.Array } list:
                foreach (var (index, json) in list.EnumerateArray().Index())
                {
                    resources.Add(input, $"resources[{index}]", null, json, isAbstract);
                }

                break;
            case { ValueKind: JsonValueKind.Object } map:
                foreach (var member in map.EnumerateObject())
                {
                    resources.Add(input, "resources." + member.Name, member.Name, member.Value, isAbstract);
                }

                break;
            default:
                throw input.Type("resources", "a list of resources, or an object of them by name");
        }

        return resources;
    }

    /// <summary>Null where the input has no such resource.</summary>
    public One? Find(string name) =>
        _all.Find(one => string.Equals(one.Name, name, StringComparison.Ordinal))
        ?? _all.Find(one => string.Equals($"{one.Type}/{one.Id}", name, StringComparison.Ordinal))
        ?? _all.Find(one => string.Equals(one.Id, name, StringComparison.Ordinal));

    public One? Find(string? type, string? id) =>
        _all.Find(one => string.Equals(one.Type, type, StringComparison.Ordinal) && string.Equals(one.Id, id, StringComparison.Ordinal));

    /// <summary>As the decider takes it: a Binary with what its security context names.</summary>
    public ResourceImage Image(One one)
    {
        if (one.Facts is { } facts)
        {
            return facts;
        }

        ResourceImage image = one.Json;
        return one.Type is "Binary" && one.Json.TryGetProperty("securityContext", out var context) && context.ValueKind == JsonValueKind.Object
            && context.TryGetProperty("reference", out var reference) && reference.ValueKind == JsonValueKind.String && Find(reference.GetString()!) is { Type: not "Binary" } owner
            ? image.WithSecurityContext(owner.Json)
            : image;
    }

    /// <summary>What a resource becomes when it takes another's place: that one's id.</summary>
    public static ResourceImage After(One one, string? id)
    {
        if (one.Facts is { } facts)
        {
            return facts with { Id = id };
        }

        return System.Text.Json.Nodes.JsonNode.Parse(one.Json.GetRawText()) is System.Text.Json.Nodes.JsonObject json && id is not null ? Renamed(json, id) : one.Json;
    }

    private static ResourceImage Renamed(System.Text.Json.Nodes.JsonObject json, string id)
    {
        json["id"] = id;
        return JsonElement.Parse(json.ToJsonString());
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Add(CallInput input, string path, string? name, JsonElement json, bool isAbstract)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw input.Type(path, "an object");
        }

        if (!isAbstract)
        {
            _all.Add(new(name, Text(json, "resourceType"), Text(json, "id"), json, null));
            return;
        }

        var derived = new CallInput(json, path + ".");
        var parameters = derived.Raw("params") is { ValueKind: JsonValueKind.Object } map
            ? map.EnumerateObject().ToDictionary(member => member.Name, member => Values(input, $"{path}.params.{member.Name}", member.Value), StringComparer.Ordinal)
            : [];
        _ = derived.OptionalText("via");
        var facts = new ResourceFacts
        {
            ResourceType = derived.Text("type"),
            Id = derived.OptionalText("id"),
            Patients = [.. derived.OptionalTexts("patients") ?? []],
            Confidentiality = [.. derived.OptionalTexts("conf") ?? []],
            Sensitivity = [.. derived.OptionalTexts("sens") ?? []],
            Parameters = parameters,
        };
        derived.Finish();
        _all.Add(new(name, facts.ResourceType, facts.Id, default, facts));
    }

    private static IReadOnlyList<string> Values(CallInput input, string path, JsonElement values) =>
        values.ValueKind == JsonValueKind.Array && values.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String)
            ? [.. values.EnumerateArray().Select(value => value.GetString()!)]
            : throw input.Type(path, "a list of strings");

    internal sealed record One(string? Name, string? Type, string? Id, JsonElement Json, ResourceFacts? Facts);
}
