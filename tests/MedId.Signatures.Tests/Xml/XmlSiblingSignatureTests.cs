namespace MedId.Signatures.Tests.Xml;

/// <summary>Two signatures beside each other, each over the document without any signature.</summary>
public sealed class XmlSiblingSignatureTests
{
    private static readonly XmlVerificationOptions Allowed = XmlVerificationOptions.Default with { AllowSiblingSignatures = true };

    [Fact]
    public async Task Verify_TwoSiblings_AreBothAcceptedAndCoverTheDocument()
    {
        var verification = XmlScene.Verify(await SignTwiceAsync(), XmlCoverage.WholeDocument, options: Allowed);

        XmlScene.AssertAccepted(verification);
        Assert.Equal(2, verification.Signers.Count);
        Assert.Equal(verification.Signers[0].Covered[0].Octets.ToArray(), verification.Signers[1].Covered[0].Octets.ToArray());
    }

    [Fact]
    public async Task Verify_FilterThatNobodyAllowed_IsRefused() => XmlScene.AssertRefused(SignaturesErrorCodes.XmlTransform, XmlScene.Verify(await SignTwiceAsync(), XmlCoverage.WholeDocument));

    [Theory]
    [InlineData("not(ancestor-or-self::ds:Signature)", "not(ancestor::ds:Signature)")]
    [InlineData("not(ancestor-or-self::ds:Signature)", "not(ancestor-or-self::ds:Signature) and true()")]
    [InlineData("not(ancestor-or-self::ds:Signature)", "not(ancestor-or-self::x:Signature)")]
    [InlineData("<ds:XPath>", "<ds:XPath xmlns:ds=\"urn:other\">")]
    public async Task Verify_AnotherFilter_IsRefused(string from, string to)
    {
        var signed = await SignTwiceAsync();
        var changed = signed.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(signed, changed);

        XmlScene.AssertRefused(SignaturesErrorCodes.XmlTransform, XmlScene.Verify(changed, XmlCoverage.WholeDocument, options: Allowed));
    }

    [Fact]
    public async Task Verify_ElementInsideASignature_IsNotCovered()
    {
        var signed = await SignTwiceAsync();

        XmlScene.AssertRefused(
            SignaturesErrorCodes.XmlNotCovered,
            XmlScene.Verify(signed, XmlCoverage.Elements("/{urn:example:order}Order[1]/{http://www.w3.org/2000/09/xmldsig#}Signature[2]/{http://www.w3.org/2000/09/xmldsig#}KeyInfo[1]"), options: Allowed));
    }

    [Fact]
    public async Task SignAsync_FilterOfAnotherForm_IsMisuse() =>
        await Assert.ThrowsAsync<ArgumentException>(() => XmlScene.SignAsync(XmlScene.Order, XmlScene.Request with { Form = XmlSignatureForm.Enveloping, ExceptSignatures = true }));

    private static async Task<string> SignTwiceAsync() =>
        await XmlScene.SignAsync(await XmlScene.SignAsync(XmlScene.Order, XmlScene.Request with { ExceptSignatures = true }), XmlScene.Request with { ExceptSignatures = true, SignatureId = "Second" });
}
