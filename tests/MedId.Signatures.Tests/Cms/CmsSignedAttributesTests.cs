using System.Security.Cryptography;
using MedId.Core;
using MedId.Testing;
using static MedId.Signatures.Tests.CmsVerifierTests;

namespace MedId.Signatures.Tests;

/// <summary>What is signed beside the content.</summary>
public sealed class CmsSignedAttributesTests
{
    private const string OtherType = "1.2.840.113549.1.7.5";

    [Theory]
    [InlineData(TestCmsSigner.ContentType)]
    [InlineData(TestCmsSigner.MessageDigest)]
    public void Verify_MandatoryAttributeMissing_IsRefused(string oid)
    {
        var cms = Valid();
        cms.Signers[0].With(oid, null);

        AssertCode(SignaturesErrorCodes.CmsAttributeMissing, VerificationOutcome.Refused, Verify(cms));
    }

    [Theory]
    [InlineData(TestCmsSigner.ContentType)]
    [InlineData(TestCmsSigner.MessageDigest)]
    [InlineData(TestCmsSigner.SigningTime)]
    [InlineData("2.999.1")]
    public void Verify_AttributeTwice_IsRefused(string oid)
    {
        var cms = Valid();
        cms.Signers[0].With(oid, TestDer.Null).Adding(TestCmsSigner.Attribute(oid, TestDer.OctetString([1])));

        AssertCode(SignaturesErrorCodes.CmsAttributeMalformed, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_AttributeWithTwoValues_IsRefused()
    {
        var cms = Valid();
        cms.Signers[0].With(TestCmsSigner.MessageDigest, null)
            .Adding(TestCmsSigner.Attribute(TestCmsSigner.MessageDigest, TestDer.OctetString(SHA256.HashData(cms.Content)), TestDer.OctetString(SHA256.HashData("other"u8))));

        AssertCode(SignaturesErrorCodes.CmsAttributeMalformed, VerificationOutcome.Refused, Verify(cms));
    }

    [Theory]
    [InlineData(TestCmsSigner.ContentType)]
    [InlineData(TestCmsSigner.MessageDigest)]
    [InlineData(TestCmsSigner.SigningTime)]
    [InlineData(TestCmsSigner.Protection)]
    public void Verify_AttributeOfAnotherForm_IsRefused(string oid)
    {
        var cms = Valid();
        cms.Signers[0].With(oid, TestDer.Null);

        AssertCode(SignaturesErrorCodes.CmsAttributeMalformed, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_ContentTypeSubstituted_IsRefused()
    {
        // What was signed as data is presented as something else.
        var cms = Valid();
        cms.Version = 3;
        cms.ContentType = OtherType;
        cms.Signers[0].With(TestCmsSigner.ContentType, TestDer.Oid(TestCms.Data));

        var result = Verify(cms);

        AssertCode(SignaturesErrorCodes.CmsContentTypeMismatch, VerificationOutcome.Refused, result);
        Assert.Equal("TOTAL-FAILED/HASH_FAILURE", result.Indication.ToString());
    }

    [Fact]
    public void Verify_ProtectedAlgorithms_AreCompared()
    {
        var digest = TestCmsSigner.Digest(HashAlgorithmName.SHA256);
        var cms = Valid();
        cms.Signers[0].With(TestCmsSigner.Protection, TestDer.Sequence(digest, TestCms.Retag(cms.Signers[0].SignatureAlgorithm, 0xA1)));
        Assert.True(Verify(cms).IsAccepted);

        cms.Signers[0].With(TestCmsSigner.Protection, TestDer.Sequence(digest, TestCms.Retag(TestDer.Sequence(TestDer.Oid("1.2.840.10045.4.3.4")), 0xA1)));
        AssertCode(SignaturesErrorCodes.CmsAlgorithmMismatch, VerificationOutcome.Refused, Verify(cms));

        cms.Signers[0].With(TestCmsSigner.Protection, TestDer.Sequence(TestCmsSigner.Digest(HashAlgorithmName.SHA512), TestCms.Retag(cms.Signers[0].SignatureAlgorithm, 0xA1)));
        AssertCode(SignaturesErrorCodes.CmsAlgorithmMismatch, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_AttributesUnsortedButSignedInDer_IsAccepted()
    {
        // RFC 5652 §5.4: what lies in the message may be BER, what is signed is DER.
        var cms = Valid();
        cms.Signers[0].WriteAttributes = Unsorted;

        Assert.True(Verify(cms).IsAccepted);
    }

    [Fact]
    public void Verify_AttributesSignedUnsorted_IsRefusedUnlessAllowedByName()
    {
        var cms = Valid();
        cms.Signers[0].WriteAttributes = Unsorted;
        cms.Signers[0].SignsAsWritten = true;

        AssertCode(SignaturesErrorCodes.CmsSignedAttributesNotDer, VerificationOutcome.Refused, Verify(cms));
        Assert.True(Verify(cms, SignatureScene.Policy with { CmsLeniency = CmsLeniency.SignedAttributesNotDer }).IsAccepted);
    }

    [Fact]
    public void Verify_ContentSignedWithoutAttributes_IsRefusedUnlessAllowedByName()
    {
        var cms = Valid();
        cms.Signers[0].HasAttributes = false;
        var lenient = SignatureScene.Policy with { CmsLeniency = CmsLeniency.WithoutSignedAttributes, MinimumLevel = SignatureLevel.Plain };

        AssertCode(SignaturesErrorCodes.CmsSignedAttributesMissing, VerificationOutcome.Refused, Verify(cms));
        AssertCode(SignaturesErrorCodes.SigningCertificateNotNamed, VerificationOutcome.Refused, Verify(cms, lenient with { MinimumLevel = SignatureLevel.BaselineB }));
        Assert.True(Verify(cms, lenient).IsAccepted);
        AssertCode(SignaturesErrorCodes.CmsSignatureInvalid, VerificationOutcome.Refused, CmsVerifier.Verify(cms.Write(), "other"u8.ToArray(), lenient, SignatureScene.Evidence, SignatureScene.Now));
    }

    [Fact]
    public void Verify_ContentOfAnotherTypeWithoutAttributes_IsRefused()
    {
        var cms = Valid();
        cms.Version = 3;
        cms.ContentType = OtherType;
        cms.Signers[0].HasAttributes = false;

        AssertCode(SignaturesErrorCodes.CmsSignedAttributesMissing, VerificationOutcome.Refused, Verify(cms, SignatureScene.Policy with { CmsLeniency = CmsLeniency.WithoutSignedAttributes, MinimumLevel = SignatureLevel.Plain }));
    }

    [Fact]
    public void Verify_SignedAttributesOfAnotherMessageAsContent_IsRefused()
    {
        // The attributes of a real signature, presented as content that was signed without attributes: the signature fits, the meaning does not.
        var original = Valid();
        List<byte[]>? attributes = null;
        original.Signers[0].WriteAttributes = written => TestCms.Retag(TestDer.Set([.. attributes = written]), 0xA0);
        original.Write();
        var posing = Valid();
        posing.Content = TestDer.Set([.. attributes!]);
        posing.Signers[0].HasAttributes = false;
        posing.Signers[0].ChangeSignature = _ => original.Signers[0].LastSignature!;

        AssertCode(SignaturesErrorCodes.CmsSignedAttributesMissing, VerificationOutcome.Refused, Verify(posing, SignatureScene.Policy with { CmsLeniency = CmsLeniency.WithoutSignedAttributes, MinimumLevel = SignatureLevel.Plain }));
    }

    [Fact]
    public void Verify_SigningTimeAfter2049_IsGeneralizedTime()
    {
        var cms = Valid();
        cms.Signers[0].ClaimedTime = new(2051, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(cms.Signers[0].ClaimedTime, Verify(cms).Signers[0].ClaimedSigningTime);
    }

    private static byte[] Unsorted(List<byte[]> attributes)
    {
        var sorted = attributes.ToList();
        sorted.Sort((a, b) => b.AsSpan().SequenceCompareTo(a));
        return TestDer.Tlv(0xA0, [.. sorted]);
    }
}
