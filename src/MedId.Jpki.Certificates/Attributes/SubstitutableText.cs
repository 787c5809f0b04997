using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace MedId.Jpki.Certificates;

/// <summary>A name or an address with the positions at which another character stands in for the registered one (代替文字使用位置情報).</summary>
/// <remarks>
/// One flag a character: 0 as registered, anything else substituted. How characters are counted is not published: text elements, scalar values and UTF-16 code
/// units are tried in this order. Where none fits and a flag is set, every position may be substituted. Personal: never printed, never serialised.
/// </remarks>
[JsonConverter(typeof(NeverSerialized))]
public sealed class SubstitutableText
{
    private SubstitutableText(string text, string? flags)
    {
        Text = text;
        Flags = flags;
        var elements = TextElements(text);
        var flagged = new HashSet<int>();
        Unit = flags is null ? SubstitutionUnit.Unknown : Locate(text, flags, elements, flagged);
        Substituted = [.. elements.Index().Where(e => flagged.Contains(e.Index)).Select(e => new SubstitutedCharacter(e.Index, e.Item.Start, e.Item.Length))];
        IsUndetermined = flags is null || (Unit == SubstitutionUnit.Unknown && flags.AsSpan().ContainsAnyExcept('0'));
    }

    /// <summary>The text as the certificate has it.</summary>
    public string Text { get; }

    /// <summary>The flags as the certificate has them; null where the source gave none.</summary>
    public string? Flags { get; }

    /// <summary>How the flags were counted.</summary>
    public SubstitutionUnit Unit { get; }

    /// <summary>The characters that stand in for others; empty also where <see cref="IsUndetermined"/>.</summary>
    public IReadOnlyList<SubstitutedCharacter> Substituted { get; }

    /// <summary>Whether a character may be substituted and it is not known which: flags are missing, or set and in no way as many as the characters.</summary>
    public bool IsUndetermined { get; }

    /// <summary>Nothing of the text.</summary>
    public override string ToString() => nameof(SubstitutableText);

    internal static SubstitutableText Of(string text, string? flags) => new(text, flags);

    internal static List<(int Start, int Length)> TextElements(string text)
    {
        var elements = new List<(int, int)>(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, start);
            elements.Add((start, length));
            start += length;
        }

        return elements;
    }

    private static SubstitutionUnit Locate(string text, string flags, List<(int Start, int Length)> elements, HashSet<int> flagged)
    {
        if (flags.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return SubstitutionUnit.Unknown;
        }

        // Where two ways of counting give one number they cut the text alike, so the order decides nothing.
        var runes = RuneStarts(text);
        var unit = flags.Length == elements.Count ? SubstitutionUnit.TextElement
            : flags.Length == runes.Count ? SubstitutionUnit.Rune
            : flags.Length == text.Length ? SubstitutionUnit.CodeUnit
            : SubstitutionUnit.Unknown;
        for (var i = 0; unit != SubstitutionUnit.Unknown && i < flags.Length; i++)
        {
            if (flags[i] != '0')
            {
                var at = unit == SubstitutionUnit.TextElement ? elements[i].Start : unit == SubstitutionUnit.Rune ? runes[i] : i;
                flagged.Add(elements.FindIndex(e => at >= e.Start && at < e.Start + e.Length));
            }
        }

        return unit;
    }

    private static List<int> RuneStarts(string text)
    {
        var starts = new List<int>(text.Length);
        for (var start = 0; start < text.Length;)
        {
            starts.Add(start);
            start += Rune.TryGetRuneAt(text, start, out var rune) ? rune.Utf16SequenceLength : 1;
        }

        return starts;
    }
}
