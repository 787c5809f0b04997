using System.Globalization;
using System.Xml;

namespace MedId.Signatures.Tests.Xml;

/// <summary>Changes the elements of a well-formed document by a seed: deletes, doubles, moves, wraps, renames, exchanges identifiers, puts comments and namespaces in.</summary>
internal sealed class XmlStructureMutator(int seed)
{
    private ulong _state = unchecked((ulong)seed + 0x9E3779B97F4A7C15UL);

    public IEnumerable<(string How, string Text)> Mutate(string original, int count)
    {
        for (var made = 0; made < count;)
        {
            var document = PeerSignedXml.Load(original);
            var elements = document.GetElementsByTagName("*").Cast<XmlElement>().ToList();
            var (one, other) = (elements[Next(elements.Count)], elements[Next(elements.Count)]);
            var how = Change(document, one, other);
            var text = how is null ? original : document.OuterXml;
            if (how is not null && text != original)
            {
                made++;
                yield return (how, text);
            }
        }
    }

    private string? Change(XmlDocument document, XmlElement one, XmlElement other)
    {
        var isWithin = other.SelectNodes("ancestor-or-self::*")!.Cast<XmlNode>().Contains(one);
        switch (Next(9))
        {
            case 0 when one.ParentNode is XmlElement parent:
                parent.RemoveChild(one);
                return "delete " + one.Name;
            case 1 when one.ParentNode is XmlElement parent:
                parent.InsertBefore(one.CloneNode(true), one);
                return "double " + one.Name;
            case 2 when one.ParentNode is XmlElement && !isWithin:
                other.AppendChild(one);
                return $"move {one.Name} to {other.Name}";
            case 3 when !isWithin:
                other.PrependChild(one.CloneNode(true));
                return $"copy {one.Name} to {other.Name}";
            case 4 when one.ParentNode is XmlElement parent:
                var wrapper = document.CreateElement("Wrapper", "urn:example:evil");
                parent.ReplaceChild(wrapper, one);
                wrapper.AppendChild(one);
                return "wrap " + one.Name;
            case 5:
                one.PrependChild(document.CreateComment("x"));
                return "comment in " + one.Name;
            case 6 when one.HasAttributes:
                var attribute = one.Attributes[Next(one.Attributes.Count)];
                if (attribute.NamespaceURI == XmlNames.Xmlns)
                {
                    return null;
                }

                attribute.Value = other.HasAttribute(attribute.Name) ? other.GetAttribute(attribute.Name) : attribute.Value + Next(10).ToString(CultureInfo.InvariantCulture);
                return $"attribute {attribute.Name} of {one.Name}";
            case 7:
                one.SetAttribute("xmlns:z" + Next(3).ToString(CultureInfo.InvariantCulture), "urn:example:z");
                return "namespace on " + one.Name;
            case 8:
                one.AppendChild(document.CreateTextNode(Next(2) == 0 ? " " : "x"));
                return "text in " + one.Name;
            default:
                return null;
        }
    }

    private int Next(int below)
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)below);
        }
    }
}
