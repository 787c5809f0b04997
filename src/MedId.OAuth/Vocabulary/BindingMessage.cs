using System.Globalization;
using System.Text;
using MedId.Core;

namespace MedId.OAuth;

/// <summary>
/// The short text that doctor and patient compare on both screens (CIBA Core §7.1). The standard leaves length and characters open; here: 1 to 40 characters
/// (Unicode scalar values), in normalisation form C, no control characters or line breaks, no bidirectional formatting, not only white space.
/// </summary>
public sealed record BindingMessage
{
    /// <summary>The most characters, counted as Unicode scalar values.</summary>
    public const int MaxLength = 40;

    private BindingMessage(string text) => Text = text;

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Takes a text that keeps the rule.</summary>
    /// <param name="text">The text; it is not changed, a text that would need normalisation is refused.</param>
    public static MedIdResult<BindingMessage> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 2 * MaxLength)
        {
            return Refused();
        }

        var length = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; length++)
        {
            // A lone surrogate is no character.
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != System.Buffers.OperationStatus.Done || IsForbidden(rune))
            {
                return Refused();
            }

            rest = rest[used..];
        }

        return length <= MaxLength && text.IsNormalized(NormalizationForm.FormC) ? new BindingMessage(text) : Refused();
    }

    /// <summary>The text's length only; the text is between doctor and patient.</summary>
    public override string ToString() => $"binding message of {Text.Length}";

    private static bool IsForbidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static MedIdError Refused() => new(OAuthErrorCodes.InvalidBindingMessage, ErrorCategory.Malformed, "CIBA Core §7.1");
}
