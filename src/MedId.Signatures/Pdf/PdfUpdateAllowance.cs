namespace MedId.Signatures;

/// <summary>What may have been added to a PDF file after it was signed. Everything else refuses the signature: form values, annotations, pages, fonts, metadata.</summary>
[Flags]
public enum PdfUpdateAllowance
{
    /// <summary>Nothing: the signature covers the whole file.</summary>
    None = 0,

    /// <summary>A document security store with certificates and revocation data (EN 319 142-1 §5.4.2).</summary>
    ValidationData = 1,

    /// <summary>A document time-stamp without appearance (EN 319 142-1 §5.4.3).</summary>
    DocumentTimestamp = 2,

    /// <summary>A further signature without appearance, in a field of its own or in one that was there and empty. A signed document that was certified against it (DocMDP P 1) is refused all the same.</summary>
    FurtherSignature = 4,
}
