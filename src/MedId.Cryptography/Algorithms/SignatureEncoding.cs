namespace MedId.Cryptography;

/// <summary>How the numbers of a signature are laid out in bytes.</summary>
public enum SignatureEncoding
{
    /// <summary>ECDSA: r and s, big-endian, each as long as the field (JOSE, COSE, XML signatures).</summary>
    FixedFields,

    /// <summary>ECDSA and DSA: DER <c>SEQUENCE { INTEGER r, INTEGER s }</c> (X.509, CMS, WebAuthn).</summary>
    DerSequence,

    /// <summary>RSA: exactly as many bytes as the modulus.</summary>
    ModulusLength,

    /// <summary>RSA: the same bytes inside a DER OCTET STRING.</summary>
    DerOctetString,

    /// <summary>EdDSA: the encoded point R, then the scalar S, little-endian; 64 bytes for Ed25519, 114 for Ed448 (RFC 8032 §5.1.6, §5.2.6).</summary>
    PointThenScalar,

    /// <summary>ML-DSA: the encoded signature of FIPS 204 §7.2; 2420, 3309 or 4627 bytes.</summary>
    MlDsa,
}
