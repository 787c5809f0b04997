using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MedId.Cryptography;

/// <summary>ECDH-ES with the Concat KDF (RFC 7518 §4.6, NIST SP 800-56A §5.8.1).</summary>
internal static class KeyAgreement
{
    /// <summary>The length of the agreed key in bytes.</summary>
    public static int KeyLength(KeyManagementAlgorithm algorithm, ContentEncryption encryption) => algorithm switch
    {
        KeyManagementAlgorithm.EcdhEsA128Kw => 16,
        KeyManagementAlgorithm.EcdhEsA256Kw => 32,
        _ => ContentCipher.KeyLength(encryption),
    };

    public static byte[] Derive(
        ECDiffieHellman own, PublicKey other, KeyManagementAlgorithm algorithm, ContentEncryption encryption, ReadOnlySpan<byte> partyU, ReadOnlySpan<byte> partyV)
    {
        using var peer = ECDiffieHellman.Create(Parameters(other));
        var secret = own.DeriveRawSecretAgreement(peer.PublicKey);
        try
        {
            // §4.6.2: AlgorithmID is enc for direct agreement, alg otherwise.
            var name = algorithm == KeyManagementAlgorithm.EcdhEs ? EncryptionNames.ToName(encryption) : EncryptionNames.ToName(algorithm);
            return ConcatKdf(secret, name, partyU, partyV, KeyLength(algorithm, encryption));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    public static ECParameters Parameters(PublicKey key)
    {
        var curve = EllipticCurve.Of(key.Kind) ?? throw new ArgumentException("Key agreement needs a key on a curve.", nameof(key));
        return new() { Curve = curve.Curve, Q = new() { X = key.Numbers.First, Y = key.Numbers.Second } };
    }

    internal static byte[] ConcatKdf(ReadOnlySpan<byte> secret, string algorithm, ReadOnlySpan<byte> partyU, ReadOnlySpan<byte> partyV, int length)
    {
        byte[] info = [.. Sized(Encoding.ASCII.GetBytes(algorithm)), .. Sized(partyU), .. Sized(partyV), .. Number((uint)length * 8)];
        var key = new byte[length];
        for (var (done, round) = (0, 1u); done < length; round++)
        {
            byte[] input = [.. Number(round), .. secret, .. info];
            var hash = SHA256.HashData(input);
            CryptographicOperations.ZeroMemory(input);
            var take = Math.Min(hash.Length, length - done);
            hash.AsSpan(0, take).CopyTo(key.AsSpan(done));
            done += take;
        }

        return key;
    }

    private static byte[] Sized(ReadOnlySpan<byte> value) => [.. Number((uint)value.Length), .. value];

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
