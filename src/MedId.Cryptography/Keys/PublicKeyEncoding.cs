namespace MedId.Cryptography;

/// <summary>The encodings that a <see cref="PublicKeyCache"/> imports from.</summary>
public enum PublicKeyEncoding
{
    /// <summary>DER SubjectPublicKeyInfo (UAF ALG_KEY_ECC_X962_DER, and what authenticators send as ALG_KEY_RSA_2048_DER).</summary>
    SubjectPublicKeyInfo,

    /// <summary>DER RSAPublicKey (UAF ALG_KEY_RSA_2048_DER).</summary>
    Pkcs1,

    /// <summary><c>04 || X || Y</c> on P-256 (UAF ALG_KEY_ECC_X962_RAW).</summary>
    UncompressedPointP256,

    /// <summary><c>04 || X || Y</c> on secp256k1 (UAF ALG_KEY_ECC_X962_RAW).</summary>
    UncompressedPointSecp256k1,

    /// <summary>256 bytes of modulus, then the exponent (UAF ALG_KEY_RSA_2048_RAW).</summary>
    Rsa2048ModulusThenExponent,

    /// <summary>One COSE_Key in the CTAP2 canonical form, as WebAuthn credentials have it: see <see cref="CoseKey.Read"/>.</summary>
    Cose,

    /// <summary><c>04 || X || Y</c> on P-384 (UAF ALG_KEY_ECC_X962_RAW).</summary>
    UncompressedPointP384,

    /// <summary><c>04 || X || Y</c> on P-521 (UAF ALG_KEY_ECC_X962_RAW).</summary>
    UncompressedPointP521,
}
