using System.Text;

namespace MedId.Jpki.Certificates;

/// <summary>
/// The counters of Japanese addresses written as hyphens: 一丁目2番地の3 and 1丁目2番3号 become 1-2-3. Nothing else: no names of prefectures are added, no
/// buildings recognised, 三番町 and 201号室 stay. Works on a text whose width is folded; digits of another width are left alone.
/// </summary>
internal static class AddressNotation
{
    private const string KanjiDigits = "〇一二三四五六七八九";

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var length = Number(text, i, out var number, out var isKanji);
            if (length == 0)
            {
                folded.Append(text[i++]);
                continue;
            }

            var counter = Counter(text, i + length, isKanji, folded);
            folded.Append(counter == 0 ? text.AsSpan(i, length) : number);
            i += length + counter;
            if (counter > 0 && i < text.Length && char.IsAsciiDigit(text[i]))
            {
                folded.Append('-');
            }
        }

        return folded.ToString();
    }

    /// <summary>How many characters of a counter stand here; 0 for none.</summary>
    private static int Counter(string text, int at, bool isKanji, StringBuilder before)
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("丁目", StringComparison.Ordinal))
        {
            return 2;
        }

        if (isKanji)
        {
            // 三番町, 四番丁: part of a name. Kanji before 番 and 号 are never a counter here.
            return 0;
        }

        if (rest.StartsWith("番地の", StringComparison.Ordinal))
        {
            return 3;
        }

        if (rest.StartsWith("番地", StringComparison.Ordinal))
        {
            return 2;
        }

        if (rest is ['番', ..] && (rest.Length == 1 || char.IsAsciiDigit(rest[1])))
        {
            return 1;
        }

        // 号 closes what 番 opened: the number before it follows a hyphen. 201号室 is a room.
        return rest is ['号', ..] && before.Length > 0 && before[^1] == '-' && (rest.Length == 1 || rest[1] is not ('室' or '棟' or '館')) ? 1 : 0;
    }

    private static int Number(string text, int at, out string number, out bool isKanji)
    {
        var length = 0;
        isKanji = false;
        while (at + length < text.Length && char.IsAsciiDigit(text[at + length]))
        {
            length++;
        }

        if (length > 0)
        {
            number = text.Substring(at, length);
            return length;
        }

        while (at + length < text.Length && length < 3 && (KanjiDigits.Contains(text[at + length], StringComparison.Ordinal) || text[at + length] == '十'))
        {
            length++;
        }

        isKanji = true;
        number = KanjiNumber(text.AsSpan(at, length));
        return number.Length == 0 ? 0 : length;
    }

    /// <summary>一 to 九十九, as block numbers go; empty for anything else.</summary>
    private static string KanjiNumber(ReadOnlySpan<char> text)
    {
        var ten = text.IndexOf('十');
        var value = ten switch
        {
            -1 when text.Length == 1 => Digit(text[0]),
            0 when text.Length == 1 => 10,
            0 when text.Length == 2 && Digit(text[1]) > 0 => 10 + Digit(text[1]),
            1 when text.Length == 2 => Digit(text[0]) * 10,
            1 when text.Length == 3 && Digit(text[0]) > 0 && Digit(text[2]) > 0 => (Digit(text[0]) * 10) + Digit(text[2]),
            _ => 0,
        };
        return value > 0 ? value.ToString(System.Globalization.CultureInfo.InvariantCulture) : string.Empty;
    }

    private static int Digit(char kanji) => KanjiDigits.IndexOf(kanji, StringComparison.Ordinal);
}
