using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Characters of JSON strings without a copy.</summary>
internal static class Utf8Json
{
    /// <summary>The UTF-8 of a JSON string; allocates only where the string holds an escape. False for any other kind of value.</summary>
    public static bool TryGetString(JsonElement element, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (element.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        text = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        if (text.Contains((byte)'\\'))
        {
            return TryDecode(element, out text);
        }

        return true;
    }

    /// <summary>As <see cref="TryGetString(JsonElement, out ReadOnlySpan{byte})"/> for a member; false when it is absent.</summary>
    public static bool TryGetString(JsonElement owner, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
    {
        text = default;
        return owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var member) && TryGetString(member, out text);
    }

    /// <summary>Whether every string and name in it can be read as text: UTF-8, and no escape that is half a surrogate pair. One that cannot would make the readers of .NET throw.</summary>
    public static bool IsWellFormed(JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        if (!Utf8.IsValid(raw))
        {
            return false;
        }

        for (var at = raw.IndexOf((byte)'\\'); at >= 0;)
        {
            // JSON has been read before, so that an escape is whole: two characters, or six.
            var unit = raw[at + 1] == (byte)'u' ? Unit(raw[(at + 2)..]) : '\0';
            var length = raw[at + 1] == (byte)'u' ? 6 : 2;
            if (char.IsLowSurrogate(unit))
            {
                return false;
            }

            if (char.IsHighSurrogate(unit))
            {
                var low = raw[(at + 6)..];
                if (!low.StartsWith("\\u"u8) || !char.IsLowSurrogate(Unit(low[2..])))
                {
                    return false;
                }

                length = 12;
            }

            var next = raw[(at + length)..].IndexOf((byte)'\\');
            at = next < 0 ? -1 : at + length + next;
        }

        return true;
    }

    private static char Unit(ReadOnlySpan<byte> hexadecimal) => Utf8Parser.TryParse(hexadecimal[..4], out ushort unit, out _, 'x') ? (char)unit : '\0';

    private static bool TryDecode(JsonElement element, out ReadOnlySpan<byte> text)
    {
        try
        {
            text = Encoding.UTF8.GetBytes(element.GetString()!);
            return true;
        }
        catch (InvalidOperationException)
        {
            // An escape that stands for half a surrogate pair.
            text = default;
            return false;
        }
    }
}
