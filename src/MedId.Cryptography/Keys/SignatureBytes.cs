using System.Formats.Asn1;

namespace MedId.Cryptography;

/// <summary>Brings a signature in any of the table's layouts into the one that is verified; strict, so that one signature has one form.</summary>
internal static class SignatureBytes
{
    /// <summary>Reads DER <c>SEQUENCE { INTEGER r, INTEGER s }</c> (X.690 §10.1, §8.3.2: minimal lengths, minimal integers) into fixed fields.</summary>
    public static bool TryReadDerSequence(ReadOnlySpan<byte> der, Span<byte> fields)
    {
        var half = fields.Length / 2;
        return TryReadValue(0x30, ref der, out var body) && der.IsEmpty
            && TryReadUnsigned(ref body, fields[..half]) && TryReadUnsigned(ref body, fields[half..]) && body.IsEmpty;
    }

    /// <summary>Reads the content of a DER OCTET STRING that fills its bytes.</summary>
    public static bool TryReadOctetString(ReadOnlySpan<byte> der, out ReadOnlySpan<byte> content) => TryReadValue(0x04, ref der, out content) && der.IsEmpty;

    /// <summary>Writes fixed fields as DER, for signers whose algorithm asks for it.</summary>
    public static byte[] WriteDerSequence(ReadOnlySpan<byte> fields)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Minimal(fields[..(fields.Length / 2)]));
            writer.WriteIntegerUnsigned(Minimal(fields[(fields.Length / 2)..]));
        }

        return writer.Encode();
    }

    /// <summary>Wraps a signature in a DER OCTET STRING.</summary>
    public static byte[] WriteOctetString(ReadOnlySpan<byte> signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(signature);
        return writer.Encode();
    }

    private static ReadOnlySpan<byte> Minimal(ReadOnlySpan<byte> number)
    {
        var first = number.IndexOfAnyExcept((byte)0);
        return first < 0 ? number[^1..] : number[first..];
    }

    private static bool TryReadUnsigned(scoped ref ReadOnlySpan<byte> bytes, Span<byte> field)
    {
        if (!TryReadValue(0x02, ref bytes, out var value) || value.IsEmpty || value[0] >= 0x80)
        {
            return false;
        }

        if (value[0] == 0 && value.Length > 1)
        {
            value = value[1..];
            if (value[0] < 0x80)
            {
                return false;
            }
        }

        if (value.Length > field.Length)
        {
            return false;
        }

        field.Clear();
        value.CopyTo(field[^value.Length..]);
        return true;
    }

    private static bool TryReadValue(byte tag, scoped ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (bytes.Length < 2 || bytes[0] != tag)
        {
            return false;
        }

        int length = bytes[1];
        var header = 2;
        if (length >= 0x80)
        {
            header += length & 0x7F;
            if (header is not (3 or 4) || bytes.Length < header)
            {
                return false;
            }

            length = header == 3 ? bytes[2] : (bytes[2] << 8) | bytes[3];
            if (length < (header == 3 ? 0x80 : 0x100))
            {
                return false;
            }
        }

        if (bytes.Length - header < length)
        {
            return false;
        }

        value = bytes.Slice(header, length);
        bytes = bytes[(header + length)..];
        return true;
    }
}
