using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>A private key in this process' memory. Safe to use from many threads.</summary>
/// <remarks>
/// Its signatures leave as the runtime makes them; the runtime's library checks RSA results itself. Keys outside the process (<see cref="Pkcs11SigningKey"/>,
/// <see cref="RemoteSigningKey"/>) have each signature verified first.
/// </remarks>
public sealed class LocalSigningKey : SigningKey, IDisposable
{
    private const int GeneratedRsaBits = 3072;

    private readonly byte[] _pkcs8;
    private readonly HandlePool<ECDsa>? _ecdsa;
    private readonly HandlePool<RSA>? _rsa;
    private bool _disposed;

    private LocalSigningKey(SignatureAlgorithm algorithm, PublicKey publicKey, string? keyId, byte[] pkcs8, AsymmetricAlgorithm handle)
    {
        Algorithm = algorithm;
        PublicKey = publicKey;
        KeyId = keyId ?? publicKey.Thumbprint;
        _pkcs8 = pkcs8;
        if (handle is ECDsa ecdsa)
        {
            _ecdsa = new(() => ImportEcdsa(_pkcs8), ecdsa);
        }
        else
        {
            _rsa = new(() => ImportRsa(_pkcs8), (RSA)handle);
        }
    }

    /// <inheritdoc/>
    public override string KeyId { get; }

    /// <inheritdoc/>
    public override SignatureAlgorithm Algorithm { get; }

    /// <inheritdoc/>
    public override PublicKey PublicKey { get; }

    /// <summary>Makes a new key; RSA keys have 3072 bits.</summary>
    /// <param name="algorithm">What it will sign with.</param>
    /// <param name="keyId">Its id; the thumbprint of its public half (RFC 7638) when null.</param>
    /// <exception cref="ArgumentException">The algorithm is EdDSA, ML-DSA or weak: such signatures are verified only.</exception>
    public static LocalSigningKey Generate(SignatureAlgorithm algorithm, string? keyId = null)
    {
        ThrowIfNotSignedHere(algorithm);
        AsymmetricAlgorithm handle = EllipticCurve.Of(algorithm.KeyKind) is { } curve ? ECDsa.Create(curve.Curve) : RSA.Create(GeneratedRsaBits);
        return Create(handle, algorithm, keyId);
    }

    /// <summary>Takes a key from PKCS#8 (RFC 5958), as <see cref="ExportPkcs8"/> and <c>openssl pkcs8 -topk8 -nocrypt -outform DER</c> write it.</summary>
    /// <param name="pkcs8">The structure; the caller clears it.</param>
    /// <param name="algorithm">What it will sign with.</param>
    /// <param name="keyId">Its id; the thumbprint of its public half (RFC 7638) when null.</param>
    /// <exception cref="ArgumentException">Not a PKCS#8 key, or not one for the algorithm.</exception>
    public static LocalSigningKey FromPkcs8(ReadOnlySpan<byte> pkcs8, SignatureAlgorithm algorithm, string? keyId = null)
    {
        ThrowIfNotSignedHere(algorithm);
        try
        {
            AsymmetricAlgorithm handle = algorithm.KeyKind == KeyKind.Rsa ? ImportRsa(pkcs8) : ImportEcdsa(pkcs8);
            return Create(handle, algorithm, keyId);
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException($"Not a PKCS#8 private key for {algorithm}.", nameof(pkcs8), e);
        }
    }

    /// <summary>The private key as PKCS#8, for a store that protects it.</summary>
    public byte[] ExportPkcs8()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return [.. _pkcs8];
    }

    /// <inheritdoc/>
    public override ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_ecdsa is null ? SignRsa(data.Span) : SignEcdsa(data.Span));
    }

    /// <summary>Clears the key from memory; signatures in progress finish.</summary>
    public void Dispose()
    {
        _disposed = true;
        _ecdsa?.Drain();
        _rsa?.Drain();
        CryptographicOperations.ZeroMemory(_pkcs8);
    }

    private static void ThrowIfNotSignedHere(SignatureAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        if (algorithm.IsWeak || algorithm.IsEdwards || algorithm.IsMlDsa)
        {
            throw new ArgumentException($"{algorithm} is verified here, not signed with.", nameof(algorithm));
        }
    }

    private static LocalSigningKey Create(AsymmetricAlgorithm handle, SignatureAlgorithm algorithm, string? keyId)
    {
        var publicKey = PublicKey.FromSubjectPublicKeyInfo(handle.ExportSubjectPublicKeyInfo());
        if (publicKey.Succeeded && publicKey.Value.Supports(algorithm))
        {
            return new(algorithm, publicKey.Value, keyId, handle.ExportPkcs8PrivateKey(), handle);
        }

        handle.Dispose();
        throw new ArgumentException($"The key is not one for {algorithm}: {publicKey.Error?.Code ?? publicKey.Value!.Kind.ToString()}.", nameof(algorithm));
    }

    private static ECDsa ImportEcdsa(ReadOnlySpan<byte> pkcs8)
    {
        var handle = ECDsa.Create();
        handle.ImportPkcs8PrivateKey(pkcs8, out var read);
        return read == pkcs8.Length ? handle : throw new CryptographicException("Bytes after the key.");
    }

    private static RSA ImportRsa(ReadOnlySpan<byte> pkcs8)
    {
        var handle = RSA.Create();
        handle.ImportPkcs8PrivateKey(pkcs8, out var read);
        return read == pkcs8.Length ? handle : throw new CryptographicException("Bytes after the key.");
    }

    private byte[] SignEcdsa(ReadOnlySpan<byte> data)
    {
        var handle = _ecdsa!.Rent();
        try
        {
            var fields = handle.SignData(data, Algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            return Algorithm.Encoding == SignatureEncoding.DerSequence ? SignatureBytes.WriteDerSequence(fields) : fields;
        }
        finally
        {
            Return(_ecdsa, handle);
        }
    }

    private byte[] SignRsa(ReadOnlySpan<byte> data)
    {
        var handle = _rsa!.Rent();
        try
        {
            var signature = handle.SignData(data, Algorithm.Hash, Algorithm.Padding!);
            return Algorithm.Encoding == SignatureEncoding.DerOctetString ? SignatureBytes.WriteOctetString(signature) : signature;
        }
        finally
        {
            Return(_rsa, handle);
        }
    }

    private void Return<T>(HandlePool<T> pool, T handle)
        where T : class, IDisposable
    {
        pool.Return(handle);
        if (_disposed)
        {
            pool.Drain();
        }
    }
}
