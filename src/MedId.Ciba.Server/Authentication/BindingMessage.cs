using System.Globalization;
using System.Text;

namespace MedId.Ciba.Server;

/// <summary>The rule for binding messages (CIBA Core §7.1 leaves it to the server): what two devices show alike, Japanese included.</summary>
/// <remarks>
/// 1 to 40 code points in Unicode's form NFC, not white space alone, without control characters, line and paragraph separators, and the characters that turn the
/// direction of writing, by which a message could show something else than it says.
/// </remarks>
public static class BindingMessage
{
    /// <summary>The most code points.</summary>
    public const int MaxLength = 40;

    /// <summary>Whether a message can be shown.</summary>
    /// <param name="message">The message.</param>
    public static bool IsAcceptable(string? message)
    {
        // A code point is at most two characters: what is longer is not looked at.
        if (string.IsNullOrWhiteSpace(message) || message.Length > MaxLength * 2)
        {
            return false;
        }

        var count = 0;
        for (var rest = message.AsSpan(); !rest.IsEmpty; count++)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done || IsRefused(rune))
            {
                return false;
            }

            rest = rest[length..];
        }

        return count <= MaxLength && message.IsNormalized(NormalizationForm.FormC);
    }

    private static bool IsRefused(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || TurnsDirection(rune.Value);

    /// <summary>Unicode Bidi_Control: ALM, LRM, RLM, the embeddings and overrides, the isolates.</summary>
    private static bool TurnsDirection(int codePoint) => codePoint is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
