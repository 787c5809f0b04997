using System.Globalization;
using System.Text;
using MedId.Core;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Puts text into a document without touching the rest, above all unsigned properties into a signature (EN 319 132-1 §5.3, §5.4).</summary>
internal static class XadesUnsigned
{
    public static string Timestamp(ReadOnlyMemory<byte> token) =>
        $"<xades:SignatureTimeStamp xmlns:xades=\"{XmlNames.Xades132}\"><ds:CanonicalizationMethod xmlns:ds=\"{XmlNames.Signature}\" Algorithm=\"{XmlNames.ExclusiveC14N}\"/>"
        + $"<xades:EncapsulatedTimeStamp>{Convert.ToBase64String(token.Span)}</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp>";

    public static string Evidence(PathEvidence evidence)
    {
        var text = new StringBuilder();
        Append(text, "CertificateValues", Values("EncapsulatedX509Certificate", evidence.Certificates.Select(c => c.RawData)));
        Append(text, "RevocationValues", Wrap("CRLValues", Values("EncapsulatedCRLValue", evidence.Crls.Select(c => c.RawData))) + Wrap("OCSPValues", Values("EncapsulatedOCSPValue", evidence.OcspResponses.Select(o => o.RawData))));
        return text.ToString();
    }

    /// <summary>Appends to UnsignedSignatureProperties, which is made where it is missing.</summary>
    public static MedIdResult<byte[]> Add(XmlTree tree, XmlSignatureMarkup markup, string property)
    {
        var qualifying = markup.Objects.SelectMany(o => o.Elements).FirstOrDefault(e => e.Is(XmlNames.Xades132, "QualifyingProperties"));
        if (qualifying is null)
        {
            return new MedIdError(SignaturesErrorCodes.XmlXades, ErrorCategory.Protocol, "EN 319 132-1 §4.3", "The signature has no qualifying properties to add to.");
        }

        var unsigned = qualifying.Elements.FirstOrDefault(e => e.Is(XmlNames.Xades132, "UnsignedProperties"));
        var signatureProperties = unsigned?.Elements.FirstOrDefault(e => e.Is(XmlNames.Xades132, "UnsignedSignatureProperties"));
        var (place, text) = signatureProperties is not null ? (signatureProperties, property)
            : unsigned is not null ? (unsigned, $"<xades:UnsignedSignatureProperties xmlns:xades=\"{XmlNames.Xades132}\">{property}</xades:UnsignedSignatureProperties>")
            : (qualifying, $"<xades:UnsignedProperties xmlns:xades=\"{XmlNames.Xades132}\"><xades:UnsignedSignatureProperties>{property}</xades:UnsignedSignatureProperties></xades:UnsignedProperties>");
        return Encoding.UTF8.GetBytes(Insert(tree, place, text));
    }

    /// <summary>The document with text as the last child of an element.</summary>
    public static string Insert(XmlTree tree, XmlTreeElement parent, string text)
    {
        var end = parent.ContentEnd;
        if (!parent.IsEmptyTag)
        {
            return string.Concat(tree.Text.AsSpan(0, end), text, tree.Text.AsSpan(end));
        }

        var name = parent.Prefix.Length == 0 ? parent.LocalName : parent.Prefix + ":" + parent.LocalName;
        return string.Create(CultureInfo.InvariantCulture, $"{tree.Text.AsSpan(0, end)}>{text}</{name}>{tree.Text.AsSpan(end + 2)}");
    }

    /// <summary>An element as it stands in the text.</summary>
    public static string TextOf(XmlTree tree, XmlTreeElement element)
    {
        var end = tree.Text.IndexOf('>', element.ContentEnd) + 1;
        return tree.Text[element.TagStart..end];
    }

    private static void Append(StringBuilder text, string name, string content)
    {
        if (content.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"<xades:{name} xmlns:xades=\"{XmlNames.Xades132}\">{content}</xades:{name}>");
        }
    }

    private static string Wrap(string name, string content) => content.Length == 0 ? content : $"<xades:{name}>{content}</xades:{name}>";

    private static string Values(string name, IEnumerable<ReadOnlyMemory<byte>> values) =>
        string.Concat(values.Select(v => $"<xades:{name}>{Convert.ToBase64String(v.Span)}</xades:{name}>"));
}
