using System.Text;
using System.Xml;
using MedId.Core;

namespace MedId.Signatures;

/// <summary>Reads a document that somebody else wrote: UTF-8, no DTD, no entities, no resolver, unique identifiers, within limits. One parse; nothing is ever read a second way.</summary>
internal static class XmlTreeReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static MedIdResult<XmlTree> Read(ReadOnlyMemory<byte> document, XmlSignatureLimits limits)
    {
        if (document.Length > limits.MaxBytes)
        {
            return new MedIdError(SignaturesErrorCodes.XmlTooLarge, ErrorCategory.Policy, "XML 1.0", "The document is larger than the reader accepts.");
        }

        string text;
        try
        {
            var bytes = document.Span;
            text = StrictUtf8.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
        }
        catch (ArgumentException)
        {
            return new MedIdError(SignaturesErrorCodes.XmlEncoding, ErrorCategory.Unsupported, "XML 1.0 §4.3.3", "Only UTF-8 is read.");
        }

        return Read(text, limits);
    }

    public static MedIdResult<XmlTree> Read(string text, XmlSignatureLimits limits)
    {
        if (HasDocumentType(text))
        {
            return new MedIdError(SignaturesErrorCodes.XmlDocumentType, ErrorCategory.Unsupported, "XML 1.0 §2.8", "Document type declarations are not read.");
        }

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limits.MaxBytes,
            CheckCharacters = true,
            ConformanceLevel = ConformanceLevel.Document,
        };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), settings);
            return new XmlTreeBuilder(text, limits).Build(reader);
        }
        catch (XmlException)
        {
            return Malformed(null);
        }
        catch (ArgumentException)
        {
            // The reader's own name checks, e.g. a prefix bound to a reserved namespace.
            return Malformed(null);
        }
    }

    internal static MedIdError Malformed(string? detail) => new(SignaturesErrorCodes.XmlMalformed, ErrorCategory.Malformed, "XML 1.0 §2.1", detail);

    // The parser refuses it as well, without saying why: this only finds the name of the refusal.
    private static bool HasDocumentType(string text)
    {
        var at = 0;
        while ((at = text.IndexOf('<', at)) >= 0)
        {
            var rest = text.AsSpan(at);
            if (rest.StartsWith("<!DOCTYPE", StringComparison.Ordinal))
            {
                return true;
            }

            var end = rest.StartsWith("<!--", StringComparison.Ordinal) ? text.IndexOf("-->", at + 4, StringComparison.Ordinal)
                : rest.StartsWith("<?", StringComparison.Ordinal) ? text.IndexOf("?>", at + 2, StringComparison.Ordinal)
                : -1;
            if (end < 0)
            {
                return false;
            }

            at = end;
        }

        return false;
    }
}
