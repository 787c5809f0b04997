using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>The secret from which one tenant's pairwise subjects are made. Kept like a signing key: with another one everybody is somebody else to every client.</summary>
public sealed class PairwiseKey
{
    private const int MinimumLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int MaxSubject = 255;
    private readonly byte[] _encryption = new byte[32];
    private readonly byte[] _nonce = new byte[32];
    private readonly string _tenant;

    /// <summary>Takes the secret.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="secret">At least 32 random bytes; copied.</param>
    /// <exception cref="ArgumentException">The secret is shorter.</exception>
    public PairwiseKey(TenantId tenant, ReadOnlySpan<byte> secret)
    {
        if (secret.Length < MinimumLength)
        {
            throw new ArgumentException("A pairwise secret has at least 32 random bytes.", nameof(secret));
        }

        _tenant = tenant.Value;
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, _encryption, salt: [], info: Encoding.UTF8.GetBytes($"medid pairwise encryption 1\0{_tenant}"));
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, _nonce, salt: [], info: Encoding.UTF8.GetBytes($"medid pairwise nonce 1\0{_tenant}"));
    }

    /// <summary>The tenant only.</summary>
    public override string ToString() => "pairwise key of " + _tenant;

    /// <summary>
    /// One account in one sector is always the same text, in another sector another one. The nonce is a keyed digest of what is encrypted, so that no nonce serves two texts.
    /// </summary>
    internal string Seal(string sector, string account)
    {
        var plaintext = Encoding.UTF8.GetBytes(account);
        var sealedBytes = new byte[NonceLength + plaintext.Length + TagLength];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        HMACSHA256.HashData(_nonce, Associated(sector, account)).AsSpan(0, NonceLength).CopyTo(nonce);
        using var aes = new AesGcm(_encryption, TagLength);
        aes.Encrypt(nonce, plaintext, sealedBytes.AsSpan(NonceLength, plaintext.Length), sealedBytes.AsSpan(^TagLength..), Associated(sector, string.Empty));
        var subject = StrictBase64Url.Encode(sealedBytes);
        return subject.Length <= MaxSubject ? subject : throw new ArgumentException("An account id of more than 163 bytes has no pairwise subject (OIDC Core §2: sub has at most 255 characters).", nameof(account));
    }

    /// <summary>Null for every text that <see cref="Seal"/> did not make for this sector.</summary>
    internal string? Open(string sector, string subject)
    {
        if (StrictBase64Url.Decode(subject, MaxSubject) is not { Succeeded: true, Value: { Length: > NonceLength + TagLength } bytes })
        {
            return null;
        }

        var plaintext = new byte[bytes.Length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(_encryption, TagLength);
            aes.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, plaintext.Length), bytes.AsSpan(^TagLength..), plaintext, Associated(sector, string.Empty));
            return Encoding.UTF8.GetString(plaintext);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    // Each part with its length before it, so that no two lists of parts give the same bytes.
    private byte[] Associated(string sector, string account) => Encoding.UTF8.GetBytes($"medid pairwise subject 1/{_tenant.Length}:{_tenant}/{sector.Length}:{sector}/{account}");
}
