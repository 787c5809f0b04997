using System.Security.Cryptography;
using System.Text.Json;

namespace MedId.Cryptography;

/// <summary>A point on a Weierstrass curve.</summary>
internal sealed class EcKeyMaterial : KeyMaterial
{
    private const int MaxStackSignature = 132;

    private readonly EllipticCurve _curve;
    private readonly byte[] _x;
    private readonly byte[] _y;
    private readonly HandlePool<ECDsa> _handles;

    public EcKeyMaterial(EllipticCurve curve, byte[] x, byte[] y)
    {
        (_curve, _x, _y) = (curve, x, y);
        var handle = Import(curve, x, y);
        SizeInBits = handle.KeySize;
        _handles = new(() => Import(curve, x, y), handle);
    }

    public override KeyKind Kind => _curve.Kind;

    public override int SizeInBits { get; }

    public override (byte[] First, byte[] Second) Numbers => (_x, _y);

    public override string ThumbprintInput =>
        $$"""{"crv":"{{_curve.JoseName}}","kty":"EC","x":"{{StrictBase64Url.Encode(_x)}}","y":"{{StrictBase64Url.Encode(_y)}}"}""";

    public override bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> fields = stackalloc byte[MaxStackSignature];
        fields = fields[..(_curve.FieldLength * 2)];
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

        if (!_curve.IsScalar(fields[.._curve.FieldLength]) || !_curve.IsScalar(fields[_curve.FieldLength..]))
        {
            return false;
        }

        // FIPS 186-5 §6.4.2 step 2: of a hash longer than the order, the leftmost bits. P-521 is longer than every hash, the others' orders are whole octets.
        Span<byte> hash = stackalloc byte[64];
        hash = hash[..Math.Min(CryptographicOperations.HashData(algorithm.Hash, data, hash), _curve.FieldLength)];
        var handle = _handles.Rent();
        try
        {
            return handle.VerifyHash(hash, fields, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            _handles.Return(handle);
        }
    }

    public override byte[] ExportSubjectPublicKeyInfo() => SubjectPublicKeyInfoWriter.Write(_curve, _x, _y);

    public override void WriteJwkMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("crv"u8, _curve.JoseName);
        writer.WriteString("kty"u8, "EC"u8);
        writer.WriteString("x"u8, StrictBase64Url.Encode(_x));
        writer.WriteString("y"u8, StrictBase64Url.Encode(_y));
    }

    private static ECDsa Import(EllipticCurve curve, byte[] x, byte[] y) => ECDsa.Create(new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = x, Y = y } });
}
