using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <content>The rows.</content>
public sealed partial class SignatureAlgorithm
{
    private const string Rfc9231 = "http://www.w3.org/2001/04/xmldsig-more#";
    private const string Rfc9231Pss = "http://www.w3.org/2007/05/xmldsig-more#";
    private const string Rfc9231EdDsa = "http://www.w3.org/2021/04/xmldsig-more#eddsa-";

    /// <summary>ECDSA on P-256 with SHA-256 (RFC 7518 §3.4; COSE -7, and -9 finds it too; UAF 0x0001).</summary>
    public static SignatureAlgorithm ES256 { get; } = Ecdsa("ES256", KeyKind.P256, HashAlgorithmName.SHA256, "ES256", 0x0001, -7);

    /// <summary>ECDSA on P-384 with SHA-384 (RFC 7518 §3.4; COSE -35, and -51; UAF 0x0010).</summary>
    public static SignatureAlgorithm ES384 { get; } = Ecdsa("ES384", KeyKind.P384, HashAlgorithmName.SHA384, "ES384", 0x0010, -35);

    /// <summary>ECDSA on P-521 with SHA-512 (RFC 7518 §3.4; COSE -36, and -52; UAF 0x0011).</summary>
    public static SignatureAlgorithm ES512 { get; } = Ecdsa("ES512", KeyKind.P521, HashAlgorithmName.SHA512, "ES512", 0x0011, -36);

    /// <summary>RSASSA-PSS with SHA-256 and a salt of 32 bytes (RFC 7518 §3.5; RFC 4055 §3.1; COSE -37; UAF 0x0003).</summary>
    public static SignatureAlgorithm PS256 { get; } = Pss("PS256", HashAlgorithmName.SHA256, 0x0003, -37);

    /// <summary>RSASSA-PSS with SHA-384 and a salt of 48 bytes (RFC 7518 §3.5; RFC 4055 §3.1; COSE -38; UAF 0x000A).</summary>
    public static SignatureAlgorithm PS384 { get; } = Pss("PS384", HashAlgorithmName.SHA384, 0x000A, -38);

    /// <summary>RSASSA-PSS with SHA-512 and a salt of 64 bytes (RFC 7518 §3.5; RFC 4055 §3.1; COSE -39; UAF 0x000B).</summary>
    public static SignatureAlgorithm PS512 { get; } = Pss("PS512", HashAlgorithmName.SHA512, 0x000B, -39);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3; RFC 4055 §5; COSE -257; UAF 0x0008, and 0x000C finds it too).</summary>
    public static SignatureAlgorithm RS256 { get; } = Pkcs1("RS256", HashAlgorithmName.SHA256, 0x0008, -257, "1.2.840.113549.1.1.11");

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-384 (RFC 7518 §3.3; RFC 4055 §5; COSE -258; UAF 0x000D).</summary>
    public static SignatureAlgorithm RS384 { get; } = Pkcs1("RS384", HashAlgorithmName.SHA384, 0x000D, -258, "1.2.840.113549.1.1.12");

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-512 (RFC 7518 §3.3; RFC 4055 §5; COSE -259; UAF 0x000E).</summary>
    public static SignatureAlgorithm RS512 { get; } = Pkcs1("RS512", HashAlgorithmName.SHA512, 0x000E, -259, "1.2.840.113549.1.1.13");

    /// <summary>ECDSA on P-256 with SHA-256, signature in DER (RFC 5758 §3.2; UAF 0x0002; WebAuthn's -7).</summary>
    public static SignatureAlgorithm EcdsaP256Der { get; } = EcdsaDer("secp256r1_ecdsa_sha256_der", KeyKind.P256, HashAlgorithmName.SHA256, 0x0002, -7);

    /// <summary>ECDSA on P-384 with SHA-384, signature in DER (RFC 5758 §3.2; WebAuthn's -35).</summary>
    public static SignatureAlgorithm EcdsaP384Der { get; } = EcdsaDer("secp384r1_ecdsa_sha384_der", KeyKind.P384, HashAlgorithmName.SHA384, null, -35);

    /// <summary>ECDSA on P-521 with SHA-512, signature in DER (RFC 5758 §3.2; WebAuthn's -36).</summary>
    public static SignatureAlgorithm EcdsaP521Der { get; } = EcdsaDer("secp521r1_ecdsa_sha512_der", KeyKind.P521, HashAlgorithmName.SHA512, null, -36);

    /// <summary>RSASSA-PSS with SHA-256, signature in a DER OCTET STRING (UAF 0x0004).</summary>
    public static SignatureAlgorithm RsaPssSha256Der { get; } =
        new("rsassa_pss_sha256_der", KeyKind.Rsa, HashAlgorithmName.SHA256, SignatureEncoding.DerOctetString) { UafIdentifier = 0x0004, Padding = RSASignaturePadding.Pss };

    /// <summary>ECDSA on secp256k1 with SHA-256 (RFC 8812 §3; COSE -47; UAF 0x0005). Some platforms lack the curve; keys of it are refused there.</summary>
    public static SignatureAlgorithm EcdsaSecp256k1 { get; } =
        new("ES256K", KeyKind.Secp256k1, HashAlgorithmName.SHA256, SignatureEncoding.FixedFields) { JoseName = "ES256K", UafIdentifier = 0x0005, CoseIdentifier = -47 };

    /// <summary>ECDSA on secp256k1 with SHA-256, signature in DER (UAF 0x0006; WebAuthn's -47). X.509 does not find it.</summary>
    public static SignatureAlgorithm EcdsaSecp256k1Der { get; } =
        new("secp256k1_ecdsa_sha256_der", KeyKind.Secp256k1, HashAlgorithmName.SHA256, SignatureEncoding.DerSequence) { UafIdentifier = 0x0006, CoseIdentifier = -47 };

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256, signature in a DER OCTET STRING (UAF 0x0009). No default policy allows it.</summary>
    public static SignatureAlgorithm RsaPkcs1Sha256Der { get; } =
        new("rsa_emsa_pkcs1_sha256_der", KeyKind.Rsa, HashAlgorithmName.SHA256, SignatureEncoding.DerOctetString) { UafIdentifier = 0x0009, Padding = RSASignaturePadding.Pkcs1 };

    /// <summary>Ed25519 (RFC 8032 §5.1; RFC 9864; RFC 8410; COSE -19; UAF 0x0012). <c>EdDSA</c> in JOSE and -8 in COSE find it too: they mean Ed25519 here.</summary>
    public static SignatureAlgorithm Ed25519 { get; } = Edwards("Ed25519", KeyKind.Ed25519, HashAlgorithmName.SHA512, 0x0012, -19, "1.3.101.112");

    /// <summary>Ed448 (RFC 8032 §5.2, empty context; RFC 9864; RFC 8410; COSE -53; UAF 0x0013).</summary>
    public static SignatureAlgorithm Ed448 { get; } = Edwards("Ed448", KeyKind.Ed448, new HashAlgorithmName("SHAKE256"), 0x0013, -53, "1.3.101.113");

    /// <summary>ML-DSA-44, pure, with an empty context (FIPS 204; RFC 9964; COSE -48). Some platforms lack it; keys of it are refused there.</summary>
    public static SignatureAlgorithm MlDsa44 { get; } = MlDsa("ML-DSA-44", KeyKind.MlDsa44, -48);

    /// <summary>ML-DSA-65, pure, with an empty context (FIPS 204; RFC 9964; COSE -49). Some platforms lack it; keys of it are refused there.</summary>
    public static SignatureAlgorithm MlDsa65 { get; } = MlDsa("ML-DSA-65", KeyKind.MlDsa65, -49);

    /// <summary>ML-DSA-87, pure, with an empty context (FIPS 204; RFC 9964; COSE -50). Some platforms lack it; keys of it are refused there.</summary>
    public static SignatureAlgorithm MlDsa87 { get; } = MlDsa("ML-DSA-87", KeyKind.MlDsa87, -50);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-1 (sha1WithRSAEncryption; COSE -65535). Weak. UAF's 0x000F does not find it.</summary>
    public static SignatureAlgorithm RsaSha1 { get; } = new("RS1", KeyKind.Rsa, HashAlgorithmName.SHA1, SignatureEncoding.ModulusLength)
    {
        CoseIdentifier = -65535,
        X509Oid = "1.2.840.113549.1.1.5",
        XmlUri = "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        Padding = RSASignaturePadding.Pkcs1,
    };

    /// <summary>DSA with SHA-1 (RFC 3279 §2.2.2). Weak.</summary>
    public static SignatureAlgorithm DsaSha1 { get; } = new("dsa_sha1_der", KeyKind.Dsa, HashAlgorithmName.SHA1, SignatureEncoding.DerSequence) { X509Oid = "1.2.840.10040.4.3" };

    /// <summary>DSA with SHA-256 (RFC 5758 §3.1). Weak.</summary>
    public static SignatureAlgorithm DsaSha256 { get; } =
        new("dsa_sha256_der", KeyKind.Dsa, HashAlgorithmName.SHA256, SignatureEncoding.DerSequence) { X509Oid = "2.16.840.1.101.3.4.3.2" };

    /// <summary>Every row of the table.</summary>
    public static IReadOnlyList<SignatureAlgorithm> All { get; } =
    [
        ES256, ES384, ES512, PS256, PS384, PS512, RS256, RS384, RS512,
        EcdsaP256Der, EcdsaP384Der, EcdsaP521Der, RsaPssSha256Der, EcdsaSecp256k1, EcdsaSecp256k1Der, RsaPkcs1Sha256Der, Ed25519, Ed448,
        .. OtherCurves(SignatureEncoding.DerSequence), .. OtherCurves(SignatureEncoding.FixedFields),
        RsaSha1,
        EcdsaDer("secp256r1_ecdsa_sha1_der", KeyKind.P256, HashAlgorithmName.SHA1),
        EcdsaDer("secp384r1_ecdsa_sha1_der", KeyKind.P384, HashAlgorithmName.SHA1),
        EcdsaDer("secp521r1_ecdsa_sha1_der", KeyKind.P521, HashAlgorithmName.SHA1),
        DsaSha1, DsaSha256,
        MlDsa44, MlDsa65, MlDsa87,
    ];

    /// <summary>X.509 and XML name hash and curve apart, so that every SHA-2 goes with every curve (RFC 5758 §3.2; RFC 9231 §2.3.6).</summary>
    private static IEnumerable<SignatureAlgorithm> OtherCurves(SignatureEncoding encoding)
    {
        (KeyKind, string, HashAlgorithmName)[] rows =
        [
            (KeyKind.P256, "secp256r1", HashAlgorithmName.SHA384), (KeyKind.P256, "secp256r1", HashAlgorithmName.SHA512),
            (KeyKind.P384, "secp384r1", HashAlgorithmName.SHA256), (KeyKind.P384, "secp384r1", HashAlgorithmName.SHA512),
            (KeyKind.P521, "secp521r1", HashAlgorithmName.SHA256), (KeyKind.P521, "secp521r1", HashAlgorithmName.SHA384),
        ];
        foreach (var (kind, curve, hash) in rows)
        {
            var name = $"{curve}_ecdsa_{Lower(hash)}_";
            yield return encoding == SignatureEncoding.DerSequence ? EcdsaDer(name + "der", kind, hash) : Ecdsa(name + "raw", kind, hash, null, null, null);
        }
    }

    private static SignatureAlgorithm Ecdsa(string name, KeyKind kind, HashAlgorithmName hash, string? jose, ushort? uaf, long? cose) =>
        new(name, kind, hash, SignatureEncoding.FixedFields) { JoseName = jose, UafIdentifier = uaf, CoseIdentifier = cose, XmlUri = $"{Rfc9231}ecdsa-{Lower(hash)}" };

    private static SignatureAlgorithm EcdsaDer(string name, KeyKind kind, HashAlgorithmName hash, ushort? uaf = null, long? cose = null) =>
        new(name, kind, hash, SignatureEncoding.DerSequence)
        {
            UafIdentifier = uaf,
            CoseIdentifier = cose,
            X509Oid = hash == HashAlgorithmName.SHA1 ? "1.2.840.10045.4.1"
                : hash == HashAlgorithmName.SHA256 ? "1.2.840.10045.4.3.2"
                : hash == HashAlgorithmName.SHA384 ? "1.2.840.10045.4.3.3"
                : "1.2.840.10045.4.3.4",
        };

    private static SignatureAlgorithm Pss(string name, HashAlgorithmName hash, ushort uaf, long cose) => new(name, KeyKind.Rsa, hash, SignatureEncoding.ModulusLength)
    {
        JoseName = name,
        UafIdentifier = uaf,
        CoseIdentifier = cose,
        X509Oid = X509AlgorithmReader.RsassaPss,
        XmlUri = $"{Rfc9231Pss}{Lower(hash)}-rsa-MGF1",
        Padding = RSASignaturePadding.Pss,
    };

    private static SignatureAlgorithm Pkcs1(string name, HashAlgorithmName hash, ushort uaf, long cose, string oid) => new(name, KeyKind.Rsa, hash, SignatureEncoding.ModulusLength)
    {
        JoseName = name,
        UafIdentifier = uaf,
        CoseIdentifier = cose,
        X509Oid = oid,
        XmlUri = $"{Rfc9231}rsa-{Lower(hash)}",
        Padding = RSASignaturePadding.Pkcs1,
    };

    private static SignatureAlgorithm Edwards(string name, KeyKind kind, HashAlgorithmName hash, ushort uaf, long cose, string oid) => new(name, kind, hash, SignatureEncoding.PointThenScalar)
    {
        JoseName = name,
        UafIdentifier = uaf,
        CoseIdentifier = cose,
        X509Oid = oid,
        XmlUri = Rfc9231EdDsa + name.ToLowerInvariant(),
    };

    private static SignatureAlgorithm MlDsa(string name, KeyKind kind, long cose) =>
        new(name, kind, new HashAlgorithmName("SHAKE256"), SignatureEncoding.MlDsa) { CoseIdentifier = cose };

    private static string Lower(HashAlgorithmName hash) => hash.Name!.ToLowerInvariant();
}
