using System.Globalization;
using System.Text;
using MedId.Cryptography;

namespace MedId.Signatures;

/// <summary>The text of a signature; every value in it is base64, a number, a URI of the tables or an NCName, so nothing has to be escaped.</summary>
internal sealed class XmlSignatureTemplate(XmlSigningRequest request, SignatureAlgorithm algorithm)
{
    private const string Exclusive = "<ds:Transform Algorithm=\"" + XmlNames.ExclusiveC14N + "\"/>";

    public bool IsEnveloping => request.Form == XmlSignatureForm.Enveloping;

    /// <summary>The digests of the references in their order; empty as long as they are not known.</summary>
    public IReadOnlyList<byte[]> Digests { get; set; } = [];

    /// <summary>The signature's value; a placeholder as long as it is not known.</summary>
    public byte[] Value { get; set; } = new byte[1];

    private string Id => request.SignatureId;

    /// <summary>The whole element.</summary>
    /// <param name="enveloped">The text of the root that comes inside; null when it stays outside.</param>
    public string Write(string? enveloped)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<ds:Signature xmlns:ds=\"{XmlNames.Signature}\" Id=\"{Id}\"><ds:SignedInfo>")
            .Append(CultureInfo.InvariantCulture, $"<ds:CanonicalizationMethod Algorithm=\"{XmlNames.ExclusiveC14N}\"/><ds:SignatureMethod Algorithm=\"{algorithm.XmlUri}\"/>");
        var index = 0;
        foreach (var reference in References())
        {
            text.Append(CultureInfo.InvariantCulture, $"<ds:Reference{reference}<ds:DigestMethod Algorithm=\"{request.Digest.XmlUri}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<ds:DigestValue>{Convert.ToBase64String(index < Digests.Count ? Digests[index] : new byte[request.Digest.Length])}</ds:DigestValue></ds:Reference>");
            index++;
        }

        text.Append(CultureInfo.InvariantCulture, $"</ds:SignedInfo><ds:SignatureValue Id=\"{Id}-Value\">{Convert.ToBase64String(Value)}</ds:SignatureValue>")
            .Append(CultureInfo.InvariantCulture, $"<ds:KeyInfo Id=\"{Id}-KeyInfo\"><ds:X509Data>");
        foreach (var certificate in request.OtherCertificates.Prepend(request.Certificate))
        {
            text.Append(CultureInfo.InvariantCulture, $"<ds:X509Certificate>{Convert.ToBase64String(certificate.RawData.Span)}</ds:X509Certificate>");
        }

        text.Append("</ds:X509Data></ds:KeyInfo>");
        if (enveloped is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"<ds:Object Id=\"{Id}-Object\">{enveloped}</ds:Object>");
        }

        return text.Append(Properties()).Append("</ds:Signature>").ToString();
    }

    private IEnumerable<string> References()
    {
        switch (request.Form)
        {
            case XmlSignatureForm.Enveloped:
                var without = request.ExceptSignatures
                    ? $"<ds:Transform Algorithm=\"{XmlNames.XPath}\"><ds:XPath>{XmlNames.ExceptSignatures}</ds:XPath></ds:Transform>"
                    : $"<ds:Transform Algorithm=\"{XmlNames.Enveloped}\"/>";
                yield return $" URI=\"\"><ds:Transforms>{without}{Exclusive}</ds:Transforms>";
                break;
            case XmlSignatureForm.Enveloping:
                yield return $" URI=\"#{Id}-Object\" Type=\"{XmlNames.ObjectType}\"><ds:Transforms>{Exclusive}</ds:Transforms>";
                break;
            default:
                foreach (var id in request.ElementIds)
                {
                    yield return $" URI=\"#{id}\">" + (request.ReferenceWithoutTransform ? string.Empty : $"<ds:Transforms>{Exclusive}</ds:Transforms>");
                }

                break;
        }

        if (request.SignKeyInfo)
        {
            yield return $" URI=\"#{Id}-KeyInfo\"><ds:Transforms>{Exclusive}</ds:Transforms>";
        }

        yield return $" URI=\"#{Id}-SignedProperties\" Type=\"{XmlNames.SignedPropertiesType}\"><ds:Transforms>{Exclusive}</ds:Transforms>";
    }

    // EN 319 132-1 §6.3, B-B: SigningTime and SigningCertificateV2.
    private string Properties()
    {
        var time = request.SigningTime.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var digest = Convert.ToBase64String(request.Digest.Compute(request.Certificate.RawData.Span));
        return $"<ds:Object><xades:QualifyingProperties xmlns:xades=\"{XmlNames.Xades132}\" Target=\"#{Id}\"><xades:SignedProperties Id=\"{Id}-SignedProperties\"><xades:SignedSignatureProperties>"
            + $"<xades:SigningTime>{time}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm=\"{request.Digest.XmlUri}\"/>"
            + $"<ds:DigestValue>{digest}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties>"
            + "</xades:QualifyingProperties></ds:Object>";
    }
}
