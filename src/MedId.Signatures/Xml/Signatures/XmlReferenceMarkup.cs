namespace MedId.Signatures;

/// <summary>A Reference as written (XML-DSig §4.4.3).</summary>
/// <param name="Element">The element itself.</param>
/// <param name="Uri">Empty for the document, else as written.</param>
/// <param name="Type">What the signer says it refers to; a hint.</param>
/// <param name="Enveloped">Whether the signature is taken out of what is referenced.</param>
/// <param name="Form">The canonical form; null: the implicit one.</param>
/// <param name="DigestMethod">The URI of the hash.</param>
/// <param name="DigestValue">The digest.</param>
internal sealed record XmlReferenceMarkup(
    XmlTreeElement Element, string Uri, string? Type, bool Enveloped, XmlCanonicalForm? Form, string? DigestMethod, byte[] DigestValue)
{
    /// <summary>Whether every signature is taken out of what is referenced.</summary>
    public bool ExceptSignatures { get; init; }
}
