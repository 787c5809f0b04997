using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text.Json;

namespace MedId.Cryptography;

/// <summary>An encoded ML-DSA key (FIPS 204); the platform computes.</summary>
internal sealed class MlDsaKeyMaterial : KeyMaterial
{
    private readonly byte[] _encoded;
    private readonly MLDsaAlgorithm _parameters;
    private readonly HandlePool<MLDsa> _handles;

    public MlDsaKeyMaterial(KeyKind kind, MLDsaAlgorithm parameters, byte[] encoded)
    {
        (Kind, _parameters, _encoded) = (kind, parameters, encoded);
        _handles = new(Import, Import());
    }

    public override KeyKind Kind { get; }

    public override int SizeInBits => _encoded.Length * 8;

    public override (byte[] First, byte[] Second) Numbers => (_encoded, []);

    /// <summary>RFC 9964 §3: the required members of an AKP key.</summary>
    public override string ThumbprintInput => $$"""{"alg":"{{_parameters.Name}}","kty":"AKP","pub":"{{StrictBase64Url.Encode(_encoded)}}"}""";

    public static MLDsaAlgorithm? ParametersOf(KeyKind kind) => kind switch
    {
        KeyKind.MlDsa44 => MLDsaAlgorithm.MLDsa44,
        KeyKind.MlDsa65 => MLDsaAlgorithm.MLDsa65,
        KeyKind.MlDsa87 => MLDsaAlgorithm.MLDsa87,
        _ => null,
    };

    public override bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != _parameters.SignatureSizeInBytes)
        {
            return false;
        }

        var handle = _handles.Rent();
        try
        {
            return handle.VerifyData(data, signature);
        }
        finally
        {
            _handles.Return(handle);
        }
    }

    /// <summary>RFC 9881 §4: the encoded key, no parameters.</summary>
    public override byte[] ExportSubjectPublicKeyInfo()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Kind switch
                {
                    KeyKind.MlDsa44 => SubjectPublicKeyInfo.MlDsa44,
                    KeyKind.MlDsa65 => SubjectPublicKeyInfo.MlDsa65,
                    _ => SubjectPublicKeyInfo.MlDsa87,
                });
            }

            writer.WriteBitString(_encoded);
        }

        return writer.Encode();
    }

    public override void WriteJwkMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("alg"u8, _parameters.Name);
        writer.WriteString("kty"u8, "AKP"u8);
        writer.WriteString("pub"u8, StrictBase64Url.Encode(_encoded));
    }

    private MLDsa Import() => MLDsa.ImportMLDsaPublicKey(_parameters, _encoded);
}
