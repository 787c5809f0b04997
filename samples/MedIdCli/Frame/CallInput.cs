using System.Globalization;
using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Cli.Frame;

/// <summary>One object of the input. What a verb does not take out of it is an unknown member, so that a typing error cannot weaken a check.</summary>
internal sealed class CallInput(JsonElement element, string path = "")
{
    private const int MaxBinary = 64 * 1024 * 1024;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<CallInput> _inner = [];

    /// <summary>Absent stays absent: an array that is null would convert to memory that is empty.</summary>
    public static ReadOnlyMemory<byte>? Optional(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(bytes);

    public JsonElement? Raw(string name)
    {
        _taken.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public string? OptionalText(string name) => Raw(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Type(name, "a string");

    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    public bool Flag(string name, bool otherwise = false) => Raw(name)?.ValueKind switch
    {
        null => otherwise,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Type(name, "true or false"),
    };

    public int? OptionalNumber(string name, int least, int most)
    {
        if (Raw(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind != JsonValueKind.Number ? throw Type(name, "a whole number")
            : value.TryGetInt32(out var number) && number >= least && number <= most ? number
            : throw Value(name, $"a whole number from {least} to {most}");
    }

    /// <summary>An unsigned number of 32 bits, as signature counters are.</summary>
    public uint Counter(string name) => Raw(name) is not { } value ? throw Missing(name)
        : value.ValueKind != JsonValueKind.Number ? throw Type(name, "a whole number")
        : value.TryGetUInt32(out var number) ? number : throw Value(name, "a whole number from 0 to 4294967295");

    public IReadOnlyList<long>? OptionalNumbers(string name) => Items(name)?.Select((item, i) =>
        item.ValueKind != JsonValueKind.Number ? throw Type($"{name}[{i}]", "a whole number")
        : item.TryGetInt64(out var number) ? number : throw Value($"{name}[{i}]", "a whole number")).ToList();

    public bool? OptionalFlag(string name) => Raw(name) is null ? null : Flag(name);

    public TimeSpan? OptionalSeconds(string name) => OptionalNumber(name, 0, int.MaxValue) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public DateTimeOffset Time(string name)
    {
        // RFC 3339 §5.6: the offset is part of it, so a time without one means nothing.
        var text = Text(name);
        string[] forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        return text.Length >= 20 && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Value(name, "a time of RFC 3339, as 2026-04-01T00:00:00Z");
    }

    public DateOnly? OptionalDate(string name) => OptionalText(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : throw Value(name, "a date, as 1970-01-31");

    public byte[]? OptionalBinary(string name) => OptionalText(name) is { } text ? Binary(text, name) : null;

    public byte[] Binary(string name) => OptionalBinary(name) ?? throw Missing(name);

    public IReadOnlyList<string>? OptionalTexts(string name) => Items(name)?.Select((item, i) =>
        item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Type($"{name}[{i}]", "a string")).ToList();

    public IReadOnlyList<byte[]>? OptionalBinaries(string name) => OptionalTexts(name)?.Select((text, i) => Binary(text, $"{name}[{i}]")).ToList();

    public CallInput? OptionalObject(string name) => Raw(name) is { } value ? Inner(value, name) : null;

    public CallInput Object(string name) => OptionalObject(name) ?? throw Missing(name);

    /// <summary>The items of a list that may be text or objects.</summary>
    public IReadOnlyList<(string? Text, CallInput? Object)>? OptionalMixed(string name) => Items(name)?.Select((item, i) => item.ValueKind switch
    {
        JsonValueKind.String => (item.GetString(), (CallInput?)null),
        _ => ((string?)null, Inner(item, $"{name}[{i}]")),
    }).ToList();

    public IReadOnlyList<CallInput>? OptionalObjects(string name) => Items(name)?.Select((item, i) => Inner(item, $"{name}[{i}]")).ToList();

    /// <summary>Objects of a format that the package reads, whose members are not the verb's.</summary>
    public IReadOnlyList<string>? OptionalRawObjects(string name) => Items(name)?.Select((item, i) =>
        item.ValueKind == JsonValueKind.Object ? item.GetRawText() : throw Type($"{name}[{i}]", "an object")).ToList();

    public T? OptionalChoice<T>(string name, params (string Name, T Value)[] choices)
        where T : struct => OptionalText(name) is not { } text ? null
        : Array.Find(choices, c => string.Equals(c.Name, text, StringComparison.Ordinal)) is { Name: not null } found ? found.Value
        : throw Value(name, "one of " + string.Join(", ", choices.Select(c => c.Name)));

    public T Choice<T>(string name, params (string Name, T Value)[] choices)
        where T : struct => OptionalChoice(name, choices) ?? throw Missing(name);

    public byte[] Binary(string text, string name)
    {
        var bytes = StrictBase64Url.Decode(text, MaxBinary);
        return bytes.Succeeded ? bytes.Value : throw Value(name, "base64url without padding");
    }

    public UnusableInputException Missing(string name) => new(CliCodes.MissingMember, path + name);

    public UnusableInputException Type(string name, string wanted) => new(CliCodes.MemberType, $"{path}{name}: {wanted}");

    public UnusableInputException Value(string name, string wanted) => new(CliCodes.MemberValue, $"{path}{name}: {wanted}");

    /// <summary>Refuses what nobody took.</summary>
    public void Finish()
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!_taken.Contains(member.Name))
            {
                throw new UnusableInputException(CliCodes.UnknownMember, path + member.Name);
            }
        }

        _inner.ForEach(i => i.Finish());
    }

    private List<JsonElement>? Items(string name) => Raw(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw Type(name, "a list");

    private CallInput Inner(JsonElement value, string name)
    {
        var inner = value.ValueKind == JsonValueKind.Object ? new CallInput(value, path + name + ".") : throw Type(name, "an object");
        _inner.Add(inner);
        return inner;
    }
}
