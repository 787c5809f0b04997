using System.Text;
using System.Text.Json;

namespace MedId.Jpki.Certificates;

/// <summary>One object of an operator's JSON. Members are found by their camelCase or snake_case name; one that is there under both is there under none.</summary>
internal readonly struct PlatformAnswer(JsonElement element)
{
    public PlatformAnswer Object(string name) => Find(name) is { ValueKind: JsonValueKind.Object } value ? new(value) : default;

    public bool IsPresent => element.ValueKind == JsonValueKind.Object;

    /// <summary>A text that is not empty: protobuf's JSON leaves empty ones out or writes them.</summary>
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    public bool? Flag(string name) => Find(name)?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    public DateTimeOffset? Time(string name) => Find(name) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out var time) ? time : null;

    public bool IsBytes(string name, ReadOnlySpan<byte> expected) => Find(name) is { ValueKind: JsonValueKind.String } value && value.TryGetBytesFromBase64(out var bytes) && expected.SequenceEqual(bytes);

    private JsonElement? Find(string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var hasCamel = element.TryGetProperty(name, out var camel);
        var snake = Snake(name);
        var hasSnake = element.TryGetProperty(snake, out var other) && snake != name;
        return hasCamel != hasSnake ? (hasCamel ? camel : other) : null;
    }

    private static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c))
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(c));
        }

        return snake.ToString();
    }
}
