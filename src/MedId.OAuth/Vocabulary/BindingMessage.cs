using System.Globalization;
using System.Text;
using MedId.Core;

namespace MedId.OAuth;

/// <summary>
/// The short text that doctor and patient compare on both screens (CIBA Core §7.1). The standard leaves length and characters open; here: 1 to 40 characters
/// (Unicode scalar values), in normalisation form C, no control characters or line breaks, nothing invisible (bidirectional and other formatting, joiners, tags), nothing that each
/// screen shows in its own way (private use, which is where gaiji are, and code points without a character; letters written from right to left, whose place beside digits depends on the
/// page; towers of combining marks), not only white space. Variation selectors stay, one after a character: names are written with them.
/// </summary>
public sealed record BindingMessage
{
    /// <summary>The most characters, counted as Unicode scalar values.</summary>
    public const int MaxLength = 40;

    // Thai and Vietnamese need two; more is a tower that covers its neighbours.
    private const int MaxMarks = 2;

    // Where the runtime has no normalisation data (InvariantGlobalization) it takes every text for normalised.
    private static readonly bool KnowsNormalization = !"e\u0301".IsNormalized(NormalizationForm.FormC);

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

        var (length, marks, selectors) = (0, MaxMarks, 1);
        for (var rest = text.AsSpan(); !rest.IsEmpty; length++)
        {
            // A lone surrogate is no character.
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != System.Buffers.OperationStatus.Done || IsForbidden(rune))
            {
                return Refused();
            }

            // A mark or a selector belongs to the character before it: none stands first, and each character has few.
            (marks, selectors) = IsVariationSelector(rune) ? (marks, selectors + 1) : IsMark(rune) ? (marks + 1, selectors) : (0, 0);
            if (marks > MaxMarks || selectors > 1)
            {
                return Refused();
            }

            rest = rest[used..];
        }

        return length <= MaxLength && IsNormalized(text) ? new BindingMessage(text) : Refused();
    }

    /// <summary>The text's length only; the text is between doctor and patient.</summary>
    public override string ToString() => $"binding message of {Text.Length}";

    /// <summary>Form C; without the runtime's data a text that has nothing which could compose or decompose.</summary>
    private static bool IsNormalized(string text) => KnowsNormalization ? text.IsNormalized(NormalizationForm.FormC) : !text.EnumerateRunes().Any(MayCompose);

    private static bool MayCompose(Rune rune) =>
        (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark && !IsVariationSelector(rune))
        || rune.Value is (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97F) or (>= 0xD7B0 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F)
            or 0x2126 or 0x212A or 0x212B;

    private static bool IsVariationSelector(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsForbidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || IsUnseen(rune) || IsRightToLeft(rune);

    /// <summary>Letters, marks and a symbol of which nothing is drawn (Default_Ignorable_Code_Point beyond the formatting characters; the empty Braille pattern).</summary>
    private static bool IsUnseen(Rune rune) =>
        rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or 0xFFA0;

    /// <summary>The blocks of scripts that run from right to left (UAX #9, Bidi_Class R and AL).</summary>
    private static bool IsRightToLeft(Rune rune) =>
        rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    private static MedIdError Refused() => new(OAuthErrorCodes.InvalidBindingMessage, ErrorCategory.Malformed, "CIBA Core §7.1");
}
