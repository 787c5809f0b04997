using System.Formats.Asn1;

namespace MedId.Pki;

/// <summary>What OCSP needs of DER beside what certificates need.</summary>
internal static class DerReaderExtensions
{
    /// <summary>Reads an ENUMERATED of one octet, not negative; all that RFC 5280 and RFC 6960 have are.</summary>
    public static int ReadEnumerated(ref this DerReader reader)
    {
        var content = AsnDecoder.ReadEnumeratedBytes(reader.ReadEncodedValue().Span, AsnEncodingRules.DER, out _);
        return content.Length == 1 && content[0] < 0x80 ? content[0] : throw new AsnContentException("Not an enumerated value.");
    }

    /// <summary>Reads a NULL under a context tag.</summary>
    public static void ReadNull(ref this DerReader reader, Asn1Tag tag)
    {
        if (!reader.ReadOctetString(tag).IsEmpty)
        {
            throw new AsnContentException("Not a NULL.");
        }
    }
}
