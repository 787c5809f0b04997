using System.Xml;
using MedId.Core;

namespace MedId.Signatures;

/// <summary>Builds the tree of one document while the parser reads it, and keeps the limits.</summary>
internal sealed class XmlTreeBuilder(string text, XmlSignatureLimits limits)
{
    private readonly Dictionary<string, XmlTreeElement> _byId = new(StringComparer.Ordinal);
    private readonly List<XmlTreeNode> _top = [];
    private readonly TextLines _lines = new(text);
    private XmlTreeElement? _root;
    private XmlTreeElement? _open;
    private int _nodes;

    public MedIdResult<XmlTree> Build(XmlReader reader)
    {
        var error = (MedIdError?)null;
        while (error is null && reader.Read())
        {
            if (++_nodes > limits.MaxNodes || reader.Depth > limits.MaxDepth)
            {
                return Limit(reader.Depth > limits.MaxDepth ? "Elements are nested too deeply." : "The document has too many nodes.");
            }

            error = Take(reader);
        }

        return error is not null ? error : new XmlTree(text, _top, _root!, _byId);
    }

    private MedIdError? Take(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.XmlDeclaration:
                // What the bytes are was decided before; a declaration that says otherwise would be read otherwise by others.
                return reader.GetAttribute("encoding") is { } encoding && !encoding.Equals("UTF-8", StringComparison.OrdinalIgnoreCase)
                    ? new MedIdError(SignaturesErrorCodes.XmlEncoding, ErrorCategory.Unsupported, "XML 1.0 §4.3.3", "The document declares another encoding than UTF-8.")
                    : null;
            case XmlNodeType.Element:
                return Open(reader);
            case XmlNodeType.EndElement:
                _open!.ContentEnd = _lines.IndexOf((IXmlLineInfo)reader) - 2;
                _open = _open.Parent;
                return null;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                _open?.Append(new XmlTreeText(reader.Value) { Parent = _open });
                return null;
            case XmlNodeType.Comment:
                return Add(new XmlTreeComment(reader.Value) { Parent = _open });
            case XmlNodeType.ProcessingInstruction:
                return Add(new XmlTreeInstruction(reader.Name, reader.Value) { Parent = _open });
            default:
                return XmlTreeReader.Malformed(null);
        }
    }

    private MedIdError? Add(XmlTreeNode node)
    {
        if (_open is null)
        {
            _top.Add(node);
        }
        else
        {
            _open.Append(node);
        }

        return null;
    }

    private MedIdError? Open(XmlReader reader)
    {
        if (reader.AttributeCount > limits.MaxAttributes)
        {
            return Limit("An element has too many attributes.");
        }

        var nameAt = _lines.IndexOf((IXmlLineInfo)reader);
        var (prefix, localName, namespaceUri, isEmpty) = (reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.IsEmptyElement);
        var declarations = new List<(string Prefix, string Uri)>();
        var attributes = new List<XmlTreeAttribute>();
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != XmlNames.Xmlns)
            {
                attributes.Add(new(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value));
            }
            else
            {
                // Canonical XML 1.0 §1.3: relative namespace names have no canonical form.
                if (reader.Value.Length > 0 && !IsAbsolute(reader.Value))
                {
                    return XmlTreeReader.Malformed("A namespace name is a relative reference.");
                }

                declarations.Add((reader.Prefix.Length == 0 ? string.Empty : reader.LocalName, reader.Value));
            }
        }

        var element = new XmlTreeElement(prefix, localName, namespaceUri) { Parent = _open, Declarations = declarations, Attributes = attributes, IsEmptyTag = isEmpty, TagStart = nameAt - 1 };
        if (CountInScope(element) > limits.MaxAttributes)
        {
            return Limit("Too many namespace prefixes are in scope.");
        }

        Add(element);
        _root ??= element;
        if (isEmpty)
        {
            element.ContentEnd = EndOfEmptyTag(nameAt);
        }
        else
        {
            _open = element;
        }

        return Identify(element);
    }

    // One rule for all the names under which others look for identifiers, so that no two readers can find two elements by one identifier.
    private MedIdError? Identify(XmlTreeElement element)
    {
        foreach (var attribute in element.Attributes)
        {
            var isId = attribute.NamespaceUri.Length == 0 ? attribute.LocalName is "Id" or "ID" or "id" : attribute is { NamespaceUri: XmlNames.Xml, LocalName: "id" };
            if (isId && !_byId.TryAdd(attribute.Value, element))
            {
                return new MedIdError(SignaturesErrorCodes.XmlDuplicateId, ErrorCategory.Protocol, "XML-DSig §4.4.3.2", "Two elements have the same identifier.");
            }
        }

        return null;
    }

    private static int CountInScope(XmlTreeElement element)
    {
        var count = 0;
        for (var at = element; at is not null; at = at.Parent)
        {
            count += at.Declarations.Count;
        }

        return count;
    }

    private int EndOfEmptyTag(int at)
    {
        var quote = '\0';
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '/')
            {
                return at;
            }
        }

        return -1;
    }

    private static bool IsAbsolute(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !char.IsAsciiLetter(uri[0]))
        {
            return false;
        }

        foreach (var c in uri.AsSpan(0, colon))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static MedIdError Limit(string detail) => new(SignaturesErrorCodes.XmlLimit, ErrorCategory.Policy, "XML-DSig BP §2", detail);
}
