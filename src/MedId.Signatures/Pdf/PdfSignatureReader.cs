using MedId.Core;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Finds the signatures of a PDF file and what exactly each covers (ISO 32000-2 §12.8, EN 319 142-1). Pure.</summary>
/// <remarks>
/// Strict: the file is read through its cross-reference sections alone; repeated keys, hybrid and encrypted files, bytes before the header or after the end, and byte ranges that are not exactly one
/// revision without the hole of the signature's own value are refused.
/// </remarks>
public static class PdfSignatureReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="limits">How much is read; null: <see cref="PdfLimits.Default"/>.</param>
    /// <returns>The document with at least one signature or time-stamp, or the refusal. A file without signatures is refused as <c>pdf.no_signature</c>.</returns>
    public static MedIdResult<PdfSignedDocument> Read(ReadOnlyMemory<byte> file, PdfLimits? limits = null)
    {
        limits ??= PdfLimits.Default;
        if (file.Length > limits.MaxBytes)
        {
            return new MedIdError(SignaturesErrorCodes.PdfTooLarge, ErrorCategory.Policy, "ISO 32000-2 Annex C");
        }

        try
        {
            var pdf = PdfFile.Read(file, limits);
            var analyzer = new PdfUpdateAnalyzer(pdf);
            var signatures = new PdfFieldReader(pdf, limits).Read()
                .Select(f => new PdfSignatureDictionaryReader(pdf, analyzer).Read(f))
                .OrderBy(s => s.Revision)
                .ToList();
            if (signatures.Count == 0)
            {
                return new MedIdError(SignaturesErrorCodes.PdfNoSignature, ErrorCategory.Untrusted, "ISO 32000-2 §12.7.5.5");
            }

            return new PdfSignedDocument { Revisions = pdf.Revisions.Count, Signatures = signatures, ValidationData = PdfSecurityStore.Read(pdf) };
        }
        catch (PdfSyntaxException e)
        {
            return e.Error;
        }
    }
}
