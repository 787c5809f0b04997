using System.Numerics;
using System.Security.Cryptography;

namespace MedId.Testing;

/// <summary>RSA without a hash: what a card computes over the octets it gets. Not constant in time; for tests.</summary>
internal static class RawRsa
{
    public static byte[] SignType1(byte[] block, RSAParameters key)
    {
        var length = key.Modulus!.Length;
        if (block.Length > length - 11)
        {
            throw new ArgumentException("The block is longer than the modulus less 11 octets.", nameof(block));
        }

        // RFC 8017 §9.2: 00 01 FF…FF 00 T
        var padded = new byte[length];
        padded[1] = 0x01;
        padded.AsSpan(2, length - block.Length - 3).Fill(0xFF);
        block.CopyTo(padded, length - block.Length);
        var signature = BigInteger.ModPow(Number(padded), Number(key.D!), Number(key.Modulus)).ToByteArray(isUnsigned: true, isBigEndian: true);
        var result = new byte[length];
        signature.CopyTo(result, length - signature.Length);
        return result;
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
