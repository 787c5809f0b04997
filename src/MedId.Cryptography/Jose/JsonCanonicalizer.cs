using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
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

    /// <summary>Writes a value in its canonical form.</summary>
    /// <param name="element">The value, read by <see cref="StrictJson"/> or by ourselves.</param>
    /// <returns>UTF-8 bytes; or that a number, a string with a lone surrogate or a member named twice has no canonical form here.</returns>
    public static MedIdResult<byte[]> Canonicalize(JsonElement element)
    {
        var output = new StringBuilder();
        try
        {
            return Write(element, output) is { } refusal ? refusal : Encoding.UTF8.GetBytes(output.ToString());
        }
        catch (InvalidOperationException)
        {
            // JsonElement says so of text that is no valid Unicode; StrictJson lets none through.
            return Refusal(CryptographyErrorCodes.JsonMalformed, "RFC 8785 §3.2.2.2", "a lone surrogate or invalid UTF-8");
        }
    }

    private static MedIdError? Write(JsonElement element, StringBuilder output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return WriteObject(element, output);
            case JsonValueKind.Array:
                return WriteArray(element, output);
            case JsonValueKind.String:
                WriteString(element.GetString()!, output);
                return null;
            case JsonValueKind.Number:
                return WriteNumber(element, output);
            case JsonValueKind.True:
                output.Append("true");
                return null;
            case JsonValueKind.False:
                output.Append("false");
                return null;
            case JsonValueKind.Null:
                output.Append("null");
                return null;
            default:
                throw new ArgumentException("There is no value to write.", nameof(element));
        }
    }

    /// <summary>§3.2.3: members by the UTF-16 code units of their names, which is what ordinal comparison does.</summary>
    private static MedIdError? WriteObject(JsonElement element, StringBuilder output)
    {
        var members = element.EnumerateObject().Select(m => (m.Name, m.Value)).ToArray();
        Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        output.Append('{');
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                if (string.Equals(members[i - 1].Name, members[i].Name, StringComparison.Ordinal))
                {
                    return Refusal(CryptographyErrorCodes.JsonDuplicateMember, "RFC 8785 §3.1", null);
                }

                output.Append(',');
            }

            WriteString(members[i].Name, output);
            output.Append(':');
            if (Write(members[i].Value, output) is { } refusal)
            {
                return refusal;
            }
        }

        output.Append('}');
        return null;
    }

    private static MedIdError? WriteArray(JsonElement element, StringBuilder output)
    {
        output.Append('[');
        var first = true;
        foreach (var item in element.EnumerateArray())
        {
            if (!first)
            {
                output.Append(',');
            }

            first = false;
            if (Write(item, output) is { } refusal)
            {
                return refusal;
            }
        }

        output.Append(']');
        return null;
    }

    /// <summary>§3.2.2.2: quotation mark, reverse solidus and control characters are escaped, in their shortest form; everything else is itself.</summary>
    private static void WriteString(string text, StringBuilder output)
    {
        output.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append("\\\\"),
                '\b' => output.Append("\\b"),
                '\t' => output.Append("\\t"),
                '\n' => output.Append("\\n"),
                '\f' => output.Append("\\f"),
                '\r' => output.Append("\\r"),
                < ' ' => output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => output.Append(c),
            };
        }

        output.Append('"');
    }

    private static MedIdError? WriteNumber(JsonElement element, StringBuilder output)
    {
        // RFC 8785 §3.2.2.3 follows ECMAScript, where -0 is written 0.
        if (element.TryGetInt64(out var number) && number is >= -MaxInteger and <= MaxInteger && !element.GetRawText().AsSpan().ContainsAny('.', 'e', 'E'))
        {
            output.Append(number);
            return null;
        }

        return Refusal(CryptographyErrorCodes.JsonNumberNotCanonical, "RFC 8785 §3.2.2.3", "only integers within ±(2^53 − 1) have a canonical form here");
    }

    private static MedIdError Refusal(string code, string section, string? detail) => new(code, ErrorCategory.Malformed, section, detail);
}
