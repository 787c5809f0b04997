namespace MedId.Testing;

/// <summary>How a certificate, CRL, OCSP response or time-stamp is signed.</summary>
public enum TestSignatureAlgorithm
{
    /// <summary>sha256WithRSAEncryption.</summary>
    RsaSha256,

    /// <summary>sha384WithRSAEncryption.</summary>
    RsaSha384,

    /// <summary>sha512WithRSAEncryption.</summary>
    RsaSha512,

    /// <summary>sha1WithRSAEncryption, which every policy has to refuse.</summary>
    RsaSha1,

    /// <summary>RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 octets.</summary>
    PssSha256,

    /// <summary>RSASSA-PSS with SHA-384, MGF1 with SHA-384 and a salt of 48 octets.</summary>
    PssSha384,

    /// <summary>RSASSA-PSS with SHA-512, MGF1 with SHA-512 and a salt of 64 octets.</summary>
    PssSha512,

    /// <summary>ecdsa-with-SHA256.</summary>
    EcdsaSha256,

    /// <summary>ecdsa-with-SHA384.</summary>
    EcdsaSha384,

    /// <summary>ecdsa-with-SHA512.</summary>
    EcdsaSha512,

    /// <summary>ecdsa-with-SHA1, which every policy has to refuse.</summary>
    EcdsaSha1,
}
