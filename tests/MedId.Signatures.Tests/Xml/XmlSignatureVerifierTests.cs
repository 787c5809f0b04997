using System.Text;
using MedId.Core;

namespace MedId.Signatures.Tests.Xml;

/// <summary>One valid document, then one change.</summary>
public sealed class XmlSignatureVerifierTests : IAsyncLifetime
{
    private const string Ds = "{http://www.w3.org/2000/09/xmldsig#}";

    private string _enveloped = "";
    private string _detached = "";

    public static TheoryData<string, string, string> ChangesOfForm => new()
    {
        // What stands in the document, what comes in its place, the refusal.
        { "5 < 6", "5 < 7", SignaturesErrorCodes.XmlDigest },
        { "試験", "試薬", SignaturesErrorCodes.XmlDigest },
        { "date='2026-04-01'", "date='2026-04-02'", SignaturesErrorCodes.XmlDigest },
        { "<ds:Reference URI=\"\">", "<ds:Reference URI=\"\" Id=\"r\">", SignaturesErrorCodes.XmlSignature },
        { "<ds:Reference URI=\"\">", "<ds:Reference>", SignaturesErrorCodes.XmlSignatureMalformed },
        { "<ds:SignedInfo>", "<ds:SignedInfo></ds:SignedInfo><ds:SignedInfo>", SignaturesErrorCodes.XmlSignatureMalformed },
        { "<ds:SignedInfo>", "<ds:SignedInfo><!-- two readers -->", SignaturesErrorCodes.XmlSignatureMalformed },
        { "<ds:SignatureValue Id=\"Sig-Value\">", "<ds:SignatureValue Id=\"Sig-Value\"><!-- x -->", SignaturesErrorCodes.XmlSignatureMalformed },
        { "<ds:DigestValue>", "<ds:DigestValue><!-- x -->", SignaturesErrorCodes.XmlSignatureMalformed },
        { "<ds:KeyInfo Id=\"Sig-KeyInfo\">", "<ds:KeyInfo/><ds:KeyInfo Id=\"Sig-KeyInfo\">", SignaturesErrorCodes.XmlSignatureMalformed },
        { "</ds:Signature>", "<ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>", SignaturesErrorCodes.XmlSignatureMalformed },
        { "Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/>", "Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#hmac-sha256\"/>", SignaturesErrorCodes.AlgorithmNotAllowed },
        { "#rsa-sha256\"/>", "#rsa-sha256\"><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>", SignaturesErrorCodes.XmlSignatureMalformed },
        { "#rsa-sha256\"/>", "#rsa-sha512\"/>", SignaturesErrorCodes.XmlSignature },
        { "xmlenc#sha256\"/><ds:DigestValue>", "xmlenc#sha384\"/><ds:DigestValue>", SignaturesErrorCodes.AlgorithmNotAllowed },
        { "xmlenc#sha256\"/><ds:DigestValue>", "xmldsig-more#md5\"/><ds:DigestValue>", SignaturesErrorCodes.AlgorithmNotAllowed },
        { "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>", "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2006/12/xml-c14n11\"/>", SignaturesErrorCodes.XmlCanonicalization },
        { "#enveloped-signature\"/>", "#enveloped-signature\"/><ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>", SignaturesErrorCodes.XmlTransform },
        { "xmldsig#enveloped-signature\"", "xmldsig#base64\"", SignaturesErrorCodes.XmlTransform },
        { "http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>", "http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>1</ds:XPath></ds:Transform>", SignaturesErrorCodes.XmlTransform },
        { "http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>", "http://www.w3.org/TR/1999/REC-xslt-19991116\"/>", SignaturesErrorCodes.XmlTransform },
        { "http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>", "http://www.w3.org/2002/07/decrypt#XML\"/>", SignaturesErrorCodes.XmlTransform },
        { "http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>", "http://www.w3.org/2006/12/xml-c14n11\"/>", SignaturesErrorCodes.XmlTransform },
        { "<ds:Reference URI=\"\">", "<ds:Reference URI=\"http://127.0.0.1:9/order.xml\">", SignaturesErrorCodes.XmlReferenceExternal },
        { "<ds:Reference URI=\"\">", "<ds:Reference URI=\"file:///etc/hostname\">", SignaturesErrorCodes.XmlReferenceExternal },
        { "<ds:Reference URI=\"\">", "<ds:Reference URI=\"#xpointer(/)\">", SignaturesErrorCodes.XmlReferenceUnresolved },
        { "<ds:Reference URI=\"\">", "<ds:Reference URI=\"#nothing\">", SignaturesErrorCodes.XmlReferenceUnresolved },
        { "<ds:Reference URI=\"\">", "<ds:Reference URI=\"#Sig\">", SignaturesErrorCodes.XmlTransform },
        { "<ds:Reference URI=\"\">", "<ds:Reference URI=\"#item\">", SignaturesErrorCodes.XmlTransform },
        { "<ds:Reference URI=\"\">", "<ds:Reference URI=\"\" Type=\"http://www.w3.org/2000/09/xmldsig#Manifest\">", SignaturesErrorCodes.XmlManifest },
        { "Id=\"patient\"", "Id=\"item\"", SignaturesErrorCodes.XmlDuplicateId },
        { "Id=\"patient\"", "ID=\"item\"", SignaturesErrorCodes.XmlDuplicateId },
        { "Id=\"patient\"", "id=\"item\"", SignaturesErrorCodes.XmlDuplicateId },
        { "Id=\"patient\"", "xml:id=\"item\"", SignaturesErrorCodes.XmlDuplicateId },
        { "<Order ", "<!DOCTYPE Order [<!ENTITY a \"aaaa\">]><Order ", SignaturesErrorCodes.XmlDocumentType },
        { "<Order ", "<!DOCTYPE Order SYSTEM \"http://127.0.0.1:9/d\"><Order ", SignaturesErrorCodes.XmlDocumentType },
        { "encoding=\"UTF-8\"", "encoding=\"Shift_JIS\"", SignaturesErrorCodes.XmlEncoding },
        { "</Order>", "</Ordre>", SignaturesErrorCodes.XmlMalformed },
        { "xmlns:x='urn:example:x'", "xmlns:x='relative/name'", SignaturesErrorCodes.XmlMalformed },
        { "<!-- an order -->", "<!-- an order --><?xml version=\"1.0\"?>", SignaturesErrorCodes.XmlMalformed },
        { "Target=\"#Sig\"", "Target=\"#item\"", SignaturesErrorCodes.XmlXades },
        { "<xades:QualifyingProperties ", "<xades:QualifyingProperties xmlns:xades=\"http://uri.etsi.org/01903/v1.3.2#\"/><xades:QualifyingProperties ", SignaturesErrorCodes.XmlXades },
        { "</xades:QualifyingProperties>", "<xades:SignedProperties/></xades:QualifyingProperties>", SignaturesErrorCodes.XmlXades },
        { "<xades:SigningTime>2026", "<xades:SigningTime>yesterday 2026", SignaturesErrorCodes.XmlXades },
        { "<xades:SigningTime>2026", "<xades:SigningTime>2025", SignaturesErrorCodes.XmlDigest },
        { "Type=\"http://uri.etsi.org/01903#SignedProperties\"", "", SignaturesErrorCodes.XmlSignedProperties },
    };

    public async ValueTask InitializeAsync()
    {
        _enveloped = await XmlScene.SignAsync(XmlScene.Order);
        _detached = await XmlScene.SignAsync(XmlScene.Order, XmlScene.Request with { Form = XmlSignatureForm.Detached, ElementIds = ["item"] });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Verify_Unchanged_IsAccepted() => XmlScene.AssertAccepted(XmlScene.Verify(_enveloped, XmlCoverage.WholeDocument));

    [Theory]
    [MemberData(nameof(ChangesOfForm))]
    public void Verify_OneChange_IsRefused(string there, string instead, string code)
    {
        var at = _enveloped.IndexOf(there, StringComparison.Ordinal);
        Assert.True(at >= 0, "the document has no " + there);
        XmlScene.AssertRefused(code, XmlScene.Verify(_enveloped[..at] + instead + _enveloped[(at + there.Length)..]));
    }

    [Fact]
    public void Verify_ValueOfAnotherKey_IsRefused()
    {
        var start = _enveloped.IndexOf("\"Sig-Value\">", StringComparison.Ordinal) + 12;
        var end = _enveloped.IndexOf("</ds:SignatureValue>", StringComparison.Ordinal);
        var value = Convert.FromBase64String(_enveloped[start..end]);
        value[^1] ^= 1;
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlSignature, XmlScene.Verify(_enveloped[..start] + Convert.ToBase64String(value) + _enveloped[end..]));
    }

    [Fact]
    public void Verify_Utf16_IsRefused() =>
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlEncoding, XmlSignatureVerifier.Verify(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("<あ/>")).ToArray(), XmlCoverage.ReportOnly, SignatureScene.Policy, ValidationEvidence.None, SignatureScene.Now));

    [Fact]
    public void Verify_NoSignature_IsRefused() => XmlScene.AssertRefused(SignaturesErrorCodes.XmlNoSignature, XmlScene.Verify(XmlScene.Order));

    [Fact]
    public void Verify_SignatureOfAnotherName_IsRefused() =>
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlNoSignature, XmlScene.Verify(_enveloped, options: new() { SignatureId = "PrescriptionSign" }));

    [Fact]
    public async Task Verify_OneSignatureMoreThanAllowed_IsRefused()
    {
        var twice = await XmlScene.SignAsync(_detached, XmlScene.Request with { SignatureId = "Second", Form = XmlSignatureForm.Detached, ElementIds = ["patient"] });
        XmlScene.AssertAccepted(XmlScene.Verify(twice, policy: SignatureScene.Policy with { MaxSigners = 2 }));
        XmlScene.AssertRefused(SignaturesErrorCodes.TooManySigners, XmlScene.Verify(twice, policy: SignatureScene.Policy with { MaxSigners = 1 }));
    }

    [Fact]
    public async Task Verify_OneOfTwoSignaturesIsWrong_IsRefusedUnlessTheOtherIsAskedFor()
    {
        var twice = await XmlScene.SignAsync(_detached, XmlScene.Request with { SignatureId = "Second", Form = XmlSignatureForm.Detached, ElementIds = ["patient"] });
        var changed = twice.Replace("試験", "試薬", StringComparison.Ordinal);
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlDigest, XmlScene.Verify(changed));
        XmlScene.AssertAccepted(XmlScene.Verify(changed, options: new() { SignatureId = "Sig" }));
    }

    [Fact]
    public void Verify_ExactlyAtEachLimit_IsAcceptedAndOneLessIsRefused()
    {
        var bytes = XmlScene.Bytes(_detached).Length;
        AssertBoundary(SignaturesErrorCodes.XmlTooLarge, bytes, n => XmlSignatureLimits.Default with { MaxBytes = n });
        AssertBoundary(SignaturesErrorCodes.XmlLimit, 2, n => XmlSignatureLimits.Default with { MaxReferences = n });
        AssertBoundary(SignaturesErrorCodes.XmlLimit, 1, n => XmlSignatureLimits.Default with { MaxEncapsulated = n });
        AssertLimit(n => XmlSignatureLimits.Default with { MaxDepth = n }, 1, 30);
        AssertLimit(n => XmlSignatureLimits.Default with { MaxNodes = n }, 1, 400);
        AssertLimit(n => XmlSignatureLimits.Default with { MaxAttributes = n }, 1, 30);
        AssertLimit(n => XmlSignatureLimits.Default with { MaxCanonicalBytes = n }, 100, 20_000);
    }

    [Fact]
    public void Verify_EmptyEvidence_StillSaysWhatIsCovered()
    {
        var verification = XmlScene.Verify(_detached, evidence: ValidationEvidence.None);
        Assert.NotEqual(VerificationOutcome.Accepted, verification.Outcome);
        Assert.Equal("/{urn:example:order}Order[1]/{urn:example:order}Item[1]", verification.Signers[0].Covered[0].ElementPath);
    }

    [Fact]
    public void Verify_RetrievalMethodAndKeyValue_AreIgnored()
    {
        var changed = _enveloped.Replace("<ds:KeyInfo Id=\"Sig-KeyInfo\">", "<ds:KeyInfo Id=\"Sig-KeyInfo\"><ds:RetrievalMethod URI=\"http://127.0.0.1:9/key\"/><ds:KeyName>other</ds:KeyName>", StringComparison.Ordinal);
        XmlScene.AssertAccepted(XmlScene.Verify(changed, XmlCoverage.WholeDocument));
    }

    [Fact]
    public void Verify_PolicyWithoutAnchors_Throws() => Assert.Throws<ArgumentException>(() => XmlScene.Verify(_enveloped, policy: SignatureScene.Policy with { Anchors = [] }));

    // Moved: the signed item goes into a corner, another takes its place.
    [Fact]
    public void Verify_SignedElementMoved_IsNotCoveredWhereItIsRead()
    {
        const string Path = "/{urn:example:order}Order[1]/{urn:example:order}Item[1]";
        const string Signed = "<Item Id=\"item\"><![CDATA[5 < 6]]></Item>";
        var moved = _detached.Replace(Signed, "<Item Id=\"new\">60</Item><Corner>" + Signed + "</Corner>", StringComparison.Ordinal);
        XmlScene.AssertAccepted(XmlScene.Verify(_detached, XmlCoverage.Elements(Path)));
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlNotCovered, XmlScene.Verify(moved, XmlCoverage.Elements(Path)));
        var reported = XmlScene.Verify(moved);
        XmlScene.AssertAccepted(reported);
        Assert.Equal("/{urn:example:order}Order[1]/{urn:example:order}Corner[1]/{urn:example:order}Item[1]", reported.Signers[0].Covered[0].ElementPath);
    }

    // Sibling wrapping: a second item of the same name before the signed one.
    [Fact]
    public void Verify_SiblingBeforeTheSignedElement_IsNotCovered()
    {
        var wrapped = _detached.Replace("<Item Id=\"item\">", "<Item>60</Item><Item Id=\"item\">", StringComparison.Ordinal);
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlNotCovered, XmlScene.Verify(wrapped, XmlCoverage.Elements("/{urn:example:order}Order[1]/{urn:example:order}Item[1]")));
        XmlScene.AssertAccepted(XmlScene.Verify(wrapped, XmlCoverage.Elements("/{urn:example:order}Order[1]/{urn:example:order}Item[2]")));
    }

    // Object injection: what is put into the signature itself is outside of what an enveloped signature signs.
    [Fact]
    public void Verify_ObjectPutIntoTheSignature_IsNotCovered()
    {
        var injected = _enveloped.Replace("</ds:KeyInfo>", "</ds:KeyInfo><ds:Object><Item Id=\"evil\">60</Item></ds:Object>", StringComparison.Ordinal);
        XmlScene.AssertAccepted(XmlScene.Verify(injected, XmlCoverage.WholeDocument));
        var path = $"/{{urn:example:order}}Order[1]/{Ds}Signature[1]/{Ds}Object[1]";
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlNotCovered, XmlScene.Verify(injected, XmlCoverage.Elements(path)));
    }

    // The signed item hidden in an Object of the signature.
    [Fact]
    public void Verify_SignedElementMovedIntoTheSignature_IsNotCoveredWhereItIsRead()
    {
        const string Signed = "<Item Id=\"item\"><![CDATA[5 < 6]]></Item>";
        var moved = _detached.Replace(Signed, "<Item>60</Item>", StringComparison.Ordinal).Replace("</ds:KeyInfo>", "</ds:KeyInfo><ds:Object>" + Signed + "</ds:Object>", StringComparison.Ordinal);
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlNotCovered, XmlScene.Verify(moved, XmlCoverage.Elements("/{urn:example:order}Order[1]/{urn:example:order}Item[1]")));
    }

    // The whole signed document inside another one.
    [Fact]
    public void Verify_SignedDocumentInsideAnother_IsRefused()
    {
        var inner = _enveloped[_enveloped.IndexOf("<Order", StringComparison.Ordinal)..];
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlDigest, XmlScene.Verify("<Evil>" + inner + "</Evil>"));
        var detached = _detached[_detached.IndexOf("<Order", StringComparison.Ordinal)..];
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlNotCovered, XmlScene.Verify("<Evil>" + detached + "</Evil>", XmlCoverage.WholeDocument));
    }

    // Comments are not signed; what is handed out has none, so that no reader stops at one.
    [Fact]
    public void Verify_CommentInSignedText_IsNotInTheOctets()
    {
        var commented = _enveloped.Replace("試験", "試<!-- x -->験", StringComparison.Ordinal);
        var verification = XmlScene.Verify(commented, XmlCoverage.WholeDocument);
        XmlScene.AssertAccepted(verification);
        Assert.Contains("試験", Encoding.UTF8.GetString(verification.Signers[0].Covered[0].Octets.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/Order[1]")]
    [InlineData("/{urn:example:order}Order[0]")]
    [InlineData("/{urn:example:order}Order[2]")]
    [InlineData("/{urn:example:order}Order[1]/")]
    [InlineData("/{urn:example:orderOrder[1]")]
    [InlineData("//{urn:example:order}Item[1]")]
    public void Verify_PathThatLeadsNowhere_IsNotCovered(string path) => XmlScene.AssertRefused(SignaturesErrorCodes.XmlNotCovered, XmlScene.Verify(_enveloped, XmlCoverage.Elements(path)));

    private void AssertBoundary(string code, int exact, Func<int, XmlSignatureLimits> limits)
    {
        XmlScene.AssertAccepted(XmlScene.Verify(_detached, options: new() { Limits = limits(exact) }));
        XmlScene.AssertRefused(code, XmlScene.Verify(_detached, options: new() { Limits = limits(exact - 1) }));
    }

    private void AssertLimit(Func<int, XmlSignatureLimits> limits, int tooLow, int high)
    {
        while (high - tooLow > 1)
        {
            var middle = (high + tooLow) / 2;
            if (XmlScene.Verify(_detached, options: new() { Limits = limits(middle) }).IsAccepted)
            {
                high = middle;
            }
            else
            {
                tooLow = middle;
            }
        }

        AssertBoundary(SignaturesErrorCodes.XmlLimit, high, limits);
    }
}
