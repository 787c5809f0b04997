using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Strict percent-decoding (RFC 3986 §2.1): a broken escape or one that is not UTF-8 is refused, never passed on as it stands.</summary>
internal static class PercentText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryDecode(ReadOnlySpan<char> text, bool plusIsSpace, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        if (!text.ContainsAny('%', '+'))
        {
            decoded = text.ToString();
            return true;
        }

        var bytes = new byte[Utf8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '%')
            {
                if (index + 2 >= text.Length || !byte.TryParse(text.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[length]))
                {
                    return false;
                }

                length++;
                index += 2;
            }
            else if (text[index] > '\x7f')
            {
                return false;
            }
            else
            {
                bytes[length++] = (byte)(plusIsSpace && text[index] == '+' ? ' ' : text[index]);
            }
        }

        try
        {
            decoded = Utf8.GetString(bytes, 0, length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
