using System.Formats.Asn1;
using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>A private key behind PKCS#11. Every signature is verified before it leaves: a fault in a token's calculation can give its key away.</summary>
public sealed class Pkcs11SigningKey : SigningKey
{
    private readonly IPkcs11Token _token;

    /// <summary>Names a key of a token.</summary>
    /// <param name="token">The token's key.</param>
    /// <param name="algorithm">What it signs with; not a weak one.</param>
    /// <param name="publicKey">Its public half, e.g. from the certificate beside it.</param>
    /// <param name="keyId">Its id; the public half's thumbprint (RFC 7638) when null.</param>
    /// <exception cref="ArgumentException">The algorithm is weak or not one for the key.</exception>
    public Pkcs11SigningKey(IPkcs11Token token, SignatureAlgorithm algorithm, PublicKey publicKey, string? keyId = null)
    {
        ArgumentNullException.ThrowIfNull(token);
        ReleasedSignature.ThrowIfNotFor(algorithm, publicKey);
        (_token, Algorithm, PublicKey, KeyId) = (token, algorithm, publicKey, keyId ?? publicKey.Thumbprint);
    }

    /// <inheritdoc/>
    public override string KeyId { get; }

    /// <inheritdoc/>
    public override SignatureAlgorithm Algorithm { get; }

    /// <inheritdoc/>
    public override PublicKey PublicKey { get; }

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">What the token gave does not verify; it is withheld.</exception>
    /// <exception cref="OperationCanceledException">The token was not in time.</exception>
    public override async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var raw = await _token.SignAsync(Request(data), cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        return ReleasedSignature.Check(this, data.Span, raw);
    }

    private Pkcs11SignRequest Request(ReadOnlyMemory<byte> data)
    {
        if (Algorithm.IsEdwards)
        {
            return new(Pkcs11Mechanism.EdDsa, data);
        }

        var hash = CryptographicOperations.HashData(Algorithm.Hash, data.Span);
        if (EllipticCurve.Of(Algorithm.KeyKind) is { } curve)
        {
            return new(Pkcs11Mechanism.Ecdsa, hash.AsMemory(0, Math.Min(hash.Length, curve.FieldLength)));
        }

        return Algorithm.IsRsaPkcs1
            ? new(Pkcs11Mechanism.RsaPkcs, DigestInfo(DigestAlgorithm.Of(Algorithm.Hash)!, hash))
            : new(Pkcs11Mechanism.RsaPkcsPss, hash, Algorithm.Hash, hash.Length);
    }

    /// <summary>RFC 8017 §9.2 step 2: the hash's AlgorithmIdentifier, with NULL, and the hash.</summary>
    private static byte[] DigestInfo(DigestAlgorithm algorithm, byte[] hash)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(algorithm.Oid);
                writer.WriteNull();
            }

            writer.WriteOctetString(hash);
        }

        return writer.Encode();
    }
}
