using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>A private key that opens what was encrypted to its public half, in this process' memory. Safe to use from many threads.</summary>
public sealed class DecryptionKey : IDisposable
{
    private const int GeneratedRsaBits = 3072;
    private readonly Lock _gate = new();
    private readonly RSA? _rsa;
    private readonly ECDiffieHellman? _ecdh;

    private DecryptionKey(RSA? rsa, ECDiffieHellman? ecdh, PublicKey publicKey, string? keyId, KeyManagementAlgorithm? algorithm)
    {
        (_rsa, _ecdh) = (rsa, ecdh);
        Public = new(publicKey, keyId ?? publicKey.Thumbprint, algorithm);
    }

    /// <summary>The public half, to be published.</summary>
    public JsonWebEncryptionKey Public { get; }

    /// <summary>Makes a new key: P-256, or RSA of 3072 bits.</summary>
    /// <param name="algorithm">What it will be used with.</param>
    /// <param name="keyId">Its id; the thumbprint of its public half (RFC 7638) when null.</param>
    public static DecryptionKey Generate(KeyManagementAlgorithm algorithm, string? keyId = null)
    {
        AsymmetricAlgorithm handle = algorithm == KeyManagementAlgorithm.RsaOaep256 ? RSA.Create(GeneratedRsaBits) : ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Of(handle, keyId, algorithm);
    }

    /// <summary>Takes a key from PKCS#8 (RFC 5958).</summary>
    /// <param name="pkcs8">The structure; the caller clears it.</param>
    /// <param name="algorithm">What it will be used with.</param>
    /// <param name="keyId">Its id; the thumbprint of its public half (RFC 7638) when null.</param>
    /// <exception cref="ArgumentException">Not a PKCS#8 key, or not one for the algorithm.</exception>
    public static DecryptionKey FromPkcs8(ReadOnlySpan<byte> pkcs8, KeyManagementAlgorithm algorithm, string? keyId = null)
    {
        AsymmetricAlgorithm handle = algorithm == KeyManagementAlgorithm.RsaOaep256 ? RSA.Create() : ECDiffieHellman.Create();
        try
        {
            handle.ImportPkcs8PrivateKey(pkcs8, out _);
        }
        catch (CryptographicException e)
        {
            handle.Dispose();
            throw new ArgumentException("Not a PKCS#8 private key for the algorithm.", nameof(pkcs8), e);
        }

        return Of(handle, keyId, algorithm);
    }

    /// <summary>Clears the key.</summary>
    public void Dispose()
    {
        _rsa?.Dispose();
        _ecdh?.Dispose();
    }

    /// <summary>The public half.</summary>
    public override string ToString() => Public.ToString();

    internal byte[]? DecryptRsa(byte[] encrypted)
    {
        lock (_gate)
        {
            try
            {
                return _rsa!.Decrypt(encrypted, RSAEncryptionPadding.OaepSHA256);
            }
            catch (CryptographicException)
            {
                return null;
            }
        }
    }

    internal byte[]? Agree(PublicKey ephemeral, KeyManagementAlgorithm algorithm, ContentEncryption encryption, byte[] partyU, byte[] partyV)
    {
        lock (_gate)
        {
            return ephemeral.Kind == Public.Key.Kind ? KeyAgreement.Derive(_ecdh!, ephemeral, algorithm, encryption, partyU, partyV) : null;
        }
    }

    private static DecryptionKey Of(AsymmetricAlgorithm handle, string? keyId, KeyManagementAlgorithm algorithm)
    {
        var read = PublicKey.FromSubjectPublicKeyInfo(handle.ExportSubjectPublicKeyInfo());
        return read.Succeeded
            ? new(handle as RSA, handle as ECDiffieHellman, read.Value, keyId, algorithm)
            : throw new ArgumentException($"The key is refused: {read.Error.Code}.", nameof(handle));
    }
}
