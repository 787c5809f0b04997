namespace MedId.Signatures;

/// <summary>What kind of thing a signature covers.</summary>
public enum CoveredContentKind
{
    /// <summary>The content inside a CMS structure.</summary>
    Content = 0,

    /// <summary>Content that lies beside the signature.</summary>
    DetachedContent = 1,

    /// <summary>What one reference of an XML signature covers, after its transforms.</summary>
    XmlReference = 2,

    /// <summary>The signed properties of an XAdES signature.</summary>
    SignedProperties = 3,

    /// <summary>The byte ranges of a PDF signature: one revision of the file without the signature's own hole.</summary>
    PdfRevision = 4,
}
