using System.Formats.Asn1;
using System.Text;

namespace MedId.Hpki;

/// <summary>DirectoryString, an untagged choice of five string types (X.520).</summary>
internal static class HcText
{
    // UniversalString (X.690 §8.23.7): four octets a character, big-endian; the platform's reader does not know it.
    private static readonly Asn1Tag UniversalString = new((UniversalTagNumber)28);
    private static readonly UTF32Encoding Utf32 = new(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true);

    public static (string Text, HcTextType Type) Read(AsnReader reader)
    {
        var tag = reader.PeekTag();
        if (tag == UniversalString)
        {
            var content = reader.PeekContentBytes();
            reader.ReadEncodedValue();
            try
            {
                return (Utf32.GetString(content.Span), HcTextType.Universal);
            }
            catch (DecoderFallbackException e)
            {
                throw new AsnContentException("A UniversalString with invalid characters.", e);
            }
        }

        return tag.TagClass != TagClass.Universal ? throw new AsnContentException("Not a DirectoryString.") : (UniversalTagNumber)tag.TagValue switch
        {
            UniversalTagNumber.UTF8String => (reader.ReadCharacterString(UniversalTagNumber.UTF8String), HcTextType.Utf8),
            UniversalTagNumber.PrintableString => (reader.ReadCharacterString(UniversalTagNumber.PrintableString), HcTextType.Printable),
            UniversalTagNumber.TeletexString => (reader.ReadCharacterString(UniversalTagNumber.TeletexString), HcTextType.Teletex),
            UniversalTagNumber.BMPString => (reader.ReadCharacterString(UniversalTagNumber.BMPString), HcTextType.Bmp),
            _ => throw new AsnContentException("Not a DirectoryString."),
        };
    }

    public static void Write(AsnWriter writer, string text, HcTextType type)
    {
        switch (type)
        {
            case HcTextType.Utf8:
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, text);
                break;
            case HcTextType.Printable:
                writer.WriteCharacterString(UniversalTagNumber.PrintableString, text);
                break;
            case HcTextType.Teletex:
                writer.WriteCharacterString(UniversalTagNumber.TeletexString, text);
                break;
            case HcTextType.Bmp:
                writer.WriteCharacterString(UniversalTagNumber.BMPString, text);
                break;
            case HcTextType.Universal:
                writer.WriteEncodedValue(EncodeUniversal(text));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    private static byte[] EncodeUniversal(string text)
    {
        // The content of an OCTET STRING, under the other tag.
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(Utf32.GetBytes(text));
        var encoded = writer.Encode();
        encoded[0] = (byte)UniversalString.TagValue;
        return encoded;
    }
}
