using System.Globalization;
using System.Text;

namespace MedId.Signatures;

/// <summary>An element with its own namespace declarations and attributes, in document order.</summary>
internal sealed class XmlTreeElement(string prefix, string localName, string namespaceUri) : XmlTreeNode
{
    private readonly List<XmlTreeNode> _children = [];

    public string Prefix { get; } = prefix;

    public string LocalName { get; } = localName;

    public string NamespaceUri { get; } = namespaceUri;

    /// <summary>Prefix (empty for the default) and name of each namespace declared here.</summary>
    public IReadOnlyList<(string Prefix, string Uri)> Declarations { get; init; } = [];

    /// <summary>The attributes that are no namespace declarations.</summary>
    public IReadOnlyList<XmlTreeAttribute> Attributes { get; init; } = [];

    public IReadOnlyList<XmlTreeNode> Children => _children;

    /// <summary>Where in the text its start tag begins.</summary>
    public int TagStart { get; init; }

    /// <summary>Where in the text the content ends: the index of its end tag, or of the <c>/&gt;</c> of an empty element.</summary>
    public int ContentEnd { get; set; } = -1;

    /// <summary>Whether it is written as one empty tag.</summary>
    public bool IsEmptyTag { get; init; }

    public IEnumerable<XmlTreeElement> Elements => _children.OfType<XmlTreeElement>();

    public void Append(XmlTreeNode child) => _children.Add(child);

    public bool Is(string namespaceUri, string localName) =>
        string.Equals(LocalName, localName, StringComparison.Ordinal) && string.Equals(NamespaceUri, namespaceUri, StringComparison.Ordinal);

    /// <summary>The value of an attribute that is in no namespace.</summary>
    public string? Attribute(string localName)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.NamespaceUri.Length == 0 && string.Equals(attribute.LocalName, localName, StringComparison.Ordinal))
            {
                return attribute.Value;
            }
        }

        return null;
    }

    /// <summary>The children where only elements may stand: null when there is text, a comment or a processing instruction among them.</summary>
    public XmlTreeElement[]? ElementsOnly()
    {
        var elements = new List<XmlTreeElement>(_children.Count);
        foreach (var child in _children)
        {
            switch (child)
            {
                case XmlTreeElement element:
                    elements.Add(element);
                    break;
                case XmlTreeText text when IsBlank(text.Value):
                    break;
                default:
                    return null;
            }
        }

        return [.. elements];
    }

    /// <summary>The text where only text may stand: null when there is an element, a comment or a processing instruction in it.</summary>
    public string? TextOnly()
    {
        switch (_children)
        {
            case []:
                return string.Empty;
            case [XmlTreeText only]:
                return only.Value;
        }

        var text = new StringBuilder();
        foreach (var child in _children)
        {
            if (child is not XmlTreeText part)
            {
                return null;
            }

            text.Append(part.Value);
        }

        return text.ToString();
    }

    /// <summary>Whether this element is <paramref name="ancestor"/> or stands inside it.</summary>
    public bool IsWithin(XmlTreeElement ancestor)
    {
        for (var element = this; element is not null; element = element.Parent)
        {
            if (ReferenceEquals(element, ancestor))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where it stands: <c>/Document[1]/{urn:example}Part[2]</c>, each step with its place among the siblings of its name.</summary>
    public string Path()
    {
        var steps = new Stack<string>();
        for (var element = this; element is not null; element = element.Parent)
        {
            var place = 1;
            foreach (var sibling in element.Parent?.Elements ?? [])
            {
                if (ReferenceEquals(sibling, element))
                {
                    break;
                }

                place += sibling.Is(element.NamespaceUri, element.LocalName) ? 1 : 0;
            }

            var name = element.NamespaceUri.Length == 0 ? element.LocalName : "{" + element.NamespaceUri + "}" + element.LocalName;
            steps.Push(string.Create(CultureInfo.InvariantCulture, $"/{name}[{place}]"));
        }

        return string.Concat(steps);
    }

    private static bool IsBlank(string text) => text.AsSpan().IndexOfAnyExcept(" \t\r\n") < 0;
}

/// <summary>An attribute after the normalisation of XML 1.0 §3.3.3.</summary>
internal readonly record struct XmlTreeAttribute(string Prefix, string LocalName, string NamespaceUri, string Value);
