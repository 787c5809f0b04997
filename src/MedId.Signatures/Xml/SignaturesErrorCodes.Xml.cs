namespace MedId.Signatures;

/// <content>XML signatures and XAdES.</content>
public static partial class SignaturesErrorCodes
{
    /// <summary>Not a well-formed XML document with namespaces.</summary>
    public const string XmlMalformed = "xml.malformed";

    /// <summary>More bytes than the reader was told to accept.</summary>
    public const string XmlTooLarge = "xml.too_large";

    /// <summary>More depth, nodes, attributes, references or canonical octets than allowed.</summary>
    public const string XmlLimit = "xml.limit";

    /// <summary>Another encoding than UTF-8.</summary>
    public const string XmlEncoding = "xml.encoding";

    /// <summary>A document type declaration.</summary>
    public const string XmlDocumentType = "xml.document_type";

    /// <summary>Two elements of the document have the same identifier.</summary>
    public const string XmlDuplicateId = "xml.duplicate_id";

    /// <summary>No signature in the document, or none with the identifier asked for.</summary>
    public const string XmlNoSignature = "xml.no_signature";

    /// <summary>A Signature element that does not have the form of the schema.</summary>
    public const string XmlSignatureMalformed = "xml.signature_malformed";

    /// <summary>A canonical form that is not written here, e.g. Canonical XML 1.1.</summary>
    public const string XmlCanonicalization = "xml.canonicalization";

    /// <summary>A transform other than enveloped signature followed by a canonical form.</summary>
    public const string XmlTransform = "xml.transform";

    /// <summary>A reference to something outside the document that was not handed in.</summary>
    public const string XmlReferenceExternal = "xml.reference_external";

    /// <summary>A reference to an element that is not there, or in a form other than an empty URI or a plain identifier.</summary>
    public const string XmlReferenceUnresolved = "xml.reference_unresolved";

    /// <summary>A signature over a manifest, whose own references nobody has to verify.</summary>
    public const string XmlManifest = "xml.manifest";

    /// <summary>What is referenced is not what was signed.</summary>
    public const string XmlDigest = "xml.digest";

    /// <summary>The signature value was not made with the certificate's key over SignedInfo.</summary>
    public const string XmlSignature = "xml.signature";

    /// <summary>The signature carries no certificate that it names as the signer's.</summary>
    public const string XmlNoSigningCertificate = "xml.no_signing_certificate";

    /// <summary>The certificate that the signed properties name is another one than the signature carries.</summary>
    public const string XmlSigningCertificateMismatch = "xml.signing_certificate_mismatch";

    /// <summary>XAdES properties that do not have the form of the schema, or belong to another signature.</summary>
    public const string XmlXades = "xml.xades";

    /// <summary>XAdES properties that this signature does not sign.</summary>
    public const string XmlSignedProperties = "xml.signed_properties";

    /// <summary>What has to be covered is not covered by the signature.</summary>
    public const string XmlNotCovered = "xml.not_covered";
}
