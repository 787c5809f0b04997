using System.Globalization;
using System.Numerics;

namespace MedId.Cryptography;

/// <summary>Ed448 (RFC 8032 §5.2.7) with the strict ruling of decision record 15. One instance per key; safe to use from many threads.</summary>
internal sealed class Ed448Verifier : IEdwardsVerifier
{
    public const int SignatureLength = 114;
    private const int HalfLength = 57;

    /// <summary>dom4 (RFC 8032 §2) for no prehash and no context, which is what certificates, JOSE and COSE use.</summary>
    private static readonly byte[] NoContext = [.. "SigEd448"u8, 0, 0];

    /// <summary>The order of the base point (RFC 8032 §5.2).</summary>
    private static readonly BigInteger Order = BigInteger.Pow(2, 446)
        - BigInteger.Parse("13818066809895115352007386748515426880336692474882178609894547503885", CultureInfo.InvariantCulture);

    private readonly byte[] _encoded;
    private readonly Point448[] _negated;

    private Ed448Verifier(byte[] encoded, in Point448 key)
    {
        _encoded = encoded;
        _negated = key.Negate().OddMultiples();
    }

    /// <summary>Reads a key: canonical, on the curve; whether it is of small order is told apart.</summary>
    public static EdwardsKeyReading Read(byte[] encoded, out Ed448Verifier? verifier)
    {
        verifier = null;
        if (!Point448.TryDecode(encoded, out var point))
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

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => Verify(NoContext, data, signature);

    /// <summary>The same with another dom4.</summary>
    internal bool Verify(ReadOnlySpan<byte> domain, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // Step 1: two halves; S is below the order, so that nobody can add the order to it.
        if (signature.Length != SignatureLength)
        {
            return false;
        }

        var r = signature[..HalfLength];
        var s = signature[HalfLength..];
        if (new BigInteger(s, isUnsigned: true) >= Order)
        {
            return false;
        }

        // Step 2: k = SHAKE256(dom4 || R || A || M, 114), modulo the order.
        Span<byte> hash = stackalloc byte[SignatureLength];
        var shake = default(Shake256);
        shake.Append(domain);
        shake.Append(r);
        shake.Append(_encoded);
        shake.Append(data);
        shake.Finish(hash);
        Span<byte> k = stackalloc byte[HalfLength];
        k.Clear();
        (new BigInteger(hash, isUnsigned: true) % Order).TryWriteBytes(k, out _, isUnsigned: true);

        // Step 3, without the cofactor: [S]B - [k]A is R. Comparing its canonical encoding refuses every other writing of R as well.
        Span<sbyte> first = stackalloc sbyte[449];
        Span<sbyte> second = stackalloc sbyte[449];
        SignedWindow.Write(s, first);
        SignedWindow.Write(k, second);
        var sum = Point448.Sum(first, Point448.BaseTable, second, _negated);
        Span<byte> encoded = stackalloc byte[HalfLength];
        sum.Encode(encoded);
        return encoded.SequenceEqual(r) && !sum.IsOfSmallOrder;
    }
}
