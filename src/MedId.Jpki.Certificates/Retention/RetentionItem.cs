namespace MedId.Jpki.Certificates;

/// <summary>What could be kept of a check.</summary>
public enum RetentionItem
{
    /// <summary>The person's certificate.</summary>
    Certificate,

    /// <summary>Its serial number (発行番号).</summary>
    SerialNumber,

    /// <summary>A certificate revocation list.</summary>
    Crl,

    /// <summary>An OCSP response.</summary>
    OcspResponse,

    /// <summary>The document with the person's signature.</summary>
    SignedDocument,

    /// <summary>Name, gender, birth date, address.</summary>
    BasicFour,

    /// <summary>Our own record of the check: <see cref="JpkiVerificationRecord"/>.</summary>
    VerificationRecord,

    /// <summary>A keyed digest that stands for the certificate.</summary>
    KeyedDigest,

    /// <summary>A digest of the signed document.</summary>
    DocumentDigest,

    /// <summary>Ids that the platform operator gave to its check, the certificate and the user.</summary>
    PlatformReceipt,
}
