using System.Globalization;
using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Reads the members of one object by their types; remembers the first problem, and what nobody asked for. A null counts as not known, so that it is kept.</summary>
internal sealed class JsonMembers
{
    private readonly Dictionary<string, JsonElement> _rest = new(StringComparer.Ordinal);
    private readonly JsonProblem _problem;

    public JsonMembers(JsonElement element, string name, JsonProblem problem)
    {
        _problem = problem;
        if (element.ValueKind != JsonValueKind.Object)
        {
            problem.Add(name);
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            _rest.Add(member.Name, member.Value);
        }
    }

    /// <summary>What was not asked for until now.</summary>
    public IReadOnlyDictionary<string, JsonElement> Rest => _rest.Count == 0 ? OtherMembers.None : _rest.AsReadOnly();

    /// <summary>Where the members are ours alone, one that nobody asked for is damage.</summary>
    public void NothingElse()
    {
        if (_rest.Count > 0)
        {
            _problem.Add(_rest.Keys.First());
        }
    }

    public string Text(string name) => OptionalText(name) ?? Missing(name, string.Empty);

    public string? OptionalText(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        _problem.Add(name);
        return null;
    }

    public bool? OptionalFlag(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        _problem.Add(name);
        return null;
    }

    public bool Flag(string name) => OptionalFlag(name) ?? Missing(name, fallback: false);

    public long? OptionalNumber(string name, long minimum, long maximum)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        _problem.Add(name);
        return null;
    }

    public long Number(string name, long minimum, long maximum) => OptionalNumber(name, minimum, maximum) ?? Missing(name, 0L);

    public ReadOnlyMemory<byte>? OptionalBytes(string name, int minimum, int maximum)
    {
        if (OptionalText(name) is not { } text)
        {
            return null;
        }

        var decoded = StrictBase64Url.Decode(text, maximum);
        if (decoded.Succeeded && decoded.Value.Length >= minimum)
        {
            return decoded.Value;
        }

        _problem.Add(name);
        return null;
    }

    public ReadOnlyMemory<byte> Bytes(string name, int minimum, int maximum) => OptionalBytes(name, minimum, maximum) ?? Missing(name, ReadOnlyMemory<byte>.Empty);

    public DateTimeOffset? OptionalTime(string name)
    {
        if (OptionalText(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        _problem.Add(name);
        return null;
    }

    public DateTimeOffset Time(string name) => OptionalTime(name) ?? Missing(name, default(DateTimeOffset));

    public Guid Guid(string name)
    {
        if (System.Guid.TryParseExact(Text(name), "D", out var value))
        {
            return value;
        }

        _problem.Add(name);
        return default;
    }

    /// <summary>A value of an enumeration by its name.</summary>
    public T? OptionalName<T>(string name, TryReadName<T> read)
        where T : struct
    {
        if (OptionalText(name) is not { } text)
        {
            return null;
        }

        if (read(text, out var value))
        {
            return value;
        }

        _problem.Add(name);
        return null;
    }

    public T Name<T>(string name, TryReadName<T> read)
        where T : struct => OptionalName(name, read) ?? Missing(name, default(T));

    public T? OptionalObject<T>(string name, Func<JsonMembers, T> read)
        where T : class => Take(name) is { } value ? read(new JsonMembers(value, name, _problem)) : null;

    public T Object<T>(string name, Func<JsonMembers, T> read)
        where T : class
    {
        if (OptionalObject(name, read) is { } value)
        {
            return value;
        }

        _problem.Add(name);
        return read(new JsonMembers(default, name, _problem));
    }

    public List<T>? OptionalList<T>(string name, Func<JsonElement, JsonProblem, T> read)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return [.. value.EnumerateArray().Select(item => read(item, _problem))];
        }

        _problem.Add(name);
        return null;
    }

    public List<T> List<T>(string name, Func<JsonElement, JsonProblem, T> read) => OptionalList(name, read) ?? Missing(name, new List<T>());

    public List<string>? OptionalTexts(string name) => OptionalList(name, (item, problem) =>
    {
        if (item.ValueKind == JsonValueKind.String)
        {
            return item.GetString()!;
        }

        problem.Add(name);
        return string.Empty;
    });

    /// <summary>An object as a dictionary.</summary>
    public Dictionary<string, T>? OptionalMap<T>(string name, Func<JsonMembers, T> read)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Object)
        {
            _problem.Add(name);
            return map;
        }

        foreach (var member in value.EnumerateObject())
        {
            map.Add(member.Name, read(new JsonMembers(member.Value, name, _problem)));
        }

        return map;
    }

    public delegate bool TryReadName<T>(string name, out T value);

    private JsonElement? Take(string name)
    {
        if (!_rest.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        _rest.Remove(name);
        return value;
    }

    private T Missing<T>(string name, T fallback)
    {
        _problem.Add(name);
        return fallback;
    }
}
