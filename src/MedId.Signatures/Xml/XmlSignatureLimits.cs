namespace MedId.Signatures;

/// <summary>How much of a hostile XML document is looked at before it is refused with <c>xml.limit</c> or <c>xml.too_large</c>. Every member can be lowered; raise one only for documents that you know.</summary>
public sealed record XmlSignatureLimits
{
    /// <summary>What applies where nothing else is given.</summary>
    public static XmlSignatureLimits Default { get; } = new();

    /// <summary>The largest document, in bytes; 32 MiB by default.</summary>
    public int MaxBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The deepest nesting of elements; 100 by default.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>The most elements, texts, comments and processing instructions together; 200,000 by default.</summary>
    public int MaxNodes { get; init; } = 200_000;

    /// <summary>The most attributes of one element, and the most namespace prefixes in scope at one element; 128 by default.</summary>
    public int MaxAttributes { get; init; } = 128;

    /// <summary>The most signatures in one document; 16 by default.</summary>
    public int MaxSignatures { get; init; } = 16;

    /// <summary>The most references of one signature; 16 by default.</summary>
    public int MaxReferences { get; init; } = 16;

    /// <summary>The most certificates, and the most revocation values, that one signature may carry; 64 by default.</summary>
    public int MaxEncapsulated { get; init; } = 64;

    /// <summary>The most time-stamps of one signature, each of which costs a path; 8 by default.</summary>
    public int MaxTimestamps { get; init; } = 8;

    /// <summary>The most octets that canonicalisation may write while one document is judged; 256 MiB by default. Exclusive canonicalisation can write far more than it reads.</summary>
    public long MaxCanonicalBytes { get; init; } = 256L * 1024 * 1024;
}
