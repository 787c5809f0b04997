namespace MedId.Signatures;

/// <summary>What one save of the file wrote: its own cross-reference entries and where it ends.</summary>
internal sealed class PdfRevision(PdfDictionary trailer, Dictionary<int, PdfEntry> entries, int start, int end, int xrefStart, int xrefEnd)
{
    public PdfDictionary Trailer { get; } = trailer;

    public IReadOnlyDictionary<int, PdfEntry> Entries { get; } = entries;

    /// <summary>Where its first byte is: the end of the one before.</summary>
    public int Start { get; set; } = start;

    /// <summary>Where its <c>%%EOF</c> ends, without an end of line.</summary>
    public int End { get; } = end;

    /// <summary>From its cross-reference section to the end of its trailer or stream.</summary>
    public (int Start, int End) Xref { get; } = (xrefStart, xrefEnd);
}
