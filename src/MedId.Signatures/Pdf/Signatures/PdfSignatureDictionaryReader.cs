using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using MedId.Core;

namespace MedId.Signatures;

/// <summary>Reads one signature dictionary (ISO 32000-2 §12.8.1) and finds which revision it signs.</summary>
internal sealed class PdfSignatureDictionaryReader(PdfFile file, PdfUpdateAnalyzer analyzer)
{
    private const string Section = "ISO 32000-2 §12.8.1";

    public PdfSignature Read(PdfField field)
    {
        var dictionary = field.Dictionary;
        var subFilter = (dictionary["SubFilter"] as PdfName)?.Value;
        var isTimestamp = dictionary.HasName("Type", "DocTimeStamp");
        var isKnown = isTimestamp ? subFilter is "ETSI.RFC3161" : subFilter is "ETSI.CAdES.detached" or "adbe.pkcs7.detached";
        if (!isKnown || (dictionary["Type"] is not null && !isTimestamp && !dictionary.HasName("Type", "Sig")))
        {
            throw Refuse(SignaturesErrorCodes.PdfSubFilter, ErrorCategory.Unsupported, "EN 319 142-1 §6.3", null);
        }

        // What stands in an object stream has no place of its own in the file, so nothing can be left out for it.
        if (!dictionary.TryGet<PdfString>("Contents", out var contents) || !contents.IsHex || contents.Start < 0)
        {
            throw Refuse(SignaturesErrorCodes.PdfSignatureMalformed, ErrorCategory.Malformed, Section, "Contents is no hexadecimal string of the file");
        }

        var ranges = Ranges(dictionary, contents);
        var end = (int)(ranges[1].Offset + ranges[1].Length);
        var revision = Revision(end);
        if (contents.Start < file.Revisions[revision].Start)
        {
            throw Refuse(SignaturesErrorCodes.PdfRevision, ErrorCategory.Untrusted, Section, "the signature stands in an earlier revision than it signs");
        }

        byte[] signed = [.. file.Bytes.Span[..(int)ranges[0].Length], .. file.Bytes.Span[(int)ranges[1].Offset..end]];
        return new()
        {
            FieldName = field.Name,
            Kind = isTimestamp ? PdfSignatureKind.DocumentTimestamp : PdfSignatureKind.Signature,
            SubFilter = subFilter!,
            Value = Value(contents.Bytes),
            Ranges = ranges,
            SignedBytes = signed,
            Revision = revision + 1,
            SignedRevision = file.Bytes[..end],
            Updates = [.. Enumerable.Range(revision + 1, file.Revisions.Count - revision - 1).Select(analyzer.Analyze)],
            ClaimedSigningTime = dictionary["M"] is PdfString time ? Time(Encoding.Latin1.GetString(time.Bytes)) : null,
        };
    }

    // EN 319 142-1 §5.3, ISO 32000-2 §12.8.1: from the first byte of the file to the last of a revision, less exactly the token of Contents with its angle brackets.
    private static ByteRange[] Ranges(PdfDictionary dictionary, PdfString contents)
    {
        if (dictionary["ByteRange"] is not PdfArray { Items: [PdfInteger { Value: 0 }, PdfInteger first, PdfInteger second, PdfInteger length] } || length.Value < 0 || second.Value < 0)
        {
            throw Refuse(SignaturesErrorCodes.PdfByteRange, ErrorCategory.Malformed, Section, "ByteRange is not four numbers from 0");
        }

        return first.Value == contents.Start && second.Value == contents.End && length.Value <= int.MaxValue - second.Value
            ? [new(0, first.Value), new(second.Value, length.Value)]
            : throw Refuse(SignaturesErrorCodes.PdfByteRange, ErrorCategory.Untrusted, Section, "what ByteRange leaves out is not the signature's own value");
    }

    // A revision ends with %%EOF; writers differ in whether they sign the end of line after it.
    private int Revision(int end)
    {
        for (var index = 0; index < file.Revisions.Count; index++)
        {
            var eof = file.Revisions[index].End;
            var lineEnd = file.Bytes.Span[eof..] switch
            {
                [13, 10, ..] => 2,
                [13 or 10, ..] => 1,
                _ => 0,
            };
            if (end >= eof && end <= eof + lineEnd && end <= file.Bytes.Length)
            {
                return index;
            }
        }

        throw Refuse(SignaturesErrorCodes.PdfRevision, ErrorCategory.Untrusted, Section, "ByteRange does not end where a revision ends");
    }

    // The value, then nothing but zeros.
    private static ReadOnlyMemory<byte> Value(byte[] contents)
    {
        try
        {
            AsnDecoder.ReadEncodedValue(contents, AsnEncodingRules.BER, out _, out _, out var consumed);
            if (consumed > 2 && !contents.AsSpan(consumed).ContainsAnyExcept((byte)0))
            {
                return contents.AsMemory(0, consumed);
            }
        }
        catch (AsnContentException)
        {
            // Said below.
        }

        throw Refuse(SignaturesErrorCodes.PdfSignatureMalformed, ErrorCategory.Malformed, Section, "Contents is not one structure followed by zeros");
    }

    // §7.9.4: D:YYYYMMDDHHmmSS and Z, or +HH'mm with or without the last apostrophe. A claim: what cannot be read is no claim.
    private static DateTimeOffset? Time(string text)
    {
        var plain = text.Replace("'", string.Empty, StringComparison.Ordinal);
        string[] formats = ["'D:'yyyyMMddHHmmsszzz", "'D:'yyyyMMddHHmmss'Z'", "'D:'yyyyMMddHHmmss'Z0000'"];
        var spelled = plain.Length == 21 ? plain.Insert(19, ":") : plain;
        return DateTimeOffset.TryParseExact(spelled, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    private static PdfSyntaxException Refuse(string code, ErrorCategory category, string section, string? detail) => new(new(code, category, section, detail));
}
