using System.Formats.Asn1;
using System.Numerics;

namespace MedId.Fido.Uaf;

/// <summary>ECDSA signatures in DER whose integers are not minimal: read as unsigned numbers and written as DER.</summary>
internal static class LooseDer
{
    private const int MaximumIntegerBytes = 72;

    public static bool TryNormalise(ReadOnlySpan<byte> signature, out byte[] der)
    {
        der = [];
        if (!TryRead(0x30, ref signature, out var body) || !signature.IsEmpty
            || !TryRead(0x02, ref body, out var r) || !TryRead(0x02, ref body, out var s) || !body.IsEmpty
            || r.Length is 0 or > MaximumIntegerBytes || s.Length is 0 or > MaximumIntegerBytes)
        {
            return false;
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(r, isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(s, isUnsigned: true, isBigEndian: true));
        }

        der = writer.Encode();
        return true;
    }

    private static bool TryRead(byte tag, scoped ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (bytes.Length < 2 || bytes[0] != tag)
        {
            return false;
        }

        var (header, length) = bytes[1] == 0x81 && bytes.Length > 2 ? (3, bytes[2]) : (2, bytes[1]);
        if ((header == 2 && length >= 0x80) || length > bytes.Length - header)
        {
            return false;
        }

        value = bytes.Slice(header, length);
        bytes = bytes[(header + length)..];
        return true;
    }
}
