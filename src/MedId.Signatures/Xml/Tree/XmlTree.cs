using System.Globalization;

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

    /// <summary>The element at a path as <see cref="XmlTreeElement.Path"/> gives it; null when there is none.</summary>
    public XmlTreeElement? FindPath(string path)
    {
        XmlTreeElement? at = null;
        var left = path.AsSpan();
        while (!left.IsEmpty)
        {
            // One step: '/', an optional '{namespace}', the local name, '[place]'.
            var nameStart = left is ['/', '{', ..] ? left.IndexOf('}') + 1 : 1;
            var open = nameStart > 0 && left[0] == '/' ? left[nameStart..].IndexOf('[') : -1;
            var close = open > 0 ? left[(nameStart + open)..].IndexOf(']') : -1;
            if (close < 0 || !int.TryParse(left.Slice(nameStart + open + 1, close - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var place) || place < 1)
            {
                return null;
            }

            var name = left.Slice(nameStart, open).ToString();
            var namespaceUri = nameStart > 1 ? left[2..(nameStart - 1)].ToString() : string.Empty;
            at = (at is null ? [Root] : at.Elements).Where(e => e.Is(namespaceUri, name)).Skip(place - 1).FirstOrDefault();
            if (at is null)
            {
                return null;
            }

            left = left[(nameStart + open + close + 1)..];
        }

        return at;
    }

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
