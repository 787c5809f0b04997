using System.Text.Json;

namespace MedId.Fido.Uaf;

/// <summary>Reads the members of one dictionary: types, lengths, "absent means omitted" (UAF 1.1 protocol §2.1). The first problem sticks.</summary>
internal readonly struct UafJsonObject
{
    private readonly JsonElement _element;
    private readonly UafJsonProblems _problems;

    public UafJsonObject(JsonElement element, string name, UafJsonProblems problems)
    {
        _problems = problems;
        _element = element;
        if (element.ValueKind != JsonValueKind.Object)
        {
            _element = default;
            problems.Add(name, "must be an object");
        }
    }

    public UafJsonProblems Problems => _problems;

    public bool Has(string member) => TryGet(member, out _);

    public string Text(string member, int minimum, int maximum) => OptionalText(member, minimum, maximum) ?? Missing(member, string.Empty);

    public string? OptionalText(string member, int minimum, int maximum)
    {
        if (!TryGet(member, out var value))
        {
            return null;
        }

        if (!TryText(value, out var text))
        {
            _problems.Add(member, "must be a string");
            return null;
        }

        if (text.Length < minimum || text.Length > maximum)
        {
            _problems.Add(member, "length outside the limits");
            return null;
        }

        return text;
    }

    public byte[] Bytes(string member, int minimum, int maximum, Tolerance? tolerance = null)
    {
        var text = UafBase64Url.Unpad(Text(member, 0, UafLimits.MessageBytes), tolerance ?? Tolerance.Strict);
        if (_problems.First is not null)
        {
            return [];
        }

        if (!UafBase64Url.TryDecode(text, minimum, maximum, out var bytes))
        {
            _problems.Add(member, "not base64url without padding, or outside the length limits", encoding: true);
        }

        return bytes;
    }

    public uint? OptionalNumber(string member, uint maximum)
    {
        if (!TryGet(member, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out var number) && number <= maximum)
        {
            return number;
        }

        _problems.Add(member, "must be an unsigned number in range");
        return null;
    }

    public uint Number(string member, uint maximum) => OptionalNumber(member, maximum) ?? Missing(member, 0u);

    public bool? OptionalTruth(string member)
    {
        if (!TryGet(member, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.ValueKind == JsonValueKind.True;
        }

        _problems.Add(member, "must be true or false");
        return null;
    }

    public bool Truth(string member) => OptionalTruth(member) ?? Missing(member, false);

    public UafJsonObject Object(string member)
    {
        if (!TryGet(member, out var value))
        {
            Missing(member, 0);
        }

        return new UafJsonObject(value, member, _problems);
    }

    /// <summary>The items of a list, each turned by <paramref name="read"/>. An absent list is empty; a list that is there must not be.</summary>
    public IReadOnlyList<T> List<T>(
        string member, Func<JsonElement, UafJsonProblems, T> read, bool required = false, bool mayBeEmpty = false, int maximum = UafLimits.ListItems)
    {
        if (!TryGet(member, out var value))
        {
            return required ? Missing(member, (IReadOnlyList<T>)[]) : [];
        }

        return Items(value, member, _problems, read, mayBeEmpty, maximum);
    }

    /// <summary>A member that is a number in one edition and a list in another. Does nothing when it is absent.</summary>
    public void ReadEither(string member, Action<uint> number, Action<JsonElement> item)
    {
        if (!TryGet(member, out var value))
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out var read))
        {
            number(read);
        }
        else
        {
            foreach (var element in Items(value, member, _problems, (element, _) => element, mayBeEmpty: true))
            {
                item(element);
            }
        }
    }

    public static IReadOnlyList<T> Items<T>(
        JsonElement value,
        string name,
        UafJsonProblems problems,
        Func<JsonElement, UafJsonProblems, T> read,
        bool mayBeEmpty = false,
        int maximum = UafLimits.ListItems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            problems.Add(name, "must be a list");
            return [];
        }

        var count = value.GetArrayLength();
        if (count > maximum || (count == 0 && !mayBeEmpty))
        {
            problems.Add(name, count == 0 ? "must not be empty" : "too many items");
            return [];
        }

        var items = new T[count];
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            items[index++] = read(item, problems);
        }

        return items;
    }

    /// <summary>The text of a JSON string; false for other kinds.</summary>
    public static bool TryText(JsonElement value, out string text)
    {
        text = value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
        return value.ValueKind == JsonValueKind.String;
    }

    private bool TryGet(string member, out JsonElement value)
    {
        value = default;
        return _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(member, out value);
    }

    private T Missing<T>(string member, T placeholder)
    {
        _problems.Add(member, "is missing");
        return placeholder;
    }
}
