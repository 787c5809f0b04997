using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MedId.Cryptography;

/// <summary>Makes compact JWEs (RFC 7516 §5.1, §7.1). No compression: it would tell about the content by its length.</summary>
public static class JweEncrypter
{
    /// <summary>Encrypts.</summary>
    /// <param name="plaintext">The content; a nested JWT in ASCII where <paramref name="contentType"/> is <c>JWT</c> (RFC 7519 §5.2).</param>
    /// <param name="recipient">Whom to.</param>
    /// <param name="algorithm">How the content key goes there.</param>
    /// <param name="encryption">How the content is encrypted.</param>
    /// <param name="contentType">The <c>cty</c>; null to leave it out.</param>
    /// <returns>Five parts.</returns>
    /// <exception cref="ArgumentException">The recipient's key does not fit the algorithm.</exception>
    public static string Encrypt(
        ReadOnlySpan<byte> plaintext, JsonWebEncryptionKey recipient, KeyManagementAlgorithm algorithm, ContentEncryption encryption, string? contentType = "JWT")
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (!recipient.Supports(algorithm))
        {
            throw new ArgumentException("The key does not fit the algorithm.", nameof(recipient));
        }

        // Steps 1 to 8: the content key, and how it is told.
        var (key, encryptedKey, ephemeral) = algorithm == KeyManagementAlgorithm.RsaOaep256 ? ForRsa(recipient, encryption) : Agree(recipient, algorithm, encryption);
        try
        {
            // Steps 9 to 19.
            var header = StrictBase64Url.Encode(Header(recipient, algorithm, encryption, contentType, ephemeral));
            var iv = RandomNumberGenerator.GetBytes(ContentCipher.InitializationVectorLength(encryption));
            var (ciphertext, tag) = ContentCipher.Encrypt(encryption, key, iv, plaintext, Encoding.ASCII.GetBytes(header));
            return string.Join('.', header, StrictBase64Url.Encode(encryptedKey), StrictBase64Url.Encode(iv), StrictBase64Url.Encode(ciphertext), StrictBase64Url.Encode(tag));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static (byte[] Key, byte[] Encrypted, PublicKey? Ephemeral) ForRsa(JsonWebEncryptionKey recipient, ContentEncryption encryption)
    {
        var key = RandomNumberGenerator.GetBytes(ContentCipher.KeyLength(encryption));
        using var rsa = RSA.Create(new RSAParameters { Modulus = recipient.Key.Numbers.First, Exponent = recipient.Key.Numbers.Second });
        return (key, rsa.Encrypt(key, RSAEncryptionPadding.OaepSHA256), null);
    }

    private static (byte[] Key, byte[] Encrypted, PublicKey? Ephemeral) Agree(JsonWebEncryptionKey recipient, KeyManagementAlgorithm algorithm, ContentEncryption encryption)
    {
        using var ephemeral = ECDiffieHellman.Create(KeyAgreement.Parameters(recipient.Key).Curve);
        var half = PublicKey.FromSubjectPublicKeyInfo(ephemeral.ExportSubjectPublicKeyInfo()).Value;
        var agreed = KeyAgreement.Derive(ephemeral, recipient.Key, algorithm, encryption, [], []);
        if (algorithm == KeyManagementAlgorithm.EcdhEs)
        {
            return (agreed, [], half);
        }

        var key = RandomNumberGenerator.GetBytes(ContentCipher.KeyLength(encryption));
        var wrapped = AesKeyWrap.Wrap(agreed, key);
        CryptographicOperations.ZeroMemory(agreed);
        return (key, wrapped, half);
    }

    private static ReadOnlySpan<byte> Header(
        JsonWebEncryptionKey recipient, KeyManagementAlgorithm algorithm, ContentEncryption encryption, string? contentType, PublicKey? ephemeral)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("alg"u8, EncryptionNames.ToName(algorithm));
            writer.WriteString("enc"u8, EncryptionNames.ToName(encryption));
            if (contentType is not null)
            {
                writer.WriteString("cty"u8, contentType);
            }

            if (recipient.KeyId is not null)
            {
                writer.WriteString("kid"u8, recipient.KeyId);
            }

            if (ephemeral is not null)
            {
                writer.WriteStartObject("epk"u8);
                ephemeral.WriteJwkMembers(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }
}
