using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedId.Fido.Metadata;
using MedId.Fido.Uaf;

namespace MedId.Testing;

/// <summary>A private key in one of UAF's algorithms, with UAF's encodings of signatures and public keys; written apart from the verifier's code.</summary>
internal sealed class SoftwareUafPrivateKey
{
    private const string Secp256k1 = "1.3.132.0.10";
    private const int RsaBits = 2048;

    private readonly AsymmetricAlgorithm _key;
    private readonly FidoAlgorithm _algorithm;

    private SoftwareUafPrivateKey(AsymmetricAlgorithm key, FidoAlgorithm algorithm) => (_key, _algorithm) = (key, algorithm);

    [SuppressMessage("Reliability", "CA2000", Justification = "The key lives as long as its authenticator; the finaliser frees the handle.")]
    public static SoftwareUafPrivateKey Create(FidoAlgorithm algorithm) => new(
        algorithm switch
        {
            FidoAlgorithm.EcdsaP256Sha256Raw or FidoAlgorithm.EcdsaP256Sha256Der => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            FidoAlgorithm.EcdsaSecp256k1Sha256Raw or FidoAlgorithm.EcdsaSecp256k1Sha256Der => ECDsa.Create(ECCurve.CreateFromValue(Secp256k1)),
            FidoAlgorithm.EcdsaP384Sha384Raw => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            FidoAlgorithm.EcdsaP521Sha512Raw => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            _ when IsRsa(algorithm) => RSA.Create(RsaBits),
            _ => throw new ArgumentException($"The software authenticator does not sign with {algorithm}.", nameof(algorithm)),
        },
        algorithm);

    [SuppressMessage("Reliability", "CA2000", Justification = "The key lives as long as its authenticator; the finaliser frees the handle.")]
    public static SoftwareUafPrivateKey Import(FidoAlgorithm algorithm, string pkcs8)
    {
        AsymmetricAlgorithm key = IsRsa(algorithm) ? RSA.Create() : ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(pkcs8), out _);
        return new(key, algorithm);
    }

    public string Export() => Convert.ToBase64String(_key.ExportPkcs8PrivateKey());

    public byte[] Sign(ReadOnlySpan<byte> data) => _algorithm switch
    {
        FidoAlgorithm.EcdsaP256Sha256Raw or FidoAlgorithm.EcdsaSecp256k1Sha256Raw or FidoAlgorithm.EcdsaP384Sha384Raw or FidoAlgorithm.EcdsaP521Sha512Raw =>
            ((ECDsa)_key).SignData(data, Hash(_algorithm), DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        FidoAlgorithm.EcdsaP256Sha256Der or FidoAlgorithm.EcdsaSecp256k1Sha256Der =>
            ((ECDsa)_key).SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        FidoAlgorithm.RsaPssSha256Raw or FidoAlgorithm.RsaPssSha384Raw or FidoAlgorithm.RsaPssSha512Raw => SignRsa(data, RSASignaturePadding.Pss),
        FidoAlgorithm.RsaPssSha256Der => OctetString(SignRsa(data, RSASignaturePadding.Pss)),
        FidoAlgorithm.RsaPkcs1Sha256Der => OctetString(SignRsa(data, RSASignaturePadding.Pkcs1)),
        _ => SignRsa(data, RSASignaturePadding.Pkcs1),
    };

    public byte[] PublicKey(FidoKeyFormat format)
    {
        switch (format)
        {
            case FidoKeyFormat.EccX962Raw:
                var point = ((ECDsa)_key).ExportParameters(includePrivateParameters: false).Q;
                return [0x04, .. point.X!, .. point.Y!];
            case FidoKeyFormat.EccX962Der:
                return ((ECDsa)_key).ExportSubjectPublicKeyInfo();
            case FidoKeyFormat.Rsa2048Raw:
                var parameters = ((RSA)_key).ExportParameters(includePrivateParameters: false);
                return [.. parameters.Modulus!, .. parameters.Exponent!];
            case FidoKeyFormat.Rsa2048Der:
                return ((RSA)_key).ExportRSAPublicKey();
            case FidoKeyFormat.Cose:
                return CosePublicKey();
            default:
                throw new ArgumentException($"The software authenticator does not write {format}.", nameof(format));
        }
    }

    public CertificateRequest CertificateRequest(string subject) => _key is RSA rsa
        ? new(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new(subject, (ECDsa)_key, HashAlgorithmName.SHA256);

    /// <summary>The hash that the registry names beside an algorithm.</summary>
    public static HashAlgorithmName Hash(FidoAlgorithm algorithm) => algorithm switch
    {
        FidoAlgorithm.RsaPssSha384Raw or FidoAlgorithm.RsaPkcs1V15Sha384Raw or FidoAlgorithm.EcdsaP384Sha384Raw => HashAlgorithmName.SHA384,
        FidoAlgorithm.RsaPssSha512Raw or FidoAlgorithm.RsaPkcs1V15Sha512Raw or FidoAlgorithm.EcdsaP521Sha512Raw => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    private static bool IsRsa(FidoAlgorithm algorithm) => algorithm is FidoAlgorithm.RsaPssSha256Raw or FidoAlgorithm.RsaPssSha256Der or FidoAlgorithm.RsaPkcs1Sha256Raw
        or FidoAlgorithm.RsaPkcs1Sha256Der or (>= FidoAlgorithm.RsaPssSha384Raw and <= FidoAlgorithm.RsaPkcs1V15Sha512Raw);

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
            FidoAlgorithm.EcdsaP384Sha384Raw => 2,
            FidoAlgorithm.EcdsaP521Sha512Raw => 3,
            FidoAlgorithm.EcdsaSecp256k1Sha256Raw or FidoAlgorithm.EcdsaSecp256k1Sha256Der => 8,
            _ => 1,
        };
        return [0xA5, 0x01, 0x02, 0x03, .. CoseNumber(CoseAlgorithm()), 0x20, curve, 0x21, .. CoseBytes(point.X!), 0x22, .. CoseBytes(point.Y!)];
    }

    private int CoseAlgorithm() => _algorithm switch
    {
        FidoAlgorithm.EcdsaP384Sha384Raw => -35,
        FidoAlgorithm.EcdsaP521Sha512Raw => -36,
        FidoAlgorithm.EcdsaSecp256k1Sha256Raw or FidoAlgorithm.EcdsaSecp256k1Sha256Der => -47,
        FidoAlgorithm.RsaPssSha256Raw or FidoAlgorithm.RsaPssSha256Der => -37,
        FidoAlgorithm.RsaPssSha384Raw => -38,
        FidoAlgorithm.RsaPssSha512Raw => -39,
        FidoAlgorithm.RsaPkcs1V15Sha384Raw => -258,
        FidoAlgorithm.RsaPkcs1V15Sha512Raw => -259,
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
