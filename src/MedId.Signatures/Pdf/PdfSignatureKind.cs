namespace MedId.Signatures;

/// <summary>What a signature field of a PDF file holds.</summary>
public enum PdfSignatureKind
{
    /// <summary>A person's or organisation's signature.</summary>
    Signature = 0,

    /// <summary>A document time-stamp (EN 319 142-1 §5.4.3).</summary>
    DocumentTimestamp = 1,
}
