namespace MedId.Signatures;

/// <summary>How much of a hostile PDF file is looked at before it is refused with <c>pdf.limit</c> or <c>pdf.too_large</c>.</summary>
public sealed record PdfLimits
{
    /// <summary>What applies where nothing else is given.</summary>
    public static PdfLimits Default { get; } = new();

    /// <summary>The largest file, in bytes; 128 MiB by default.</summary>
    public int MaxBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>The most entries of all cross-reference sections together; 200,000 by default.</summary>
    public int MaxObjects { get; init; } = 200_000;

    /// <summary>The most revisions; 64 by default.</summary>
    public int MaxRevisions { get; init; } = 64;

    /// <summary>The most signatures and time-stamps; 16 by default.</summary>
    public int MaxSignatures { get; init; } = 16;

    /// <summary>The deepest nesting of arrays and dictionaries, and of form fields; 64 by default.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The most bytes that streams may inflate to while one file is read; 256 MiB by default.</summary>
    public long MaxInflatedBytes { get; init; } = 256L * 1024 * 1024;
}
