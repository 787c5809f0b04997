using System.Numerics;
using System.Security.Cryptography;

namespace MedId.Testing;

/// <summary>RSA keys of 2048 bits that come with the package, each handed out once in a process, because making one takes longer than most tests. They are public: whoever trusts one trusts everybody.</summary>
internal static class RsaStock
{
    private const int PrimeLength = 128;
    private static readonly BigInteger Exponent = 65537;

    private static readonly byte[] Primes = Read();
    private static int _next = -1;

    /// <summary>The next key; null when all are handed out.</summary>
    public static RSA? Take()
    {
        var offset = Interlocked.Increment(ref _next) * 2 * PrimeLength;
        return offset + (2 * PrimeLength) > Primes.Length ? null : Key(Number(offset), Number(offset + PrimeLength));
    }

    private static RSA Key(BigInteger p, BigInteger q)
    {
        var d = Inverse(Exponent, (p - 1) * (q - 1));
        return RSA.Create(new RSAParameters
        {
            Modulus = Bytes(p * q, 2 * PrimeLength),
            Exponent = [0x01, 0x00, 0x01],
            D = Bytes(d, 2 * PrimeLength),
            P = Bytes(p, PrimeLength),
            Q = Bytes(q, PrimeLength),
            DP = Bytes(d % (p - 1), PrimeLength),
            DQ = Bytes(d % (q - 1), PrimeLength),
            InverseQ = Bytes(Inverse(q, p), PrimeLength),
        });
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (previous, current) = (modulus, value % modulus);
        var (previousFactor, factor) = (BigInteger.Zero, BigInteger.One);
        while (!current.IsZero)
        {
            var quotient = previous / current;
            (previous, current) = (current, previous - (quotient * current));
            (previousFactor, factor) = (factor, previousFactor - (quotient * factor));
        }

        return previousFactor.Sign < 0 ? previousFactor + modulus : previousFactor;
    }

    private static BigInteger Number(int offset) => new(Primes.AsSpan(offset, PrimeLength), isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number, int length)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }

    private static byte[] Read()
    {
        using var stream = typeof(RsaStock).Assembly.GetManifestResourceStream("primes.bin")!;
        var primes = new byte[stream.Length];
        stream.ReadExactly(primes);
        return primes;
    }
}
