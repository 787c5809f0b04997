using System.Formats.Asn1;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>RFC 5280 §4.1.2.7 in DER, both ways.</summary>
internal static class SubjectPublicKeyInfo
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    public static MedIdResult<PublicKey> Read(ReadOnlySpan<byte> der)
    {
        try
        {
            var outer = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var algorithm = info.ReadSequence();
            var key = info.ReadBitString(out var unusedBits);
            info.ThrowIfNotEmpty();
            if (unusedBits != 0)
            {
                return Malformed();
            }

            switch (algorithm.ReadObjectIdentifier())
            {
                case EcPublicKey when algorithm.HasData && algorithm.PeekTag() == Asn1Tag.ObjectIdentifier:
                    var curve = EllipticCurve.OfOid(algorithm.ReadObjectIdentifier());
                    algorithm.ThrowIfNotEmpty();
                    return curve is null ? Unsupported("the curve is not used here") : ReadPoint(curve, key);
                case EcPublicKey:
                    return Unsupported("the curve is not named");
                case RsaEncryption:
                    algorithm.ReadNull();
                    algorithm.ThrowIfNotEmpty();
                    return ReadRsaPublicKey(key);
                default:
                    return Unsupported("neither id-ecPublicKey nor rsaEncryption");
            }
        }
        catch (AsnContentException)
        {
            return Malformed();
        }
    }

    public static MedIdResult<PublicKey> ReadRsaPublicKey(ReadOnlySpan<byte> der)
    {
        try
        {
            var outer = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            var key = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var modulus = key.ReadIntegerBytes().Span;
            var exponent = key.ReadIntegerBytes().Span;
            key.ThrowIfNotEmpty();
            return modulus[0] < 0x80 && exponent[0] < 0x80 ? PublicKey.FromRsa(Unsigned(modulus), Unsigned(exponent)) : Malformed();
        }
        catch (AsnContentException)
        {
            return Malformed();
        }
    }

    public static byte[] Write(EllipticCurve? curve, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(curve is null ? RsaEncryption : EcPublicKey);
                if (curve is null)
                {
                    writer.WriteNull();
                }
                else
                {
                    writer.WriteObjectIdentifier(curve.Oid);
                }
            }

            writer.WriteBitString(curve is null ? WriteRsaPublicKey(first, second) : [0x04, .. first, .. second]);
        }

        return writer.Encode();
    }

    private static byte[] WriteRsaPublicKey(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(modulus);
            writer.WriteIntegerUnsigned(exponent);
        }

        return writer.Encode();
    }

    private static MedIdResult<PublicKey> ReadPoint(EllipticCurve curve, ReadOnlySpan<byte> point) =>
        point.Length > 0 && point[0] is 0x02 or 0x03 ? Unsupported("the point is compressed") : PublicKey.FromUncompressedPoint(curve.Kind, point);

    /// <summary>DER keeps one zero octet in front of a number whose highest bit is set (X.690 §8.3.2).</summary>
    private static ReadOnlySpan<byte> Unsigned(ReadOnlySpan<byte> integer) => integer.Length > 1 && integer[0] == 0 ? integer[1..] : integer;

    private static MedIdError Malformed() => new(CryptographyErrorCodes.KeyMalformed, ErrorCategory.Malformed, "RFC 5280 §4.1.2.7", "not this structure in DER");

    private static MedIdError Unsupported(string detail) => new(CryptographyErrorCodes.KeyUnsupported, ErrorCategory.Unsupported, "RFC 5280 §4.1.2.7", detail);
}
