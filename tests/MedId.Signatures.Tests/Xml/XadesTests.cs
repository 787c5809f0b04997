using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Signatures.Tests.Xml;

/// <summary>XAdES as others write it: signed by the runtime's package, so that every digest and value is right and only the one thing is wrong.</summary>
public sealed class XadesTests
{
    private static readonly string Digest = Convert.ToBase64String(SHA256.HashData(XmlScene.RsaSigner.Der));

    private static string Serial => new BigInteger(XmlScene.RsaSigner.SerialNumber, isBigEndian: true).ToString(CultureInfo.InvariantCulture);

    public static TheoryData<string> IssuerSpellings => new("CN=Test signature root", "cn=test  signature ROOT", "2.5.4.3=Test signature root", " CN = Test signature root ");

    [Fact]
    public void Verify_SigningCertificateVersion2_IsAccepted() => XmlScene.AssertAccepted(XmlScene.Verify(Sign(Cert("SigningCertificateV2", Digest))));

    [Theory]
    [MemberData(nameof(IssuerSpellings))]
    public void Verify_SigningCertificateVersion1_ComparesNamesAndNotTheirSpelling(string issuer) =>
        XmlScene.AssertAccepted(XmlScene.Verify(Sign(Cert("SigningCertificate", Digest, IssuerSerial(issuer, Serial)))));

    [Theory]
    [InlineData("CN=Test signature roof")]
    [InlineData("CN=")]
    [InlineData("no name")]
    [InlineData("CN=Test signature root,C=JP")]
    public void Verify_IssuerOfAnotherCertificate_IsRefused(string issuer) =>
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlSigningCertificateMismatch, XmlScene.Verify(Sign(Cert("SigningCertificate", Digest, IssuerSerial(issuer, Serial)))));

    [Fact]
    public void Verify_SerialOfAnotherCertificate_IsRefused() =>
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlSigningCertificateMismatch, XmlScene.Verify(Sign(Cert("SigningCertificate", Digest, IssuerSerial("CN=Test signature root", Serial + "0")))));

    [Fact]
    public void Verify_IssuerSerialVersion2_IsCompared()
    {
        var right = TestDer.Sequence(TestDer.Sequence(TestDer.Context(4, XmlScene.RsaSigner.Issuer.Der)), TestDer.IntegerContent(XmlScene.RsaSigner.SerialNumber));
        var wrong = TestDer.Sequence(TestDer.Sequence(TestDer.Context(4, TestName.Common("somebody").Der)), TestDer.IntegerContent(XmlScene.RsaSigner.SerialNumber));
        XmlScene.AssertAccepted(XmlScene.Verify(Sign(Cert("SigningCertificateV2", Digest, $"<IssuerSerialV2>{Convert.ToBase64String(right)}</IssuerSerialV2>"))));
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlSigningCertificateMismatch, XmlScene.Verify(Sign(Cert("SigningCertificateV2", Digest, $"<IssuerSerialV2>{Convert.ToBase64String(wrong)}</IssuerSerialV2>"))));
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlSigningCertificateMismatch, XmlScene.Verify(Sign(Cert("SigningCertificateV2", Digest, "<IssuerSerialV2>AAAA</IssuerSerialV2>"))));
    }

    [Fact]
    public void Verify_DigestOfAnotherCertificate_IsRefused() =>
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlSigningCertificateMismatch, XmlScene.Verify(Sign(Cert("SigningCertificateV2", Convert.ToBase64String(new byte[32])))));

    [Fact]
    public void Verify_PropertiesWithoutCertificate_DoNotNameTheSigner() => XmlScene.AssertRefused(SignaturesErrorCodes.SigningCertificateNotNamed, XmlScene.Verify(Sign(string.Empty)));

    [Fact]
    public void Verify_Sha1CertificateDigest_DoesNotNameTheSigner()
    {
        var sha1 = $"<SigningCertificate><Cert><CertDigest><ds:DigestMethod xmlns:ds=\"{XmlNames.Signature}\" Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"/><ds:DigestValue xmlns:ds=\"{XmlNames.Signature}\">{Convert.ToBase64String(DigestAlgorithm.Sha1.Compute(XmlScene.RsaSigner.Der))}</ds:DigestValue></CertDigest>{IssuerSerial("CN=Test signature root", Serial)}</Cert></SigningCertificate>";
        XmlScene.AssertRefused(SignaturesErrorCodes.SigningCertificateNotNamed, XmlScene.Verify(Sign(sha1)));
    }

    // The reference with the right Type and the right digest, over properties that stand somewhere else.
    [Fact]
    public void Verify_SignedPropertiesElsewhere_AreRefused()
    {
        var elsewhere = $"<SignedProperties xmlns=\"{XmlNames.Xades132}\" Id=\"elsewhere\"><SignedSignatureProperties/></SignedProperties>";
        var document = XmlScene.Order.Replace("</Order>", elsewhere + "</Order>", StringComparison.Ordinal);
        var signed = Sign(Cert("SigningCertificateV2", Digest), document: document, propertiesReference: "#elsewhere");
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlSignedProperties, XmlScene.Verify(signed));
    }

    [Fact]
    public void Verify_SignedPropertiesReferencedTwice_AreRefused()
    {
        var signed = Sign(Cert("SigningCertificateV2", Digest), more: p => p.Refer("#Props", XmlNames.SignedPropertiesType, new XmlDsigExcC14NTransform()));
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlSignedProperties, XmlScene.Verify(signed));
    }

    [Fact]
    public void Verify_PropertiesOfOlderXades_AreRefused()
    {
        var signed = PeerSignedXml.Sign(XmlScene.Order, XmlScene.RsaSigner, p =>
        {
            Add(p, "<QualifyingProperties xmlns=\"http://uri.etsi.org/01903/v1.1.1#\" Target=\"#Sig\"/>");
            p.Refer("", null, new XmlDsigEnvelopedSignatureTransform());
        });
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlXades, XmlScene.Verify(signed));
    }

    [Fact]
    public void Verify_Sha1Digest_IsRefused()
    {
        var signed = PeerSignedXml.Sign(XmlScene.Order, XmlScene.RsaSigner, p =>
        {
            var reference = new Reference("") { DigestMethod = SignedXml.XmlDsigSHA1Url };
            reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
            p.AddReference(reference);
        });
        XmlScene.AssertRefused(SignaturesErrorCodes.AlgorithmNotAllowed, XmlScene.Verify(signed, policy: XmlScene.Plain));
    }

    [Fact]
    public void Verify_RsaWithSha1_IsRefused()
    {
        var signed = PeerSignedXml.Sign(XmlScene.Order, XmlScene.RsaSigner, p =>
        {
            p.SignedInfo!.SignatureMethod = SignedXml.XmlDsigRSASHA1Url;
            p.Refer("", null, new XmlDsigEnvelopedSignatureTransform());
        });
        XmlScene.AssertRefused(SignaturesErrorCodes.AlgorithmNotAllowed, XmlScene.Verify(signed, policy: XmlScene.Plain));
    }

    [Fact]
    public void Verify_ContentBesideTheDocument_IsCoveredWhenHandedIn()
    {
        var content = "beside"u8.ToArray();
        var signed = PeerSignedXml.Sign(XmlScene.Order, XmlScene.RsaSigner, p => p.AddReference(new Reference(new MemoryStream(content)) { Uri = "urn:example:beside", DigestMethod = SignedXml.XmlDsigSHA256Url }));
        var options = new XmlVerificationOptions { DetachedContent = new Dictionary<string, ReadOnlyMemory<byte>> { ["urn:example:beside"] = content } };
        var verification = XmlScene.Verify(signed, policy: XmlScene.Plain, options: options);
        XmlScene.AssertAccepted(verification);
        Assert.Equal(CoveredContentKind.DetachedContent, verification.Signers[0].Covered[0].Kind);
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlReferenceExternal, XmlScene.Verify(signed, policy: XmlScene.Plain));
    }

    [Fact]
    public void Verify_Manifest_IsRefused()
    {
        var signed = PeerSignedXml.Sign(XmlScene.Order, XmlScene.RsaSigner, p =>
        {
            Add(p, $"<Manifest xmlns=\"{XmlNames.Signature}\" Id=\"Props\"/>");
            p.Refer("#Props", null, new XmlDsigExcC14NTransform());
        });
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlManifest, XmlScene.Verify(signed, policy: XmlScene.Plain));
    }

    [Fact]
    public void Verify_PropertiesThatDecideNothing_AreReported()
    {
        var signed = Sign(
            Cert("SigningCertificateV2", Digest) + "<SignatureProductionPlaceV2/>",
            unsigned: "<CounterSignature><x/></CounterSignature><a:ArchiveTimeStamp xmlns:a=\"http://uri.etsi.org/01903/v1.4.1#\"/><CertificateValues><EncapsulatedX509Certificate>AAAA</EncapsulatedX509Certificate></CertificateValues>");
        var verification = XmlScene.Verify(signed);
        XmlScene.AssertAccepted(verification);
        Assert.Equal(["SignatureProductionPlaceV2", "CounterSignature", "ArchiveTimeStamp", "value that cannot be read"], verification.Signers[0].NotJudged.Select(n => n.Name));
    }

    [Theory]
    [InlineData("<SignatureTimeStamp/>")]
    [InlineData("<SignatureTimeStamp><XMLTimeStamp/></SignatureTimeStamp>")]
    [InlineData("<SignatureTimeStamp><EncapsulatedTimeStamp>?</EncapsulatedTimeStamp></SignatureTimeStamp>")]
    [InlineData("<SignatureTimeStamp><EncapsulatedTimeStamp Encoding=\"urn:x\">AAAA</EncapsulatedTimeStamp></SignatureTimeStamp>")]
    [InlineData("<RevocationValues><CRLValues><EncapsulatedCRLValue>?</EncapsulatedCRLValue></CRLValues></RevocationValues>")]
    public void Verify_UnsignedPropertiesThatCannotBeRead_AreRefused(string unsigned) =>
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlXades, XmlScene.Verify(Sign(Cert("SigningCertificateV2", Digest), unsigned: unsigned)));

    private static string IssuerSerial(string issuer, string serial) =>
        $"<IssuerSerial><ds:X509IssuerName xmlns:ds=\"{XmlNames.Signature}\">{issuer}</ds:X509IssuerName><ds:X509SerialNumber xmlns:ds=\"{XmlNames.Signature}\">{serial}</ds:X509SerialNumber></IssuerSerial>";

    private static string Cert(string name, string digest, string issuerSerial = "") =>
        $"<{name}><Cert><CertDigest><ds:DigestMethod xmlns:ds=\"{XmlNames.Signature}\" Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue xmlns:ds=\"{XmlNames.Signature}\">{digest}</ds:DigestValue></CertDigest>{issuerSerial}</Cert></{name}>";

    private static string Sign(string certificate, string unsigned = "", string? document = null, string propertiesReference = "#Props", Action<PeerSignedXml>? more = null) =>
        PeerSignedXml.Sign(document ?? XmlScene.Order, XmlScene.RsaSigner, p =>
        {
            var tail = unsigned.Length == 0 ? "" : $"<UnsignedProperties><UnsignedSignatureProperties>{unsigned}</UnsignedSignatureProperties></UnsignedProperties>";
            Add(p, $"<QualifyingProperties xmlns=\"{XmlNames.Xades132}\" Target=\"#Sig\"><SignedProperties Id=\"Props\"><SignedSignatureProperties><SigningTime>2026-03-31T23:00:00+09:00</SigningTime>{certificate}</SignedSignatureProperties></SignedProperties>{tail}</QualifyingProperties>");
            p.Refer("", null, new XmlDsigEnvelopedSignatureTransform());
            p.Refer(propertiesReference, XmlNames.SignedPropertiesType, new XmlDsigExcC14NTransform());
            more?.Invoke(p);
        });

    private static void Add(PeerSignedXml peer, string content) => peer.AddObject(new DataObject { Data = PeerSignedXml.Load($"<r>{content}</r>").DocumentElement!.ChildNodes });
}
