using System.Text.Json;

namespace MedId.Cryptography;

/// <summary>The numbers of one kind of public key, and what is done with them.</summary>
internal abstract class KeyMaterial
{
    public abstract KeyKind Kind { get; }

    public abstract int SizeInBits { get; }

    /// <summary>x and y, modulus and exponent, the encoded point, or the structure: equal keys have equal ones.</summary>
    public abstract (byte[] First, byte[] Second) Numbers { get; }

    /// <summary>The object whose SHA-256 is the thumbprint (RFC 7638 §3.1); null when no JWK can hold the key.</summary>
    public abstract string? ThumbprintInput { get; }

    /// <summary>Whether the signature is of this key; the algorithm is one for its kind.</summary>
    public abstract bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    public abstract byte[] ExportSubjectPublicKeyInfo();

    /// <summary>Writes <c>kty</c> and the numbers; the caller has begun the object.</summary>
    public abstract void WriteJwkMembers(Utf8JsonWriter writer);
}
