namespace MedId.Signatures;

/// <summary>What a reference turned out to mean.</summary>
/// <param name="Element">The element; null for the whole document and for content beside it.</param>
/// <param name="IsDocument">Whether it is the whole document.</param>
/// <param name="WithoutSignature">Whether the signature itself was taken out.</param>
/// <param name="Octets">What is hashed.</param>
internal sealed record XmlReferenceTarget(XmlTreeElement? Element, bool IsDocument, bool WithoutSignature, ReadOnlyMemory<byte> Octets)
{
    /// <summary>Whether every signature was taken out.</summary>
    public bool ExceptSignatures { get; init; }
}
