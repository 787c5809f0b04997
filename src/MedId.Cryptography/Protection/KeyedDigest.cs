using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>Digests of what people can type (user codes, birth dates): HMAC-SHA-256, so that a stolen table does not give them away by trying.</summary>
/// <remarks>Whoever can ask the server can still try: attempts have to be limited by the caller.</remarks>
public sealed class KeyedDigest
{
    private const int MinimumKeyLength = 32;

    private readonly byte[] _key;

    /// <summary>Takes the key.</summary>
    /// <param name="key">At least 32 random bytes that are not stored beside the digests; copied.</param>
    /// <exception cref="ArgumentException">The key is shorter.</exception>
    public KeyedDigest(ReadOnlySpan<byte> key) => _key = key.Length >= MinimumKeyLength
        ? key.ToArray()
        : throw new ArgumentException("A key has at least 32 bytes.", nameof(key));

    /// <summary>The digest of a value in its context, base64url.</summary>
    /// <param name="context">What the value is and whose (<c>user-code/tenant/user</c>); the same value gives another digest elsewhere.</param>
    /// <param name="value">The value, normalised by the caller.</param>
    public string Compute(string context, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(context);
        return StrictBase64Url.Encode(HMACSHA256.HashData(_key, LabelledBytes.Join("medid keyed digest 1", context, value)));
    }

    /// <summary>Whether a value has this digest, in a time that does not depend on where they differ.</summary>
    /// <param name="context">The same context.</param>
    /// <param name="value">The value that was typed.</param>
    /// <param name="digest">The stored digest.</param>
    public bool Matches(string context, string value, string digest) => SecretDigest.FixedTimeEquals(Compute(context, value), digest);

    /// <summary>Nothing of the key.</summary>
    public override string ToString() => nameof(KeyedDigest);
}
