namespace MedId.Signatures;

/// <summary>A Signature element whose form is that of the schema (XML-DSig §4.2); nothing in it is verified yet.</summary>
internal sealed record XmlSignatureMarkup
{
    public required XmlTreeElement Element { get; init; }

    public required XmlTreeElement SignedInfo { get; init; }

    public required XmlCanonicalForm Form { get; init; }

    public required string? SignatureMethod { get; init; }

    public required IReadOnlyList<XmlReferenceMarkup> References { get; init; }

    public required XmlTreeElement SignatureValueElement { get; init; }

    public required byte[] SignatureValue { get; init; }

    /// <summary>X509Certificate values of KeyInfo, in document order; every other way to name a key is ignored.</summary>
    public required IReadOnlyList<byte[]> Certificates { get; init; }

    public required IReadOnlyList<XmlTreeElement> Objects { get; init; }

    public string? Id => Element.Attribute("Id");
}
