using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedId.Consent;

/// <summary>Takes the members of one JSON object by name; what nobody took is kept aside at the end.</summary>
/// <remarks>A member that is null counts as not there, and is kept aside like any other. After the first fault everything reads as absent.</remarks>
internal sealed class JsonMembers(ArtefactReading reading, JsonElement element, string root)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> _taken = [];
    private JsonMembers? _parent;
    private int _index = -1;

    public ArtefactReading Reading => reading;

    /// <summary>Where it stands; put together only when somebody asks.</summary>
    public string Place => _parent is null ? root : _parent.PlaceOf(root) + (_index < 0 ? string.Empty : "/" + _index.ToString(CultureInfo.InvariantCulture));

    /// <summary>The text of a value, without the white space that somebody wrote it with.</summary>
    public static string TextOf(JsonElement value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public bool Has(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public string PlaceOf(string name) => Place + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>A string; null when absent.</summary>
    public string? Text(string name)
    {
        if (!Take(name, JsonValueKind.String, out var value))
        {
            return null;
        }

        var text = value.GetString()!;
        if (text.Length > ArtefactLimits.MaxText)
        {
            reading.Limit(PlaceOf(name));
        }

        return text;
    }

    /// <summary>A string that has to be there, and not to be empty.</summary>
    public string Required(string name)
    {
        var text = Text(name);
        if (text is null)
        {
            reading.Missing(PlaceOf(name));
        }
        else if (text.Length == 0)
        {
            reading.Invalid(PlaceOf(name));
        }

        return text ?? string.Empty;
    }

    /// <summary>A string that the format asks for and writers leave empty when they have none.</summary>
    public string? Filled(string name) => Text(name) is { Length: > 0 } text ? text : null;

    public bool? Flag(string name) =>
        Take(name, null, out var value) ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Refuse<bool?>(name) : null;

    public long? Number(string name) =>
        Take(name, JsonValueKind.Number, out var value) ? value.TryGetInt64(out var number) ? number : Refuse<long?>(name) : null;

    public DateTimeOffset? Time(string name) => Text(name) is { } text ? ArtefactTime.TryParse(text, out var time) ? time : Refuse<DateTimeOffset?>(name) : null;

    public DateTimeOffset RequiredTime(string name)
    {
        if (!Has(name))
        {
            reading.Missing(PlaceOf(name));
        }

        return Time(name) ?? default;
    }

    /// <summary>A word of a fixed set.</summary>
    public T? Word<T>(string name, WordTable<T> words)
        where T : struct =>
        Text(name) is { } text ? words.TryFind(text, out var value) ? value : Refuse<T?>(name) : null;

    /// <summary>An object that has to be there unless optional; an empty one when it is not.</summary>
    public JsonMembers Object(string name)
    {
        if (!Has(name))
        {
            reading.Missing(PlaceOf(name));
        }

        return OptionalObject(name) ?? new(reading, default(JsonElement), name) { _parent = this };
    }

    public JsonMembers? OptionalObject(string name) => Take(name, JsonValueKind.Object, out var value) ? new(reading, value, name) { _parent = this } : null;

    public IReadOnlyList<JsonMembers> Objects(string name)
    {
        var items = new List<JsonMembers>();
        foreach (var item in Array(name))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                items.Add(new(reading, item, name) { _parent = this, _index = items.Count });
            }
            else
            {
                reading.Invalid(PlaceOf(name));
            }
        }

        return items;
    }

    public ArtefactList<string> Texts(string name)
    {
        var items = new List<string>();
        foreach (var item in Array(name))
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                reading.Invalid(PlaceOf(name));
            }
            else if (item.GetString() is { Length: <= ArtefactLimits.MaxText } text)
            {
                items.Add(text);
            }
            else
            {
                reading.Limit(PlaceOf(name));
            }
        }

        return [.. items];
    }

    /// <summary>The text of an object, taken whole.</summary>
    public string? ObjectText(string name) => Take(name, JsonValueKind.Object, out var value) ? TextOf(value) : null;

    /// <summary>Takes a member that says what a writer would write anyway; any other value is kept aside.</summary>
    public void Default(string name, string json)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && (JsonMarshal.GetRawUtf8Value(value).SequenceEqual(Encoding.UTF8.GetBytes(json)) || TextOf(value) == json))
        {
            _taken.Add(name);
        }
    }

    /// <summary>Refuses a member that changes the meaning of the others.</summary>
    public void Refuse(string name)
    {
        if (Has(name))
        {
            reading.NotSupported(PlaceOf(name));
        }
    }

    /// <summary>Gives a member back, so that it is kept aside.</summary>
    public void Leave(string name) => _taken.RemoveAll(t => t == name);

    /// <summary>Keeps aside what nobody took.</summary>
    public void End()
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!IsTaken(member))
            {
                reading.Keep(PlaceOf(member.Name), TextOf(member.Value));
            }
        }
    }

    /// <summary>Keeps the whole object aside.</summary>
    public void KeepWhole(string? at = null) => reading.Keep(at ?? Place, TextOf(element));

    private bool IsTaken(JsonProperty member)
    {
        foreach (var name in _taken)
        {
            if (member.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }

    private JsonElement.ArrayEnumerator Array(string name)
    {
        if (!Take(name, JsonValueKind.Array, out var value))
        {
            return default;
        }

        if (value.GetArrayLength() > ArtefactLimits.MaxList)
        {
            reading.Limit(PlaceOf(name));
            return default;
        }

        return value.EnumerateArray();
    }

    private bool Take(string name, JsonValueKind? kind, out JsonElement value)
    {
        value = default;
        if (reading.Error is not null || element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out value) || value.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        _taken.Add(name);
        if (kind is null || value.ValueKind == kind)
        {
            return true;
        }

        reading.Invalid(PlaceOf(name));
        return false;
    }

    private T? Refuse<T>(string name)
    {
        reading.Invalid(PlaceOf(name));
        return default;
    }
}
