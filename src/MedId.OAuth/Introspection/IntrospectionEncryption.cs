using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>
/// How the authorization server encrypts introspection answers to this resource server, as it was registered (<c>introspection_encrypted_response_alg</c>, <c>_enc</c>, RFC 9701 §6).
/// With it an answer that is only signed is refused.
/// </summary>
public sealed record IntrospectionEncryption
{
    /// <summary>The keys that open answers: the one in use, and those before it.</summary>
    public required IReadOnlyList<DecryptionKey> Keys { get; init; }

    /// <summary>How the content key comes.</summary>
    public required KeyManagementAlgorithm Algorithm { get; init; }

    /// <summary>How the content is encrypted.</summary>
    /// <value>The standard's default, <c>A128CBC-HS256</c>.</value>
    public ContentEncryption Encryption { get; init; } = EncryptionNames.DefaultContentEncryption;

    /// <summary>The algorithms; nothing of the keys.</summary>
    public override string ToString() => $"{EncryptionNames.ToName(Algorithm)} {EncryptionNames.ToName(Encryption)}";
}
