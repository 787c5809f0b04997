using System.Text.Json.Nodes;

namespace MedId.Consent;

/// <summary>Builds JSON without members that have no value.</summary>
internal static class JsonNodes
{
    public static JsonObject With(this JsonObject target, string name, string? value)
    {
        if (value is not null)
        {
            target.Add(name, JsonValue.Create(value));
        }

        return target;
    }

    public static JsonObject With(this JsonObject target, string name, bool? value)
    {
        if (value is { } flag)
        {
            target.Add(name, JsonValue.Create(flag));
        }

        return target;
    }

    public static JsonObject With(this JsonObject target, string name, long? value)
    {
        if (value is { } number)
        {
            target.Add(name, JsonValue.Create(number));
        }

        return target;
    }

    public static JsonObject With(this JsonObject target, string name, JsonObject? value)
    {
        if (value is not null)
        {
            target.Add(name, value);
        }

        return target;
    }

    /// <summary>An array, also an empty one.</summary>
    public static JsonObject WithArray(this JsonObject target, string name, IEnumerable<JsonNode?> values)
    {
        target.Add(name, new JsonArray([.. values]));
        return target;
    }

    /// <summary>An array unless it is empty.</summary>
    public static JsonObject WithAny(this JsonObject target, string name, IEnumerable<JsonNode?> values)
    {
        var all = values.ToArray();
        if (all.Length > 0)
        {
            target.Add(name, new JsonArray(all));
        }

        return target;
    }

    public static IEnumerable<JsonNode?> Texts(IEnumerable<string> values) => values.Select(v => (JsonNode?)JsonValue.Create(v));
}
