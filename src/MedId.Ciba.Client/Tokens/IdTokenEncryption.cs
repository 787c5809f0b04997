using MedId.Cryptography;

namespace MedId.Ciba.Client;

/// <summary>How the OP encrypts this client's ID tokens, as it was registered (<c>id_token_encrypted_response_alg</c>, <c>_enc</c>, OIDC Registration §2). With it a token that is only signed is refused.</summary>
public sealed record IdTokenEncryption
{
    /// <summary>The keys that open them: the one in use, and those before it.</summary>
    public required IReadOnlyList<DecryptionKey> Keys { get; init; }

    /// <summary>How the content key comes.</summary>
    public required KeyManagementAlgorithm Algorithm { get; init; }

    /// <summary>How the content is encrypted.</summary>
    /// <value>The standard's default, <c>A128CBC-HS256</c>.</value>
    public ContentEncryption Encryption { get; init; } = EncryptionNames.DefaultContentEncryption;

    /// <summary>The algorithms; nothing of the keys.</summary>
    public override string ToString() => $"{EncryptionNames.ToName(Algorithm)} {EncryptionNames.ToName(Encryption)}";
}
