using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace MedId.Cryptography.Tests;

/// <summary>Bytes that are the same in every run.</summary>
internal sealed class DeterministicBytes(int seed)
{
    private int _counter;

    public byte[] Next(int length)
    {
        var bytes = new List<byte>(length + 64);
        Span<byte> input = stackalloc byte[8];
        while (bytes.Count < length)
        {
            BinaryPrimitives.WriteInt32BigEndian(input, seed);
            BinaryPrimitives.WriteInt32BigEndian(input[4..], _counter++);
            bytes.AddRange(SHA512.HashData(input));
        }

        return [.. bytes[..length]];
    }

    public BigInteger Below(BigInteger bound) => new BigInteger(Next(bound.GetByteCount(isUnsigned: true) + 8), isUnsigned: true) % bound;
}
