using System.Globalization;

namespace MedId.Jpki.Certificates;

/// <summary>Compares folded texts, of which the first may have places where any one character fits.</summary>
internal static class WildcardMatch
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        while (!pattern.IsEmpty)
        {
            if (text.IsEmpty)
            {
                return false;
            }

            if (pattern[0] == TextFolding.Wildcard)
            {
                text = text[StringInfo.GetNextTextElementLength(text)..];
            }
            else if (pattern[0] == text[0])
            {
                text = text[1..];
            }
            else
            {
                return false;
            }

            pattern = pattern[1..];
        }

        return text.IsEmpty;
    }
}
