namespace MedId.Cryptography;

/// <summary>How the numbers of a signature are laid out in bytes.</summary>
public enum SignatureEncoding
{
    /// <summary>ECDSA: r and s, big-endian, each as long as the field.</summary>
    FixedFields,

    /// <summary>ECDSA: DER <c>SEQUENCE { INTEGER r, INTEGER s }</c>.</summary>
    DerSequence,

    /// <summary>RSA: exactly as many bytes as the modulus.</summary>
    ModulusLength,

    /// <summary>RSA: the same bytes inside a DER OCTET STRING.</summary>
    DerOctetString,
}
