namespace MedId.Testing;

/// <summary>A field of a CRL (RFC 5280 §5.1) that a test may replace or leave out.</summary>
public enum TestCrlField
{
    /// <summary>version.</summary>
    Version,

    /// <summary>signature, the AlgorithmIdentifier inside the signed part.</summary>
    Signature,

    /// <summary>issuer.</summary>
    Issuer,

    /// <summary>thisUpdate.</summary>
    ThisUpdate,

    /// <summary>nextUpdate.</summary>
    NextUpdate,

    /// <summary>revokedCertificates.</summary>
    RevokedCertificates,

    /// <summary>crlExtensions, with their <c>[0]</c> tag.</summary>
    Extensions,

    /// <summary>signatureAlgorithm, outside of the signed part.</summary>
    SignatureAlgorithm,

    /// <summary>signatureValue, as a BIT STRING.</summary>
    SignatureValue,
}
