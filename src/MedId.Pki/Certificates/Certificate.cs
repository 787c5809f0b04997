using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>A certificate that is well formed by RFC 5280 §4. Whether it is worth anything is said by <see cref="PathValidator"/>.</summary>
/// <remarks>Immutable and safe to use from any number of threads. Two certificates are equal when their bytes are.</remarks>
public sealed partial class Certificate : IEquatable<Certificate>
{
    /// <summary>The longest certificate that is read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private const byte Unknown = 0;
    private const byte Yes = 1;
    private const byte No = 2;

    private MedIdResult<PublicKey>? _publicKey;
    private string? _sha256;
    private volatile byte _selfIssued;

    /// <summary>The whole certificate in DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>What is signed, in DER (§4.1.1.1).</summary>
    public ReadOnlyMemory<byte> TbsCertificate { get; private set; }

    /// <summary>The signature's bytes (§4.1.1.3).</summary>
    public ReadOnlyMemory<byte> Signature { get; private set; }

    /// <summary>Whether the signature is made of bytes, as every signature is that verifies: one that is not is read and never verifies.</summary>
    internal bool HasWholeSignature { get; private set; }

    /// <summary>The subject's key in DER (§4.1.2.7); <see cref="ReadPublicKey"/> gives it in a form that verifies.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; private set; }

    /// <summary>1, 2 or 3 (§4.1.2.1).</summary>
    public int Version { get; private set; }

    /// <summary>The content octets of the serial number, two's complement, exactly as written: numbers that are negative or long are compared by these (§4.1.2.2).</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; private set; }

    /// <summary>Who issued it (§4.1.2.4).</summary>
    public DistinguishedName Issuer { get; private set; }

    /// <summary>Whom it is for (§4.1.2.6); empty when the subject is named by its alternative name alone.</summary>
    public DistinguishedName Subject { get; private set; }

    /// <summary>The first instant of its validity (§4.1.2.5).</summary>
    public DateTimeOffset NotBefore { get; private set; }

    /// <summary>The last instant of its validity, still in it (§4.1.2.5).</summary>
    public DateTimeOffset NotAfter { get; private set; }

    /// <summary>How it is signed (§4.1.1.2).</summary>
    public AlgorithmIdentifier SignatureAlgorithm { get; private set; }

    /// <summary>Its extensions (§4.2).</summary>
    public CertificateExtensions Extensions { get; private set; }

    /// <summary>Whether issuer and subject are one name (§6.1): a CA that changes its key or policy.</summary>
    public bool IsSelfIssued
    {
        get
        {
            if (_selfIssued == Unknown)
            {
                _selfIssued = Issuer.Equals(Subject) ? Yes : No;
            }

            return _selfIssued == Yes;
        }
    }

    /// <summary>The SHA-256 of the whole certificate, lower-case hexadecimal.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(SHA256.HashData(RawData.Span));

    /// <summary>The subject's key, imported at the first call and kept; a refusal when its kind or size is not used here.</summary>
    /// <param name="minimumRsaBits">
    /// The smallest RSA modulus to read, in bits: down to <see cref="PublicKey.MinimumLegacyRsaBits"/> where an <see cref="AlgorithmRule"/> judges the key afterwards.
    /// </param>
    public MedIdResult<PublicKey> ReadPublicKey(int minimumRsaBits = PublicKey.MinimumRsaBits)
    {
        var key = _publicKey ??= PublicKey.FromSubjectPublicKeyInfo(SubjectPublicKeyInfo.Span, PublicKey.MinimumLegacyRsaBits);
        return key.Succeeded && key.Value.Kind == KeyKind.Rsa && key.Value.SizeInBits < minimumRsaBits
            ? PublicKey.FromSubjectPublicKeyInfo(SubjectPublicKeyInfo.Span, minimumRsaBits)
            : key;
    }

    /// <summary>Whether an instant is within the validity, both ends included (§4.1.2.5, §6.1.3 (a)(2)).</summary>
    /// <param name="at">The instant.</param>
    public bool IsValidAt(DateTimeOffset at) => at >= NotBefore && at <= NotAfter;

    /// <inheritdoc/>
    public bool Equals(Certificate? other) => other is not null && (ReferenceEquals(this, other) || RawData.Span.SequenceEqual(other.RawData.Span));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Certificate);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Signature.Span);
        return hash.ToHashCode();
    }

    /// <summary>Its SHA-256; names and serial numbers are personal data.</summary>
    public override string ToString() => $"certificate {Sha256}";
}
