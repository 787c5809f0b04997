namespace MedId.Signatures;

/// <summary>A whole document: what stands beside the root, the root, and every element that has an identifier.</summary>
internal sealed class XmlTree
{
    private readonly Dictionary<string, XmlTreeElement> _byId;

    internal XmlTree(string text, IReadOnlyList<XmlTreeNode> nodes, XmlTreeElement root, Dictionary<string, XmlTreeElement> byId)
    {
        Text = text;
        Nodes = nodes;
        Root = root;
        _byId = byId;
    }

    /// <summary>The characters it was read from, without the byte order mark.</summary>
    public string Text { get; }

    /// <summary>The root, and the comments and processing instructions before and after it.</summary>
    public IReadOnlyList<XmlTreeNode> Nodes { get; }

    public XmlTreeElement Root { get; }

    /// <summary>The one element with this identifier; there are never two.</summary>
    public XmlTreeElement? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Every element below an element and itself, in document order.</summary>
    public static IEnumerable<XmlTreeElement> Walk(XmlTreeElement from)
    {
        var left = new Stack<XmlTreeElement>();
        left.Push(from);
        while (left.TryPop(out var element))
        {
            yield return element;
            for (var index = element.Children.Count - 1; index >= 0; index--)
            {
                if (element.Children[index] is XmlTreeElement child)
                {
                    left.Push(child);
                }
            }
        }
    }
}
