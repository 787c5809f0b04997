using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>AES Key Wrap with the default initial value (RFC 3394 §2.2), for keys of 16 to 64 bytes.</summary>
internal static class AesKeyWrap
{
    private const int Block = 8;
    private const int Rounds = 6;
    private const ulong InitialValue = 0xA6A6A6A6A6A6A6A6;

    /// <summary>§2.2.1, in the index-based form.</summary>
    public static byte[] Wrap(byte[] wrappingKey, ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.Key = wrappingKey;
        var count = key.Length / Block;
        var output = new byte[key.Length + Block];
        key.CopyTo(output.AsSpan(Block));
        var a = InitialValue;
        Span<byte> block = stackalloc byte[Block * 2];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 1; i <= count; i++)
            {
                BinaryPrimitives.WriteUInt64BigEndian(block, a);
                output.AsSpan(i * Block, Block).CopyTo(block[Block..]);
                aes.EncryptEcb(block, block, PaddingMode.None);
                a = BinaryPrimitives.ReadUInt64BigEndian(block) ^ (ulong)((count * round) + i);
                block[Block..].CopyTo(output.AsSpan(i * Block));
            }
        }

        BinaryPrimitives.WriteUInt64BigEndian(output, a);
        CryptographicOperations.ZeroMemory(block);
        return output;
    }

    /// <summary>§2.2.2. Null when the integrity check fails.</summary>
    public static byte[]? Unwrap(byte[] wrappingKey, ReadOnlySpan<byte> wrapped, int keyLength)
    {
        if (wrapped.Length != keyLength + Block)
        {
            return null;
        }

        using var aes = Aes.Create();
        aes.Key = wrappingKey;
        var count = keyLength / Block;
        var key = wrapped[Block..].ToArray();
        var a = BinaryPrimitives.ReadUInt64BigEndian(wrapped);
        Span<byte> block = stackalloc byte[Block * 2];
        for (var round = Rounds - 1; round >= 0; round--)
        {
            for (var i = count; i >= 1; i--)
            {
                BinaryPrimitives.WriteUInt64BigEndian(block, a ^ (ulong)((count * round) + i));
                key.AsSpan((i - 1) * Block, Block).CopyTo(block[Block..]);
                aes.DecryptEcb(block, block, PaddingMode.None);
                a = BinaryPrimitives.ReadUInt64BigEndian(block);
                block[Block..].CopyTo(key.AsSpan((i - 1) * Block));
            }
        }

        CryptographicOperations.ZeroMemory(block);
        if (a == InitialValue)
        {
            return key;
        }

        CryptographicOperations.ZeroMemory(key);
        return null;
    }
}
