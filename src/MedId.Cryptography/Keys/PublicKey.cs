using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>A public key that was checked when it was read: a point on its curve, or an RSA key of 2048 to 8192 bits.</summary>
/// <remarks>Safe to use from any number of threads; nothing has to be disposed. Two keys are equal when their numbers are.</remarks>
public sealed partial class PublicKey : IEquatable<PublicKey>
{
    /// <summary>The smallest RSA modulus that is read, in bits.</summary>
    public const int MinimumRsaBits = 2048;

    /// <summary>The largest RSA modulus that is read, in bits; a bound on the work that a stranger's key can cause.</summary>
    public const int MaximumRsaBits = 8192;

    private const int MaxStackSignature = 132;

    private readonly EllipticCurve? _curve;
    private readonly HandlePool<ECDsa>? _ecdsa;
    private readonly HandlePool<RSA>? _rsa;

    /// <summary>x and y, or modulus and exponent; big-endian.</summary>
    private readonly byte[] _first;
    private readonly byte[] _second;

    private PublicKey(EllipticCurve curve, byte[] x, byte[] y, ECDsa handle)
    {
        Kind = curve.Kind;
        SizeInBits = handle.KeySize;
        (_curve, _first, _second) = (curve, x, y);
        _ecdsa = new(() => ImportPoint(curve, x, y), handle);
        Thumbprint = ComputeThumbprint();
    }

    private PublicKey(byte[] modulus, byte[] exponent, RSA handle)
    {
        Kind = KeyKind.Rsa;
        SizeInBits = handle.KeySize;
        (_first, _second) = (modulus, exponent);
        _rsa = new(() => RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent }), handle);
        Thumbprint = ComputeThumbprint();
    }

    /// <summary>RSA, or the curve.</summary>
    public KeyKind Kind { get; }

    /// <summary>The length of the modulus or of the curve's field in bits.</summary>
    public int SizeInBits { get; }

    /// <summary>The SHA-256 thumbprint of the JWK, base64url (RFC 7638 §3).</summary>
    public string Thumbprint { get; }

    /// <summary>Whether an algorithm works with this kind of key.</summary>
    /// <param name="algorithm">The algorithm.</param>
    public bool Supports(SignatureAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return algorithm.KeyKind == Kind;
    }

    /// <summary>Whether this key made the signature over the data. False for every signature that it did not make, whatever its bytes.</summary>
    /// <param name="algorithm">The algorithm; false when it is not one for this kind of key. Whether it may be used is the caller's policy.</param>
    /// <param name="data">What was signed; hashed here.</param>
    /// <param name="signature">The signature in the algorithm's own encoding: exact lengths, strict DER, r and s in [1, n-1].</param>
    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (!Supports(algorithm))
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[64];
        hash = hash[..CryptographicOperations.HashData(algorithm.Hash, data, hash)];
        return _curve is null ? VerifyRsa(algorithm, hash, signature) : VerifyEcdsa(_curve, algorithm, hash, signature);
    }

    /// <summary>The key as DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).</summary>
    public byte[] ExportSubjectPublicKeyInfo() => SubjectPublicKeyInfo.Write(_curve, _first, _second);

    /// <summary>The key as a JWK.</summary>
    /// <param name="keyId">The <c>kid</c>; null to leave it out.</param>
    /// <param name="algorithm">The <c>alg</c>; null to leave it out. Needs a JOSE name and to fit the key.</param>
    /// <exception cref="ArgumentException">The algorithm does not fit.</exception>
    public JsonWebKey ToJwk(string? keyId = null, SignatureAlgorithm? algorithm = null) => new(this, keyId, algorithm);

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && Kind == other.Kind && _first.AsSpan().SequenceEqual(other._first) && _second.AsSpan().SequenceEqual(other._second);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Thumbprint.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Thumbprint}";

    /// <summary>Writes <c>kty</c> and the numbers; the caller has begun the object.</summary>
    internal void WriteJwkMembers(Utf8JsonWriter writer)
    {
        if (_curve is null)
        {
            writer.WriteString("e"u8, StrictBase64Url.Encode(_second));
            writer.WriteString("kty"u8, "RSA"u8);
            writer.WriteString("n"u8, StrictBase64Url.Encode(_first));
        }
        else
        {
            writer.WriteString("crv"u8, _curve.JoseName);
            writer.WriteString("kty"u8, "EC"u8);
            writer.WriteString("x"u8, StrictBase64Url.Encode(_first));
            writer.WriteString("y"u8, StrictBase64Url.Encode(_second));
        }
    }

    private static ECDsa ImportPoint(EllipticCurve curve, byte[] x, byte[] y) =>
        ECDsa.Create(new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = x, Y = y } });

    private string ComputeThumbprint() => StrictBase64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(_curve is null
        ? $$"""{"e":"{{StrictBase64Url.Encode(_second)}}","kty":"RSA","n":"{{StrictBase64Url.Encode(_first)}}"}"""
        : $$"""{"crv":"{{_curve.JoseName}}","kty":"EC","x":"{{StrictBase64Url.Encode(_first)}}","y":"{{StrictBase64Url.Encode(_second)}}"}""")));

    private bool VerifyEcdsa(EllipticCurve curve, SignatureAlgorithm algorithm, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        Span<byte> fields = stackalloc byte[MaxStackSignature];
        fields = fields[..(curve.FieldLength * 2)];
        if (algorithm.Encoding == SignatureEncoding.FixedFields)
        {
            if (!signature.TryCopyTo(fields) || signature.Length != fields.Length)
            {
                return false;
            }
        }
        else if (!SignatureBytes.TryReadDerSequence(signature, fields))
        {
            return false;
        }

        if (!curve.IsScalar(fields[..curve.FieldLength]) || !curve.IsScalar(fields[curve.FieldLength..]))
        {
            return false;
        }

        var handle = _ecdsa!.Rent();
        try
        {
            return handle.VerifyHash(hash, fields, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            _ecdsa.Return(handle);
        }
    }

    private bool VerifyRsa(SignatureAlgorithm algorithm, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (algorithm.Encoding == SignatureEncoding.DerOctetString && !SignatureBytes.TryReadOctetString(signature, out signature))
        {
            return false;
        }

        // RFC 8017 §8.1.2 step 1, §5.2.2 step 1: exactly the modulus' length, and a number below it.
        if (signature.Length != _first.Length || signature.SequenceCompareTo(_first) >= 0)
        {
            return false;
        }

        var handle = _rsa!.Rent();
        try
        {
            return handle.VerifyHash(hash, signature, algorithm.Hash, algorithm.Padding!);
        }
        finally
        {
            _rsa.Return(handle);
        }
    }
}
