using System.Text;

namespace MedId.Signatures.Tests.Xml;

/// <summary>Well-formed documents of a seed: nested, with prefixes declared, hidden, undeclared and repeated, all kinds of nodes, escapes and white space.</summary>
internal sealed class XmlTextGenerator(int seed)
{
    private static readonly string[] Uris = ["urn:one", "urn:two", "http://example.invalid/a?b&amp;c", "urn:three:%E3"];
    private static readonly string[] Prefixes = ["", "a", "b", "c"];
    private static readonly string[] Texts = ["text", " ", "\n  ", "&amp;&lt;&gt;", "&#13;", "\u65E5\u672C\u8A9E", "\U00020B9F", "<![CDATA[a<b&c]]>", "]]&gt;", "\"'", "\r\n", "&#x85;\u2028"];
    private static readonly string[] Values = ["v", "", " a  b ", "&lt;&quot;&apos;", "&#9;&#10;&#13;", "\t\n", "\u8584"];

    private readonly StringBuilder _text = new();
    private ulong _state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL);

    public string Document()
    {
        Misc();
        Element(new Dictionary<string, string> { [""] = "" }, 0);
        Misc();
        return _text.ToString();
    }

    private void Misc()
    {
        for (var left = Next(3); left > 0; left--)
        {
            _text.Append(Next(2) == 0 ? "<!-- c -->" : "<?pi data?>\n");
        }
    }

    private void Element(Dictionary<string, string> scope, int depth)
    {
        scope = new(scope);
        var declared = new StringBuilder();
        foreach (var prefix in Prefixes.Where(_ => Next(3) == 0))
        {
            var uri = prefix.Length == 0 && Next(3) == 0 ? "" : Uris[Next(Uris.Length)];
            scope[prefix] = uri;
            declared.Append(prefix.Length == 0 ? " xmlns" : " xmlns:" + prefix).Append("=\"").Append(uri).Append('"');
        }

        var usable = scope.Keys.Order(StringComparer.Ordinal).ToArray();
        var own = usable[Next(usable.Length)];
        var name = (own.Length == 0 ? "" : own + ":") + "e" + Next(3);
        _text.Append('<').Append(name).Append(declared);
        var seen = new HashSet<string>();
        foreach (var prefix in usable.Where(_ => Next(2) == 0))
        {
            var local = "n" + Next(3);
            if (seen.Add((prefix.Length == 0 ? "" : scope[prefix]) + " " + local))
            {
                _text.Append(' ').Append(prefix.Length == 0 ? "" : prefix + ":").Append(local).Append("='").Append(Values[Next(Values.Length)]).Append('\'');
            }
        }

        if (Next(6) == 0)
        {
            _text.Append(" xml:lang='ja'");
        }

        if (Next(5) == 0)
        {
            _text.Append("/>");
            return;
        }

        _text.Append('>');
        for (var left = Next(5); left > 0; left--)
        {
            switch (Next(6))
            {
                case 0:
                    _text.Append("<!-- in -->");
                    break;
                case 1:
                    _text.Append("<?p  q ?>");
                    break;
                case 2 or 3 when depth < 5:
                    Element(scope, depth + 1);
                    break;
                default:
                    _text.Append(Texts[Next(Texts.Length)]);
                    break;
            }
        }

        _text.Append("</").Append(name).Append('>');
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
