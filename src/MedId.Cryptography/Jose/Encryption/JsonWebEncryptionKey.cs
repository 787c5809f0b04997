using System.Text.Json;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>A public key to encrypt to, as its owner published it (RFC 7517 §4): RSA of 2048 bits or more, or P-256, P-384, P-521.</summary>
public sealed class JsonWebEncryptionKey
{
    /// <summary>Names a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="keyId">The <c>kid</c>; null for none.</param>
    /// <param name="algorithm">The only algorithm to use it with; null when the key's kind decides.</param>
    /// <exception cref="ArgumentException">The key is of a kind that nothing is encrypted to here, or does not fit the algorithm.</exception>
    public JsonWebEncryptionKey(PublicKey key, string? keyId = null, KeyManagementAlgorithm? algorithm = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!IsForEncryption(key.Kind) || (algorithm is { } only && !Fits(key.Kind, only)))
        {
            throw new ArgumentException("Nothing is encrypted to such a key, or it does not fit the algorithm.", nameof(key));
        }

        (Key, KeyId, Algorithm) = (key, keyId, algorithm);
    }

    /// <summary>The key.</summary>
    public PublicKey Key { get; }

    /// <summary>The <c>kid</c>; null when there is none.</summary>
    public string? KeyId { get; }

    /// <summary>The <c>alg</c>; null when there is none.</summary>
    public KeyManagementAlgorithm? Algorithm { get; }

    /// <summary>Whether something can be encrypted to the key in this way.</summary>
    /// <param name="algorithm">The way.</param>
    public bool Supports(KeyManagementAlgorithm algorithm) => Fits(Key.Kind, algorithm) && (Algorithm is null || Algorithm == algorithm);

    /// <summary>Reads one JWK. <c>use</c> other than <c>enc</c>, <c>key_ops</c> without one of encryption and an unknown <c>alg</c> are <c>key.unsupported</c>.</summary>
    /// <param name="jwk">The key's object, read by <see cref="StrictJson"/>.</param>
    public static MedIdResult<JsonWebEncryptionKey> Parse(JsonElement jwk)
    {
        var key = PublicKey.FromJwk(jwk);
        if (!key.Succeeded)
        {
            return key.Error;
        }

        KeyManagementAlgorithm algorithm = default;
        var usable = IsForEncryption(key.Value.Kind)
            && Text(jwk, "use") is null or "enc"
            && (!jwk.TryGetProperty("key_ops", out var operations) || MayEncrypt(operations))
            && (!jwk.TryGetProperty("alg", out _) || (EncryptionNames.TryParse(Text(jwk, "alg"), out algorithm) && Fits(key.Value.Kind, algorithm)));
        return usable
            ? new JsonWebEncryptionKey(key.Value, Text(jwk, "kid"), jwk.TryGetProperty("alg", out _) ? algorithm : null)
            : new MedIdError(CryptographyErrorCodes.KeyUnsupported, ErrorCategory.Unsupported, "RFC 7517 §4.2–4.4", "not a key to encrypt to");
    }

    /// <summary>Writes the key as an object.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        Key.WriteJwkMembers(writer);
        writer.WriteString("use"u8, "enc"u8);
        if (Algorithm is { } algorithm)
        {
            writer.WriteString("alg"u8, EncryptionNames.ToName(algorithm));
        }

        if (KeyId is not null)
        {
            writer.WriteString("kid"u8, KeyId);
        }

        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{KeyId ?? "(no kid)"} {Key}, for encryption";

    internal static bool Fits(KeyKind kind, KeyManagementAlgorithm algorithm) => (kind == KeyKind.Rsa) == (algorithm == KeyManagementAlgorithm.RsaOaep256);

    private static bool IsForEncryption(KeyKind kind) => kind is KeyKind.Rsa or KeyKind.P256 or KeyKind.P384 or KeyKind.P521;

    private static bool MayEncrypt(JsonElement operations) =>
        operations.ValueKind == JsonValueKind.Array
        && operations.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && (one.ValueEquals("wrapKey"u8) || one.ValueEquals("deriveKey"u8) || one.ValueEquals("deriveBits"u8) || one.ValueEquals("encrypt"u8)));

    private static string? Text(JsonElement jwk, string name) => jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
