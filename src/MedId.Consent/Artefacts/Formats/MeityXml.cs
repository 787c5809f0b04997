using System.Text;
using System.Xml;
using MedId.Core;

namespace MedId.Consent;

/// <summary>Writes the XML of the MeitY documents.</summary>
internal static class MeityXml
{
    public static MedIdResult<ReadOnlyMemory<byte>> Write(Action<XmlWriter> write, string section)
    {
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize, CheckCharacters = true, Indent = false };
        using var buffer = new MemoryStream();
        try
        {
            using var writer = XmlWriter.Create(buffer, settings);
            writer.WriteStartDocument();
            write(writer);
        }
        catch (ArgumentException)
        {
            return new MedIdError(ConsentErrorCodes.NotExpressible, ErrorCategory.Unsupported, section, "a character that XML does not have");
        }

        return (ReadOnlyMemory<byte>)buffer.ToArray();
    }

    public static void Element(this XmlWriter writer, string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        writer.WriteStartElement(name, Meity.Namespace);
        writer.Attributes(attributes);
        writer.WriteEndElement();
    }

    public static void Attributes(this XmlWriter writer, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                writer.WriteAttributeString(name, value);
            }
        }
    }
}
