namespace MedId.Fido.Uaf;

/// <summary>Encoding of a public key: numbers of the FIDO registry §3.6.2.</summary>
public enum UafKeyFormat : ushort
{
    /// <summary>An uncompressed point, 0x04, X, Y; the curve follows from the signature algorithm.</summary>
    EccX962Raw = 0x0100,

    /// <summary>A DER SubjectPublicKeyInfo with a named curve.</summary>
    EccX962Der = 0x0101,

    /// <summary>RSA: the modulus of 256 bytes, then the exponent.</summary>
    Rsa2048Raw = 0x0102,

    /// <summary>RSA: DER RSAPublicKey. Some deployed authenticators send a SubjectPublicKeyInfo: <see cref="UafLeniencies.RsaSubjectPublicKeyInfo"/>.</summary>
    Rsa2048Der = 0x0103,

    /// <summary>A COSE_Key (RFC 9052 §7) that names its algorithm.</summary>
    Cose = 0x0104,
}
