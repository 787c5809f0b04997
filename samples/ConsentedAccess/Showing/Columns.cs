using System.Globalization;
using System.Text;

namespace MedId.Samples.ConsentedAccess;

/// <summary>Text in columns where Japanese characters take two cells.</summary>
internal static class Columns
{
    public static int Width(string text) => text.EnumerateRunes().Sum(rune => IsWide(rune) ? 2 : Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? 0 : 1);

    public static string Pad(string text, int cells) => text + new string(' ', Math.Max(1, cells - Width(text)));

    /// <summary>Breaks a text into lines of at most so many cells; at spaces where there are any.</summary>
    public static IEnumerable<string> Wrap(string text, int cells)
    {
        var line = new StringBuilder();
        var width = 0;
        foreach (var word in Words(text))
        {
            var wide = Width(word);
            if (width > 0 && width + wide > cells)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
                width = 0;
            }

            line.Append(word);
            width += wide;
        }

        if (line.Length > 0)
        {
            yield return line.ToString().TrimEnd();
        }
    }

    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var wide = char.IsSurrogate(text[index]) ? char.IsLowSurrogate(text[index]) : IsWide(new Rune(text[index]));
            if (text[index] == ' ' || wide)
            {
                yield return text[start..(index + 1)];
                start = index + 1;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }

    private static bool IsWide(Rune rune) => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
