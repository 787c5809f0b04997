using System.Numerics;

namespace MedId.Cryptography.Tests;

public sealed class FieldTests
{
    private static readonly BigInteger P25519 = ReferenceCurve.Ed25519.Prime;
    private static readonly BigInteger P448 = ReferenceCurve.Ed448.Prime;

    [Fact]
    public void Field25519_NumbersAtTheEdges_AreCalculatedAsIntegersAre()
    {
        var numbers = Numbers(P25519, 255, 51);
        foreach (var x in numbers)
        {
            foreach (var y in numbers)
            {
                var (a, b) = (Of25519(x), Of25519(y));
                Assert.Equal((x + y) % P25519, Value(a + b));
                Assert.Equal(Mod(x - y, P25519), Value(a - b));
                Assert.Equal(x * y % P25519, Value(a * b));

                // Sums and differences are used as factors without being written out in between.
                Assert.Equal(Mod((x + y) * (x - y), P25519), Value((a + b) * (a - b)));
                Assert.Equal((x - y) % P25519 == 0, a.IsSame(b));
            }

            Assert.Equal(BigInteger.ModPow(x, P25519 - 2, P25519), Value(Of25519(x).Invert()));
            Assert.Equal(BigInteger.ModPow(x, (P25519 - 5) / 8, P25519), Value(Of25519(x).RootPower()));
            Assert.Equal(Mod(-x, P25519), Value(-Of25519(x)));
            Assert.Equal(x % P25519 == 0, Of25519(x).IsZero);
        }
    }

    [Fact]
    public void Field448_NumbersAtTheEdges_AreCalculatedAsIntegersAre()
    {
        var numbers = Numbers(P448, 448, 56);
        foreach (var x in numbers)
        {
            foreach (var y in numbers)
            {
                var (a, b) = (Of448(x), Of448(y));
                Assert.Equal((x + y) % P448, Value(a + b));
                Assert.Equal(Mod(x - y, P448), Value(a - b));
                Assert.Equal(x * y % P448, Value(a * b));
                Assert.Equal(Mod((x + y) * (x - y), P448), Value((a + b) * (a - b)));
                Assert.Equal((x - y) % P448 == 0, a.IsSame(b));
            }

            Assert.Equal(BigInteger.ModPow(x, P448 - 2, P448), Value(Of448(x).Invert()));
            Assert.Equal(BigInteger.ModPow(x, (P448 - 3) / 4, P448), Value(Of448(x).RootPower()));
            Assert.Equal(Mod(-x, P448), Value(-Of448(x)));
            Assert.Equal(x % P448 == 0, Of448(x).IsZero);
        }
    }

    [Fact]
    public void Shake256_AnyLength_IsThatOfTheRuntime()
    {
        if (!System.Security.Cryptography.Shake256.IsSupported)
        {
            Assert.Skip("This platform's runtime has no SHAKE256 to compare with.");
        }

        for (var length = 0; length < 300; length += length is > 130 and < 140 ? 1 : 7)
        {
            var data = new DeterministicBytes(202).Next(length);
            var own = new byte[length + 1];
            var shake = default(Shake256);
            shake.Append(data.AsSpan(0, length / 3));
            shake.Append(data.AsSpan(length / 3));
            shake.Finish(own);

            Assert.Equal(System.Security.Cryptography.Shake256.HashData(data, own.Length), own);
        }
    }

    private static List<BigInteger> Numbers(BigInteger p, int bits, int limb)
    {
        var random = new DeterministicBytes(bits);
        var highest = BigInteger.Pow(2, bits) - 1;
        List<BigInteger> numbers = [0, 1, 2, 19, p - 1, p - 2, p, p + 1, highest, highest - 1, (p - 1) / 2];
        for (var i = limb; i < bits; i += limb)
        {
            numbers.AddRange([BigInteger.Pow(2, i), BigInteger.Pow(2, i) - 1, highest - BigInteger.Pow(2, i), highest - BigInteger.Pow(2, i) + 1]);
        }

        numbers.AddRange(Enumerable.Range(0, 12).Select(_ => random.Below(p)));
        return numbers;
    }

    private static Field25519 Of25519(BigInteger value) => Field25519.Decode(ReferenceCurve.Ed25519.ToBytes(value));

    private static Field448 Of448(BigInteger value) => Field448.Decode(ReferenceCurve.Ed448.ToBytes(value));

    private static BigInteger Value(Field25519 field)
    {
        var bytes = new byte[32];
        field.CopyTo(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }

    private static BigInteger Value(Field448 field)
    {
        var bytes = new byte[57];
        field.CopyTo(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }

    private static BigInteger Mod(BigInteger value, BigInteger p) => ((value % p) + p) % p;
}
