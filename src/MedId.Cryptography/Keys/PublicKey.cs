using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>A public key that was checked when it was read: a point on its curve, an RSA key of 2048 to 8192 bits, or a DSA key of its parameters' group.</summary>
/// <remarks>
/// Safe to use from any number of threads; nothing has to be disposed. Two keys are equal when their numbers are. RSA keys from 1024 bits and DSA keys are read
/// where old certificates are judged; <see cref="AlgorithmRule.Allows(SignatureAlgorithm, PublicKey)"/> decides whether they count.
/// </remarks>
public sealed partial class PublicKey : IEquatable<PublicKey>
{
    /// <summary>The smallest RSA modulus that is read unless the reader says otherwise, in bits.</summary>
    public const int MinimumRsaBits = 2048;

    /// <summary>The smallest RSA modulus that is read at all, in bits.</summary>
    public const int MinimumLegacyRsaBits = 1024;

    /// <summary>The largest RSA modulus that is read, in bits; a bound on the work that a stranger's key can cause.</summary>
    public const int MaximumRsaBits = 8192;

    private readonly KeyMaterial _material;

    internal PublicKey(KeyMaterial material)
    {
        _material = material;
        (Kind, SizeInBits) = (material.Kind, material.SizeInBits);
        Thumbprint = StrictBase64Url.Encode(SHA256.HashData(material.ThumbprintInput is { } text ? Encoding.ASCII.GetBytes(text) : material.Numbers.First));
    }

    /// <summary>RSA, DSA, or the curve.</summary>
    public KeyKind Kind { get; }

    /// <summary>The length of the modulus or of the curve's field in bits.</summary>
    public int SizeInBits { get; }

    /// <summary>The SHA-256 thumbprint of the JWK, base64url (RFC 7638 §3); of a DSA key, which no JWK holds, SHA-256 of its SubjectPublicKeyInfo.</summary>
    public string Thumbprint { get; }

    /// <summary>The numbers as <see cref="KeyMaterial.Numbers"/> has them.</summary>
    internal (byte[] First, byte[] Second) Numbers => _material.Numbers;

    /// <summary>The numbers of a DSA key, for one that inherits its parameters.</summary>
    internal DsaKeyMaterial? Dsa => _material as DsaKeyMaterial;

    /// <summary>Whether an algorithm works with this kind of key.</summary>
    /// <param name="algorithm">The algorithm.</param>
    public bool Supports(SignatureAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return algorithm.KeyKind == Kind;
    }

    /// <summary>Whether this key made the signature over the data. False for every signature that it did not make, whatever its bytes.</summary>
    /// <param name="algorithm">
    /// The algorithm; false when it is not one for this kind of key. Whether it may be used is the caller's policy: <see cref="AlgorithmRule"/>.
    /// </param>
    /// <param name="data">What was signed; hashed here.</param>
    /// <param name="signature">
    /// The signature in the algorithm's own encoding: exact lengths, strict DER, r and s in [1, n-1]; for EdDSA S below the order, R and the key canonical and of
    /// no small order.
    /// </param>
    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        Supports(algorithm) && _material.Verify(algorithm, data, signature);

    /// <summary>The key as DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7); inherited DSA parameters are written out.</summary>
    public byte[] ExportSubjectPublicKeyInfo() => _material.ExportSubjectPublicKeyInfo();

    /// <summary>The key as a JWK.</summary>
    /// <param name="keyId">The <c>kid</c>; null to leave it out.</param>
    /// <param name="algorithm">The <c>alg</c>; null to leave it out. Needs a JOSE name and to fit the key.</param>
    /// <exception cref="ArgumentException">The algorithm does not fit, or the key is a DSA key.</exception>
    public JsonWebKey ToJwk(string? keyId = null, SignatureAlgorithm? algorithm = null) => new(this, keyId, algorithm);

    /// <inheritdoc/>
    public bool Equals(PublicKey? other)
    {
        if (other is null || Kind != other.Kind)
        {
            return false;
        }

        var (mine, theirs) = (_material.Numbers, other._material.Numbers);
        return mine.First.AsSpan().SequenceEqual(theirs.First) && mine.Second.AsSpan().SequenceEqual(theirs.Second);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Thumbprint.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Thumbprint}";

    /// <summary>Writes <c>kty</c> and the numbers; the caller has begun the object.</summary>
    internal void WriteJwkMembers(Utf8JsonWriter writer) => _material.WriteJwkMembers(writer);
}
