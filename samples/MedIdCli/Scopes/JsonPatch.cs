using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedId.Cli.Scopes;

/// <summary>What a PATCH results in, for the decision after it: JSON Patch (RFC 6902), JSON Merge Patch (RFC 7396), or the resulting resource itself.</summary>
internal static class JsonPatch
{
    /// <summary>Null where the patch does not apply.</summary>
    public static JsonElement? Apply(JsonElement before, JsonElement patch)
    {
        var target = JsonNode.Parse(before.GetRawText());
        return patch.ValueKind switch
        {
            JsonValueKind.Array => patch.EnumerateArray().All(step => Do(ref target, step)) && target is not null ? JsonElement.Parse(target.ToJsonString()) : null,
            JsonValueKind.Object when patch.TryGetProperty("resourceType", out var type) && !type.ValueEquals("Parameters") => patch,
            JsonValueKind.Object when !patch.TryGetProperty("resourceType", out _) => JsonElement.Parse(Merge(target, patch)!.ToJsonString()),
            _ => null,
        };
    }

    private static JsonNode? Merge(JsonNode? target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            return JsonNode.Parse(patch.GetRawText());
        }

        var merged = target as JsonObject ?? [];
        foreach (var member in patch.EnumerateObject())
        {
            var inner = merged[member.Name];
            merged.Remove(member.Name);
            if (member.Value.ValueKind != JsonValueKind.Null)
            {
                merged[member.Name] = Merge(inner, member.Value);
            }
        }

        return merged;
    }

    private static bool Do(ref JsonNode? root, JsonElement step)
    {
        if (step.ValueKind != JsonValueKind.Object || Text(step, "op") is not { } operation || Text(step, "path") is not { } path)
        {
            return false;
        }

        var value = step.TryGetProperty("value", out var json) ? JsonNode.Parse(json.GetRawText()) : null;
        switch (operation)
        {
            case "add":
                return Put(ref root, path, value, replaces: false);
            case "replace":
                return Put(ref root, path, value, replaces: true);
            case "remove":
                return Take(root, path) is not null;
            case "test":
                return JsonNode.DeepEquals(Get(root, path), value);
            case "copy" when Text(step, "from") is { } from:
                return Get(root, from) is { } copied && Put(ref root, path, copied.DeepClone(), replaces: false);
            case "move" when Text(step, "from") is { } from:
                return Take(root, from) is { } moved && Put(ref root, path, moved, replaces: false);
            default:
                return false;
        }
    }

    private static string? Text(JsonElement step, string name) => step.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] Parts(string pointer) => [.. pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static int? Index(JsonArray array, string part, bool mayAppend) => part is "-" && mayAppend ? array.Count
        : int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.Count + (mayAppend ? 1 : 0) ? index : null;

    private static JsonNode? Get(JsonNode? root, string pointer) => Parts(pointer).Aggregate(root, (node, part) => node switch
    {
        JsonObject map => map[part],
        JsonArray array when Index(array, part, mayAppend: false) is { } index => array[index],
        _ => null,
    });

    private static JsonNode? Take(JsonNode? root, string pointer)
    {
        var parent = Get(root, pointer[..Math.Max(0, pointer.LastIndexOf('/'))]);
        var taken = Get(root, pointer);
        switch (parent)
        {
            case JsonObject map when taken is not null:
                map.Remove(Parts(pointer)[^1]);
                return taken;
            case JsonArray array when taken is not null:
                array.Remove(taken);
                return taken;
            default:
                return null;
        }
    }

    private static bool Put(ref JsonNode? root, string pointer, JsonNode? value, bool replaces)
    {
        if (pointer.Length == 0)
        {
            root = value;
            return true;
        }

        if (pointer[0] != '/')
        {
            return false;
        }

        var part = Parts(pointer)[^1];
        switch (Get(root, pointer[..pointer.LastIndexOf('/')]))
        {
            case JsonObject map when !replaces || map.ContainsKey(part):
                map[part] = value;
                return true;
            case JsonArray array when replaces && Index(array, part, mayAppend: false) is { } index:
                array[index] = value;
                return true;
            case JsonArray array when !replaces && Index(array, part, mayAppend: true) is { } index:
                array.Insert(index, value);
                return true;
            default:
                return false;
        }
    }
}
