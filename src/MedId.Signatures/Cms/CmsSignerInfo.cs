using MedId.Pki;

namespace MedId.Signatures;

/// <summary>One signer of a CMS structure (RFC 5652 §5.3) as it was read; nothing of it is verified.</summary>
public sealed class CmsSignerInfo
{
    internal CmsSignerInfo()
    {
    }

    /// <summary>1 or 3.</summary>
    public required int Version { get; init; }

    /// <summary>Which certificate it names.</summary>
    public required CmsSignerIdentifier Signer { get; init; }

    /// <summary>The hash over the content.</summary>
    public required AlgorithmIdentifier DigestAlgorithm { get; init; }

    /// <summary>Signed attributes in their order; null when there are none and the content itself was signed.</summary>
    public required IReadOnlyList<CmsAttribute>? SignedAttributes { get; init; }

    /// <summary>The algorithm of <see cref="Signature"/>.</summary>
    public required AlgorithmIdentifier SignatureAlgorithm { get; init; }

    /// <summary>The signature's octets, without tag and length.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>Unsigned attributes in their order; anybody may add some.</summary>
    public required IReadOnlyList<CmsAttribute> UnsignedAttributes { get; init; }

    /// <summary>The whole structure as it lay in the message.</summary>
    public required ReadOnlyMemory<byte> RawData { get; init; }

    /// <summary>The signed attributes as they lay in the message, with their <c>[0]</c> tag; empty without.</summary>
    internal ReadOnlyMemory<byte> RawSignedAttributes { get; init; }

    /// <summary>Everything of the structure before the unsigned attributes, each as it lay in the message.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> SignedParts { get; init; } = [];

    /// <summary>The unsigned attributes as they lay in the message.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> RawUnsignedAttributes { get; init; } = [];

    /// <summary>The signed attributes as they lay in the message, with the tag of a set instead (RFC 5652 §5.4); empty without.</summary>
    internal byte[] AttributesAsSet() => RawSignedAttributes.IsEmpty ? [] : [0x31, .. RawSignedAttributes.Span[1..]];

    internal CmsAttribute? FindSigned(string oid) => SignedAttributes?.FirstOrDefault(a => string.Equals(a.Oid, oid, StringComparison.Ordinal));

    internal IEnumerable<ReadOnlyMemory<byte>> UnsignedValues(string oid) =>
        UnsignedAttributes.Where(a => string.Equals(a.Oid, oid, StringComparison.Ordinal)).SelectMany(a => a.Values);
}
