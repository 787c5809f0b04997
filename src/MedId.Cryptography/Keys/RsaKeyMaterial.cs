using System.Security.Cryptography;
using System.Text.Json;

namespace MedId.Cryptography;

/// <summary>An RSA modulus and exponent.</summary>
internal sealed class RsaKeyMaterial : KeyMaterial
{
    private readonly byte[] _modulus;
    private readonly byte[] _exponent;
    private readonly HandlePool<RSA> _handles;

    public RsaKeyMaterial(byte[] modulus, byte[] exponent)
    {
        (_modulus, _exponent) = (modulus, exponent);
        var handle = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
        SizeInBits = handle.KeySize;
        _handles = new(() => RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent }), handle);
    }

    public override KeyKind Kind => KeyKind.Rsa;

    public override int SizeInBits { get; }

    public override (byte[] First, byte[] Second) Numbers => (_modulus, _exponent);

    public override string ThumbprintInput => $$"""{"e":"{{StrictBase64Url.Encode(_exponent)}}","kty":"RSA","n":"{{StrictBase64Url.Encode(_modulus)}}"}""";

    public override bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (algorithm.Encoding == SignatureEncoding.DerOctetString && !SignatureBytes.TryReadOctetString(signature, out signature))
        {
            return false;
        }

        // RFC 8017 §8.1.2 step 1, §5.2.2 step 1: exactly the modulus' length, and a number below it.
        if (signature.Length != _modulus.Length || signature.SequenceCompareTo(_modulus) >= 0)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[64];
        hash = hash[..CryptographicOperations.HashData(algorithm.Hash, data, hash)];
        var handle = _handles.Rent();
        try
        {
            return handle.VerifyHash(hash, signature, algorithm.Hash, algorithm.Padding!);
        }
        finally
        {
            _handles.Return(handle);
        }
    }

    public override byte[] ExportSubjectPublicKeyInfo() => SubjectPublicKeyInfoWriter.WriteRsa(_modulus, _exponent);

    public override void WriteJwkMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("e"u8, StrictBase64Url.Encode(_exponent));
        writer.WriteString("kty"u8, "RSA"u8);
        writer.WriteString("n"u8, StrictBase64Url.Encode(_modulus));
    }
}
