using MedId.Cryptography;

namespace MedId.Signatures;

/// <summary>One thing that a signature covers: read these octets and nothing else, they are what was signed.</summary>
public sealed record CoveredContent
{
    /// <summary>What it is.</summary>
    public required CoveredContentKind Kind { get; init; }

    /// <summary>How the signature names it: the URI of an XML reference as written, the object identifier of a CMS content type; null where it has no name.</summary>
    public string? Reference { get; init; }

    /// <summary>Where the covered element stands in an XML document (<c>/Document[1]/{urn:example}Part[2]</c>); null where no single element is covered. Look it up by this, not by its identifier.</summary>
    public string? ElementPath { get; init; }

    /// <summary>Whether this is the whole document; the signature itself is left out where it lies inside.</summary>
    public bool IsWholeDocument { get; init; }

    /// <summary>The hash algorithm of <see cref="Digest"/>.</summary>
    public required DigestAlgorithm DigestAlgorithm { get; init; }

    /// <summary>The digest over <see cref="Octets"/> that the signature holds.</summary>
    public required ReadOnlyMemory<byte> Digest { get; init; }

    /// <summary>Exactly the octets that were hashed (for XML after transforms and canonicalisation).</summary>
    public required ReadOnlyMemory<byte> Octets { get; init; }

    /// <summary>Where the octets lie in the file, in order; empty where they are not a run of the file's bytes.</summary>
    public IReadOnlyList<ByteRange> Ranges { get; init; } = [];
}
