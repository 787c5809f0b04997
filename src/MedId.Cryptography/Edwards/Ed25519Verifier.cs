using System.Numerics;
using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>Ed25519 (RFC 8032 §5.1.7) with the strict ruling of decision record 15. One instance per key; safe to use from many threads.</summary>
internal sealed class Ed25519Verifier : IEdwardsVerifier
{
    public const int SignatureLength = 64;
    private const int ScalarLength = 32;

    /// <summary>The order of the base point: 2^252 + 27742317777372353535851937790883648493.</summary>
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    private readonly byte[] _encoded;
    private readonly Point25519[] _negated;

    private Ed25519Verifier(byte[] encoded, in Point25519 key)
    {
        _encoded = encoded;
        _negated = key.Negate().OddMultiples();
    }

    /// <summary>Reads a key: canonical, on the curve; whether it is of small order is told apart.</summary>
    public static EdwardsKeyReading Read(byte[] encoded, out Ed25519Verifier? verifier)
    {
        verifier = null;
        if (!Point25519.TryDecode(encoded, out var point))
        {
            return EdwardsKeyReading.NotAPoint;
        }

        if (point.IsOfSmallOrder)
        {
            return EdwardsKeyReading.SmallOrder;
        }

        verifier = new(encoded, point);
        return EdwardsKeyReading.Good;
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => Verify([], data, signature);

    /// <summary>The same with what RFC 8032 §5.1 puts before everything that is hashed: dom2, which is empty for Ed25519 itself.</summary>
    internal bool Verify(ReadOnlySpan<byte> domain, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // Step 1: two halves; S is below the order, so that nobody can add the order to it.
        if (signature.Length != SignatureLength)
        {
            return false;
        }

        var r = signature[..ScalarLength];
        var s = signature[ScalarLength..];
        if (new BigInteger(s, isUnsigned: true) >= Order)
        {
            return false;
        }

        // Step 2: k = SHA-512(dom2 || R || A || M), modulo the order.
        Span<byte> hash = stackalloc byte[64];
        using (var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA512))
        {
            sha.AppendData(domain);
            sha.AppendData(r);
            sha.AppendData(_encoded);
            sha.AppendData(data);
            sha.GetHashAndReset(hash);
        }

        Span<byte> k = stackalloc byte[ScalarLength];
        k.Clear();
        (new BigInteger(hash, isUnsigned: true) % Order).TryWriteBytes(k, out _, isUnsigned: true);

        // Step 3, without the cofactor: [S]B - [k]A is R. Comparing its canonical encoding refuses every other writing of R as well.
        Span<sbyte> first = stackalloc sbyte[257];
        Span<sbyte> second = stackalloc sbyte[257];
        SignedWindow.Write(s, first);
        SignedWindow.Write(k, second);
        var sum = Point25519.Sum(first, Point25519.BaseTable, second, _negated);
        Span<byte> encoded = stackalloc byte[ScalarLength];
        sum.Encode(encoded);
        return encoded.SequenceEqual(r) && !sum.IsOfSmallOrder;
    }
}
