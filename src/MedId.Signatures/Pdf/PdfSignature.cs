namespace MedId.Signatures;

/// <summary>A signature of a PDF file whose byte range is sound; whether it is valid is said by <see cref="PdfSignatureVerifier"/>.</summary>
public sealed record PdfSignature
{
    /// <summary>The full name of its field. Written by whoever made the file.</summary>
    public required string FieldName { get; init; }

    /// <summary>What it is.</summary>
    public required PdfSignatureKind Kind { get; init; }

    /// <summary>Its format: <c>ETSI.CAdES.detached</c>, <c>adbe.pkcs7.detached</c> or <c>ETSI.RFC3161</c>.</summary>
    public required string SubFilter { get; init; }

    /// <summary>The CMS structure or time-stamp token, without the padding.</summary>
    public required ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>The two runs of bytes that are signed: everything of the revision but the hole of <see cref="Value"/>.</summary>
    public required IReadOnlyList<ByteRange> Ranges { get; init; }

    /// <summary>The signed bytes, the two runs joined.</summary>
    public required ReadOnlyMemory<byte> SignedBytes { get; init; }

    /// <summary>The number of the signed revision, the first of the file being 1.</summary>
    public required int Revision { get; init; }

    /// <summary>The signed revision as a file of its own: show this, not the whole file, to whoever has to see what was signed.</summary>
    public required ReadOnlyMemory<byte> SignedRevision { get; init; }

    /// <summary>Whether nothing was added after it.</summary>
    public bool CoversWholeFile => Updates.Count == 0;

    /// <summary>What later revisions did, in order.</summary>
    public required IReadOnlyList<PdfUpdate> Updates { get; init; }

    /// <summary>When the signer says to have signed (<c>M</c>); proves nothing.</summary>
    public DateTimeOffset? ClaimedSigningTime { get; init; }
}
