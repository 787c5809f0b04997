using System.Globalization;
using System.Text.Json;

namespace MedId.Fido.Metadata;

/// <summary>Reads the members of one dictionary: a member that is there has its type and keeps the limits. The first problem sticks.</summary>
internal readonly struct MetadataJson
{
    private readonly JsonElement _element;
    private readonly JsonProblem _problem;

    public MetadataJson(JsonElement element, string name, JsonProblem problem)
    {
        (_element, _problem) = (element, problem);
        if (element.ValueKind != JsonValueKind.Object)
        {
            _element = default;
            problem.Add(name, "must be an object");
        }
    }

    public JsonProblem Problem => _problem;

    public bool Has(string member) => TryGet(member, out _);

    public string? Text(string member, int maximum = MetadataLimits.Text)
    {
        if (!TryGet(member, out var value))
        {
            return null;
        }

        return TextOf(value, member, maximum, _problem);
    }

    public string RequiredText(string member) => Text(member) ?? Missing(member, string.Empty);

    public ulong? Number(string member, ulong maximum = ulong.MaxValue)
    {
        if (!TryGet(member, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var number) && number <= maximum)
        {
            return number;
        }

        return Wrong<ulong?>(member, "must be a whole number in range");
    }

    public ushort? Short(string member) => (ushort?)Number(member, ushort.MaxValue);

    public ulong RequiredNumber(string member, ulong maximum) => Number(member, maximum) ?? Missing(member, 0UL);

    public double? Fraction(string member)
    {
        if (!TryGet(member, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= 1
            ? number
            : Wrong<double?>(member, "must be a number from 0 to 1");
    }

    public bool? Truth(string member)
    {
        if (!TryGet(member, out var value))
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong<bool?>(member, "must be true or false");
    }

    public DateOnly? Date(string member)
    {
        if (Text(member) is not { } text)
        {
            return null;
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : Wrong<DateOnly?>(member, "must be a date YYYY-MM-DD");
    }

    public MetadataJson? Object(string member) => TryGet(member, out var value) ? new MetadataJson(value, member, _problem) : null;

    public IReadOnlyList<T> List<T>(string member, Func<JsonElement, JsonProblem, T> read, int maximum = MetadataLimits.ListItems) =>
        TryGet(member, out var value) ? Items(value, member, _problem, read, maximum) : [];

    public bool TryGet(string member, out JsonElement value)
    {
        value = default;
        return _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(member, out value);
    }

    public static IReadOnlyList<T> Items<T>(JsonElement value, string name, JsonProblem problem, Func<JsonElement, JsonProblem, T> read, int maximum = MetadataLimits.ListItems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            problem.Add(name, "must be a list");
            return [];
        }

        var count = value.GetArrayLength();
        if (count > maximum)
        {
            problem.Add(name, "too many items");
            return [];
        }

        var items = new T[count];
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            items[index++] = read(item, problem);
        }

        return items;
    }

    public static string? TextOf(JsonElement value, string name, int maximum, JsonProblem problem)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            problem.Add(name, "must be a string");
            return null;
        }

        var text = value.GetString()!;
        if (text.Length > maximum)
        {
            problem.Add(name, "too long");
            return null;
        }

        return text;
    }

    private T? Wrong<T>(string member, string rule)
    {
        _problem.Add(member, rule);
        return default;
    }

    private T Missing<T>(string member, T placeholder)
    {
        _problem.Add(member, "is missing");
        return placeholder;
    }
}
