namespace MedId.Signatures;

/// <summary>The only node sets that references here can select: a whole document or one element with all it holds, less at most one signature, or less all of them.</summary>
/// <param name="Tree">The document.</param>
/// <param name="Apex">The element; null for the whole document.</param>
/// <param name="Without">The signature that the enveloped-signature transform takes out, with all it holds.</param>
/// <param name="Comments">Whether comments are in the set; a same-document reference leaves them out (XML-DSig §4.4.3.3).</param>
internal sealed record XmlNodeSet(XmlTree Tree, XmlTreeElement? Apex, XmlTreeElement? Without, bool Comments)
{
    /// <summary>Whether every signature is taken out, with all it holds.</summary>
    public bool ExceptSignatures { get; init; }
}
