using System.Security.Cryptography.Xml;
using MedId.Pki;

namespace MedId.Signatures.Tests.Xml;

/// <summary>Both ways with the runtime's XML signatures.</summary>
public sealed class XmlPeerTests
{
    [Theory]
    [InlineData(XmlSignatureForm.Enveloped)]
    [InlineData(XmlSignatureForm.Enveloping)]
    [InlineData(XmlSignatureForm.Detached)]
    public async Task SignAsync_EveryForm_IsVerifiedByTheRuntime(XmlSignatureForm form)
    {
        var request = XmlScene.Request with { Form = form, ElementIds = form == XmlSignatureForm.Detached ? ["patient", "item"] : [], SignKeyInfo = true };
        var signed = await XmlScene.SignAsync(XmlScene.Order, request);
        Assert.True(PeerSignedXml.Verifies(signed, XmlScene.RsaSigner));
        Assert.False(PeerSignedXml.Verifies(signed.Replace("2026-04-01", "2026-04-02", StringComparison.Ordinal).Replace("試験", "試薬", StringComparison.Ordinal), XmlScene.RsaSigner));
    }

    [Fact]
    public void Verify_SignedByTheRuntime_IsAccepted()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var text = new XmlTextGenerator(seed).Document();
            if (PeerSignedXml.Load(text).DocumentElement!.HasAttribute("xml:lang"))
            {
                // The runtime takes xml: attributes of ancestors into the exclusive form of SignedInfo; xmlsec1, like us, does as Exclusive C14N §2 says.
                continue;
            }

            var signed = PeerSignedXml.Sign(text, XmlScene.RsaSigner, p => p.Refer("", null, seed % 3 == 0 ? [new XmlDsigEnvelopedSignatureTransform()] : [new XmlDsigEnvelopedSignatureTransform(), seed % 3 == 1 ? new XmlDsigExcC14NTransform("a b #default") : new XmlDsigC14NTransform()]));
            XmlScene.AssertAccepted(XmlScene.Verify(signed, XmlCoverage.WholeDocument, XmlScene.Plain));
        }
    }

    [Fact]
    public void Verify_PlainSignatureUnderADefaultPolicy_IsRefused()
    {
        var signed = PeerSignedXml.Sign(XmlScene.Order, XmlScene.RsaSigner, p => p.Refer("", null, new XmlDsigEnvelopedSignatureTransform()));
        XmlScene.AssertRefused(SignaturesErrorCodes.SigningCertificateNotNamed, XmlScene.Verify(signed));
    }

    [Fact]
    public void Verify_CertificateThatTheSignatureDoesNotCarry_IsNotFound()
    {
        var signed = PeerSignedXml.Sign(XmlScene.Order, XmlScene.RsaSigner, p =>
        {
            p.KeyInfo = new KeyInfo();
            p.KeyInfo.AddClause(new KeyInfoName("somebody"));
            p.Refer("", null, new XmlDsigEnvelopedSignatureTransform());
        });
        var verification = XmlScene.Verify(signed, policy: XmlScene.Plain);
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlNoSigningCertificate, verification);
        Assert.Equal(MedId.Core.VerificationOutcome.Undetermined, verification.Outcome);
    }
}
