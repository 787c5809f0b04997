using System.Formats.Asn1;
using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>Writes what <see cref="SubjectPublicKeyInfo"/> reads.</summary>
internal static class SubjectPublicKeyInfoWriter
{
    public static byte[] Write(EllipticCurve curve, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(SubjectPublicKeyInfo.EcPublicKey);
                writer.WriteObjectIdentifier(curve.Oid);
            }

            writer.WriteBitString([0x04, .. x, .. y]);
        }

        return writer.Encode();
    }

    public static byte[] WriteRsa(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteIntegerUnsigned(modulus);
            key.WriteIntegerUnsigned(exponent);
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(SubjectPublicKeyInfo.RsaEncryption);
                writer.WriteNull();
            }

            writer.WriteBitString(key.Encode());
        }

        return writer.Encode();
    }

    public static byte[] WriteEdwards(KeyKind kind, ReadOnlySpan<byte> point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(kind == KeyKind.Ed25519 ? SubjectPublicKeyInfo.Ed25519 : SubjectPublicKeyInfo.Ed448);
            }

            writer.WriteBitString(point);
        }

        return writer.Encode();
    }

    public static byte[] WriteDsa(in DSAParameters key)
    {
        var number = new AsnWriter(AsnEncodingRules.DER);
        number.WriteIntegerUnsigned(Minimal(key.Y!));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(SubjectPublicKeyInfo.Dsa);
                using (writer.PushSequence())
                {
                    writer.WriteIntegerUnsigned(key.P);
                    writer.WriteIntegerUnsigned(key.Q);
                    writer.WriteIntegerUnsigned(Minimal(key.G!));
                }
            }

            writer.WriteBitString(number.Encode());
        }

        return writer.Encode();
    }

    private static ReadOnlySpan<byte> Minimal(ReadOnlySpan<byte> number) => number[Math.Max(number.IndexOfAnyExcept((byte)0), 0)..];
}
