using System.Formats.Asn1;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Reads RFC 5280 §4.1.2.7 in DER.</summary>
internal static class SubjectPublicKeyInfo
{
    public const string EcPublicKey = "1.2.840.10045.2.1";
    public const string RsaEncryption = "1.2.840.113549.1.1.1";
    public const string Ed25519 = "1.3.101.112";
    public const string Ed448 = "1.3.101.113";
    public const string Dsa = "1.2.840.10040.4.1";
    public const string MlDsa44 = "2.16.840.1.101.3.4.3.17";
    public const string MlDsa65 = "2.16.840.1.101.3.4.3.18";
    public const string MlDsa87 = "2.16.840.1.101.3.4.3.19";

    public static MedIdResult<PublicKey> Read(ReadOnlySpan<byte> der, int minimumRsaBits, PublicKey? issuer)
    {
        try
        {
            var outer = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var algorithm = info.ReadSequence();
            var key = info.ReadBitString(out var unusedBits);
            info.ThrowIfNotEmpty();
            return unusedBits == 0 ? Read(algorithm, key, minimumRsaBits, issuer) : Malformed();
        }
        catch (AsnContentException)
        {
            return Malformed();
        }
    }

    public static MedIdResult<PublicKey> ReadRsaPublicKey(ReadOnlySpan<byte> der, int minimumBits)
    {
        try
        {
            var outer = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            var key = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var modulus = key.ReadIntegerBytes().Span;
            var exponent = key.ReadIntegerBytes().Span;
            key.ThrowIfNotEmpty();
            return modulus[0] < 0x80 && exponent[0] < 0x80 ? PublicKey.FromRsa(Unsigned(modulus), Unsigned(exponent), minimumBits) : Malformed();
        }
        catch (AsnContentException)
        {
            return Malformed();
        }
    }

    /// <summary>DER keeps one zero octet in front of a number whose highest bit is set (X.690 §8.3.2).</summary>
    public static ReadOnlySpan<byte> Unsigned(ReadOnlySpan<byte> integer) => integer.Length > 1 && integer[0] == 0 ? integer[1..] : integer;

    private static MedIdResult<PublicKey> Read(AsnReader algorithm, byte[] key, int minimumRsaBits, PublicKey? issuer)
    {
        var oid = algorithm.ReadObjectIdentifier();
        switch (oid)
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
                return ReadRsaPublicKey(key, minimumRsaBits);
            case Ed25519:
                algorithm.ThrowIfNotEmpty();
                return PublicKey.FromEdwardsPoint(KeyKind.Ed25519, key);
            case Ed448:
                algorithm.ThrowIfNotEmpty();
                return PublicKey.FromEdwardsPoint(KeyKind.Ed448, key);
            case MlDsa44 or MlDsa65 or MlDsa87:
                algorithm.ThrowIfNotEmpty();
                return PublicKey.FromMlDsa(oid switch { MlDsa44 => KeyKind.MlDsa44, MlDsa65 => KeyKind.MlDsa65, _ => KeyKind.MlDsa87 }, key);
            case Dsa:
                return DsaPublicKey.Read(algorithm, key, issuer);
            case X509AlgorithmReader.RsassaPss:
                return Unsupported("the key is restricted to RSASSA-PSS (RFC 4055 §1.2), which no authority known here uses");
            default:
                return Unsupported("none of id-ecPublicKey, rsaEncryption, id-Ed25519, id-Ed448, id-ml-dsa, id-dsa");
        }
    }

    private static MedIdResult<PublicKey> ReadPoint(EllipticCurve curve, ReadOnlySpan<byte> point) =>
        point.Length > 0 && point[0] is 0x02 or 0x03 ? Unsupported("the point is compressed") : PublicKey.FromUncompressedPoint(curve.Kind, point);

    private static MedIdError Malformed() => new(CryptographyErrorCodes.KeyMalformed, ErrorCategory.Malformed, "RFC 5280 §4.1.2.7", "not this structure in DER");

    private static MedIdError Unsupported(string detail) => new(CryptographyErrorCodes.KeyUnsupported, ErrorCategory.Unsupported, "RFC 5280 §4.1.2.7", detail);
}
