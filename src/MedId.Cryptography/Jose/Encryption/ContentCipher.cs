using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>Content encryption (RFC 7518 §5.2, §5.3).</summary>
internal static class ContentCipher
{
    public static int KeyLength(ContentEncryption encryption) => encryption switch
    {
        ContentEncryption.A128Gcm => 16,
        ContentEncryption.A256Gcm or ContentEncryption.A128CbcHs256 => 32,
        _ => 64,
    };

    public static int InitializationVectorLength(ContentEncryption encryption) => IsGcm(encryption) ? 12 : 16;

    public static int TagLength(ContentEncryption encryption) => encryption == ContentEncryption.A256CbcHs512 ? 32 : 16;

    public static (byte[] Ciphertext, byte[] Tag) Encrypt(ContentEncryption encryption, byte[] key, byte[] iv, ReadOnlySpan<byte> plaintext, byte[] associated)
    {
        if (IsGcm(encryption))
        {
            var (ciphertext, tag) = (new byte[plaintext.Length], new byte[TagLength(encryption)]);
            using var gcm = new AesGcm(key, tag.Length);
            gcm.Encrypt(iv, plaintext, ciphertext, tag, associated);
            return (ciphertext, tag);
        }

        // §5.2.2.1: the first half of the key authenticates, the second encrypts.
        using var aes = Aes.Create();
        aes.Key = key[(key.Length / 2)..];
        var encrypted = aes.EncryptCbc(plaintext, iv);
        return (encrypted, Authenticate(encryption, key, iv, encrypted, associated));
    }

    /// <summary>Null when the content is not authentic.</summary>
    public static byte[]? Decrypt(ContentEncryption encryption, byte[] key, byte[] iv, byte[] ciphertext, byte[] tag, byte[] associated)
    {
        if (iv.Length != InitializationVectorLength(encryption) || tag.Length != TagLength(encryption))
        {
            return null;
        }

        try
        {
            if (IsGcm(encryption))
            {
                var plaintext = new byte[ciphertext.Length];
                using var gcm = new AesGcm(key, tag.Length);
                gcm.Decrypt(iv, ciphertext, tag, plaintext, associated);
                return plaintext;
            }

            // §5.2.2.2 step 2: the tag first; nothing is decrypted that is not authentic.
            if (!CryptographicOperations.FixedTimeEquals(tag, Authenticate(encryption, key, iv, ciphertext, associated)))
            {
                return null;
            }

            using var aes = Aes.Create();
            aes.Key = key[(key.Length / 2)..];
            return aes.DecryptCbc(ciphertext, iv);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsGcm(ContentEncryption encryption) => encryption is ContentEncryption.A128Gcm or ContentEncryption.A256Gcm;

    private static byte[] Authenticate(ContentEncryption encryption, byte[] key, byte[] iv, byte[] ciphertext, byte[] associated)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)associated.Length * 8);
        byte[] input = [.. associated, .. iv, .. ciphertext, .. length];
        var mac = key.AsSpan(0, key.Length / 2);
        return (encryption == ContentEncryption.A256CbcHs512 ? HMACSHA512.HashData(mac, input) : HMACSHA256.HashData(mac, input))[..TagLength(encryption)];
    }
}
