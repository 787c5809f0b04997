namespace MedId.Signatures;

/// <content>PDF signatures.</content>
public static partial class SignaturesErrorCodes
{
    /// <summary>Not a PDF file in the strict form that is read here.</summary>
    public const string PdfMalformed = "pdf.malformed";

    /// <summary>More bytes than the reader was told to accept.</summary>
    public const string PdfTooLarge = "pdf.too_large";

    /// <summary>More objects, revisions, signatures, nesting or inflated bytes than allowed.</summary>
    public const string PdfLimit = "pdf.limit";

    /// <summary>An encrypted file.</summary>
    public const string PdfEncrypted = "pdf.encrypted";

    /// <summary>A hybrid file: two cross-reference sections that may say two things.</summary>
    public const string PdfHybrid = "pdf.hybrid";

    /// <summary>No signature field with a signature.</summary>
    public const string PdfNoSignature = "pdf.no_signature";

    /// <summary>A signature dictionary without what it has to have.</summary>
    public const string PdfSignatureMalformed = "pdf.signature_malformed";

    /// <summary>A signature format other than CAdES and PKCS#7 detached, and RFC 3161 for time-stamps.</summary>
    public const string PdfSubFilter = "pdf.sub_filter";

    /// <summary>The byte range is not everything but the hole of the signature's own value.</summary>
    public const string PdfByteRange = "pdf.byte_range";

    /// <summary>The byte range does not end where a revision of the file ends.</summary>
    public const string PdfRevision = "pdf.revision";

    /// <summary>The file was changed after it was signed, in a way that was not allowed by name.</summary>
    public const string PdfUpdate = "pdf.update";
}
