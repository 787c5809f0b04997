namespace MedId.Cryptography;

/// <summary>Wire names of <see cref="KeyManagementAlgorithm"/> and <see cref="ContentEncryption"/> (RFC 7518 §4.1, §5.1); case counts.</summary>
public static class EncryptionNames
{
    /// <summary>The content encryption where a registration names none (OIDC Registration §2): <c>A128CBC-HS256</c>.</summary>
    public const ContentEncryption DefaultContentEncryption = ContentEncryption.A128CbcHs256;

    /// <summary>The names of all key management algorithms.</summary>
    public static IReadOnlyList<string> KeyManagement { get; } = [.. Enum.GetValues<KeyManagementAlgorithm>().Select(ToName)];

    /// <summary>The names of all content encryptions.</summary>
    public static IReadOnlyList<string> Content { get; } = [.. Enum.GetValues<ContentEncryption>().Select(ToName)];

    /// <summary>The name of a key management algorithm.</summary>
    /// <param name="algorithm">The algorithm.</param>
    public static string ToName(KeyManagementAlgorithm algorithm) => algorithm switch
    {
        KeyManagementAlgorithm.RsaOaep256 => "RSA-OAEP-256",
        KeyManagementAlgorithm.EcdhEs => "ECDH-ES",
        KeyManagementAlgorithm.EcdhEsA128Kw => "ECDH-ES+A128KW",
        KeyManagementAlgorithm.EcdhEsA256Kw => "ECDH-ES+A256KW",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>The name of a content encryption.</summary>
    /// <param name="encryption">The encryption.</param>
    public static string ToName(ContentEncryption encryption) => encryption switch
    {
        ContentEncryption.A128CbcHs256 => "A128CBC-HS256",
        ContentEncryption.A256CbcHs512 => "A256CBC-HS512",
        ContentEncryption.A128Gcm => "A128GCM",
        ContentEncryption.A256Gcm => "A256GCM",
        _ => throw new ArgumentOutOfRangeException(nameof(encryption)),
    };

    /// <summary>The algorithm of a name; false for names that this library does not know.</summary>
    /// <param name="name">The name.</param>
    /// <param name="algorithm">The algorithm.</param>
    public static bool TryParse(string? name, out KeyManagementAlgorithm algorithm)
    {
        foreach (var known in Enum.GetValues<KeyManagementAlgorithm>())
        {
            if (string.Equals(ToName(known), name, StringComparison.Ordinal))
            {
                algorithm = known;
                return true;
            }
        }

        algorithm = default;
        return false;
    }

    /// <summary>The encryption of a name; false for names that this library does not know.</summary>
    /// <param name="name">The name.</param>
    /// <param name="encryption">The encryption.</param>
    public static bool TryParse(string? name, out ContentEncryption encryption)
    {
        foreach (var known in Enum.GetValues<ContentEncryption>())
        {
            if (string.Equals(ToName(known), name, StringComparison.Ordinal))
            {
                encryption = known;
                return true;
            }
        }

        encryption = default;
        return false;
    }
}
