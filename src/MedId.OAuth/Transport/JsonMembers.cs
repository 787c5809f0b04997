using System.Text.Json;

namespace MedId.OAuth;

/// <summary>Reads typed members of a JSON object from somebody else and remembers the first that has a wrong type, instead of failing at each.</summary>
/// <remarks>For objects of <c>StrictJson</c>. An absent member and JSON null are the same. Not for several threads at once.</remarks>
public sealed class JsonMembers
{
    private readonly JsonElement _object;

    /// <summary>Reads an object.</summary>
    /// <param name="json">An element of kind object.</param>
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    public JsonMembers(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException("Not an object.", nameof(json));
        }

        _object = json;
    }

    /// <summary>The first member that had a wrong type or was needed and absent; null while all is well. A name out of a standard, safe to log.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Whether a member is there and not null.</summary>
    /// <param name="name">The member.</param>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>The member as it is; null when absent.</summary>
    /// <param name="name">The member.</param>
    public JsonElement? Find(string name) => _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A string, not empty.</summary>
    /// <param name="name">The member.</param>
    /// <param name="maxLength">The most UTF-16 characters.</param>
    public string? String(string name, int maxLength = 2048) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value when value.GetString() is { Length: > 0 } text && text.Length <= maxLength => text,
        _ => Fail<string>(name),
    };

    /// <summary>A string that must be there; empty after a mistake.</summary>
    /// <param name="name">The member.</param>
    /// <param name="maxLength">The most UTF-16 characters.</param>
    public string NeededString(string name, int maxLength = 2048) => String(name, maxLength) ?? Fail<string>(name) ?? "";

    /// <summary>A JSON boolean.</summary>
    /// <param name="name">The member.</param>
    public bool? Boolean(string name)
    {
        switch (Find(name)?.ValueKind)
        {
            case null: return null;
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            default:
                _ = Fail<string>(name);
                return null;
        }
    }

    /// <summary>A number without a fraction in a range.</summary>
    /// <param name="name">The member.</param>
    /// <param name="minimum">The smallest accepted.</param>
    /// <param name="maximum">The largest accepted.</param>
    public long? Integer(string name, long minimum, long maximum)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        _ = Fail<string>(name);
        return null;
    }

    /// <summary>A NumericDate without a fraction (RFC 7519 §2).</summary>
    /// <param name="name">The member.</param>
    public DateTimeOffset? Time(string name) =>
        Integer(name, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>An array of strings; empty when absent.</summary>
    /// <param name="name">The member.</param>
    /// <param name="maxCount">The most elements.</param>
    public IReadOnlyList<string> Strings(string name, int maxCount = 100)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > maxCount || value.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String))
        {
            _ = Fail<string>(name);
            return [];
        }

        return [.. value.EnumerateArray().Select(one => one.GetString()!)];
    }

    /// <summary>A string, or an array of strings, as <c>aud</c> is (RFC 7519 §4.1.3); empty when absent.</summary>
    /// <param name="name">The member.</param>
    public IReadOnlyList<string> StringOrStrings(string name) => Find(name)?.ValueKind == JsonValueKind.String ? [NeededString(name)] : Strings(name);

    /// <summary>An object; null when absent.</summary>
    /// <param name="name">The member.</param>
    public JsonElement? Object(string name)
    {
        if (Find(name) is not { } value || value.ValueKind == JsonValueKind.Object)
        {
            return Find(name);
        }

        _ = Fail<string>(name);
        return null;
    }

    /// <summary>Marks a member as wrong for a reason of the reader's own.</summary>
    /// <param name="name">The member.</param>
    public void Reject(string name) => Wrong ??= name;

    private T? Fail<T>(string name)
        where T : class
    {
        Reject(name);
        return null;
    }
}
