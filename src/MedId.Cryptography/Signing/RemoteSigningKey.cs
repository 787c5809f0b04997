using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>A private key in a key service, called by a function. Every signature is verified before it leaves, so that a fault or another key is noticed here.</summary>
/// <remarks>The time that a call may take is the caller's: a token that is cancelled ends the wait, also of a service that does not listen to it.</remarks>
public sealed class RemoteSigningKey : SigningKey
{
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> _sign;
    private readonly bool _overHash;

    private RemoteSigningKey(
        SignatureAlgorithm algorithm, PublicKey publicKey, string? keyId, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> sign, bool overHash)
    {
        ArgumentNullException.ThrowIfNull(sign);
        ReleasedSignature.ThrowIfNotFor(algorithm, publicKey);
        (Algorithm, PublicKey, KeyId, _sign, _overHash) = (algorithm, publicKey, keyId ?? publicKey.Thumbprint, sign, overHash);
    }

    /// <inheritdoc/>
    public override string KeyId { get; }

    /// <inheritdoc/>
    public override SignatureAlgorithm Algorithm { get; }

    /// <inheritdoc/>
    public override PublicKey PublicKey { get; }

    /// <summary>A key whose service is given the data and hashes it.</summary>
    /// <param name="algorithm">What it signs with; not a weak one.</param>
    /// <param name="publicKey">Its public half, from a place that the service does not control at the same time where that is possible.</param>
    /// <param name="sign">Signs the data. ECDSA signatures may come as r and s or in DER, whichever the service gives.</param>
    /// <param name="keyId">Its id; the public half's thumbprint (RFC 7638) when null.</param>
    /// <exception cref="ArgumentException">The algorithm is weak or not one for the key.</exception>
    public static RemoteSigningKey OverData(
        SignatureAlgorithm algorithm, PublicKey publicKey, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> sign, string? keyId = null) =>
        new(algorithm, publicKey, keyId, sign, overHash: false);

    /// <summary>A key whose service is given the hash, so that documents stay here.</summary>
    /// <param name="algorithm">What it signs with; not a weak one, and not EdDSA, which takes the data.</param>
    /// <param name="publicKey">Its public half.</param>
    /// <param name="sign">Signs the hash, of the algorithm's <see cref="SignatureAlgorithm.Hash"/>.</param>
    /// <param name="keyId">Its id; the public half's thumbprint (RFC 7638) when null.</param>
    /// <exception cref="ArgumentException">The algorithm is weak, EdDSA, or not one for the key.</exception>
    public static RemoteSigningKey OverHash(
        SignatureAlgorithm algorithm, PublicKey publicKey, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> sign, string? keyId = null)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return algorithm.IsEdwards
            ? throw new ArgumentException("EdDSA signs the data, not its hash (RFC 8032 §5.1.6).", nameof(algorithm))
            : new(algorithm, publicKey, keyId, sign, overHash: true);
    }

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">What the service gave does not verify; it is withheld.</exception>
    /// <exception cref="OperationCanceledException">The service was not in time.</exception>
    public override async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var input = _overHash ? CryptographicOperations.HashData(Algorithm.Hash, data.Span) : data;
        var raw = await _sign(input, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        return ReleasedSignature.Check(this, data.Span, raw);
    }
}
