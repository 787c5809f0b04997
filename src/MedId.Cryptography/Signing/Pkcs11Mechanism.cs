namespace MedId.Cryptography;

/// <summary>The mechanisms that <see cref="Pkcs11SigningKey"/> asks a token for, with PKCS#11's numbers.</summary>
public enum Pkcs11Mechanism : uint
{
    /// <summary>CKM_RSA_PKCS: pads what it is given, a DigestInfo made here (RFC 8017 §9.2), which is all that many cards can do.</summary>
    RsaPkcs = 0x00000001,

    /// <summary>CKM_RSA_PKCS_PSS over a hash.</summary>
    RsaPkcsPss = 0x0000000D,

    /// <summary>CKM_ECDSA over a hash, cut to the length of the curve's order.</summary>
    Ecdsa = 0x00001041,

    /// <summary>CKM_EDDSA over the data itself.</summary>
    EdDsa = 0x00001057,
}
