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
            UafAlgorithm.EcdsaP384Sha384Raw => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            UafAlgorithm.EcdsaP521Sha512Raw => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            _ when IsRsa(algorithm) => RSA.Create(RsaBits),
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
        UafAlgorithm.EcdsaP256Sha256Raw or UafAlgorithm.EcdsaSecp256k1Sha256Raw or UafAlgorithm.EcdsaP384Sha384Raw or UafAlgorithm.EcdsaP521Sha512Raw =>
            ((ECDsa)_key).SignData(data, Hash(_algorithm), DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        UafAlgorithm.EcdsaP256Sha256Der or UafAlgorithm.EcdsaSecp256k1Sha256Der =>
            ((ECDsa)_key).SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        UafAlgorithm.RsaPssSha256Raw or UafAlgorithm.RsaPssSha384Raw or UafAlgorithm.RsaPssSha512Raw => SignRsa(data, RSASignaturePadding.Pss),
        UafAlgorithm.RsaPssSha256Der => OctetString(SignRsa(data, RSASignaturePadding.Pss)),
        UafAlgorithm.RsaPkcs1Sha256Der => OctetString(SignRsa(data, RSASignaturePadding.Pkcs1)),
        _ => SignRsa(data, RSASignaturePadding.Pkcs1),
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
            case UafKeyFormat.Cose:
                return CosePublicKey();
            default:
                throw new ArgumentException($"The software authenticator does not write {format}.", nameof(format));
        }
    }

    public CertificateRequest CertificateRequest(string subject) => _key is RSA rsa
        ? new(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new(subject, (ECDsa)_key, HashAlgorithmName.SHA256);

    /// <summary>The hash that the registry names beside an algorithm.</summary>
    public static HashAlgorithmName Hash(UafAlgorithm algorithm) => algorithm switch
    {
        UafAlgorithm.RsaPssSha384Raw or UafAlgorithm.RsaPkcs1V15Sha384Raw or UafAlgorithm.EcdsaP384Sha384Raw => HashAlgorithmName.SHA384,
        UafAlgorithm.RsaPssSha512Raw or UafAlgorithm.RsaPkcs1V15Sha512Raw or UafAlgorithm.EcdsaP521Sha512Raw => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    private static bool IsRsa(UafAlgorithm algorithm) => algorithm is UafAlgorithm.RsaPssSha256Raw or UafAlgorithm.RsaPssSha256Der or UafAlgorithm.RsaPkcs1Sha256Raw
        or UafAlgorithm.RsaPkcs1Sha256Der or (>= UafAlgorithm.RsaPssSha384Raw and <= UafAlgorithm.RsaPkcs1V15Sha512Raw);

    /// <summary>An RSA key as SubjectPublicKeyInfo, which some authenticators send for RSAPublicKey.</summary>
    public byte[] SubjectPublicKeyInfo() => _key.ExportSubjectPublicKeyInfo();

    // COSE_Key in the CTAP2 canonical form: keys of one byte first (1, 3, -1, -2, -3), numbers and byte strings only.
    private byte[] CosePublicKey()
    {
        if (_key is RSA rsa)
        {
            var numbers = rsa.ExportParameters(includePrivateParameters: false);
            return [0xA4, 0x01, 0x03, 0x03, .. CoseNumber(CoseAlgorithm()), 0x20, .. CoseBytes(numbers.Modulus!), 0x21, .. CoseBytes(numbers.Exponent!)];
        }

        var point = ((ECDsa)_key).ExportParameters(includePrivateParameters: false).Q;
        byte curve = _algorithm switch
        {
            UafAlgorithm.EcdsaP384Sha384Raw => 2,
            UafAlgorithm.EcdsaP521Sha512Raw => 3,
            UafAlgorithm.EcdsaSecp256k1Sha256Raw or UafAlgorithm.EcdsaSecp256k1Sha256Der => 8,
            _ => 1,
        };
        return [0xA5, 0x01, 0x02, 0x03, .. CoseNumber(CoseAlgorithm()), 0x20, curve, 0x21, .. CoseBytes(point.X!), 0x22, .. CoseBytes(point.Y!)];
    }

    private int CoseAlgorithm() => _algorithm switch
    {
        UafAlgorithm.EcdsaP384Sha384Raw => -35,
        UafAlgorithm.EcdsaP521Sha512Raw => -36,
        UafAlgorithm.EcdsaSecp256k1Sha256Raw or UafAlgorithm.EcdsaSecp256k1Sha256Der => -47,
        UafAlgorithm.RsaPssSha256Raw or UafAlgorithm.RsaPssSha256Der => -37,
        UafAlgorithm.RsaPssSha384Raw => -38,
        UafAlgorithm.RsaPssSha512Raw => -39,
        UafAlgorithm.RsaPkcs1V15Sha384Raw => -258,
        UafAlgorithm.RsaPkcs1V15Sha512Raw => -259,
        _ when _key is RSA => -257,
        _ => -7,
    };

    private static byte[] CoseNumber(int negative)
    {
        var value = -1 - negative;
        return value < 24 ? [(byte)(0x20 | value)] : value < 256 ? [0x38, (byte)value] : [0x39, (byte)(value >> 8), (byte)value];
    }

    private static byte[] CoseBytes(byte[] bytes) =>
        bytes.Length < 24 ? [(byte)(0x40 | bytes.Length), .. bytes]
        : bytes.Length < 256 ? [0x58, (byte)bytes.Length, .. bytes]
        : [0x59, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    private byte[] SignRsa(ReadOnlySpan<byte> data, RSASignaturePadding padding) => ((RSA)_key).SignData(data, Hash(_algorithm), padding);

    private static byte[] OctetString(byte[] signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(signature);
        return writer.Encode();
    }
}
