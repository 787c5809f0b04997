using System.Text;

namespace MedId.Jpki.Certificates;

/// <summary>Writes a text in the one way that all texts equivalent to it share. Own tables throughout, so that no platform's library decides.</summary>
internal static class TextFolding
{
    /// <summary>Stands where the certificate has a stand-in character. A noncharacter: no well-formed text holds it.</summary>
    public const char Wildcard = '\uFFFF';

    // U+FF61 to U+FF9D in order: what each half-width katakana or mark is in full width.
    private const string FullWidthKatakana = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

    // Kana whose voiced form is the next code point, and those whose half-voiced form is the one after that.
    private const string Voiceable = "かきくけこさしすせそたちつてとカキクケコサシスセソタチツテトはひふへほハヒフヘホ";
    private const string HalfVoiceable = "はひふへほハヒフヘホ";

    /// <summary>The folded text. Positions of <paramref name="substituted"/> become <see cref="Wildcard"/>.</summary>
    public static string Fold(string text, IReadOnlyList<SubstitutedCharacter> substituted, ComparisonReasons equivalences, VariantCharacterTable table)
    {
        var folded = new StringBuilder(text.Length);
        var next = 0;
        foreach (var (start, length) in SubstitutableText.TextElements(text))
        {
            if (next < substituted.Count && substituted[next].Start == start)
            {
                folded.Append(Wildcard);
                next++;
            }
            else
            {
                FoldElement(text.AsSpan(start, length), equivalences, table, folded);
            }
        }

        var result = folded.ToString();
        return equivalences.HasFlag(ComparisonReasons.AddressNotation) ? AddressNotation.Fold(result) : result;
    }

    public static bool IsReadable(string text) => text.Length <= BasicFourAttributes.MaxTextLength && !text.Contains(Wildcard, StringComparison.Ordinal) && IsWellFormed(text);

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static void FoldElement(ReadOnlySpan<char> element, ComparisonReasons equivalences, VariantCharacterTable table, StringBuilder into)
    {
        foreach (var rune in element.EnumerateRunes())
        {
            var value = rune.Value;
            if (equivalences.HasFlag(ComparisonReasons.VariationSelectors) && value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF))
            {
                continue;
            }

            if (equivalences.HasFlag(ComparisonReasons.Spaces) && Rune.IsWhiteSpace(rune))
            {
                continue;
            }

            value = equivalences.HasFlag(ComparisonReasons.Width) ? FullToUsualWidth(value) : value;
            if ((value is 0x3099 or 0x309A && equivalences.HasFlag(ComparisonReasons.Composition)) || (rune.Value is 0xFF9E or 0xFF9F && equivalences.HasFlag(ComparisonReasons.Width)))
            {
                if (Compose(into, value == 0x309A))
                {
                    continue;
                }
            }

            value = equivalences.HasFlag(ComparisonReasons.Hyphens) && IsHyphenLike(value) ? '-' : value;
            value = equivalences.HasFlag(ComparisonReasons.LetterCase) && value < 0x3000 ? Rune.ToUpperInvariant(new Rune(value)).Value : value;
            into.Append(table.Representative(char.ConvertFromUtf32(value), equivalences));
        }
    }

    private static int FullToUsualWidth(int value) => value switch
    {
        >= 0xFF01 and <= 0xFF5E => value - 0xFEE0,
        0x3000 => ' ',
        >= 0xFF61 and <= 0xFF9D => FullWidthKatakana[value - 0xFF61],
        0xFF9E => 0x3099,
        0xFF9F => 0x309A,
        0xFFE5 => 0xA5,
        _ => value,
    };

    private static bool IsHyphenLike(int value) =>
        value is '-' or 0xAD or (>= 0x2010 and <= 0x2015) or 0x2043 or 0x2212 or 0x2500 or 0x2501 or 0x30FC or 0xFE58 or 0xFE63 or 0xFF0D or 0xFF70;

    private static bool Compose(StringBuilder into, bool isHalf)
    {
        if (into.Length == 0)
        {
            return false;
        }

        var composed = into[^1] switch
        {
            'う' when !isHalf => 'ゔ',
            'ウ' when !isHalf => 'ヴ',
            'ヽ' when !isHalf => 'ヾ',
            'ゝ' when !isHalf => 'ゞ',
            var c when isHalf && HalfVoiceable.Contains(c, StringComparison.Ordinal) => (char)(c + 2),
            var c when !isHalf && Voiceable.Contains(c, StringComparison.Ordinal) => (char)(c + 1),
            _ => '\0',
        };
        if (composed == '\0')
        {
            return false;
        }

        into[^1] = composed;
        return true;
    }
}
