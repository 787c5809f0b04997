using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Opens compact JWEs (RFC 7516 §5.2). Whatever is wrong with the key, the content or the tag is one and the same refusal.</summary>
public static class JweDecrypter
{
    /// <summary>The longest JWE that is read unless told otherwise: 32 KiB.</summary>
    public const int DefaultMaxLength = 32 * 1024;

    private const int MaxPartyLength = 256;

    /// <summary>Opens a JWE.</summary>
    /// <param name="token">Five parts.</param>
    /// <param name="keys">The keys that it may be encrypted to.</param>
    /// <param name="algorithm">The only way that is taken.</param>
    /// <param name="encryption">The only content encryption that is taken.</param>
    /// <param name="maxLength">The most characters accepted.</param>
    /// <returns>The content; refused with a <c>jose.*</c> code.</returns>
    public static MedIdResult<byte[]> Decrypt(
        string token, IReadOnlyCollection<DecryptionKey> keys, KeyManagementAlgorithm algorithm, ContentEncryption encryption, int maxLength = DefaultMaxLength)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(keys);
        if (token.Length > maxLength)
        {
            return new MedIdError(CryptographyErrorCodes.JoseTooLarge, ErrorCategory.Malformed, "RFC 7516 §5.2", $"more than {maxLength} characters");
        }

        // Steps 1 and 2: five parts, each in its only form.
        var parts = token.Split('.');
        if (parts.Length != 5)
        {
            return parts.Length == 3
                ? new MedIdError(CryptographyErrorCodes.JoseNotEncrypted, ErrorCategory.Policy, "RFC 7516 §9", "a JWS where a JWE is needed")
                : Malformed("not five parts");
        }

        var decoded = new byte[5][];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!StrictBase64Url.TryDecode(parts[i], out var bytes))
            {
                return Malformed("not base64url");
            }

            decoded[i] = bytes;
        }

        // Steps 3 to 5: the header is understood, and says what was agreed.
        var header = JoseHeader.Parse(decoded[0]);
        if (!header.Succeeded)
        {
            return header.Error;
        }

        var members = header.Value.Members;
        if (members.TryGetProperty("zip"u8, out _))
        {
            return new MedIdError(CryptographyErrorCodes.JoseCriticalHeader, ErrorCategory.Unsupported, "RFC 7516 §4.1.3", "compressed content is not read");
        }

        if (header.Value.Algorithm != EncryptionNames.ToName(algorithm) || Text(members, "enc") != EncryptionNames.ToName(encryption))
        {
            return new MedIdError(CryptographyErrorCodes.JoseAlgorithmNotAllowed, ErrorCategory.Policy, "RFC 8725 §3.1", "alg or enc is not the agreed one");
        }

        DecryptionKey[] candidates = [.. keys.Where(key => key.Public.Supports(algorithm) && (header.Value.KeyId is null || string.Equals(key.Public.KeyId, header.Value.KeyId, StringComparison.Ordinal)))];
        if (candidates.Length == 0)
        {
            return new MedIdError(CryptographyErrorCodes.JoseKeyNotFound, ErrorCategory.Untrusted, "RFC 7516 §5.2 step 6");
        }

        // Steps 6 to 16, with each key that it could be.
        foreach (var key in candidates)
        {
            if (FindContentKey(key, members, decoded[1], algorithm, encryption) is { } contentKey)
            {
                var content = ContentCipher.Decrypt(encryption, contentKey, decoded[2], decoded[3], decoded[4], Encoding.ASCII.GetBytes(parts[0]));
                CryptographicOperations.ZeroMemory(contentKey);
                if (content is not null)
                {
                    return content;
                }
            }
        }

        return new MedIdError(CryptographyErrorCodes.JoseNotDecrypted, ErrorCategory.Untrusted, "RFC 7516 §5.2");
    }

    private static byte[]? FindContentKey(DecryptionKey key, JsonElement header, byte[] encrypted, KeyManagementAlgorithm algorithm, ContentEncryption encryption)
    {
        var length = ContentCipher.KeyLength(encryption);
        if (algorithm == KeyManagementAlgorithm.RsaOaep256)
        {
            return key.DecryptRsa(encrypted) is { } opened && opened.Length == length ? opened : null;
        }

        // RFC 7518 §4.6.1: the ephemeral key is a public key on the same curve, and a point of it; apu and apv go into the derivation.
        if (!header.TryGetProperty("epk"u8, out var epk) || epk.ValueKind != JsonValueKind.Object || PublicKey.FromJwk(epk) is not { Succeeded: true } ephemeral
            || Party(header, "apu") is not { } partyU || Party(header, "apv") is not { } partyV
            || key.Agree(ephemeral.Value, algorithm, encryption, partyU, partyV) is not { } agreed)
        {
            return null;
        }

        if (algorithm == KeyManagementAlgorithm.EcdhEs)
        {
            // Step 10: nothing is told of a key that was agreed.
            return encrypted.Length == 0 ? agreed : null;
        }

        var unwrapped = AesKeyWrap.Unwrap(agreed, encrypted, length);
        CryptographicOperations.ZeroMemory(agreed);
        return unwrapped;
    }

    /// <summary>Empty when the member is not there; null when it is not what the standard says.</summary>
    private static byte[]? Party(JsonElement header, string name) =>
        !header.TryGetProperty(name, out _) ? [] : StrictBase64Url.Decode(Text(header, name), MaxPartyLength) is { Succeeded: true } bytes ? bytes.Value : null;

    private static string? Text(JsonElement members, string name) => members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static MedIdError Malformed(string detail) => new(CryptographyErrorCodes.JoseMalformed, ErrorCategory.Malformed, "RFC 7516 §7.1", detail);
}
