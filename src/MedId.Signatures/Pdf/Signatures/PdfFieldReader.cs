using System.Text;
using MedId.Core;

namespace MedId.Signatures;

/// <summary>Walks the fields of the interactive form as the last revision has them (ISO 32000-2 §12.7.4) and collects those that hold a signature.</summary>
internal sealed class PdfFieldReader(PdfFile file, PdfLimits limits)
{
    private readonly HashSet<int> _seen = [];
    private readonly HashSet<int> _values = [];
    private readonly List<PdfField> _fields = [];

    private int Last => file.Revisions.Count - 1;

    public IReadOnlyList<PdfField> Read()
    {
        var catalog = file.Resolve(Last, file.Revisions[Last].Trailer["Root"]) as PdfDictionary ?? throw PdfSyntaxException.Malformed("the catalog is not there");
        var form = file.Resolve(Last, catalog["AcroForm"]) as PdfDictionary;
        Walk(form?["Fields"], string.Empty, isSignature: false, 0);
        return _fields;
    }

    private void Walk(PdfValue? fields, string prefix, bool isSignature, int depth)
    {
        if (depth > limits.MaxDepth)
        {
            throw PdfSyntaxException.Limit("fields are nested too deeply");
        }

        foreach (var item in (file.Resolve(Last, fields) as PdfArray)?.Items ?? [])
        {
            if (item is PdfReference reference && !_seen.Add(reference.Number))
            {
                throw PdfSyntaxException.Malformed("a field stands twice in the form");
            }

            if (file.Resolve(Last, item) is not PdfDictionary field)
            {
                continue;
            }

            var name = file.Resolve(Last, field["T"]) is PdfString text ? Join(prefix, Text(text.Bytes)) : prefix;
            var type = file.Resolve(Last, field["FT"]) is PdfName given ? given.Value == "Sig" : isSignature;
            if (type && field["V"] is { } value)
            {
                Add(name, value);
            }

            Walk(field["Kids"], name, type, depth + 1);
        }
    }

    private void Add(string name, PdfValue value)
    {
        // One signature in two fields is one signature posing as two.
        if (value is PdfReference reference && !_values.Add(reference.Number))
        {
            throw new PdfSyntaxException(new(SignaturesErrorCodes.PdfSignatureMalformed, ErrorCategory.Untrusted, "ISO 32000-2 §12.7.5.5", "two fields share a signature"));
        }

        if (_fields.Count == limits.MaxSignatures)
        {
            throw PdfSyntaxException.Limit("the file has too many signatures");
        }

        _fields.Add(file.Resolve(Last, value) is PdfDictionary dictionary
            ? new(name, dictionary)
            : throw new PdfSyntaxException(new(SignaturesErrorCodes.PdfSignatureMalformed, ErrorCategory.Malformed, "ISO 32000-2 §12.7.5.5", "a signature field holds no signature dictionary")));
    }

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : prefix + "." + name;

    private static string Text(byte[] bytes) => bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)) : Encoding.Latin1.GetString(bytes);
}
