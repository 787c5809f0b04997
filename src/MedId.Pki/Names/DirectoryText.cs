using System.Formats.Asn1;
using System.Text;

namespace MedId.Pki;

/// <summary>The character strings that a name's value may be (DirectoryString and the IA5String of RFC 5280 §4.1.2.4, appendix A).</summary>
internal static class DirectoryText
{
    private static readonly Encoding Utf32 = new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true);
    private static readonly Encoding Utf16 = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>The text, or null when the element is no character string.</summary>
    public static string? Read(ReadOnlyMemory<byte> element)
    {
        var reader = new DerReader(element);
        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.Universal)
        {
            return null;
        }

        switch ((UniversalTagNumber)tag.TagValue)
        {
            case UniversalTagNumber.UTF8String:
            case UniversalTagNumber.NumericString:
            case UniversalTagNumber.IA5String:
            case UniversalTagNumber.VisibleString:
                return reader.ReadText((UniversalTagNumber)tag.TagValue);
            case UniversalTagNumber.PrintableString:
                return ReadPrintable(Content(element, tag));

            // T.61 is a dozen character sets; issuers that use it mean Latin-1, as every reader takes it.
            case UniversalTagNumber.T61String:
                return Encoding.Latin1.GetString(Content(element, tag));
            case UniversalTagNumber.BMPString:
                return ReadUcs2(Content(element, tag));
            case UniversalTagNumber.UniversalString:
                return Decode(Utf32, Content(element, tag));
            default:
                return null;
        }
    }

    /// <summary>PrintableString (X.680 §41.4), with the four characters beside its set that certificates in use have: <c>* @ &amp; _</c>.</summary>
    private static string ReadPrintable(ReadOnlySpan<byte> content)
    {
        foreach (var b in content)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && !" '()+,-./:=?*@&_"u8.Contains(b))
            {
                throw new ProfileException("Not a PrintableString.");
            }
        }

        return Encoding.ASCII.GetString(content);
    }

    private static string ReadUcs2(ReadOnlySpan<byte> content)
    {
        var text = Decode(Utf16, content);
        return text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : throw new ProfileException("BMPString has no surrogates.");
    }

    private static string Decode(Encoding encoding, ReadOnlySpan<byte> content)
    {
        try
        {
            return encoding.GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            throw new ProfileException("Not text of its type.", inner: e);
        }
    }

    private static ReadOnlySpan<byte> Content(ReadOnlyMemory<byte> element, Asn1Tag tag)
    {
        AsnDecoder.ReadEncodedValue(element.Span, AsnEncodingRules.DER, out var offset, out var length, out _);
        return tag.IsConstructed ? throw new ProfileException("DER strings are primitive.") : element.Span.Slice(offset, length);
    }
}
