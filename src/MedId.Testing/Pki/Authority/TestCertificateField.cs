namespace MedId.Testing;

/// <summary>A field of a certificate (RFC 5280 §4.1) that a test may replace or leave out.</summary>
public enum TestCertificateField
{
    /// <summary>version, with its <c>[0]</c> tag.</summary>
    Version,

    /// <summary>serialNumber.</summary>
    SerialNumber,

    /// <summary>signature, the AlgorithmIdentifier inside the signed part.</summary>
    Signature,

    /// <summary>issuer.</summary>
    Issuer,

    /// <summary>validity.</summary>
    Validity,

    /// <summary>subject.</summary>
    Subject,

    /// <summary>subjectPublicKeyInfo.</summary>
    SubjectPublicKeyInfo,

    /// <summary>issuerUniqueID, with its <c>[1]</c> tag; normally left out.</summary>
    IssuerUniqueId,

    /// <summary>subjectUniqueID, with its <c>[2]</c> tag; normally left out.</summary>
    SubjectUniqueId,

    /// <summary>extensions, with their <c>[3]</c> tag.</summary>
    Extensions,

    /// <summary>signatureAlgorithm, outside of the signed part.</summary>
    SignatureAlgorithm,

    /// <summary>signatureValue, as a BIT STRING.</summary>
    SignatureValue,
}
