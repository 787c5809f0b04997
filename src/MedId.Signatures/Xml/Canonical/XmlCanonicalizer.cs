namespace MedId.Signatures;

/// <summary>Canonical XML 1.0 and Exclusive XML Canonicalization 1.0 of whole subtrees.</summary>
internal static class XmlCanonicalizer
{
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    /// <summary>Writes the canonical octets; false when they are more than the limit.</summary>
    public static bool TryWrite(XmlNodeSet nodes, XmlCanonicalForm form, long limit, out ReadOnlyMemory<byte> octets)
    {
        var output = new CanonicalOutput(limit);
        var writer = new Writer(output, nodes, form);
        if (nodes.Apex is { } apex)
        {
            writer.WriteApex(apex);
        }
        else
        {
            writer.WriteDocument();
        }

        octets = output.Octets;
        return !output.Overflowed;
    }

    private sealed class Writer(CanonicalOutput output, XmlNodeSet nodes, XmlCanonicalForm form)
    {
        private readonly bool _comments = form.WithComments && nodes.Comments;

        public void WriteDocument()
        {
            // §2.2: outside the document element each comment and instruction stands on a line of its own, white space is not in the data model.
            var beforeRoot = true;
            foreach (var node in nodes.Tree.Nodes)
            {
                if (node is XmlTreeElement root)
                {
                    WriteElement(root, None, None, [], isApex: true);
                    beforeRoot = false;
                }
                else if (node is XmlTreeInstruction || _comments)
                {
                    output.Write(beforeRoot ? "" : "\n");
                    WriteNode(node, None, None);
                    output.Write(beforeRoot ? "\n" : "");
                }
            }
        }

        public void WriteApex(XmlTreeElement apex)
        {
            var inScope = new Dictionary<string, string>(StringComparer.Ordinal);
            var xmlAttributes = new List<XmlTreeAttribute>();
            for (var ancestor = apex.Parent; ancestor is not null; ancestor = ancestor.Parent)
            {
                foreach (var (prefix, uri) in ancestor.Declarations)
                {
                    inScope.TryAdd(prefix, uri);
                }

                // §2.4: the attributes of the xml namespace of ancestors outside the set come to the apex, the nearest first.
                if (!form.Exclusive)
                {
                    xmlAttributes.AddRange(ancestor.Attributes.Where(a => a.NamespaceUri == XmlNames.Xml && !xmlAttributes.Exists(x => x.LocalName == a.LocalName)));
                }
            }

            WriteElement(apex, inScope, None, xmlAttributes, isApex: true);
        }

        private void WriteElement(
            XmlTreeElement element, Dictionary<string, string> outerScope, Dictionary<string, string> outerRendered, IReadOnlyCollection<XmlTreeAttribute> imported, bool isApex)
        {
            if (output.Overflowed || ReferenceEquals(element, nodes.Without) || (nodes.ExceptSignatures && element.Is(XmlNames.Signature, "Signature")))
            {
                return;
            }

            var inScope = outerScope;
            if (element.Declarations.Count > 0)
            {
                inScope = new(outerScope, StringComparer.Ordinal);
                foreach (var (prefix, uri) in element.Declarations)
                {
                    inScope[prefix] = uri;
                }
            }

            var name = element.Prefix.Length == 0 ? element.LocalName : element.Prefix + ":" + element.LocalName;
            output.Write("<");
            output.Write(name);
            var rendered = WriteNamespaces(element, inScope, outerRendered, isApex);
            WriteAttributes(element, imported);
            output.Write(">");
            foreach (var child in element.Children)
            {
                WriteNode(child, inScope, rendered);
            }

            output.Write("</");
            output.Write(name);
            output.Write(">");
        }

        private void WriteNode(XmlTreeNode node, Dictionary<string, string> inScope, Dictionary<string, string> rendered)
        {
            switch (node)
            {
                case XmlTreeElement element:
                    WriteElement(element, inScope, rendered, [], isApex: false);
                    break;
                case XmlTreeText text:
                    output.WriteText(text.Value);
                    break;
                case XmlTreeComment comment when _comments:
                    output.Write("<!--");
                    output.Write(comment.Value);
                    output.Write("-->");
                    break;
                case XmlTreeInstruction instruction:
                    output.Write("<?");
                    output.Write(instruction.Target);
                    output.Write(instruction.Data.Length == 0 ? "" : " ");
                    output.Write(instruction.Data);
                    output.Write("?>");
                    break;
            }
        }

        private Dictionary<string, string> WriteNamespaces(XmlTreeElement element, Dictionary<string, string> inScope, Dictionary<string, string> outerRendered, bool isApex)
        {
            IEnumerable<string> prefixes = form.Exclusive
                ? VisiblyUsed(element).Concat(form.Prefixes.Where(p => p.Length == 0 || inScope.ContainsKey(p)))
                : isApex ? inScope.Keys : element.Declarations.Select(d => d.Prefix);
            var rendered = outerRendered;
            foreach (var prefix in prefixes.Distinct(StringComparer.Ordinal).Order(CodePointOrder.Instance).ToList())
            {
                var uri = inScope.GetValueOrDefault(prefix, string.Empty);
                if (prefix == "xml" || uri == rendered.GetValueOrDefault(prefix, string.Empty))
                {
                    continue;
                }

                if (ReferenceEquals(rendered, outerRendered))
                {
                    rendered = new(outerRendered, StringComparer.Ordinal);
                }

                rendered[prefix] = uri;
                output.Write(prefix.Length == 0 ? " xmlns=\"" : " xmlns:" + prefix + "=\"");
                output.WriteAttributeValue(uri);
                output.Write("\"");
            }

            return rendered;
        }

        private static IEnumerable<string> VisiblyUsed(XmlTreeElement element) =>
            element.Attributes.Where(a => a.Prefix.Length > 0).Select(a => a.Prefix).Prepend(element.Prefix);

        private void WriteAttributes(XmlTreeElement element, IReadOnlyCollection<XmlTreeAttribute> imported)
        {
            if (element.Attributes.Count + imported.Count == 0)
            {
                return;
            }

            var attributes = imported
                .Where(i => !element.Attributes.Any(a => a.NamespaceUri == XmlNames.Xml && a.LocalName == i.LocalName))
                .Concat(element.Attributes)
                .OrderBy(a => a.NamespaceUri, CodePointOrder.Instance)
                .ThenBy(a => a.LocalName, CodePointOrder.Instance);
            foreach (var attribute in attributes)
            {
                output.Write(attribute.Prefix.Length == 0 ? " " : " " + attribute.Prefix + ":");
                output.Write(attribute.LocalName);
                output.Write("=\"");
                output.WriteAttributeValue(attribute.Value);
                output.Write("\"");
            }
        }
    }
}
