using System.Security.Cryptography;
using System.Text;

namespace MedId.Cryptography;

/// <summary>Private keys in PEM files (RFC 7468 §10, §11): PKCS#8, plain or encrypted.</summary>
/// <remarks>
/// A file holds one private key and may hold certificates beside it. The older forms of OpenSSL (<c>EC PRIVATE KEY</c>, <c>RSA PRIVATE KEY</c>) are refused:
/// <c>openssl pkcs8 -topk8</c> brings them over. A key file is the operator's own, so what is wrong with it is an exception, which names no octet of it.
/// </remarks>
public static class SigningKeyFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private const string Plain = "PRIVATE KEY";
    private const string Encrypted = "ENCRYPTED PRIVATE KEY";
    private const int Iterations = 600_000;

    /// <summary>Reads a key from a file.</summary>
    /// <param name="path">The file; only its owner should be able to read it, which is the operator's to see to.</param>
    /// <param name="algorithm">What the key will sign with.</param>
    /// <param name="password">The password of an encrypted key; empty for a plain one. The caller clears it.</param>
    /// <param name="keyId">Its id; the thumbprint of its public half (RFC 7638) when null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">As in <see cref="FromPem"/>, or the file is larger than <see cref="MaxBytes"/>.</exception>
    public static async Task<LocalSigningKey> ReadAsync(
        string path, SignatureAlgorithm algorithm, ReadOnlyMemory<char> password = default, string? keyId = null, CancellationToken cancellationToken = default)
    {
        var file = new FileInfo(path);
        if (file.Exists && file.Length > MaxBytes)
        {
            throw new ArgumentException($"A key file has at most {MaxBytes} bytes.", nameof(path));
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        var text = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        try
        {
            return FromPem(text.AsSpan(0, Encoding.UTF8.GetChars(bytes, text)), algorithm, password.Span, keyId);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            text.AsSpan().Clear();
        }
    }

    /// <summary>Reads the private key of a PEM text.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="algorithm">What the key will sign with.</param>
    /// <param name="password">The password of an encrypted key; empty for a plain one. The caller clears it.</param>
    /// <param name="keyId">Its id; the thumbprint of its public half (RFC 7638) when null.</param>
    /// <exception cref="ArgumentException">
    /// Not exactly one PKCS#8 private key; encrypted without a password, plain although a password was given, the wrong password; or not a key for the algorithm.
    /// </exception>
    public static LocalSigningKey FromPem(ReadOnlySpan<char> pem, SignatureAlgorithm algorithm, ReadOnlySpan<char> password = default, string? keyId = null)
    {
        var (isEncrypted, der) = FindKey(pem);
        byte[]? pkcs8 = null;
        try
        {
            if (isEncrypted != !password.IsEmpty)
            {
                throw new ArgumentException(isEncrypted ? "The key is encrypted; give its password." : "A password was given, but the key is not encrypted.", nameof(password));
            }

            pkcs8 = isEncrypted ? Decrypt(der, password) : der;
            return LocalSigningKey.FromPkcs8(pkcs8, algorithm, keyId);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>Writes a key as an encrypted PEM text: PBES2 with AES-256-CBC and PBKDF2 with HMAC-SHA-256, 600,000 rounds.</summary>
    /// <param name="key">The key.</param>
    /// <param name="password">The password, not empty. The caller clears it.</param>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    public static string ToEncryptedPem(LocalSigningKey key, ReadOnlySpan<char> password)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (password.IsEmpty)
        {
            throw new ArgumentException("A key is encrypted with a password.", nameof(password));
        }

        var pkcs8 = key.ExportPkcs8();
        try
        {
            using var handle = Import(pkcs8, key.PublicKey.Kind);
            return handle.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static (bool IsEncrypted, byte[] Der) FindKey(ReadOnlySpan<char> pem)
    {
        var keys = new List<(bool IsEncrypted, byte[] Der)>();
        while (PemEncoding.TryFind(pem, out var fields))
        {
            var label = pem[fields.Label];
            if (label is Plain or Encrypted)
            {
                var der = new byte[fields.DecodedDataLength];
                Convert.TryFromBase64Chars(pem[fields.Base64Data], der, out _);
                keys.Add((label is Encrypted, der));
            }
            else if (label.EndsWith(Plain, StringComparison.Ordinal))
            {
                throw new ArgumentException($"A key in PKCS#8 is asked for, not '{label}'; openssl pkcs8 -topk8 converts.", nameof(pem));
            }

            pem = pem[fields.Location.End..];
        }

        if (keys.Count == 1)
        {
            return keys[0];
        }

        keys.ForEach(k => CryptographicOperations.ZeroMemory(k.Der));
        throw new ArgumentException("A key file holds one private key in PKCS#8 (RFC 7468 §10).", nameof(pem));
    }

    private static byte[] Decrypt(ReadOnlySpan<byte> der, ReadOnlySpan<char> password)
    {
        // The structure says what kind of key it is only inside, so both kinds are tried; a wrong password fails for both.
        foreach (var kind in (ReadOnlySpan<KeyKind>)[KeyKind.P256, KeyKind.Rsa])
        {
            using AsymmetricAlgorithm handle = kind == KeyKind.Rsa ? RSA.Create() : ECDsa.Create();
            try
            {
                handle.ImportEncryptedPkcs8PrivateKey(password, der, out _);
                return handle.ExportPkcs8PrivateKey();
            }
            catch (CryptographicException)
            {
                continue;
            }
        }

        throw new ArgumentException("Not a private key that this password opens.", nameof(password));
    }

    private static AsymmetricAlgorithm Import(byte[] pkcs8, KeyKind kind)
    {
        AsymmetricAlgorithm handle = kind == KeyKind.Rsa ? RSA.Create() : ECDsa.Create();
        handle.ImportPkcs8PrivateKey(pkcs8, out _);
        return handle;
    }
}
