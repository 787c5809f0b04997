using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Reads JSON from somebody else: one text, UTF-8, no member twice, nothing that a reader might later trip over.</summary>
/// <remarks>
/// Beyond what System.Text.Json refuses by itself (comments, trailing commas, trailing data) it refuses invalid UTF-8, a byte order mark, lone surrogates in
/// escapes and members named twice at any depth, so that <see cref="JsonElement.GetString"/> on the result never throws (RFC 8259 §8, RFC 7493 §2).
/// </remarks>
public static class StrictJson
{
    /// <summary>How deep objects and arrays may nest unless told otherwise.</summary>
    public const int DefaultMaxDepth = 32;

    /// <summary>How many bytes are read unless told otherwise: 64 KiB.</summary>
    public const int DefaultMaxBytes = 64 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads one JSON value of any type.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="maxDepth">How deep objects and arrays may nest.</param>
    /// <param name="maxBytes">The most bytes accepted.</param>
    /// <returns>An element that owns its memory.</returns>
    public static MedIdResult<JsonElement> Parse(ReadOnlyMemory<byte> utf8, int maxDepth = DefaultMaxDepth, int maxBytes = DefaultMaxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxDepth);
        var text = utf8.Span;
        if (text.Length > maxBytes)
        {
            return new MedIdError(CryptographyErrorCodes.JsonTooLarge, ErrorCategory.Malformed, "RFC 8259 §9", $"more than {maxBytes} bytes");
        }

        if (text.StartsWith(ByteOrderMark) || !Utf8.IsValid(text) || HasLoneSurrogate(text))
        {
            return Malformed("the encoding is not plain UTF-8");
        }

        if (TryParse(text, maxDepth, allowDuplicates: false, out var element))
        {
            return element;
        }

        return TryParse(text, maxDepth, allowDuplicates: true, out _)
            ? new MedIdError(CryptographyErrorCodes.JsonDuplicateMember, ErrorCategory.Malformed, "RFC 7493 §2.3")
            : Malformed("not one JSON text, or nested too deep");
    }

    /// <summary>Reads one JSON object.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="maxDepth">How deep objects and arrays may nest, the object itself being the first level.</param>
    /// <param name="maxBytes">The most bytes accepted.</param>
    /// <returns>An element of kind object that owns its memory.</returns>
    public static MedIdResult<JsonElement> ParseObject(ReadOnlyMemory<byte> utf8, int maxDepth = DefaultMaxDepth, int maxBytes = DefaultMaxBytes)
    {
        var result = Parse(utf8, maxDepth, maxBytes);
        return !result.Succeeded || result.Value.ValueKind == JsonValueKind.Object ? result : Malformed("not an object");
    }

    private static bool TryParse(ReadOnlySpan<byte> text, int maxDepth, bool allowDuplicates, out JsonElement element)
    {
        try
        {
            element = JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = allowDuplicates });
            return true;
        }
        catch (JsonException)
        {
            element = default;
            return false;
        }
    }

    /// <summary>In JSON a backslash stands in strings only, so escapes can be read without reading the rest.</summary>
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> text)
    {
        var highBefore = false;
        while (true)
        {
            var next = text.IndexOf((byte)'\\');
            if (next != 0 && highBefore)
            {
                return true;
            }

            if (next < 0)
            {
                return false;
            }

            text = text[next..];
            if (text.Length >= 6 && text[1] == (byte)'u' && ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                if (char.IsLowSurrogate((char)unit) != highBefore)
                {
                    return true;
                }

                highBefore = char.IsHighSurrogate((char)unit);
                text = text[6..];
            }
            else if (highBefore)
            {
                return true;
            }
            else
            {
                text = text[Math.Min(2, text.Length)..];
            }
        }
    }

    private static MedIdError Malformed(string detail) => new(CryptographyErrorCodes.JsonMalformed, ErrorCategory.Malformed, "RFC 8259 §2", detail);
}
