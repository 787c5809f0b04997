namespace MedId.Signatures;

/// <summary>The namespaces and identifiers of XML Signature and XAdES, as opaque strings compared octet by octet.</summary>
internal static class XmlNames
{
    public const string Xml = "http://www.w3.org/XML/1998/namespace";
    public const string Xmlns = "http://www.w3.org/2000/xmlns/";
    public const string Signature = "http://www.w3.org/2000/09/xmldsig#";
    public const string ExclusiveC14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
    public const string Xades132 = "http://uri.etsi.org/01903/v1.3.2#";
    public const string Xades141 = "http://uri.etsi.org/01903/v1.4.1#";

    public const string C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    public const string C14NWithComments = C14N + "#WithComments";
    public const string ExclusiveC14NWithComments = ExclusiveC14N + "WithComments";
    public const string Enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

    // XML-DSig §6.6.3: the one filter that is known, which makes room for several signatures beside each other.
    public const string XPath = "http://www.w3.org/TR/1999/REC-xpath-19991116";
    public const string ExceptSignatures = "not(ancestor-or-self::ds:Signature)";

    public const string SignedPropertiesType = "http://uri.etsi.org/01903#SignedProperties";
    public const string ObjectType = "http://www.w3.org/2000/09/xmldsig#Object";
    public const string ManifestType = "http://www.w3.org/2000/09/xmldsig#Manifest";
}
