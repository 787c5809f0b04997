using MedId.Core;

namespace MedId.Signatures;

/// <summary>Leaves the parser where a file stops being one; never leaves the package.</summary>
internal sealed class PdfSyntaxException(MedIdError error) : FormatException(error.ToString())
{
    public MedIdError Error { get; } = error;

    public static PdfSyntaxException Malformed(string detail) => new(new(SignaturesErrorCodes.PdfMalformed, ErrorCategory.Malformed, "ISO 32000-2 §7", detail));

    public static PdfSyntaxException Limit(string detail) => new(new(SignaturesErrorCodes.PdfLimit, ErrorCategory.Policy, "ISO 32000-2 Annex C", detail));
}
