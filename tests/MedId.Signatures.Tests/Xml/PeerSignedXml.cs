using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;
using MedId.Testing;

namespace MedId.Signatures.Tests.Xml;

/// <summary>The runtime's XML signatures: they make what ours would refuse to make, and say whether ours are right. Shares no code with the verifier.</summary>
internal sealed class PeerSignedXml : SignedXml
{
    private readonly XmlDocument _document;

    private PeerSignedXml(XmlDocument document)
        : base(document) => _document = document;

    public static XmlDocument Load(string text)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        document.Load(reader);
        return document;
    }

    /// <summary>Signs a document with anything the caller sets up, and appends the signature to its root.</summary>
    public static string Sign(string text, TestCertificate signer, Action<PeerSignedXml> setUp)
    {
        var document = Load(text);
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(signer.Key.ExportPkcs8(), out _);
        using var certificate = signer.ToX509();
        var signed = new PeerSignedXml(document) { SigningKey = rsa };
        signed.Signature.Id = "Sig";
        signed.SignedInfo!.CanonicalizationMethod = XmlNames.ExclusiveC14N;
        signed.SignedInfo.SignatureMethod = SignedXml.XmlDsigRSASHA256Url;
        signed.KeyInfo = new KeyInfo();
        signed.KeyInfo.AddClause(new KeyInfoX509Data(certificate));
        setUp(signed);
        signed.ComputeSignature();
        document.DocumentElement!.AppendChild(document.ImportNode(signed.GetXml(), true));
        return document.OuterXml;
    }

    public void Refer(string uri, string? type = null, params Transform[] transforms)
    {
        var reference = new Reference(uri) { Type = type, DigestMethod = SignedXml.XmlDsigSHA256Url };
        foreach (var transform in transforms)
        {
            reference.AddTransform(transform);
        }

        AddReference(reference);
    }

    /// <summary>Whether the runtime finds the signature with this <c>Id</c> to be made by the certificate's key over what its references name.</summary>
    public static bool Verifies(string text, TestCertificate signer, string signatureId = "Sig")
    {
        var document = Load(text);
        var signature = document.GetElementsByTagName("Signature", XmlNames.Signature).Cast<XmlElement>().Single(s => s.GetAttribute("Id") == signatureId);
        var signed = new PeerSignedXml(document);
        signed.LoadXml(signature);
        using var certificate = signer.ToX509();
        using var rsa = certificate.GetRSAPublicKey()!;
        return signed.CheckSignature(rsa);
    }

    public override XmlElement? GetIdElement(XmlDocument? document, string idValue)
    {
        foreach (var candidate in Elements(_document.DocumentElement!).Concat(m_signature.ObjectList.Cast<DataObject>().SelectMany(o => Elements(o.GetXml()))))
        {
            if (new[] { "Id", "ID", "id" }.Any(n => candidate.GetAttribute(n) == idValue))
            {
                return candidate;
            }
        }

        return null;
    }

    private static IEnumerable<XmlElement> Elements(XmlElement root) => root.GetElementsByTagName("*").Cast<XmlElement>().Prepend(root);
}
