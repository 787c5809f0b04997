using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedId.Fido.Uaf;

namespace MedId.Testing;

/// <summary>A private key in one of UAF's algorithms, with UAF's encodings of signatures and public keys; written apart from the verifier's code.</summary>
internal sealed class SoftwareUafPrivateKey
{
    private const string Secp256k1 = "1.3.132.0.10";
    private const int RsaBits = 2048;

    private readonly AsymmetricAlgorithm _key;
    private readonly UafAlgorithm _algorithm;

    private SoftwareUafPrivateKey(AsymmetricAlgorithm key, UafAlgorithm algorithm) => (_key, _algorithm) = (key, algorithm);

    [SuppressMessage("Reliability", "CA2000", Justification = "The key lives as long as its authenticator; the finaliser frees the handle.")]
    public static SoftwareUafPrivateKey Create(UafAlgorithm algorithm) => new(
        algorithm switch
        {
            UafAlgorithm.EcdsaP256Sha256Raw or UafAlgorithm.EcdsaP256Sha256Der => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            UafAlgorithm.EcdsaSecp256k1Sha256Raw or UafAlgorithm.EcdsaSecp256k1Sha256Der => ECDsa.Create(ECCurve.CreateFromValue(Secp256k1)),
            UafAlgorithm.RsaPssSha256Raw or UafAlgorithm.RsaPssSha256Der or UafAlgorithm.RsaPkcs1Sha256Raw or UafAlgorithm.RsaPkcs1Sha256Der => RSA.Create(RsaBits),
            _ => throw new ArgumentException($"The software authenticator does not sign with {algorithm}.", nameof(algorithm)),
        },
        algorithm);

    [SuppressMessage("Reliability", "CA2000", Justification = "The key lives as long as its authenticator; the finaliser frees the handle.")]
    public static SoftwareUafPrivateKey Import(UafAlgorithm algorithm, string pkcs8)
    {
        AsymmetricAlgorithm key = IsRsa(algorithm) ? RSA.Create() : ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(pkcs8), out _);
        return new(key, algorithm);
    }

    public string Export() => Convert.ToBase64String(_key.ExportPkcs8PrivateKey());

    public byte[] Sign(ReadOnlySpan<byte> data) => _algorithm switch
    {
        UafAlgorithm.EcdsaP256Sha256Raw or UafAlgorithm.EcdsaSecp256k1Sha256Raw =>
            ((ECDsa)_key).SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        UafAlgorithm.EcdsaP256Sha256Der or UafAlgorithm.EcdsaSecp256k1Sha256Der =>
            ((ECDsa)_key).SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        UafAlgorithm.RsaPssSha256Raw => SignRsa(data, RSASignaturePadding.Pss),
        UafAlgorithm.RsaPssSha256Der => OctetString(SignRsa(data, RSASignaturePadding.Pss)),
        UafAlgorithm.RsaPkcs1Sha256Raw => SignRsa(data, RSASignaturePadding.Pkcs1),
        _ => OctetString(SignRsa(data, RSASignaturePadding.Pkcs1)),
    };

    public byte[] PublicKey(UafKeyFormat format)
    {
        switch (format)
        {
            case UafKeyFormat.EccX962Raw:
                var point = ((ECDsa)_key).ExportParameters(includePrivateParameters: false).Q;
                return [0x04, .. point.X!, .. point.Y!];
            case UafKeyFormat.EccX962Der:
                return ((ECDsa)_key).ExportSubjectPublicKeyInfo();
            case UafKeyFormat.Rsa2048Raw:
                var parameters = ((RSA)_key).ExportParameters(includePrivateParameters: false);
                return [.. parameters.Modulus!, .. parameters.Exponent!];
            case UafKeyFormat.Rsa2048Der:
                return ((RSA)_key).ExportRSAPublicKey();
            default:
                throw new ArgumentException($"The software authenticator does not write {format}.", nameof(format));
        }
    }

    public CertificateRequest CertificateRequest(string subject) => _key is RSA rsa
        ? new(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new(subject, (ECDsa)_key, HashAlgorithmName.SHA256);

    private static bool IsRsa(UafAlgorithm algorithm) => algorithm is UafAlgorithm.RsaPssSha256Raw or UafAlgorithm.RsaPssSha256Der or UafAlgorithm.RsaPkcs1Sha256Raw or UafAlgorithm.RsaPkcs1Sha256Der;

    private byte[] SignRsa(ReadOnlySpan<byte> data, RSASignaturePadding padding) => ((RSA)_key).SignData(data, HashAlgorithmName.SHA256, padding);

    private static byte[] OctetString(byte[] signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(signature);
        return writer.Encode();
    }
}
