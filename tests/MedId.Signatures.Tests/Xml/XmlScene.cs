using System.Text;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Signatures.Tests.Xml;

/// <summary>Documents and their signer; synthetic, for tests only. RSA, because the runtime's own XML signatures know no ECDSA.</summary>
internal static class XmlScene
{
    public const string Order = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- an order -->\n<Order xmlns=\"urn:example:order\" xmlns:x='urn:example:x' date='2026-04-01'>\r\n  <Patient Id=\"patient\" x:kind='a &amp; b'>試験</Patient>\n  <Item Id=\"item\"><![CDATA[5 < 6]]></Item>\n</Order>\n";

    public static readonly TestCertificate RsaSigner = SignatureScene.Issue("Test XML signer", TestKeyKind.Rsa2048);
    public static readonly Certificate Certificate = SignatureScene.Read(RsaSigner);
    public static readonly LocalSigningKey Key = LocalSigningKey.FromPkcs8(RsaSigner.Key.ExportPkcs8(), SignatureAlgorithm.RS256);

    public static XmlSigningRequest Request { get; } = new() { Certificate = Certificate, SigningTime = SignatureScene.Now.AddHours(-1), SignatureId = "Sig" };

    public static SignaturePolicy Plain { get; } = SignatureScene.Policy with { MinimumLevel = SignatureLevel.Plain };

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static async Task<string> SignAsync(string document, XmlSigningRequest? request = null)
    {
        var signed = await XmlSigner.SignAsync(Bytes(document), request ?? Request, Key, TestContext.Current.CancellationToken);
        Assert.True(signed.Succeeded, signed.ToString());
        return Encoding.UTF8.GetString(signed.Value);
    }

    public static DocumentVerification Verify(string document, XmlCoverage? coverage = null, SignaturePolicy? policy = null, XmlVerificationOptions? options = null, ValidationEvidence? evidence = null) =>
        XmlSignatureVerifier.Verify(Bytes(document), coverage ?? XmlCoverage.ReportOnly, policy ?? SignatureScene.Policy, evidence ?? SignatureScene.Evidence, SignatureScene.Now, options);

    public static void AssertAccepted(DocumentVerification verification) => Assert.True(verification.IsAccepted, verification.Error?.ToString() ?? verification.Outcome.ToString());

    public static void AssertRefused(string code, DocumentVerification verification)
    {
        Assert.Equal(code, verification.Error?.Code);
        Assert.False(verification.IsAccepted);
    }
}
