using System.Diagnostics.CodeAnalysis;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>TPMT_PUBLIC (TPM 2.0 Part 2 §12.2.4) of an RSA key or an elliptic curve point.</summary>
internal sealed class TpmPublicArea
{
    private const ushort Rsa = 0x0001;
    private const ushort Ecc = 0x0023;
    private const ushort Null = 0x0010;
    private const ushort RsaEs = 0x0015;
    private const ushort Ecdaa = 0x001A;
    private const uint DefaultExponent = 65537;

    private readonly PublicKey _key;

    private TpmPublicArea(ushort nameAlgorithmId, DigestAlgorithm nameAlgorithm, PublicKey key)
    {
        (NameAlgorithmId, NameAlgorithm, _key) = (nameAlgorithmId, nameAlgorithm, key);
    }

    public ushort NameAlgorithmId { get; }

    public DigestAlgorithm NameAlgorithm { get; }

    /// <summary>Reads the structure; null when it is cut off, has something behind it, or holds a key or hash that is not used here.</summary>
    public static TpmPublicArea? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new TpmReader(bytes);
        if (!reader.TryReadUInt16(out var type) || !reader.TryReadUInt16(out var nameAlgorithmId) || !reader.TryReadUInt32(out _) || !reader.TryReadSized(out _)
            || DigestOf(nameAlgorithmId) is not { } nameAlgorithm || !TrySkipSymmetric(ref reader) || !TrySkipScheme(ref reader))
        {
            return null;
        }

        var key = type switch
        {
            Rsa => ReadRsa(ref reader),
            Ecc => ReadPoint(ref reader),
            _ => null,
        };
        return key is not null && reader.AtEnd ? new(nameAlgorithmId, nameAlgorithm, key) : null;
    }

    public bool Matches(PublicKey key) => _key.Equals(key);

    private static DigestAlgorithm? DigestOf(ushort identifier) => identifier switch
    {
        0x0004 => DigestAlgorithm.Sha1,
        0x000B => DigestAlgorithm.Sha256,
        0x000C => DigestAlgorithm.Sha384,
        0x000D => DigestAlgorithm.Sha512,
        _ => null,
    };

    /// <summary>TPMT_SYM_DEF_OBJECT (§11.1.7): a cipher has the bits of its key and a mode behind it.</summary>
    private static bool TrySkipSymmetric(ref TpmReader reader) =>
        reader.TryReadUInt16(out var cipher) && (cipher == Null || reader.TrySkip(2 * sizeof(ushort)));

    /// <summary>TPMT_RSA_SCHEME (§11.2.4.2) and TPMT_ECC_SCHEME (§11.2.5.6): all but RSAES name a hash, and ECDAA a counter.</summary>
    private static bool TrySkipScheme(ref TpmReader reader) => reader.TryReadUInt16(out var scheme) && scheme switch
    {
        Null or RsaEs => true,
        Ecdaa => reader.TrySkip(2 * sizeof(ushort)),
        _ => reader.TrySkip(sizeof(ushort)),
    };

    private static PublicKey? ReadRsa(ref TpmReader reader)
    {
        if (!reader.TryReadUInt16(out var bits) || !reader.TryReadUInt32(out var exponent) || !reader.TryReadSized(out var modulus) || modulus.Length * 8 != bits)
        {
            return null;
        }

        var e = exponent == 0 ? DefaultExponent : exponent;
        ReadOnlySpan<byte> octets = [(byte)(e >> 24), (byte)(e >> 16), (byte)(e >> 8), (byte)e];
        return PublicKey.FromRsa(modulus, octets.TrimStart((byte)0)).Value;
    }

    private static PublicKey? ReadPoint(ref TpmReader reader)
    {
        // TPMT_KDF_SCHEME (§11.2.3.2): a function other than none names a hash.
        if (!reader.TryReadUInt16(out var curve) || !reader.TryReadUInt16(out var function) || (function != Null && !reader.TrySkip(sizeof(ushort)))
            || !reader.TryReadSized(out var x) || !reader.TryReadSized(out var y) || !TryFindCurve(curve, out var kind, out var length)
            || x.Length > length || y.Length > length)
        {
            return null;
        }

        // A TPM may leave out leading zeros.
        Span<byte> point = stackalloc byte[1 + (2 * length)];
        point.Clear();
        point[0] = 0x04;
        x.CopyTo(point[(1 + length - x.Length)..]);
        y.CopyTo(point[(1 + (2 * length) - y.Length)..]);
        return PublicKey.FromUncompressedPoint(kind.Value, point).Value;
    }

    private static bool TryFindCurve(ushort identifier, [NotNullWhen(true)] out KeyKind? kind, out int length)
    {
        (kind, length) = identifier switch
        {
            0x0003 => ((KeyKind?)KeyKind.P256, 32),
            0x0004 => (KeyKind.P384, 48),
            0x0005 => (KeyKind.P521, 66),
            _ => (null, 0),
        };
        return kind is not null;
    }
}
