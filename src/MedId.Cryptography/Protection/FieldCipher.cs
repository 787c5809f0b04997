using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Encrypts the personal fields of one tenant for storage (AES-256-GCM, NIST SP 800-38D).</summary>
/// <remarks>
/// A ciphertext is bound to its tenant and purpose: copied into another tenant's table, another column or another record it is refused. Put the record's own
/// id into the purpose (<c>notice/7f3a…/body</c>). Nonces are 96 random bits: use a new key before 2^32 fields were written under one (SP 800-38D §8.3).
/// Safe to use from many threads.
/// </remarks>
public sealed class FieldCipher
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly FieldKey _current;
    private readonly FrozenDictionary<string, FieldKey> _keys;

    /// <summary>Makes a cipher.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="current">The key that new ciphertexts use.</param>
    /// <param name="previous">Keys that older ciphertexts use.</param>
    /// <exception cref="ArgumentException">A key id twice.</exception>
    public FieldCipher(string tenant, FieldKey current, IEnumerable<FieldKey>? previous = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        ArgumentNullException.ThrowIfNull(current);
        FieldKey[] keys = [current, .. previous ?? []];
        if (keys.DistinctBy(k => k.KeyId, StringComparer.Ordinal).Count() != keys.Length)
        {
            throw new ArgumentException("A key id stands for one key.", nameof(previous));
        }

        Tenant = tenant;
        _current = current;
        _keys = keys.ToFrozenDictionary(k => k.KeyId, StringComparer.Ordinal);
    }

    /// <summary>The tenant.</summary>
    public string Tenant { get; }

    /// <summary>Encrypts bytes with the current key.</summary>
    /// <param name="purpose">What and of which record the field is; the same text unprotects it.</param>
    /// <param name="plaintext">The bytes.</param>
    /// <returns>Version, key id, nonce, ciphertext and tag in one.</returns>
    public byte[] Protect(string purpose, ReadOnlySpan<byte> plaintext)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        var headerLength = 2 + _current.KeyId.Length;
        var envelope = new byte[headerLength + NonceLength + plaintext.Length + TagLength];
        envelope[0] = Version;
        envelope[1] = (byte)_current.KeyId.Length;
        Encoding.ASCII.GetBytes(_current.KeyId, envelope.AsSpan(2));
        var nonce = envelope.AsSpan(headerLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_current.Bytes, TagLength);
        aes.Encrypt(nonce, plaintext, envelope.AsSpan(headerLength + NonceLength, plaintext.Length), envelope.AsSpan(^TagLength..), AssociatedData(purpose, _current.KeyId));
        return envelope;
    }

    /// <summary>Encrypts text.</summary>
    /// <param name="purpose">What and of which record the field is.</param>
    /// <param name="plaintext">The text.</param>
    public byte[] ProtectText(string purpose, string plaintext) => Protect(purpose, Encoding.UTF8.GetBytes(plaintext));

    /// <summary>Decrypts what <see cref="Protect"/> made for the same tenant and purpose.</summary>
    /// <param name="purpose">What and of which record the field is.</param>
    /// <param name="envelope">The stored bytes.</param>
    public MedIdResult<byte[]> Unprotect(string purpose, ReadOnlySpan<byte> envelope)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        if (envelope.Length < 2 || envelope[0] != Version || envelope.Length < 2 + envelope[1] + NonceLength + TagLength)
        {
            return new MedIdError(CryptographyErrorCodes.FieldMalformed, ErrorCategory.Malformed, "MedId field envelope 1");
        }

        var keyId = Encoding.Latin1.GetString(envelope.Slice(2, envelope[1]));
        if (!_keys.TryGetValue(keyId, out var key))
        {
            return new MedIdError(CryptographyErrorCodes.FieldKeyUnknown, ErrorCategory.State, "MedId field envelope 1");
        }

        var body = envelope[(2 + envelope[1])..];
        var plaintext = new byte[body.Length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(key.Bytes, TagLength);
            aes.Decrypt(body[..NonceLength], body[NonceLength..^TagLength], body[^TagLength..], plaintext, AssociatedData(purpose, keyId));
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return new MedIdError(CryptographyErrorCodes.FieldNotAuthentic, ErrorCategory.Untrusted, "NIST SP 800-38D §7.2");
        }
    }

    /// <summary>Decrypts what <see cref="ProtectText"/> made.</summary>
    /// <param name="purpose">What and of which record the field is.</param>
    /// <param name="envelope">The stored bytes.</param>
    public MedIdResult<string> UnprotectText(string purpose, ReadOnlySpan<byte> envelope) => Unprotect(purpose, envelope).Then<string>(p => Encoding.UTF8.GetString(p));

    /// <summary>Whether stored bytes use an older key and should be written again.</summary>
    /// <param name="envelope">The stored bytes.</param>
    public bool NeedsRotation(ReadOnlySpan<byte> envelope) =>
        envelope.Length < 2 || envelope.Length < 2 + envelope[1] || !string.Equals(Encoding.Latin1.GetString(envelope.Slice(2, envelope[1])), _current.KeyId, StringComparison.Ordinal);

    /// <summary>The tenant only.</summary>
    public override string ToString() => Tenant;

    /// <summary>Each part with its length before it, so that no two lists of parts give the same bytes.</summary>
    private byte[] AssociatedData(string purpose, string keyId) => LabelledBytes.Join("medid field 1", Tenant, purpose, keyId);
}
