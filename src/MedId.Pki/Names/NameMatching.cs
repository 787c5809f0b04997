using System.Globalization;
using System.Text;

namespace MedId.Pki;

/// <summary>How two names are compared: RFC 5280 §7.1, by the string preparation of RFC 4518 §2.</summary>
internal static class NameMatching
{
    /// <summary>A text that two names share exactly when they match.</summary>
    /// <remarks>Each part is preceded by its length, so that no value can pass for the end of another.</remarks>
    public static string KeyOf(RelativeDistinguishedName name)
    {
        if (name.Attributes is [var only])
        {
            return KeyOf(only);
        }

        var keys = name.Attributes.Select(KeyOf).ToArray();
        Array.Sort(keys, StringComparer.Ordinal);
        return string.Concat(keys.Select(Measured));
    }

    public static string Measured(string part) => string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part}");

    /// <summary>RFC 4518 §2, with caseIgnoreMatch's folding and insignificant space; null when the text may not be compared (§2.4).</summary>
    public static string? Prepare(string text) => IsSimple(text) ? PrepareAscii(text) : PrepareUnicode(text);

    /// <summary>RFC 5280 §7.1: character strings by caseIgnoreMatch whatever their type, all else by its bytes.</summary>
    private static string KeyOf(NameAttribute attribute) => attribute.Text is { } text && Prepare(text) is { } prepared
        ? $"{attribute.Oid}={prepared}"
        : $"{attribute.Oid}#{Convert.ToHexString(attribute.RawValue.Span)}";

    private static bool IsSimple(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static string PrepareAscii(string text) => Squeeze(text.ToLowerInvariant());

    private static string? PrepareUnicode(string text)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // §2.4: noncharacters; the runtime normalises no text that has U+FFFE.
            if (rune.Value is >= 0xFDD0 and <= 0xFDEF || (rune.Value & 0xFFFE) == 0xFFFE)
            {
                return null;
            }

            // §2.2: what is not seen is mapped to nothing, what separates to a space.
            if (IsMappedToNothing(rune))
            {
                continue;
            }

            mapped.Append(IsMappedToSpace(rune) ? " " : rune.ToString());
        }

        // §2.2 and §2.3: case folding, NFKC; folded twice because NFKC makes letters out of compatibility characters.
        var folded = Fold(Fold(mapped.ToString()).Normalize(NormalizationForm.FormKC)).Normalize(NormalizationForm.FormKC);

        // §2.4: unassigned, private use and the replacement character make the result undefined.
        foreach (var rune in folded.EnumerateRunes())
        {
            if (rune.Value == 0xFFFD || Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate)
            {
                return null;
            }
        }

        return Squeeze(folded);
    }

    /// <summary>Upper case first, so that letters with two small forms (final sigma, long s) become one; sharp s as RFC 3454 B.2 has it.</summary>
    private static string Fold(string text) => text.ToUpperInvariant().ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal);

    private static bool IsMappedToNothing(Rune rune) => rune.Value is 0x00AD or 0x1806 or 0x034F or 0x200B or 0xFFFC or (>= 0x180B and <= 0x180D) or (>= 0xFE00 and <= 0xFE0F)
        || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format && rune.Value is not ((>= 0x0009 and <= 0x000D) or 0x0085));

    private static bool IsMappedToSpace(Rune rune) => rune.Value is (>= 0x0009 and <= 0x000D) or 0x0085
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>RFC 4518 §2.6.1: no space around, one between.</summary>
    private static string Squeeze(string text)
    {
        if (!text.StartsWith(' ') && !text.EndsWith(' ') && !text.Contains("  ", StringComparison.Ordinal))
        {
            return text;
        }

        return string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
