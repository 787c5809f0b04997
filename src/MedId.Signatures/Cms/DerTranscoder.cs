using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

namespace MedId.Signatures;

/// <summary>Brings a BER structure into DER (X.690 §10, §11): definite minimal lengths, primitive strings, sorted sets, TRUE as FF.</summary>
/// <remarks>Implicitly tagged strings that were cut into pieces cannot be told from structures and stay as they are.</remarks>
internal static class DerTranscoder
{
    private const int MaxDepth = 32;

    public static bool TryTranscode(ReadOnlyMemory<byte> ber, [NotNullWhen(true)] out byte[]? der)
    {
        der = null;
        try
        {
            var reader = new AsnReader(ber, AsnEncodingRules.BER);
            var writer = new AsnWriter(AsnEncodingRules.DER);
            Copy(reader, writer, 0);
            if (reader.HasData)
            {
                return false;
            }

            der = writer.Encode();
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static void Copy(AsnReader reader, AsnWriter writer, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new AsnContentException("Nested too deeply.");
        }

        var tag = reader.PeekTag();
        if (tag.TagClass == TagClass.Universal)
        {
            if (CopyString(reader, writer, tag))
            {
                return;
            }

            // Sequences and sets are constructed, nothing else that is left is, and 0 ends an indefinite length.
            var isCollection = tag.TagValue is (int)UniversalTagNumber.Sequence or (int)UniversalTagNumber.Set;
            if (isCollection != tag.IsConstructed || tag.TagValue == 0)
            {
                throw new AsnContentException("No element of this form.");
            }
        }

        if (!tag.IsConstructed)
        {
            CopyPrimitive(reader, writer, tag);
        }
        else if (tag.HasSameClassAndValue(Asn1Tag.SetOf))
        {
            var set = reader.ReadSetOf(skipSortOrderValidation: true, tag);
            using (writer.PushSetOf(tag))
            {
                CopyAll(set, writer, depth);
            }
        }
        else
        {
            var sequence = reader.ReadSequence(tag);
            using (writer.PushSequence(tag))
            {
                CopyAll(sequence, writer, depth);
            }
        }
    }

    private static void CopyAll(AsnReader reader, AsnWriter writer, int depth)
    {
        while (reader.HasData)
        {
            Copy(reader, writer, depth + 1);
        }
    }

    private static bool CopyString(AsnReader reader, AsnWriter writer, Asn1Tag tag)
    {
        switch ((UniversalTagNumber)tag.TagValue)
        {
            case UniversalTagNumber.OctetString when tag.IsConstructed:
                writer.WriteOctetString(reader.ReadOctetString());
                return true;
            case UniversalTagNumber.BitString:
                var bits = reader.ReadBitString(out var unused);
                writer.WriteBitString(bits, unused);
                return true;
            case UniversalTagNumber.Boolean:
                writer.WriteBoolean(reader.ReadBoolean());
                return true;
            case UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.BMPString
                or UniversalTagNumber.VisibleString or UniversalTagNumber.NumericString when tag.IsConstructed:
                var type = (UniversalTagNumber)tag.TagValue;
                writer.WriteCharacterString(type, reader.ReadCharacterString(type));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The content of other primitives has one form only, or is the producer's own affair; the length becomes minimal.</summary>
    private static void CopyPrimitive(AsnReader reader, AsnWriter writer, Asn1Tag tag)
    {
        var content = reader.PeekContentBytes();
        reader.ReadEncodedValue();
        if (tag.TagClass == TagClass.Universal && tag.TagValue == (int)UniversalTagNumber.Integer && !IsMinimal(content.Span))
        {
            throw new AsnContentException("The integer is not minimal.");
        }

        // An octet string under any primitive tag is the tag, a minimal length, and the content.
        if (tag.HasSameClassAndValue(Asn1Tag.PrimitiveOctetString) || tag.TagClass != TagClass.Universal)
        {
            writer.WriteOctetString(content.Span, tag);
            return;
        }

        writer.WriteEncodedValue(Primitive(tag, content.Span));
    }

    private static byte[] Primitive(Asn1Tag tag, ReadOnlySpan<byte> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(content, new Asn1Tag(TagClass.ContextSpecific, tag.TagValue));
        var encoded = writer.Encode();
        encoded[0] = (byte)(encoded[0] & 0x3F);
        return encoded;
    }

    private static bool IsMinimal(ReadOnlySpan<byte> integer) =>
        integer.Length == 1 || (integer.Length > 1 && !(integer[0] == 0 && integer[1] < 0x80) && !(integer[0] == 0xFF && integer[1] >= 0x80));
}
