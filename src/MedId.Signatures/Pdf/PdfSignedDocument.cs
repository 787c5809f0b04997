using MedId.Pki;

namespace MedId.Signatures;

/// <summary>A PDF file with its signatures, in the order of the revisions that they sign.</summary>
public sealed record PdfSignedDocument
{
    /// <summary>How many revisions the file has.</summary>
    public required int Revisions { get; init; }

    /// <summary>Signatures and document time-stamps; at least one.</summary>
    public required IReadOnlyList<PdfSignature> Signatures { get; init; }

    /// <summary>What the document security store holds and could be read (EN 319 142-1 §5.4.2).</summary>
    public required PathEvidence ValidationData { get; init; }
}
