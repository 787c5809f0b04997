using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace MedId.Testing;

/// <summary>Writes DER (X.690 §10) octet by octet, and what only looks like it: nothing is checked, so that malformed structures can be made on purpose.</summary>
public static class TestDer
{
    private const byte Constructed = 0x20;
    private const byte ContextClass = 0x80;

    /// <summary>NULL.</summary>
    public static byte[] Null => [0x05, 0x00];

    /// <summary>One tag-length-value with a definite, minimal length.</summary>
    /// <param name="tag">The identifier octet.</param>
    /// <param name="parts">The contents, concatenated.</param>
    public static byte[] Tlv(byte tag, params ReadOnlySpan<byte[]> parts)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += part.Length;
        }

        byte[] header = length switch
        {
            < 0x80 => [tag, (byte)length],
            <= 0xFF => [tag, 0x81, (byte)length],
            <= 0xFFFF => [tag, 0x82, (byte)(length >> 8), (byte)length],
            <= 0xFFFFFF => [tag, 0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length],
            _ => [tag, 0x84, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
        };
        var result = new byte[header.Length + length];
        header.CopyTo(result, 0);
        var offset = header.Length;
        foreach (var part in parts)
        {
            part.CopyTo(result, offset);
            offset += part.Length;
        }

        return result;
    }

    /// <summary>SEQUENCE of the parts in this order.</summary>
    /// <param name="parts">Encoded values; an empty array leaves nothing.</param>
    public static byte[] Sequence(params ReadOnlySpan<byte[]> parts) => Tlv(0x30, parts);

    /// <summary>SET of the parts in DER order (X.690 §11.6).</summary>
    /// <param name="parts">Encoded values.</param>
    public static byte[] Set(params ReadOnlySpan<byte[]> parts)
    {
        var sorted = parts.ToArray();
        Array.Sort(sorted, static (left, right) => left.AsSpan().SequenceCompareTo(right));
        return Tlv(0x31, sorted);
    }

    /// <summary>SET of the parts in this order, whatever DER asks.</summary>
    /// <param name="parts">Encoded values.</param>
    public static byte[] UnsortedSet(params ReadOnlySpan<byte[]> parts) => Tlv(0x31, parts);

    /// <summary>A constructed context tag: EXPLICIT around one value, or IMPLICIT over the contents of a SEQUENCE or SET.</summary>
    /// <param name="number">0 to 30.</param>
    /// <param name="parts">What is inside.</param>
    public static byte[] Context(int number, params ReadOnlySpan<byte[]> parts) => Tlv((byte)(ContextClass | Constructed | number), parts);

    /// <summary>A primitive context tag: IMPLICIT over the contents of a primitive type.</summary>
    /// <param name="number">0 to 30.</param>
    /// <param name="content">The content octets.</param>
    public static byte[] ContextPrimitive(int number, byte[] content) => Tlv((byte)(ContextClass | number), content);

    /// <summary>OBJECT IDENTIFIER.</summary>
    /// <param name="oid">In dotted form.</param>
    public static byte[] Oid(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }

    /// <summary>INTEGER.</summary>
    /// <param name="value">The number.</param>
    public static byte[] Integer(BigInteger value) => Tlv(0x02, value.ToByteArray(isBigEndian: true));

    /// <summary>INTEGER from its content octets, minimal or not.</summary>
    /// <param name="content">Two's complement, big-endian.</param>
    public static byte[] IntegerContent(byte[] content) => Tlv(0x02, content);

    /// <summary>ENUMERATED below 128.</summary>
    /// <param name="value">The number.</param>
    public static byte[] Enumerated(int value) => Tlv(0x0A, [(byte)value]);

    /// <summary>BOOLEAN; DER writes TRUE as FF.</summary>
    /// <param name="value">The value.</param>
    public static byte[] Boolean(bool value) => [0x01, 0x01, value ? (byte)0xFF : (byte)0x00];

    /// <summary>OCTET STRING.</summary>
    /// <param name="parts">Its octets, concatenated.</param>
    public static byte[] OctetString(params ReadOnlySpan<byte[]> parts) => Tlv(0x04, parts);

    /// <summary>BIT STRING.</summary>
    /// <param name="content">Its octets.</param>
    /// <param name="unusedBits">0 to 7.</param>
    public static byte[] BitString(byte[] content, int unusedBits = 0) => Tlv(0x03, [(byte)unusedBits], content);

    /// <summary>BIT STRING of named bits: trailing zero bits are left out (X.690 §11.2.2).</summary>
    /// <param name="bits">The numbers of the bits that are one; bit 0 is the first.</param>
    public static byte[] NamedBits(params ReadOnlySpan<int> bits) => Tlv(0x03, NamedBitsContent(bits));

    /// <summary>UTF8String.</summary>
    /// <param name="text">The text.</param>
    public static byte[] Utf8String(string text) => Tlv(0x0C, Encoding.UTF8.GetBytes(text));

    /// <summary>PrintableString; the characters are not checked.</summary>
    /// <param name="text">The text.</param>
    public static byte[] PrintableString(string text) => Tlv(0x13, Encoding.Latin1.GetBytes(text));

    /// <summary>IA5String; the characters are not checked.</summary>
    /// <param name="text">The text.</param>
    public static byte[] Ia5String(string text) => Tlv(0x16, Encoding.Latin1.GetBytes(text));

    /// <summary>Any character string type of ASN.1 that is used in names.</summary>
    /// <param name="type">The type.</param>
    /// <param name="text">The text; BMPString is UTF-16, UTF8String UTF-8, all others one octet a character.</param>
    public static byte[] Text(UniversalTagNumber type, string text) => Tlv(
        (byte)type,
        type switch
        {
            UniversalTagNumber.UTF8String => Encoding.UTF8.GetBytes(text),
            UniversalTagNumber.BMPString => Encoding.BigEndianUnicode.GetBytes(text),
            _ => Encoding.Latin1.GetBytes(text),
        });

    /// <summary>Time as RFC 5280 §4.1.2.5 asks: UTCTime until 2049, GeneralizedTime from 2050.</summary>
    /// <param name="time">To the second.</param>
    public static byte[] Time(DateTimeOffset time) => time.UtcDateTime.Year is >= 1950 and < 2050 ? UtcTime(time) : GeneralizedTime(time);

    /// <summary>UTCTime with seconds and Z.</summary>
    /// <param name="time">To the second.</param>
    public static byte[] UtcTime(DateTimeOffset time) => Tlv(0x17, Ascii(time.UtcDateTime.ToString("yyMMddHHmmss'Z'", CultureInfo.InvariantCulture)));

    /// <summary>GeneralizedTime with seconds and Z, without fraction.</summary>
    /// <param name="time">To the second.</param>
    public static byte[] GeneralizedTime(DateTimeOffset time) => Tlv(0x18, Ascii(time.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture)));

    internal static byte[] NamedBitsContent(params ReadOnlySpan<int> bits)
    {
        if (bits.IsEmpty)
        {
            return [0];
        }

        var highest = 0;
        foreach (var bit in bits)
        {
            highest = Math.Max(highest, bit);
        }

        var content = new byte[2 + (highest / 8)];
        content[0] = (byte)(7 - (highest % 8));
        foreach (var bit in bits)
        {
            content[1 + (bit / 8)] |= (byte)(0x80 >> (bit % 8));
        }

        return content;
    }

    internal static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
