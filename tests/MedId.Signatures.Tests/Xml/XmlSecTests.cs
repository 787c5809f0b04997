using System.Text;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Signatures.Tests.Xml;

/// <summary>Both ways with xmlsec1, which shares nothing with us or with the runtime.</summary>
[Trait("Peer", "xmlsec1")]
public sealed class XmlSecTests : IDisposable
{
    private static readonly string[] Forms = [XmlNames.C14N, XmlNames.C14NWithComments, XmlNames.ExclusiveC14N, XmlNames.ExclusiveC14NWithComments];

    private readonly XmlSec _peer = new();

    public static TheoryData<TestKeyKind, XmlSignatureForm> Signers
    {
        get
        {
            var data = new TheoryData<TestKeyKind, XmlSignatureForm>();
            foreach (var kind in new[] { TestKeyKind.Rsa2048, TestKeyKind.P256, TestKeyKind.P384, TestKeyKind.P521 })
            {
                foreach (var form in Enum.GetValues<XmlSignatureForm>())
                {
                    data.Add(kind, form);
                }
            }

            return data;
        }
    }

    public void Dispose() => _peer.Dispose();

    [Theory]
    [MemberData(nameof(Signers))]
    public async Task SignAsync_EveryKeyAndForm_IsVerifiedByXmlsec1(TestKeyKind kind, XmlSignatureForm form)
    {
        var (certificate, key) = Signer(kind);
        using (key)
        {
            var request = XmlScene.Request with { Certificate = SignatureScene.Read(certificate), Form = form, ElementIds = form == XmlSignatureForm.Detached ? ["patient", "item"] : [], SignKeyInfo = true, Digest = DigestAlgorithm.Sha512 };
            var signed = await XmlSigner.SignAsync(XmlScene.Bytes(XmlScene.Order), request, key, TestContext.Current.CancellationToken);
            var text = Encoding.UTF8.GetString(signed.Value!);

            Assert.Equal(0, await VerifyAsync(text, certificate));
            Assert.NotEqual(0, await VerifyAsync(text.Replace("試験", "試薬", StringComparison.Ordinal), certificate));
        }
    }

    [Theory]
    [InlineData(TestKeyKind.Rsa2048, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")]
    [InlineData(TestKeyKind.Rsa2048, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512")]
    [InlineData(TestKeyKind.P256, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256")]
    [InlineData(TestKeyKind.P384, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384")]
    public async Task Verify_SignedByXmlsec1_IsAcceptedInEveryCanonicalForm(TestKeyKind kind, string method)
    {
        var (certificate, key) = Signer(kind);
        using (key)
        {
            var keyFile = _peer.Write("key.pem", certificate.Key.ExportPem());
            var certificateFile = _peer.Write("certificate.pem", certificate.Pem);
            for (var seed = 1; seed <= 16; seed++)
            {
                var form = Forms[seed % Forms.Length];

                // libxml2 keeps an ampersand in a namespace name as a character reference; the runtime and we do not.
                var generated = new XmlTextGenerator(seed).Document().Replace("?b&amp;c", "?b", StringComparison.Ordinal);
                var document = AppendToRoot(generated, Template(method, form, seed % 3 == 0 ? "" : $"<Transform Algorithm=\"{form}\"/>"));
                var (code, text) = await XmlSec.RunAsync("--sign", "--privkey-pem", keyFile + "," + certificateFile, "--output", _peer.PathOf("signed.xml"), _peer.Write("template.xml", document));
                Assert.True(code == 0, text);

                var signed = _peer.Read("signed.xml");
                XmlScene.AssertAccepted(XmlScene.Verify(signed, XmlCoverage.WholeDocument, XmlScene.Plain));
            }
        }
    }

    private async Task<int> VerifyAsync(string signed, TestCertificate certificate) => (await XmlSec.RunAsync(
        "--verify", "--pubkey-cert-pem", _peer.Write("certificate.pem", certificate.Pem),
        "--id-attr:Id", "urn:example:order:Patient", "--id-attr:Id", "urn:example:order:Item", "--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:KeyInfo", "--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:Object",
        "--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties", _peer.Write("signed.xml", signed))).ExitCode;

    private static string Template(string method, string form, string transform) =>
        $"<Signature xmlns=\"{XmlNames.Signature}\" Id=\"Sig\"><SignedInfo><CanonicalizationMethod Algorithm=\"{form}\"/><SignatureMethod Algorithm=\"{method}\"/><Reference URI=\"\"><Transforms><Transform Algorithm=\"{XmlNames.Enveloped}\"/>{transform}</Transforms>"
        + "<DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><DigestValue/></Reference></SignedInfo><SignatureValue/><KeyInfo><X509Data/></KeyInfo></Signature>";

    private static string AppendToRoot(string document, string signature)
    {
        var tree = XmlCanonicalizerTests.Read(document);
        return XadesUnsigned.Insert(tree, tree.Root, signature);
    }

    private static (TestCertificate Certificate, LocalSigningKey Key) Signer(TestKeyKind kind)
    {
        var certificate = SignatureScene.Issue("Test XML signer for xmlsec1 " + kind, kind);
        var algorithm = kind switch
        {
            TestKeyKind.P256 => SignatureAlgorithm.ES256,
            TestKeyKind.P384 => SignatureAlgorithm.ES384,
            TestKeyKind.P521 => SignatureAlgorithm.ES512,
            _ => SignatureAlgorithm.RS256,
        };
        return (certificate, LocalSigningKey.FromPkcs8(certificate.Key.ExportPkcs8(), algorithm));
    }
}
