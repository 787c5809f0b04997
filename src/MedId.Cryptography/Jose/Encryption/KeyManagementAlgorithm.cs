namespace MedId.Cryptography;

/// <summary>How a JWE's content key reaches its reader (RFC 7518 §4.1). RSA1_5, RSA-OAEP over SHA-1, symmetric and password-based ways are not there.</summary>
public enum KeyManagementAlgorithm
{
    /// <summary><c>RSA-OAEP-256</c>.</summary>
    RsaOaep256,

    /// <summary><c>ECDH-ES</c>: the agreed key is the content key.</summary>
    EcdhEs,

    /// <summary><c>ECDH-ES+A128KW</c>.</summary>
    EcdhEsA128Kw,

    /// <summary><c>ECDH-ES+A256KW</c>.</summary>
    EcdhEsA256Kw,
}
