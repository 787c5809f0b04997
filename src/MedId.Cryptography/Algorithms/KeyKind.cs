namespace MedId.Cryptography;

/// <summary>What kind of key an algorithm works with; a curve is part of the kind.</summary>
public enum KeyKind
{
    /// <summary>RSA, 2048 to 8192 bits; from 1024 bits where the reader of a key said so.</summary>
    Rsa,

    /// <summary>NIST P-256 (secp256r1).</summary>
    P256,

    /// <summary>NIST P-384 (secp384r1).</summary>
    P384,

    /// <summary>NIST P-521 (secp521r1).</summary>
    P521,

    /// <summary>SEC 2 secp256k1; FIDO, and JOSE and COSE as ES256K.</summary>
    Secp256k1,

    /// <summary>Edwards25519 (RFC 8032 §5.1); signatures are verified, not made, in this process.</summary>
    Ed25519,

    /// <summary>Edwards448 (RFC 8032 §5.2); signatures are verified, not made, in this process.</summary>
    Ed448,

    /// <summary>DSA of 1024 to 3072 bits (FIPS 186-4 §4); only to judge old certificates, always reported as weak.</summary>
    Dsa,

    /// <summary>ML-DSA-44 (FIPS 204); only where the platform has it.</summary>
    MlDsa44,

    /// <summary>ML-DSA-65 (FIPS 204); only where the platform has it.</summary>
    MlDsa65,

    /// <summary>ML-DSA-87 (FIPS 204); only where the platform has it.</summary>
    MlDsa87,
}
