using System.Globalization;
using System.Security;
using System.Text;
using System.Xml;
using MedId.Core;

namespace MedId.Consent;

/// <summary>One element of an XML artefact: takes attributes and children by name; what nobody took is kept aside at the end.</summary>
internal sealed class XmlMembers
{
    private readonly List<(string Name, string Value)> _attributes = [];
    private readonly List<XmlMembers> _children = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private readonly ArtefactReading _reading;
    private readonly XmlMembers? _parent;
    private bool _isTaken;
    private bool _textTaken;

    private XmlMembers(ArtefactReading reading, XmlMembers? parent, string namespaceUri, string name)
    {
        _reading = reading;
        _parent = parent;
        NamespaceUri = namespaceUri;
        Name = name;
    }

    public string Name { get; }

    public string NamespaceUri { get; }

    public string Place
    {
        get
        {
            var same = _parent?._children.Where(c => c.Name == Name).ToList();
            var place = same is { Count: > 1 } ? string.Create(CultureInfo.InvariantCulture, $"[{same.IndexOf(this) + 1}]") : string.Empty;
            return _parent?.Place + "/" + Name + place;
        }
    }

    /// <summary>Reads a whole document: UTF-8, no DTD, within limits; comments and processing instructions mean nothing.</summary>
    public static MedIdResult<XmlMembers> Read(ReadOnlyMemory<byte> bytes, ArtefactReading reading, string section)
    {
        if (bytes.Length > ArtefactLimits.MaxBytes)
        {
            return new MedIdError(ConsentErrorCodes.TooLarge, ErrorCategory.Policy, section);
        }

        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CheckCharacters = true };
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Span.StartsWith("\uFEFF"u8) ? bytes.Span[3..] : bytes.Span);
            using var reader = XmlReader.Create(new StringReader(text), settings);
            return Read(reader, reading, section);
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            return new MedIdError(ConsentErrorCodes.Malformed, ErrorCategory.Malformed, section, "not one well-formed XML document in UTF-8 without DTD");
        }
    }

    public string? Attribute(string name)
    {
        var found = _attributes.Find(a => a.Name == name);
        if (found.Name is null || _reading.Error is not null)
        {
            return null;
        }

        _taken.Add(name);
        if (found.Value.Length > ArtefactLimits.MaxText)
        {
            _reading.Limit(Place + "/@" + name);
        }

        return found.Value;
    }

    public string Required(string name)
    {
        var value = Attribute(name);
        if (value is null)
        {
            _reading.Missing(Place + "/@" + name);
        }
        else if (value.Length == 0)
        {
            _reading.Invalid(Place + "/@" + name);
        }

        return value ?? string.Empty;
    }

    public DateTimeOffset RequiredTime(string name)
    {
        if (Required(name) is { Length: > 0 } text && !ArtefactTime.TryParse(text, out var time))
        {
            _reading.Invalid(Place + "/@" + name);
            return default;
        }

        return ArtefactTime.TryParse(Attribute(name) ?? string.Empty, out time) ? time : default;
    }

    public long? Number(string name)
    {
        if (Attribute(name) is not { } text)
        {
            return null;
        }

        if (text.Length is > 0 and < 10 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        _reading.Invalid(Place + "/@" + name);
        return null;
    }

    public T? Word<T>(string name, WordTable<T> words)
        where T : struct
    {
        if (Attribute(name) is not { } text)
        {
            return null;
        }

        if (words.TryFind(text, out var value))
        {
            return value;
        }

        _reading.Invalid(Place + "/@" + name);
        return null;
    }

    /// <summary>The element's text; null when it has none but white space.</summary>
    public string? Text()
    {
        _textTaken = true;
        if (_text.Length > ArtefactLimits.MaxText)
        {
            _reading.Limit(Place);
        }

        var text = _text.ToString();
        return text.AsSpan().IndexOfAnyExcept(" \t\r\n") < 0 ? null : text;
    }

    /// <summary>The text of an element that holds an encoded document, without the white space around it.</summary>
    public string Content()
    {
        _textTaken = true;
        return _text.ToString().Trim(' ', '\t', '\r', '\n');
    }

    /// <summary>The children of a name; refused when there are too many.</summary>
    public IReadOnlyList<XmlMembers> Children(string name)
    {
        var found = _children.FindAll(c => c.Name == name && c.NamespaceUri == NamespaceUri);
        if (found.Count > ArtefactLimits.MaxList)
        {
            _reading.Limit(Place + "/" + name);
            return [];
        }

        found.ForEach(c => c._isTaken = true);
        return found;
    }

    /// <summary>The only child of a name; null without one, refused with two.</summary>
    public XmlMembers? Child(string name)
    {
        var found = Children(name);
        if (found.Count > 1)
        {
            _reading.Invalid(Place + "/" + name);
        }

        return found.Count == 0 ? null : found[0];
    }

    public XmlMembers RequiredChild(string name)
    {
        var child = Child(name);
        if (child is null)
        {
            _reading.Missing(Place + "/" + name);
        }

        return child ?? new(_reading, this, NamespaceUri, name);
    }

    /// <summary>Leaves out children that are no part of the artefact.</summary>
    public int Skip(string namespaceUri, string name)
    {
        var found = _children.FindAll(c => c.Name == name && c.NamespaceUri == namespaceUri);
        found.ForEach(c => c._isTaken = true);
        return found.Count;
    }

    /// <summary>Keeps aside what nobody took.</summary>
    public void End()
    {
        foreach (var (name, value) in _attributes.Where(a => !_taken.Contains(a.Name)))
        {
            _reading.Keep(Place + "/@" + name, value);
        }

        if (!_textTaken && _text.ToString().AsSpan().IndexOfAnyExcept(" \t\r\n") >= 0)
        {
            _reading.Invalid(Place);
        }

        foreach (var child in _children)
        {
            if (child._isTaken)
            {
                child.End();
            }
            else
            {
                _reading.Keep(child.Place, child.Outer());
            }
        }
    }

    private static MedIdResult<XmlMembers> Read(XmlReader reader, ArtefactReading reading, string section)
    {
        XmlMembers? root = null;
        XmlMembers? open = null;
        var nodes = 0;
        while (reader.Read())
        {
            if (++nodes > ArtefactLimits.MaxNodes || reader.Depth > ArtefactLimits.MaxDepth)
            {
                return new MedIdError(ConsentErrorCodes.Limit, ErrorCategory.Policy, section, "too many or too deep elements");
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var element = new XmlMembers(reading, open, reader.NamespaceURI, reader.LocalName);
                    var isEmpty = reader.IsEmptyElement;
                    while (reader.MoveToNextAttribute())
                    {
                        if (reader.NamespaceURI != "http://www.w3.org/2000/xmlns/")
                        {
                            element._attributes.Add((reader.Prefix.Length == 0 ? reader.LocalName : reader.NamespaceURI + ":" + reader.LocalName, reader.Value));
                        }
                    }

                    open?._children.Add(element);
                    root ??= element;
                    open = isEmpty ? open : element;
                    break;
                case XmlNodeType.EndElement:
                    open = open?._parent;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    open?._text.Append(reader.Value);
                    break;
            }
        }

        return root!;
    }

    private string Outer()
    {
        var attributes = string.Concat(_attributes.Select(a => $" {a.Name}=\"{SecurityElement.Escape(a.Value)}\""));
        return $"<{Name}{attributes}>{SecurityElement.Escape(_text.ToString())}{string.Concat(_children.Select(c => c.Outer()))}</{Name}>";
    }
}
