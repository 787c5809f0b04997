using System.Globalization;
using System.IO.Compression;
using System.Text;
using MedId.Testing;

namespace MedId.Signatures.Tests.Pdf;

/// <summary>A small PDF file that grows by revisions, written by code that shares nothing with the reader. Everything can be changed; nothing is checked.</summary>
internal sealed class TestPdf
{
    public const int Catalog = 1;
    public const int Pages = 2;
    public const int Page = 3;
    public const int Content = 4;
    private const int HexLength = 12_000;

    private readonly MemoryStream _bytes = new();
    private readonly Dictionary<int, string> _objects = [];
    private long _lastXref;
    private int _size = 1;

    /// <summary>Cross-references as a stream with a PNG predictor, changed objects in an object stream where they can be.</summary>
    public bool UsesStreams { get; set; }

    /// <summary>Between <c>%%EOF</c> of a revision and whatever follows.</summary>
    public string EndOfFile { get; set; } = "\n";

    /// <summary>Further members of every trailer.</summary>
    public string Trailer { get; set; } = "";

    public byte[] Bytes => _bytes.ToArray();

    public int NextNumber => _size;

    /// <summary>One page with a line of text.</summary>
    public static TestPdf Create(bool usesStreams = false, string catalog = "", string header = "%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n")
    {
        var pdf = new TestPdf { UsesStreams = usesStreams };
        pdf.Append(header);
        return pdf.Update(
            (Catalog, $"<< /Type /Catalog /Pages 2 0 R {catalog}>>"),
            (Pages, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
            (Page, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Resources << >> /Contents 4 0 R >>"),
            (Content, Stream("BT (Order: 5 tablets \\(once\\)) Tj")));
    }

    /// <summary>A stream object without a filter.</summary>
    public static string Stream(string content) => $"<< /Length {content.Length} >>\nstream\n{content}\nendstream";

    /// <summary>The last text of an object.</summary>
    public string this[int number] => _objects[number];

    /// <summary>A revision with these objects, new or changed; null takes one out.</summary>
    public TestPdf Update(params ReadOnlySpan<(int Number, string? Body)> objects)
    {
        var entries = new SortedDictionary<int, (int Kind, long Second, int Third)>();
        var inStream = new List<(int Number, string Body)>();
        foreach (var (number, body) in objects)
        {
            _size = Math.Max(_size, number + 1);
            if (body is null)
            {
                entries[number] = (0, 0, 0);
                continue;
            }

            _objects[number] = body;
            if (UsesStreams && !body.Contains("stream", StringComparison.Ordinal) && !body.Contains("/Contents <", StringComparison.Ordinal))
            {
                inStream.Add((number, body));
                continue;
            }

            entries[number] = (1, _bytes.Length, 0);
            Append($"{number} 0 obj\n{body}\nendobj\n");
        }

        if (inStream.Count > 0)
        {
            AppendObjectStream(inStream, entries);
        }

        AppendXref(entries);
        return this;
    }

    /// <summary>Bytes as they are, outside of everything.</summary>
    public TestPdf Append(string text)
    {
        _bytes.Write(Encoding.Latin1.GetBytes(text));
        return this;
    }

    /// <summary>A signature in a revision of its own.</summary>
    public TestPdf Sign(TestPdfSignature? signature = null)
    {
        signature ??= new();
        var (field, value) = (NextNumber, NextNumber + 1);
        var contents = "<" + new string('0', HexLength) + ">";
        var dictionary = signature.Change($"<< /Type /{signature.Type} /Filter /Adobe.PPKLite /SubFilter /{signature.SubFilter} /M (D:20260331230000+09'00') /ByteRange [0 1111111111 2222222222 3333333333] /Contents {contents} >>");
        var catalog = _objects[Catalog];
        var fields = catalog.Contains("/AcroForm", StringComparison.Ordinal)
            ? catalog.Replace("] /SigFlags", $" {field} 0 R] /SigFlags", StringComparison.Ordinal)
            : catalog.Insert(catalog.Length - 2, $"/AcroForm << /Fields [{field} 0 R] /SigFlags 3 >> ");
        var start = _bytes.Length;
        Update([
            (Catalog, fields),
            (field, $"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature{field}) /Rect {signature.Rect} /F 132 /P 3 0 R {signature.FieldMembers}/V {value} 0 R >>"),
            (value, dictionary),
            .. signature.More]);
        var bytes = Bytes;
        var text = Encoding.Latin1.GetString(bytes);
        var hole = text.IndexOf(contents, (int)start, StringComparison.Ordinal);
        if (hole < 0)
        {
            return this;
        }

        var end = signature.End?.Invoke(bytes) ?? bytes.Length;
        var (first, second) = (hole, hole + contents.Length);
        var range = signature.Range?.Invoke(first, second, end) ?? $"[0 {first} {second} {end - second}]";
        text = text[..(int)start] + text[(int)start..].Replace("[0 1111111111 2222222222 3333333333]", range.PadRight(36), StringComparison.Ordinal);
        byte[] signed = [.. Encoding.Latin1.GetBytes(text[..first]), .. Encoding.Latin1.GetBytes(text[second..end])];
        var hex = Convert.ToHexString(signature.Make(signed)).PadRight(HexLength, '0');
        _bytes.SetLength(0);
        Append(text[..(first + 1)] + hex + text[(second - 1)..]);
        return this;
    }

    private void AppendObjectStream(List<(int Number, string Body)> objects, SortedDictionary<int, (int, long, int)> entries)
    {
        var number = _size++;
        var header = new StringBuilder();
        var content = new StringBuilder();
        for (var index = 0; index < objects.Count; index++)
        {
            header.Append(CultureInfo.InvariantCulture, $"{objects[index].Number} {content.Length} ");
            content.Append(objects[index].Body).Append('\n');
            entries[objects[index].Number] = (2, number, index);
        }

        var data = Deflate(Encoding.Latin1.GetBytes(header.ToString() + content));
        entries[number] = (1, _bytes.Length, 0);
        Append($"{number} 0 obj\n<< /Type /ObjStm /N {objects.Count} /First {header.Length} /Filter /FlateDecode /Length {data.Length} >>\nstream\n");
        _bytes.Write(data);
        Append("\nendstream\nendobj\n");
    }

    private void AppendXref(SortedDictionary<int, (int Kind, long Second, int Third)> entries)
    {
        var previous = _lastXref == 0 ? "" : $"/Prev {_lastXref} ";
        if (_lastXref == 0)
        {
            entries[0] = (0, 0, 65535);
        }

        var at = _bytes.Length;
        if (UsesStreams)
        {
            var number = _size++;
            entries[number] = (1, at, 0);
            byte[] row = new byte[6], last = new byte[6];
            var rows = new MemoryStream();
            foreach (var (kind, second, third) in entries.Values)
            {
                row = [(byte)kind, (byte)(second >> 16), (byte)(second >> 8), (byte)second, (byte)(third >> 8), (byte)third];
                rows.WriteByte(2);
                rows.Write([.. row.Zip(last, (now, above) => (byte)(now - above))]);
                last = row;
            }

            var data = Deflate(rows.ToArray());
            var index = string.Join(' ', entries.Keys.Select(k => $"{k} 1"));
            Append($"{number} 0 obj\n<< /Type /XRef /W [1 3 2] /Index [{index}] /Size {_size} /Root 1 0 R {previous}{Trailer}/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 6 >> /Length {data.Length} >>\nstream\n");
            _bytes.Write(data);
            Append("\nendstream\nendobj\n");
        }
        else
        {
            var table = new StringBuilder("xref\n");
            foreach (var (number, (kind, second, third)) in entries)
            {
                table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{second:D10} {third:D5} {(kind == 0 ? 'f' : 'n')} \n");
            }

            Append(table + $"trailer\n<< /Size {_size} /Root 1 0 R {previous}{Trailer}>>\n");
        }

        Append($"startxref\n{at}\n%%EOF{EndOfFile}");
        _lastXref = at;
    }

    private static byte[] Deflate(byte[] data)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal))
        {
            zlib.Write(data);
        }

        return output.ToArray();
    }
}
