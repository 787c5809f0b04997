using System.Buffers;
using System.Globalization;
using System.Text;

namespace MedId.Signatures;

/// <summary>Reads objects strictly: no comments between tokens, no repeated keys, no needless escapes in names, nothing that two readers could read in two ways.</summary>
internal sealed partial class PdfParser(ReadOnlyMemory<byte> data, int position, int maxDepth, bool isFile = true)
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create(".0123456789");

    /// <summary>White space (§7.2.3).</summary>
    public static SearchValues<byte> Spaces { get; } = SearchValues.Create("\0\t\n\f\r "u8);

    public int Position { get; private set; } = position;

    private ReadOnlySpan<byte> Rest => data.Span[Position..];

    public static bool IsSpace(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    public void SkipSpace()
    {
        while (Position < data.Length && IsSpace(data.Span[Position]))
        {
            Position++;
        }
    }

    /// <summary>Whether the word stands here, after white space, as a whole; then it is passed.</summary>
    public bool TryWord(string word)
    {
        SkipSpace();
        var rest = Rest;
        if (rest.Length < word.Length || (rest.Length > word.Length && IsRegular(rest[word.Length])))
        {
            return false;
        }

        for (var index = 0; index < word.Length; index++)
        {
            if (rest[index] != word[index])
            {
                return false;
            }
        }

        Position += word.Length;
        return true;
    }

    public void Word(string word)
    {
        if (!TryWord(word))
        {
            throw PdfSyntaxException.Malformed("expected " + word);
        }
    }

    public int Integer(int maximum)
    {
        var value = Value() as PdfInteger;
        return value is { Value: >= 0 } && value.Value <= maximum ? (int)value.Value : throw PdfSyntaxException.Malformed("expected a number");
    }

    public PdfValue Value(int depth = 0)
    {
        if (depth > maxDepth)
        {
            throw PdfSyntaxException.Limit("objects are nested too deeply");
        }

        SkipSpace();
        var rest = Rest;
        switch (rest)
        {
            case [(byte)'<', (byte)'<', ..]:
                return Dictionary(depth);
            case [(byte)'<', ..]:
                return HexString();
            case [(byte)'(', ..]:
                return LiteralString();
            case [(byte)'/', ..]:
                return new PdfName(Name());
            case [(byte)'[', ..]:
                return Array(depth);
            case [(byte)'+' or (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'), ..]:
                return NumberOrReference();
            default:
                return TryWord("null") ? PdfNull.Value : TryWord("true") ? new PdfBoolean(true) : TryWord("false") ? new PdfBoolean(false)
                    : throw PdfSyntaxException.Malformed("expected an object");
        }
    }

    private static bool IsRegular(byte b) => !IsSpace(b) && b is not ((byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%');

    private PdfDictionary Dictionary(int depth)
    {
        Position += 2;
        var entries = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        while (true)
        {
            SkipSpace();
            switch (Rest)
            {
                case [(byte)'>', (byte)'>', ..]:
                    Position += 2;
                    return new(entries);
                case [(byte)'/', ..]:
                    // §7.3.7: a key that stands twice is undefined, and readers take the first or the last.
                    if (!entries.TryAdd(Name(), Value(depth + 1)))
                    {
                        throw PdfSyntaxException.Malformed("a dictionary names a key twice");
                    }

                    break;
                default:
                    throw PdfSyntaxException.Malformed("a dictionary does not end");
            }
        }
    }

    private PdfArray Array(int depth)
    {
        Position++;
        var items = new List<PdfValue>();
        while (true)
        {
            SkipSpace();
            if (Rest is [(byte)']', ..])
            {
                Position++;
                return new(items);
            }

            items.Add(Value(depth + 1));
        }
    }

    private PdfValue NumberOrReference()
    {
        var number = Number();
        if (number is not PdfInteger { Value: >= 0 and <= int.MaxValue } first)
        {
            return number;
        }

        // §7.3.10: two numbers and R are a reference; anything else leaves the first number alone.
        var mark = Position;
        SkipSpace();
        if (Position > mark && Rest is [>= (byte)'0' and <= (byte)'9', ..] && Number() is PdfInteger { Value: >= 0 and <= ushort.MaxValue } second && Position < data.Length && IsSpace(data.Span[Position]) && TryWord("R"))
        {
            return new PdfReference((int)first.Value, (int)second.Value);
        }

        Position = mark;
        return number;
    }

    private PdfValue Number()
    {
        var start = Position;
        while (Position < data.Length && IsRegular(data.Span[Position]))
        {
            Position++;
        }

        var text = Encoding.Latin1.GetString(data.Span[start..Position]);
        var digits = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        var point = digits.IndexOf('.');
        var isNumber = digits.Length is > 0 and <= 40 && digits.IndexOfAnyExcept(NumberCharacters) < 0 && digits.IndexOfAnyInRange('0', '9') >= 0 && (point < 0 || digits[(point + 1)..].IndexOf('.') < 0);
        if (!isNumber)
        {
            throw PdfSyntaxException.Malformed("not a number");
        }

        return point >= 0 ? new PdfReal(text)
            : digits.Length <= 18 ? new PdfInteger(long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            : throw PdfSyntaxException.Limit("a number is too large");
    }
}
