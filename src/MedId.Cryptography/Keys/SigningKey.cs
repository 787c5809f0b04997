namespace MedId.Cryptography;

/// <summary>A private key that signs, wherever it lives: in this process (<see cref="LocalSigningKey"/>), in a card or an HSM (<see cref="Pkcs11SigningKey"/>) or in a key service (<see cref="RemoteSigningKey"/>).</summary>
public abstract class SigningKey
{
    /// <summary>The id that a token's header and the published key carry.</summary>
    public abstract string KeyId { get; }

    /// <summary>The only algorithm this key signs with.</summary>
    public abstract SignatureAlgorithm Algorithm { get; }

    /// <summary>The key that others verify with.</summary>
    public abstract PublicKey PublicKey { get; }

    /// <summary>Signs data; the implementation hashes it.</summary>
    /// <param name="data">What is signed.</param>
    /// <param name="cancellationToken">Stops waiting for a remote key.</param>
    /// <returns>The signature in the algorithm's own encoding.</returns>
    public abstract ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default);

    /// <summary>The public half as it is published.</summary>
    public JsonWebKey ToJwk() => PublicKey.ToJwk(KeyId, Algorithm);

    /// <summary>Key id and algorithm; nothing secret.</summary>
    public sealed override string ToString() => $"{Algorithm} {KeyId}";
}
