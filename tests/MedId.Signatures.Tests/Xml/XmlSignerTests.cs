using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Signatures.Tests.Xml;

public sealed class XmlSignerTests
{
    [Fact]
    public async Task SignAsync_Enveloped_IsAcceptedAndCoversTheWholeDocument()
    {
        var signed = await XmlScene.SignAsync(XmlScene.Order);
        var verification = XmlScene.Verify(signed, XmlCoverage.WholeDocument);

        XmlScene.AssertAccepted(verification);
        Assert.Equal(SignatureLevel.BaselineB, verification.Level);
        var signer = Assert.Single(verification.Signers);
        Assert.Equal(XmlScene.Certificate, signer.Certificate);
        Assert.Equal(SignatureAlgorithm.RS256, signer.Algorithm);
        Assert.Equal(XmlScene.Request.SigningTime, signer.ClaimedSigningTime);
        Assert.True(signer.Covered[0].IsWholeDocument);
        Assert.Equal(CoveredContentKind.SignedProperties, signer.Covered[1].Kind);

        // The octets are the document without its signature, whatever stands around it in the file.
        var original = XmlCanonicalizerTests.Read(XmlScene.Order);
        Assert.Equal(XmlCanonicalizerTests.Canonical(original, null, new(true, false, []), null), System.Text.Encoding.UTF8.GetString(signer.Covered[0].Octets.Span));
    }

    [Fact]
    public async Task SignAsync_Enveloped_LeavesTheBytesAroundTheSignatureAsTheyWere()
    {
        var signed = await XmlScene.SignAsync(XmlScene.Order);
        var at = signed.IndexOf("<ds:Signature", StringComparison.Ordinal);
        var end = signed.IndexOf("</ds:Signature>", StringComparison.Ordinal) + "</ds:Signature>".Length;
        Assert.Equal(XmlScene.Order, signed[..at] + signed[end..]);
    }

    [Fact]
    public async Task SignAsync_Enveloping_IsAcceptedAndCoversTheObject()
    {
        var signed = await XmlScene.SignAsync(XmlScene.Order, XmlScene.Request with { Form = XmlSignatureForm.Enveloping });
        var verification = XmlScene.Verify(signed, XmlCoverage.Elements("/{http://www.w3.org/2000/09/xmldsig#}Signature[1]/{http://www.w3.org/2000/09/xmldsig#}Object[1]/{urn:example:order}Order[1]"));

        XmlScene.AssertAccepted(verification);
        Assert.False(verification.Signers[0].Covered[0].IsWholeDocument);
    }

    [Fact]
    public async Task SignAsync_Detached_IsAcceptedAndCoversTheElement()
    {
        var request = XmlScene.Request with { Form = XmlSignatureForm.Detached, ElementIds = ["item"], SignKeyInfo = true, ReferenceWithoutTransform = true, ParentPath = "/{urn:example:order}Order[1]" };
        var signed = await XmlScene.SignAsync(XmlScene.Order, request);
        var verification = XmlScene.Verify(signed, XmlCoverage.Elements("/{urn:example:order}Order[1]/{urn:example:order}Item[1]"));

        XmlScene.AssertAccepted(verification);
        var covered = verification.Signers[0].Covered;
        Assert.Equal("/{urn:example:order}Order[1]/{urn:example:order}Item[1]", covered[0].ElementPath);
        Assert.Equal("#item", covered[0].Reference);
        Assert.Equal("<Item xmlns=\"urn:example:order\" xmlns:x=\"urn:example:x\" Id=\"item\">5 &lt; 6</Item>", System.Text.Encoding.UTF8.GetString(covered[0].Octets.Span));
    }

    [Theory]
    [InlineData("<Order/>")]
    [InlineData("<Order a='/>' />")]
    [InlineData("\uFEFF<Order></Order>")]
    [InlineData("<a:Order xmlns:a='urn:a'\r\n b='1'\r/>")]
    public async Task SignAsync_DocumentsOfAnyShape_AreAccepted(string document) => XmlScene.AssertAccepted(XmlScene.Verify(await XmlScene.SignAsync(document), XmlCoverage.WholeDocument));

    [Theory]
    [InlineData(TestKeyKind.P256)]
    [InlineData(TestKeyKind.P384)]
    [InlineData(TestKeyKind.P521)]
    public async Task SignAsync_EllipticCurves_AreAccepted(TestKeyKind kind)
    {
        var certificate = SignatureScene.Issue("Test XML signer " + kind, kind);
        var algorithm = kind switch { TestKeyKind.P256 => SignatureAlgorithm.ES256, TestKeyKind.P384 => SignatureAlgorithm.ES384, _ => SignatureAlgorithm.ES512 };
        using var key = LocalSigningKey.FromPkcs8(certificate.Key.ExportPkcs8(), algorithm);
        var signed = await XmlSigner.SignAsync(XmlScene.Bytes(XmlScene.Order), XmlScene.Request with { Certificate = SignatureScene.Read(certificate), Digest = DigestAlgorithm.Sha512 }, key, TestContext.Current.CancellationToken);
        var verification = XmlScene.Verify(System.Text.Encoding.UTF8.GetString(signed.Value!), XmlCoverage.WholeDocument);

        XmlScene.AssertAccepted(verification);
        Assert.Equal(algorithm, verification.Signers[0].Algorithm);
    }

    [Fact]
    public async Task AddTimestampAsync_TrustedService_RaisesToBaselineT()
    {
        var stamped = await StampAsync(await XmlScene.SignAsync(XmlScene.Order));
        var verification = XmlScene.Verify(stamped, XmlCoverage.WholeDocument);

        XmlScene.AssertAccepted(verification);
        Assert.Equal(SignatureLevel.BaselineT, verification.Level);
        Assert.Equal(SignatureScene.StampedAt, verification.Signers[0].BestSignatureTime);
    }

    [Fact]
    public async Task AddEvidence_AllThatTheDecisionNeeds_RaisesToBaselineLT()
    {
        var stamped = await StampAsync(await XmlScene.SignAsync(XmlScene.Order));
        var raised = XmlSigner.AddEvidence(XmlScene.Bytes(stamped), "Sig", SignatureScene.Evidence.Gathered with { Certificates = [SignatureScene.Anchor.Certificate!, SignatureScene.TsaAnchor.Certificate!] });
        var verification = XmlScene.Verify(System.Text.Encoding.UTF8.GetString(raised.Value!), XmlCoverage.WholeDocument, evidence: ValidationEvidence.None);

        XmlScene.AssertAccepted(verification);
        Assert.Equal(SignatureLevel.BaselineLT, verification.Level);
    }

    [Fact]
    public async Task AddTimestampAsync_TokenOverSomethingElse_ProvesNoTime()
    {
        var stamped = await StampAsync(await XmlScene.SignAsync(XmlScene.Order), "something else"u8.ToArray());
        var verification = XmlScene.Verify(stamped, policy: SignatureScene.Policy with { MinimumLevel = SignatureLevel.BaselineT });

        XmlScene.AssertRefused(SignaturesErrorCodes.LevelTooLow, verification);
        Assert.Equal(SignaturesErrorCodes.TspImprintMismatch, verification.Signers[0].Timestamps[0].Error?.Code);
    }

    [Fact]
    public async Task Verify_MoreTimestampsThanTheLimit_IsRefused()
    {
        var stamped = await StampAsync(await StampAsync(await XmlScene.SignAsync(XmlScene.Order)));
        XmlScene.AssertAccepted(XmlScene.Verify(stamped, options: new() { Limits = XmlSignatureLimits.Default with { MaxTimestamps = 2 } }));
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlLimit, XmlScene.Verify(stamped, options: new() { Limits = XmlSignatureLimits.Default with { MaxTimestamps = 1 } }));
    }

    [Fact]
    public async Task SignAsync_NamesWhatIsNotThere_IsRefused()
    {
        var request = XmlScene.Request with { Form = XmlSignatureForm.Detached, ElementIds = ["nothing"] };
        var signed = await XmlSigner.SignAsync(XmlScene.Bytes(XmlScene.Order), request, XmlScene.Key, TestContext.Current.CancellationToken);
        Assert.Equal(SignaturesErrorCodes.XmlReferenceUnresolved, signed.Error?.Code);
    }

    [Fact]
    public async Task SignAsync_KeyOfAnotherCertificate_Throws()
    {
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        await Assert.ThrowsAsync<ArgumentException>(async () => await XmlSigner.SignAsync(XmlScene.Bytes(XmlScene.Order), XmlScene.Request, other, TestContext.Current.CancellationToken));
    }

    internal static async Task<string> StampAsync(string document, byte[]? instead = null, string signatureId = "Sig")
    {
        var stamped = await XmlSigner.AddTimestampAsync(
            XmlScene.Bytes(document), signatureId, (octets, _) => Task.FromResult(TimestampToken.Parse(new TestTst(SignatureScene.Tsa).Write(instead ?? octets.ToArray()))), TestContext.Current.CancellationToken);
        Assert.True(stamped.Succeeded, stamped.ToString());
        return System.Text.Encoding.UTF8.GetString(stamped.Value);
    }
}
