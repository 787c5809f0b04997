using System.Text;
using MedId.Core;

namespace MedId.Signatures;

/// <summary>Follows the cross-reference sections from the last to the first and finds the revisions (ISO 32000-2 §7.5.4 to §7.5.8).</summary>
internal sealed class PdfXrefReader(ReadOnlyMemory<byte> file, PdfLimits limits, PdfInflater inflater)
{
    private const int TailLength = 64;

    private int _entries;

    /// <summary>The revisions, oldest first.</summary>
    public List<PdfRevision> Read()
    {
        CheckHeader();
        var (offset, eof) = ReadEnd();
        var revisions = new List<PdfRevision>();
        var seen = new HashSet<int>();
        long? next = offset;
        while (next is { } at)
        {
            if (revisions.Count == limits.MaxRevisions)
            {
                throw PdfSyntaxException.Limit("the file has too many revisions");
            }

            var section = Section(At(at, seen));
            var entries = section.Entries;
            var previous = section.Previous;
            if (section.StartXref == 0 && previous > at)
            {
                // Annex F: a linearized first revision keeps its sections apart; the one at its end names the first one.
                var main = Section(At(previous.Value, seen));
                if (main.StartXref != at || main.Previous is not null)
                {
                    throw PdfSyntaxException.Malformed("a linearized file does not join its two sections");
                }

                foreach (var (number, entry) in main.Entries)
                {
                    entries.TryAdd(number, entry);
                }

                (section, previous) = (main with { Trailer = section.Trailer }, null);
            }
            else if (section.StartXref != at)
            {
                throw PdfSyntaxException.Malformed("startxref of a revision does not name its cross-reference section");
            }

            if (section.Trailer["Root"] is not PdfReference)
            {
                throw PdfSyntaxException.Malformed("a trailer has no Root");
            }

            if (revisions.Count > 0 && section.End > revisions[^1].Xref.Start)
            {
                throw PdfSyntaxException.Malformed("revisions overlap");
            }

            revisions.Add(new(section.Trailer, entries, 0, section.End, section.Start, section.TrailerEnd));
            next = previous;
        }

        if (revisions[0].End != eof)
        {
            throw PdfSyntaxException.Malformed("there is something between the last revision and the end of the file");
        }

        revisions.Reverse();
        for (var index = 1; index < revisions.Count; index++)
        {
            revisions[index].Start = revisions[index - 1].End;
        }

        return revisions;
    }

    private static int At(long offset, HashSet<int> seen) => offset is > 0 and < int.MaxValue && seen.Add((int)offset)
        ? (int)offset
        : throw PdfSyntaxException.Malformed("cross-reference sections go round in a circle");

    private void CheckHeader()
    {
        if (file.Span is not [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', (byte)'1' or (byte)'2', (byte)'.', >= (byte)'0' and <= (byte)'7', 10 or 13 or 32, ..])
        {
            throw PdfSyntaxException.Malformed("the file does not begin with its header");
        }
    }

    // §7.5.5: startxref, the offset and %%EOF are the last lines; nothing but one end of line follows.
    private (int Offset, int End) ReadEnd()
    {
        var from = Math.Max(0, file.Length - TailLength);
        var at = file.Span[from..].LastIndexOf("startxref"u8);
        if (at < 0)
        {
            throw PdfSyntaxException.Malformed("the file does not end with startxref");
        }

        var (offset, end) = ReadStartXref(new(file, from + at, limits.MaxDepth));
        return file.Length - end <= EndOfLine(end) ? (offset, end) : throw PdfSyntaxException.Malformed("there is something after the end of the file");
    }

    private (int Offset, int End) ReadStartXref(PdfParser parser)
    {
        parser.Word("startxref");
        var offset = parser.Integer(file.Length);
        parser.SkipSpace();
        return file.Span[parser.Position..].StartsWith("%%EOF"u8) ? (offset, parser.Position + 5) : throw PdfSyntaxException.Malformed("a revision does not end with %%EOF");
    }

    private int EndOfLine(int at) => file.Span[at..] switch
    {
        [13, 10, ..] => 2,
        [13 or 10, ..] => 1,
        _ => 0,
    };

    private XrefSection Section(int offset)
    {
        if (offset >= file.Length || PdfParser.IsSpace(file.Span[offset]))
        {
            throw PdfSyntaxException.Malformed("an offset does not lead to a cross-reference section");
        }

        var parser = new PdfParser(file, offset, limits.MaxDepth);
        var entries = new Dictionary<int, PdfEntry>();
        var trailer = parser.TryWord("xref") ? Table(parser, entries) : Stream(parser, entries);
        Check(trailer);
        var end = parser.Position;

        // Annex F: the first section of a linearized file may lack the end of a revision, which it is not.
        var rest = new PdfParser(file, end, limits.MaxDepth);
        var (startXref, eof) = rest.TryWord("startxref") ? ReadStartXref(parser) : (0, end);
        var previous = trailer["Prev"] switch
        {
            null => (long?)null,
            PdfInteger { Value: > 0 and var value } => value,
            _ => throw PdfSyntaxException.Malformed("Prev is no offset"),
        };
        return new(trailer, entries, previous, startXref, offset, end, eof);
    }

    private static void Check(PdfDictionary trailer)
    {
        if (trailer["Encrypt"] is not null)
        {
            throw new PdfSyntaxException(new(SignaturesErrorCodes.PdfEncrypted, ErrorCategory.Unsupported, "ISO 32000-2 §7.6"));
        }

        if (trailer["XRefStm"] is not null)
        {
            throw new PdfSyntaxException(new(SignaturesErrorCodes.PdfHybrid, ErrorCategory.Unsupported, "ISO 32000-2 §7.5.8.4"));
        }

        if (trailer["Size"] is not PdfInteger { Value: > 0 })
        {
            throw PdfSyntaxException.Malformed("a trailer has no Size");
        }
    }

    // §7.5.4: subsections of entries of exactly 20 bytes.
    private PdfDictionary Table(PdfParser parser, Dictionary<int, PdfEntry> entries)
    {
        while (!parser.TryWord("trailer"))
        {
            var first = parser.Integer(limits.MaxObjects);
            var count = parser.Integer(limits.MaxObjects);
            parser.SkipSpace();
            for (var index = 0; index < count; index++)
            {
                if (parser.Position + 20 > file.Length)
                {
                    throw PdfSyntaxException.Malformed("a cross-reference table does not end");
                }

                Add(entries, first + index, Entry(file.Span.Slice(parser.Position, 20)));
                parser.Skip(20);
            }
        }

        return parser.Value() as PdfDictionary ?? throw PdfSyntaxException.Malformed("a trailer is no dictionary");
    }

    private PdfEntry Entry(ReadOnlySpan<byte> line)
    {
        var isLine = line[10] == ' ' && line[16] == ' ' && line[17] is (byte)'n' or (byte)'f' && line[18..] is [32, 13 or 10] or [13, 10];
        if (!isLine || line[..10].ContainsAnyExceptInRange((byte)'0', (byte)'9') || line[11..16].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            throw PdfSyntaxException.Malformed("a cross-reference entry is not 20 bytes of its form");
        }

        var offset = long.Parse(Encoding.ASCII.GetString(line[..10]), System.Globalization.CultureInfo.InvariantCulture);
        var generation = int.Parse(Encoding.ASCII.GetString(line[11..16]), System.Globalization.CultureInfo.InvariantCulture);
        return line[17] == 'f' ? new(-1, generation, 0, 0)
            : offset > 0 && offset < file.Length ? new((int)offset, generation, 0, 0)
            : throw PdfSyntaxException.Malformed("an object lies outside the file");
    }

    // §7.5.8: the same in a stream; widths and runs of numbers stand in its dictionary.
    private PdfDictionary Stream(PdfParser parser, Dictionary<int, PdfEntry> entries)
    {
        var number = parser.Integer(limits.MaxObjects);
        _ = parser.Integer(ushort.MaxValue);
        parser.Word("obj");
        if (parser.Body(null) is not PdfStream stream || !stream.Dictionary.HasName("Type", "XRef"))
        {
            throw PdfSyntaxException.Malformed("an offset does not lead to a cross-reference section");
        }

        var dictionary = stream.Dictionary;
        if (dictionary["W"] is not PdfArray { Items: [PdfInteger { Value: >= 0 and <= 4 } type, PdfInteger { Value: >= 1 and <= 8 } second, PdfInteger { Value: >= 0 and <= 4 } third] })
        {
            throw PdfSyntaxException.Malformed("a cross-reference stream has no widths");
        }

        var bytes = inflater.Read(stream).AsSpan();
        int[] widths = [(int)type.Value, (int)second.Value, (int)third.Value];
        foreach (var (first, count) in Runs(dictionary))
        {
            for (var index = 0; index < count; index++)
            {
                if (bytes.Length < widths.Sum())
                {
                    throw PdfSyntaxException.Malformed("a cross-reference stream is too short");
                }

                var kind = widths[0] == 0 ? 1 : Take(ref bytes, widths[0]);
                var (middle, last) = (Take(ref bytes, widths[1]), Take(ref bytes, widths[2]));
                Add(entries, first + index, kind switch
                {
                    0 => new(-1, 0, 0, 0),
                    1 when middle > 0 && middle < file.Length && last <= ushort.MaxValue => new((int)middle, (int)last, 0, 0),
                    2 when middle > 0 && middle <= limits.MaxObjects && last <= limits.MaxObjects => new(-1, 0, (int)middle, (int)last),
                    _ => throw PdfSyntaxException.Malformed("a cross-reference entry leads nowhere"),
                });
            }
        }

        // The stream's own number; it is what the section was read from, listed or not.
        if (!bytes.IsEmpty || (entries.TryGetValue(number, out var own) && own.Offset < 0))
        {
            throw PdfSyntaxException.Malformed("a cross-reference stream has more than it says");
        }

        return dictionary;
    }

    private IEnumerable<(int First, int Count)> Runs(PdfDictionary dictionary)
    {
        PdfArray index = dictionary["Index"] switch
        {
            null => new([new PdfInteger(0), dictionary["Size"] ?? PdfNull.Value]),
            PdfArray given => given,
            _ => throw PdfSyntaxException.Malformed("Index is no array"),
        };
        for (var at = 0; at < index.Items.Count; at += 2)
        {
            if (at + 1 >= index.Items.Count || index.Items[at] is not PdfInteger { Value: >= 0 and var first } || index.Items[at + 1] is not PdfInteger { Value: >= 0 and var count }
                || first + count > limits.MaxObjects)
            {
                throw PdfSyntaxException.Malformed("Index does not hold runs of numbers");
            }

            yield return ((int)first, (int)count);
        }
    }

    private void Add(Dictionary<int, PdfEntry> entries, int number, PdfEntry entry)
    {
        if (++_entries > limits.MaxObjects || number > limits.MaxObjects)
        {
            throw PdfSyntaxException.Limit("the file has too many objects");
        }

        if (!entries.TryAdd(number, entry))
        {
            throw PdfSyntaxException.Malformed("a cross-reference section names an object twice");
        }
    }

    private static long Take(ref Span<byte> bytes, int width)
    {
        long value = 0;
        foreach (var b in bytes[..width])
        {
            value = value > (long.MaxValue >> 8) ? long.MaxValue : (value << 8) | b;
        }

        bytes = bytes[width..];
        return value;
    }

    private sealed record XrefSection(PdfDictionary Trailer, Dictionary<int, PdfEntry> Entries, long? Previous, int StartXref, int Start, int TrailerEnd, int End);
}
