namespace MedId.Cryptography;

/// <summary>How a JWE's content is encrypted (RFC 7518 §5.1).</summary>
public enum ContentEncryption
{
    /// <summary><c>A128CBC-HS256</c>.</summary>
    A128CbcHs256,

    /// <summary><c>A256CBC-HS512</c>.</summary>
    A256CbcHs512,

    /// <summary><c>A128GCM</c>.</summary>
    A128Gcm,

    /// <summary><c>A256GCM</c>.</summary>
    A256Gcm,
}
