namespace MedId.Cryptography;

/// <summary>A public key that came as COSE_Key: the key, and the one algorithm that it names.</summary>
public sealed class CosePublicKey
{
    internal CosePublicKey(PublicKey key, long algorithm, SignatureAlgorithm signature)
    {
        Key = key;
        Algorithm = algorithm;
        Signature = signature;
    }

    /// <summary>The key.</summary>
    public PublicKey Key { get; }

    /// <summary>The COSE algorithm as it is written in the key: -7 for ES256, -9 for ESP256.</summary>
    public long Algorithm { get; }

    /// <summary>The row of that algorithm as WebAuthn lays signatures out: DER for ECDSA. It fits the key.</summary>
    public SignatureAlgorithm Signature { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Signature} {Key}";
}
