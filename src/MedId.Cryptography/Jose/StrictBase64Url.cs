using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Base64url without padding (RFC 7515 §2), one text for one value: padding, white space and stray trailing bits are refused.</summary>
public static class StrictBase64Url
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly SearchValues<char> AlphabetValues = SearchValues.Create(Alphabet);
    private static readonly SearchValues<byte> AlphabetBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Encodes bytes.</summary>
    /// <param name="bytes">Any bytes.</param>
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Decodes text; false for every text that <see cref="Encode"/> cannot give.</summary>
    /// <param name="text">The text; empty text is empty bytes.</param>
    /// <param name="bytes">The bytes.</param>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = IsCanonical(text) ? Base64Url.DecodeFromChars(text) : null;
        return bytes is not null;
    }

    /// <summary>Decodes text that is in ASCII or UTF-8 bytes; false as for text in characters.</summary>
    /// <param name="utf8">The text; empty text is empty bytes.</param>
    /// <param name="bytes">The bytes.</param>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = IsCanonical(utf8) ? Base64Url.DecodeFromUtf8(utf8) : null;
        return bytes is not null;
    }

    /// <summary>Decodes text of bounded size.</summary>
    /// <param name="text">The text; null is refused like any other text that is no base64url.</param>
    /// <param name="maxBytes">The most bytes accepted; checked before anything is allocated.</param>
    public static MedIdResult<byte[]> Decode(string? text, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        return text is not null && GetDecodedLength(text.Length) <= maxBytes && TryDecode(text, out var bytes)
            ? bytes
            : new MedIdError(CryptographyErrorCodes.Base64UrlMalformed, ErrorCategory.Malformed, "RFC 7515 §2");
    }

    /// <summary>Whether <see cref="TryDecode(ReadOnlySpan{char}, out byte[])"/> would accept the text.</summary>
    /// <param name="text">The text.</param>
    public static bool IsCanonical(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(AlphabetValues))
        {
            return false;
        }

        // RFC 4648 §3.5: the bits that the last character has too many must be zero.
        return (text.Length % 4) switch
        {
            0 => true,
            2 => (ValueOf(text[^1]) & 0b1111) == 0,
            3 => (ValueOf(text[^1]) & 0b11) == 0,
            _ => false,
        };
    }

    /// <summary>Decodes text that is in ASCII or UTF-8 bytes into memory that is there.</summary>
    /// <param name="utf8">The text; empty text is empty bytes.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="written">How many bytes were written; 0 when it says false.</param>
    /// <returns>False as for the other forms, and where the destination is too short.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, Span<byte> destination, out int written)
    {
        written = 0;
        return IsCanonical(utf8) && Base64Url.TryDecodeFromUtf8(utf8, destination, out written);
    }

    private static bool IsCanonical(ReadOnlySpan<byte> utf8)
    {
        if (utf8.ContainsAnyExcept(AlphabetBytes))
        {
            return false;
        }

        return (utf8.Length % 4) switch
        {
            0 => true,
            2 => (ValueOf((char)utf8[^1]) & 0b1111) == 0,
            3 => (ValueOf((char)utf8[^1]) & 0b11) == 0,
            _ => false,
        };
    }

    private static long GetDecodedLength(int chars) => (long)chars * 3 / 4;

    private static int ValueOf(char c) => Alphabet.IndexOf(c, StringComparison.Ordinal);
}
