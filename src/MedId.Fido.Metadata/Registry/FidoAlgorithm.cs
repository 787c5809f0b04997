namespace MedId.Fido.Metadata;

/// <summary>Signature algorithm and encoding: numbers of the FIDO registry §3.6.1. That a number has a name here does not say that it is accepted.</summary>
public enum FidoAlgorithm : ushort
{
    /// <summary>ECDSA P-256, SHA-256, R and S of 32 bytes each.</summary>
    EcdsaP256Sha256Raw = 0x0001,

    /// <summary>ECDSA P-256, SHA-256, DER.</summary>
    EcdsaP256Sha256Der = 0x0002,

    /// <summary>RSASSA-PSS, SHA-256, bare bytes.</summary>
    RsaPssSha256Raw = 0x0003,

    /// <summary>RSASSA-PSS, SHA-256, in a DER OCTET STRING.</summary>
    RsaPssSha256Der = 0x0004,

    /// <summary>ECDSA secp256k1, SHA-256, R and S of 32 bytes each.</summary>
    EcdsaSecp256k1Sha256Raw = 0x0005,

    /// <summary>ECDSA secp256k1, SHA-256, DER.</summary>
    EcdsaSecp256k1Sha256Der = 0x0006,

    /// <summary>SM2 with SM3.</summary>
    Sm2Sm3Raw = 0x0007,

    /// <summary>RSASSA-PKCS1-v1_5, SHA-256, bare bytes.</summary>
    RsaPkcs1Sha256Raw = 0x0008,

    /// <summary>RSASSA-PKCS1-v1_5, SHA-256, in a DER OCTET STRING.</summary>
    RsaPkcs1Sha256Der = 0x0009,

    /// <summary>RSASSA-PSS, SHA-384, bare bytes.</summary>
    RsaPssSha384Raw = 0x000A,

    /// <summary>RSASSA-PSS, SHA-512, bare bytes.</summary>
    RsaPssSha512Raw = 0x000B,

    /// <summary>RSASSA-PKCS1-v1_5, SHA-256 (second number).</summary>
    RsaPkcs1V15Sha256Raw = 0x000C,

    /// <summary>RSASSA-PKCS1-v1_5, SHA-384.</summary>
    RsaPkcs1V15Sha384Raw = 0x000D,

    /// <summary>RSASSA-PKCS1-v1_5, SHA-512.</summary>
    RsaPkcs1V15Sha512Raw = 0x000E,

    /// <summary>RSASSA-PKCS1-v1_5, SHA-1.</summary>
    RsaPkcs1V15Sha1Raw = 0x000F,

    /// <summary>ECDSA P-384, SHA-384, R and S of 48 bytes each.</summary>
    EcdsaP384Sha384Raw = 0x0010,

    /// <summary>ECDSA P-521, SHA-512, R and S of 66 bytes each.</summary>
    EcdsaP521Sha512Raw = 0x0011,

    /// <summary>Ed25519.</summary>
    Ed25519Raw = 0x0012,

    /// <summary>Ed448.</summary>
    Ed448Raw = 0x0013,
}
