namespace MedId.Signatures;

/// <summary>A node of a document that was read once and does not change: what was digested is what is read.</summary>
internal abstract class XmlTreeNode
{
    /// <summary>The element around it; null at the top of the document.</summary>
    public XmlTreeElement? Parent { get; init; }
}

internal sealed class XmlTreeText(string value) : XmlTreeNode
{
    public string Value { get; } = value;
}

internal sealed class XmlTreeComment(string value) : XmlTreeNode
{
    public string Value { get; } = value;
}

internal sealed class XmlTreeInstruction(string target, string data) : XmlTreeNode
{
    public string Target { get; } = target;

    public string Data { get; } = data;
}
