namespace MedId.Signatures;

/// <summary>How an XML document is read; what has to hold is said by <see cref="SignaturePolicy"/>.</summary>
public sealed record XmlVerificationOptions
{
    /// <summary>What applies where nothing else is given.</summary>
    public static XmlVerificationOptions Default { get; } = new();

    /// <summary>How much is read.</summary>
    public XmlSignatureLimits Limits { get; init; } = XmlSignatureLimits.Default;

    /// <summary>The <c>Id</c> of the only signature to judge, e.g. <c>PrescriptionSign</c>; null: every signature of the document has to be accepted.</summary>
    public string? SignatureId { get; init; }

    /// <summary>
    /// Whether a reference to the document may leave out every signature (the XPath filter <c>not(ancestor-or-self::ds:Signature)</c>), as two signatures beside each other need. False by default:
    /// what stands in any signature is then not covered, so the reader must not look for content there.
    /// </summary>
    public bool AllowSiblingSignatures { get; init; }

    /// <summary>Content beside the document, by the URI that references name it with, octet by octet. A reference to anything else outside is refused; nothing is fetched.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> DetachedContent { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
}
