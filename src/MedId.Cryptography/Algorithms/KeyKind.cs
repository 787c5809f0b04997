namespace MedId.Cryptography;

/// <summary>What kind of key an algorithm works with; a curve is part of the kind.</summary>
public enum KeyKind
{
    /// <summary>RSA, 2048 to 8192 bits.</summary>
    Rsa,

    /// <summary>NIST P-256 (secp256r1).</summary>
    P256,

    /// <summary>NIST P-384 (secp384r1).</summary>
    P384,

    /// <summary>NIST P-521 (secp521r1).</summary>
    P521,

    /// <summary>SEC 2 secp256k1; FIDO UAF only.</summary>
    Secp256k1,
}
