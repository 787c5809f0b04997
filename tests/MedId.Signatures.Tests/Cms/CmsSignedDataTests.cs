using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>What is a CMS structure and how much of it is read.</summary>
public sealed class CmsSignedDataTests
{
    [Fact]
    public void Parse_Structure_HasWhatLiesInIt()
    {
        var cms = TestCms.By(SignatureScene.Signer);
        cms.Attached = true;
        cms.Revocation.Add(SignatureScene.Crl);

        var read = CmsSignedData.Parse(cms.Write()).Value!;

        Assert.Equal(1, read.Version);
        Assert.Equal(TestCms.Data, read.ContentType);
        Assert.Equal(cms.Content, read.Content!.Value.ToArray());
        Assert.Single(read.Certificates);
        Assert.Single(read.Crls);
        Assert.Empty(read.NotRead);
        var signer = Assert.Single(read.Signers);
        Assert.True(signer.Signer.Names(SignatureScene.Read(SignatureScene.Signer)));
        Assert.False(signer.Signer.Names(SignatureScene.Read(SignatureScene.Tsa)));
        Assert.Equal(4, signer.SignedAttributes!.Count);
        Assert.Equal(cms.Signers[0].LastSignature, signer.Signature.ToArray());
    }

    [Fact]
    public void Parse_ContentInPieces_IsPutTogether()
    {
        var cms = TestCms.By(SignatureScene.Signer);
        cms.ContentType = "1.2.840.113549.1.7.1";
        var inner = TestDer.Sequence(TestDer.Oid(TestCms.Data), TestDer.Context(0, [0x24, 0x80, 0x04, 0x01, 0x61, 0x04, 0x01, 0x62, 0x00, 0x00]));
        var bytes = TestDer.Sequence(
            TestDer.Oid(cms.OuterType),
            TestDer.Context(0, TestDer.Sequence(TestDer.Integer(1), TestDer.Set(), inner, TestDer.Set())));

        Assert.Equal("ab"u8.ToArray(), CmsSignedData.Parse(bytes).Value!.Content!.Value.ToArray());
    }

    [Fact]
    public void Parse_CertificatesAndRevocationOfOtherKinds_AreReportedAndAskForTheirVersion()
    {
        var cms = TestCms.By(SignatureScene.Signer);
        cms.Certificates.Add(TestDer.Sequence(TestDer.Null));
        cms.Certificates.Add(TestDer.Context(2, TestDer.Null));
        cms.Revocation.Add(TestDer.Sequence(TestDer.Null));
        Assert.Equal(4, CmsSignedData.Parse(cms.Write()).Value!.RequiredVersion);

        cms.Revocation.Add(TestDer.Context(1, TestDer.Oid("2.999.5"), TestDer.Null));
        var read = CmsSignedData.Parse(cms.Write()).Value!;

        Assert.Equal(5, read.RequiredVersion);
        Assert.Single(read.Certificates);
        Assert.Equal(4, read.NotRead.Count);
        Assert.Contains(read.NotRead, n => n.Identifier == "2.999.5");
    }

    [Fact]
    public void Parse_EnvelopedData_IsAnotherThing() => Assert.Equal(
        SignaturesErrorCodes.CmsNotSignedData, CmsSignedData.Parse(TestDer.Sequence(TestDer.Oid("1.2.840.113549.1.7.3"), TestDer.Context(0, TestDer.Sequence()))).Error!.Code);

    [Theory]
    [InlineData("")]
    [InlineData("3000")]
    [InlineData("30030201")]
    [InlineData("0500")]
    public void Parse_NotTheStructure_IsRefused(string hex) => Assert.Equal(SignaturesErrorCodes.CmsMalformed, CmsSignedData.Parse(Convert.FromHexString(hex)).Error!.Code);

    [Fact]
    public void Parse_SomethingAfterTheStructure_IsRefused() =>
        Assert.Equal(SignaturesErrorCodes.CmsMalformed, CmsSignedData.Parse((byte[])[.. TestCms.By(SignatureScene.Signer).Write(), 0]).Error!.Code);

    [Theory]
    [InlineData("certificates")]
    [InlineData("revocation")]
    [InlineData("signers")]
    [InlineData("signed")]
    [InlineData("values")]
    [InlineData("signed bytes")]
    [InlineData("bytes")]
    public void Parse_MoreThanTheLimit_IsRefused(string what)
    {
        var cms = TestCms.By(SignatureScene.Signer);
        cms.Revocation.Add(SignatureScene.Crl);
        cms.Signers[0].Adding(TestCmsSigner.Attribute("2.999.6", [.. Enumerable.Range(0, 5).Select(i => TestDer.Integer(i))]));
        var bytes = cms.Write();
        var attributes = CmsSignedData.Parse(bytes).Value!.Signers[0].RawSignedAttributes.Length;
        var exact = new CmsLimits { MaxSignedAttributeBytes = attributes, MaxBytes = bytes.Length, MaxCertificates = 1, MaxRevocationInfos = 1, MaxSigners = 1, MaxAttributes = 5 };
        Assert.True(CmsSignedData.Parse(bytes, exact).Succeeded);

        var limits = what switch
        {
            "certificates" => exact with { MaxCertificates = 0 },
            "revocation" => exact with { MaxRevocationInfos = 0 },
            "signers" => exact with { MaxSigners = 0 },
            "signed" or "values" => exact with { MaxAttributes = 4 },
            "signed bytes" => exact with { MaxSignedAttributeBytes = attributes - 1 },
            _ => exact with { MaxBytes = bytes.Length - 1 },
        };

        Assert.Equal(SignaturesErrorCodes.CmsTooLarge, CmsSignedData.Parse(bytes, limits).Error!.Code);
    }

    [Fact]
    public void Parse_HugeObjectIdentifier_IsRefusedAtOnce()
    {
        var oid = new byte[4 << 20];
        Array.Fill(oid, (byte)0xFF);
        oid[^1] = 0x7F;

        Assert.Equal(SignaturesErrorCodes.CmsMalformed, CmsSignedData.Parse(TestDer.Sequence(TestDer.Tlv(0x06, oid), TestDer.Context(0, TestDer.Sequence()))).Error!.Code);
    }

    [Theory]
    [InlineData(0xA0)]
    [InlineData(0xA1)]
    public void Parse_EmptySetOfAttributes_IsRefused(byte tag)
    {
        var cms = TestCms.By(SignatureScene.Signer);
        if (tag == 0xA0)
        {
            cms.Signers[0].WriteAttributes = _ => [0xA0, 0x00];
        }
        else
        {
            cms.Signers[0].Unsigned.Add([]);
        }

        Assert.Equal(SignaturesErrorCodes.CmsMalformed, CmsSignedData.Parse(cms.Write()).Error!.Code);
    }
}
