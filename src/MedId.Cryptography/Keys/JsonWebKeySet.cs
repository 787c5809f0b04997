using System.Buffers;
using System.Text.Json;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Public keys that somebody published (RFC 7517 §5). Immutable.</summary>
public sealed class JsonWebKeySet
{
    /// <summary>The most keys that a set may have.</summary>
    public const int MaxKeys = 64;

    private readonly JsonWebKey[] _keys;
    private readonly JsonWebEncryptionKey[] _encryptionKeys;

    private JsonWebKeySet(JsonWebKey[] keys, params JsonWebEncryptionKey[] encryptionKeys) => (_keys, _encryptionKeys) = (keys, encryptionKeys);

    /// <summary>A set without keys.</summary>
    public static JsonWebKeySet Empty { get; } = new([]);

    /// <summary>The keys, in their published order.</summary>
    public IReadOnlyList<JsonWebKey> Keys => _keys;

    /// <summary>The keys to encrypt to, in their published order: those with <c>use</c> <c>enc</c>, and those that name no use and fit.</summary>
    public IReadOnlyList<JsonWebEncryptionKey> EncryptionKeys => _encryptionKeys;

    /// <summary>A set of our own keys.</summary>
    /// <param name="keys">At most <see cref="MaxKeys"/>; no key id twice for one kind of key.</param>
    /// <exception cref="ArgumentException">Too many keys, or a key id twice.</exception>
    public static JsonWebKeySet Of(params IEnumerable<JsonWebKey> keys)
    {
        JsonWebKey[] all = [.. keys];
        return all.Length <= MaxKeys && !HasDuplicateId(all)
            ? new(all)
            : throw new ArgumentException($"A set has at most {MaxKeys} keys, and a key id once for each kind of key.", nameof(keys));
    }

    /// <summary>This set with keys to encrypt to.</summary>
    /// <param name="keys">The keys.</param>
    /// <exception cref="ArgumentException">Too many keys.</exception>
    public JsonWebKeySet WithEncryptionKeys(params IEnumerable<JsonWebEncryptionKey> keys)
    {
        JsonWebEncryptionKey[] all = [.. keys];
        return _keys.Length + all.Length <= MaxKeys ? new(_keys, all) : throw new ArgumentException($"A set has at most {MaxKeys} keys.", nameof(keys));
    }

    /// <summary>Reads a set from JSON of at most 64 KiB.</summary>
    /// <param name="utf8">The document.</param>
    public static MedIdResult<JsonWebKeySet> Parse(ReadOnlyMemory<byte> utf8) => StrictJson.Parse(utf8, maxDepth: 8).Then(Parse);

    /// <summary>
    /// Reads a set. Keys of unknown types, curves, sizes, uses and algorithms are left out (RFC 7517 §5); a key that is wrong in itself, that is private or
    /// symmetric, or that shares its id with another of its kind refuses the whole set.
    /// </summary>
    /// <param name="element">The set, read by <see cref="StrictJson"/>.</param>
    public static MedIdResult<JsonWebKeySet> Parse(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("keys", out var array) || array.ValueKind != JsonValueKind.Array)
        {
            return new MedIdError(CryptographyErrorCodes.KeySetMalformed, ErrorCategory.Malformed, "RFC 7517 §5.1");
        }

        if (array.GetArrayLength() > MaxKeys)
        {
            return new MedIdError(CryptographyErrorCodes.KeySetTooLarge, ErrorCategory.Policy, "RFC 7517 §5.1", $"more than {MaxKeys} keys");
        }

        var keys = new List<JsonWebKey>(array.GetArrayLength());
        var encryptionKeys = new List<JsonWebEncryptionKey>();
        foreach (var item in array.EnumerateArray())
        {
            if (JsonWebEncryptionKey.Parse(item) is { Succeeded: true } encryptionKey)
            {
                encryptionKeys.Add(encryptionKey.Value);
            }

            var key = JsonWebKey.Parse(item);
            if (key.Succeeded)
            {
                keys.Add(key.Value);
            }
            else if (!string.Equals(key.Error.Code, CryptographyErrorCodes.KeyUnsupported, StringComparison.Ordinal))
            {
                return key.Error;
            }
        }

        return HasDuplicateId([.. keys])
            ? new MedIdError(CryptographyErrorCodes.KeyDuplicateId, ErrorCategory.Malformed, "RFC 7517 §4.5")
            : new JsonWebKeySet([.. keys], [.. encryptionKeys]);
    }

    /// <summary>The keys that a signature with this header could be of.</summary>
    /// <param name="keyId">The header's <c>kid</c>, compared octet by octet; null finds every key that fits the algorithm.</param>
    /// <param name="algorithm">The header's algorithm.</param>
    public IReadOnlyList<JsonWebKey> Find(string? keyId, SignatureAlgorithm algorithm) =>
        Array.FindAll(_keys, k => k.Supports(algorithm) && (keyId is null || string.Equals(k.KeyId, keyId, StringComparison.Ordinal)));

    /// <summary>Writes the set as an object with its array of keys.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteStartArray("keys"u8);
        foreach (var key in _keys)
        {
            key.WriteTo(writer);
        }

        // A key that was read without a use stands among both; it is written once.
        foreach (var key in _encryptionKeys.Where(key => !Array.Exists(_keys, known => known.Key.Equals(key.Key))))
        {
            key.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The set as UTF-8 JSON, as a JWKS endpoint answers (RFC 7517 §8.5.2).</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static bool HasDuplicateId(JsonWebKey[] keys)
    {
        var ids = keys.Where(k => k.KeyId is not null).Select(k => (k.KeyId, k.Key.Kind)).ToList();
        return ids.Distinct().Count() != ids.Count;
    }
}
