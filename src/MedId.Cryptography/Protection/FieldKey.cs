using System.Security.Cryptography;
using System.Text;

namespace MedId.Cryptography;

/// <summary>One AES-256 key for the personal fields of one tenant, with the id that its ciphertexts carry.</summary>
public sealed class FieldKey
{
    /// <summary>The length of a key in bytes.</summary>
    public const int Length = 32;

    private readonly byte[] _bytes;

    /// <summary>Takes a key, e.g. unwrapped by a key service.</summary>
    /// <param name="keyId">Its id: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c></param>
    /// <param name="key">32 random bytes; copied.</param>
    /// <exception cref="ArgumentException">The id or the length is another.</exception>
    public FieldKey(string keyId, ReadOnlySpan<byte> key)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        if (keyId.Length > 64 || !keyId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new ArgumentException("A key id is 1 to 64 letters, digits, '-', '_' or '.'.", nameof(keyId));
        }

        if (key.Length != Length)
        {
            throw new ArgumentException("A key has 32 bytes.", nameof(key));
        }

        KeyId = keyId;
        _bytes = key.ToArray();
    }

    /// <summary>The id that ciphertexts carry.</summary>
    public string KeyId { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A new random key.</summary>
    /// <param name="keyId">Its id.</param>
    public static FieldKey Generate(string keyId) => new(keyId, RandomNumberGenerator.GetBytes(Length));

    /// <summary>The key of one tenant under a master key of the deployment (HKDF-SHA-256, RFC 5869).</summary>
    /// <param name="keyId">The id of the master key.</param>
    /// <param name="masterKey">At least 32 random bytes.</param>
    /// <param name="tenant">The tenant.</param>
    /// <exception cref="ArgumentException">The master key is too short.</exception>
    public static FieldKey DeriveForTenant(string keyId, ReadOnlySpan<byte> masterKey, string tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        if (masterKey.Length < Length)
        {
            throw new ArgumentException("A master key has at least 32 bytes.", nameof(masterKey));
        }

        Span<byte> derived = stackalloc byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, derived, salt: [], info: Encoding.UTF8.GetBytes($"medid field key 1\0{tenant}"));
        return new(keyId, derived);
    }

    /// <summary>The id only.</summary>
    public override string ToString() => KeyId;
}
