using System.Diagnostics.CodeAnalysis;
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
        using var handle = algorithm == KeyManagementAlgorithm.RsaOaep256 ? (AsymmetricAlgorithm)RSA.Create(GeneratedRsaBits) : ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var pkcs8 = handle.ExportPkcs8PrivateKey();
        try
        {
            return FromPkcs8(pkcs8, algorithm, keyId);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>Takes a key from PKCS#8 (RFC 5958).</summary>
    /// <param name="pkcs8">The structure; the caller clears it.</param>
    /// <param name="algorithm">What it will be used with.</param>
    /// <param name="keyId">Its id; the thumbprint of its public half (RFC 7638) when null.</param>
    /// <exception cref="ArgumentException">Not a PKCS#8 key, or not one for the algorithm.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The key that is returned owns them; on every other way they are disposed.")]
    public static DecryptionKey FromPkcs8(ReadOnlySpan<byte> pkcs8, KeyManagementAlgorithm algorithm, string? keyId = null)
    {
        RSA? rsa = null;
        ECDiffieHellman? ecdh = null;
        try
        {
            AsymmetricAlgorithm handle = algorithm == KeyManagementAlgorithm.RsaOaep256 ? rsa = RSA.Create() : ecdh = ECDiffieHellman.Create();
            handle.ImportPkcs8PrivateKey(pkcs8, out _);
            var read = PublicKey.FromSubjectPublicKeyInfo(handle.ExportSubjectPublicKeyInfo());
            return read.Succeeded
                ? new(rsa, ecdh, read.Value, keyId, algorithm)
                : throw new ArgumentException($"The key is refused: {read.Error.Code}.", nameof(pkcs8));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            rsa?.Dispose();
            ecdh?.Dispose();
            throw new ArgumentException("Not a PKCS#8 private key for the algorithm.", nameof(pkcs8), e);
        }
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
}
