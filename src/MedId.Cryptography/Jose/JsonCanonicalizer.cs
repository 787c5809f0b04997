using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>The canonical form of JSON (RFC 8785, JCS): one value, one sequence of bytes, so that a digest of it can be shown, signed and compared.</summary>
/// <remarks>
/// Restriction: numbers are integers written without fraction or exponent, within ±(2^53 − 1); every other number is refused rather than rounded.
/// Amounts and measurements that need more go into strings.
/// </remarks>
public static class JsonCanonicalizer
{
    private const long MaxInteger = 9_007_199_254_740_991;
    private const int LongestInteger = 20;

    /// <summary>Writes a value in its canonical form.</summary>
    /// <param name="element">The value, read by <see cref="StrictJson"/> or by ourselves.</param>
    /// <returns>UTF-8 bytes; or that a number, a string with a lone surrogate or a member named twice has no canonical form here.</returns>
    public static MedIdResult<byte[]> Canonicalize(JsonElement element)
    {
        // The text as it is written is seldom shorter than its canonical form.
        var output = new ArrayBufferWriter<byte>(element.ValueKind == JsonValueKind.Undefined ? 1 : JsonMarshal.GetRawUtf8Value(element).Length + 1);
        try
        {
            return Write(element, output) is { } refusal ? refusal : output.WrittenSpan.ToArray();
        }
        catch (InvalidOperationException)
        {
            // JsonElement says so of text that is no valid Unicode; StrictJson lets none through.
            return Refusal(CryptographyErrorCodes.JsonMalformed, "RFC 8785 §3.2.2.2", "a lone surrogate or invalid UTF-8");
        }
    }

    private static MedIdError? Write(JsonElement element, ArrayBufferWriter<byte> output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return WriteObject(element, output);
            case JsonValueKind.Array:
                return WriteArray(element, output);
            case JsonValueKind.String:
                WriteString(element, output);
                return null;
            case JsonValueKind.Number:
                return WriteNumber(element, output);
            case JsonValueKind.True:
                output.Write("true"u8);
                return null;
            case JsonValueKind.False:
                output.Write("false"u8);
                return null;
            case JsonValueKind.Null:
                output.Write("null"u8);
                return null;
            default:
                throw new ArgumentException("There is no value to write.", nameof(element));
        }
    }

    /// <summary>§3.2.3: members by the UTF-16 code units of their names, which is what ordinal comparison does.</summary>
    private static MedIdError? WriteObject(JsonElement element, ArrayBufferWriter<byte> output)
    {
        var members = new (string Name, JsonElement Value)[element.GetPropertyCount()];
        var count = 0;
        var sorted = true;
        foreach (var member in element.EnumerateObject())
        {
            members[count] = (member.Name, member.Value);
            sorted = sorted && (count == 0 || string.CompareOrdinal(members[count - 1].Name, members[count].Name) < 0);
            count++;
        }

        if (!sorted)
        {
            Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        }

        output.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                if (string.Equals(members[i - 1].Name, members[i].Name, StringComparison.Ordinal))
                {
                    return Refusal(CryptographyErrorCodes.JsonDuplicateMember, "RFC 8785 §3.1", null);
                }

                output.Write(","u8);
            }

            WriteText(members[i].Name, output);
            output.Write(":"u8);
            if (Write(members[i].Value, output) is { } refusal)
            {
                return refusal;
            }
        }

        output.Write("}"u8);
        return null;
    }

    private static MedIdError? WriteArray(JsonElement element, ArrayBufferWriter<byte> output)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in element.EnumerateArray())
        {
            if (!first)
            {
                output.Write(","u8);
            }

            first = false;
            if (Write(item, output) is { } refusal)
            {
                return refusal;
            }
        }

        output.Write("]"u8);
        return null;
    }

    private static void WriteString(JsonElement element, ArrayBufferWriter<byte> output)
    {
        // JSON lets nothing stand unescaped that is to be escaped here, so valid text without an escape is its own canonical form.
        var raw = JsonMarshal.GetRawUtf8Value(element);
        if (raw.Contains((byte)'\\') || !Utf8.IsValid(raw))
        {
            WriteText(element.GetString()!, output);
            return;
        }

        output.Write(raw);
    }

    /// <summary>§3.2.2.2: quotation mark, reverse solidus and control characters are escaped, in their shortest form; everything else is itself.</summary>
    private static void WriteText(ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        while (true)
        {
            var plain = IndexOfEscaped(text);
            Encoding.UTF8.GetBytes(plain < 0 ? text : text[..plain], output);
            if (plain < 0)
            {
                break;
            }

            WriteEscaped(text[plain], output);
            text = text[(plain + 1)..];
        }

        output.Write("\""u8);
    }

    private static int IndexOfEscaped(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '"' or '\\' or < ' ')
            {
                return i;
            }
        }

        return -1;
    }

    private static void WriteEscaped(char c, ArrayBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> brief = c switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            _ => default,
        };
        if (!brief.IsEmpty)
        {
            output.Write(brief);
            return;
        }

        output.Write("\\u00"u8);
        var span = output.GetSpan(2);
        Utf8Formatter.TryFormat((byte)c, span, out var written, new StandardFormat('x', 2));
        output.Advance(written);
    }

    private static MedIdError? WriteNumber(JsonElement element, ArrayBufferWriter<byte> output)
    {
        // RFC 8785 §3.2.2.3 follows ECMAScript, where -0 is written 0.
        if (element.TryGetInt64(out var number) && number is >= -MaxInteger and <= MaxInteger && !JsonMarshal.GetRawUtf8Value(element).ContainsAny((byte)'.', (byte)'e', (byte)'E'))
        {
            Utf8Formatter.TryFormat(number, output.GetSpan(LongestInteger), out var written);
            output.Advance(written);
            return null;
        }

        return Refusal(CryptographyErrorCodes.JsonNumberNotCanonical, "RFC 8785 §3.2.2.3", "only integers within ±(2^53 − 1) have a canonical form here");
    }

    private static MedIdError Refusal(string code, string section, string? detail) => new(code, ErrorCategory.Malformed, section, detail);
}
