using MedId.Core;
using MedId.Testing;
using static MedId.Signatures.Tests.CmsVerifierTests;

namespace MedId.Signatures.Tests;

/// <summary>Whose certificate it is: the signer's identifier and the signed attribute have to mean the same one.</summary>
public sealed class CmsSignerIdentityTests
{
    /// <summary>A second certificate for the signer's own key: what certificate substitution needs.</summary>
    private static readonly TestCertificate Twin = SignatureScene.Authority.Issue(TestName.Common("Twin of the test signer"), SignatureScene.Signer.Key);

    [Fact]
    public void Verify_BySubjectKeyIdentifier_IsAccepted()
    {
        var cms = BySubjectKeyIdentifier();

        Assert.True(Verify(cms).IsAccepted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Verify_SignerVersionThatDoesNotGoWithTheIdentifier_IsRefused(int version)
    {
        var cms = BySubjectKeyIdentifier();
        cms.Signers[0].Version = version;

        AssertCode(SignaturesErrorCodes.CmsVersion, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_IdentifierOfATwinCertificate_IsRefused()
    {
        // The signature is the key's, the attribute names the one certificate, the unsigned identifier the other.
        var cms = Valid();
        cms.Certificates.Add(Twin.Der);
        cms.Signers[0].Identifier = TestDer.Sequence(Twin.Issuer.Der, TestDer.IntegerContent(Twin.SerialNumber));

        var result = Verify(cms);

        AssertCode(SignaturesErrorCodes.CmsSigningCertificateMismatch, VerificationOutcome.Refused, result);
        Assert.Equal("INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND", result.Indication.ToString());
    }

    [Fact]
    public void Verify_AttributeNamesATwinCertificate_IsRefused()
    {
        var cms = Valid();
        cms.Certificates.Add(Twin.Der);
        cms.Signers[0].NamedCertificate = Twin;

        AssertCode(SignaturesErrorCodes.CmsSigningCertificateMismatch, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_AttributeNamesACertificateThatOnlyTheAttributeNames_IsRefused()
    {
        var cms = Valid();
        cms.Certificates[0] = Twin.Der;
        cms.Signers[0].NamedCertificate = Twin;

        AssertCode(SignaturesErrorCodes.CmsSigningCertificateMismatch, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_IssuerInTheAttributeIsAnother_IsRefused()
    {
        var cms = Valid();
        cms.Signers[0].With(TestCmsSigner.SigningCertificateV2, TestCmsSigner.EssV2(SignatureScene.Signer, TestName.Common("Somebody else")));

        AssertCode(SignaturesErrorCodes.CmsSigningCertificateMismatch, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_SerialNumberOfNobody_IsUndetermined()
    {
        // The attribute names a certificate that is there, but nobody asked for it: the identifier decides where to look.
        var cms = Valid();
        cms.Signers[0].Identifier = TestDer.Sequence(SignatureScene.Signer.Issuer.Der, TestDer.Integer(99));
        cms.Signers[0].With(TestCmsSigner.SigningCertificateV2, null);

        AssertCode(SignaturesErrorCodes.CmsSignerCertificateMissing, VerificationOutcome.Undetermined, Verify(cms));
    }

    [Fact]
    public void Verify_NoCertificateThere_IsUndetermined()
    {
        var cms = Valid();
        cms.Certificates.Clear();

        var result = Verify(cms);

        AssertCode(SignaturesErrorCodes.CmsSignerCertificateMissing, VerificationOutcome.Undetermined, result);
        Assert.Equal("INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND", result.Indication.ToString());
    }

    [Fact]
    public void Verify_TwoCertificatesFitAndNoneIsNamed_IsRefused()
    {
        // One key identifier, two certificates of one key, and nothing signed that tells which.
        var cms = BySubjectKeyIdentifier();
        cms.Certificates.Add(Twin.Der);
        var policy = SignatureScene.Policy with { MinimumLevel = SignatureLevel.Plain };
        Assert.True(Verify(cms, policy).IsAccepted);

        cms.Signers[0].With(TestCmsSigner.SigningCertificateV2, null);
        AssertCode(SignaturesErrorCodes.CmsSignerCertificateAmbiguous, VerificationOutcome.Refused, Verify(cms, policy));
    }

    [Fact]
    public void Verify_CertificateNotNamed_IsRefusedUnlessPlainIsAsked()
    {
        var cms = Valid();
        cms.Signers[0].With(TestCmsSigner.SigningCertificateV2, null);

        AssertCode(SignaturesErrorCodes.SigningCertificateNotNamed, VerificationOutcome.Refused, Verify(cms));
        var plain = Verify(cms, SignatureScene.Policy with { MinimumLevel = SignatureLevel.Plain });
        Assert.True(plain.IsAccepted);
        Assert.Equal(SignatureLevel.Plain, plain.Level);
    }

    [Fact]
    public void Verify_CertificateNamedBySha1_IsRefusedUnlessAllowedByName()
    {
        var cms = Valid();
        cms.Signers[0].With(TestCmsSigner.SigningCertificateV2, null).With(TestCmsSigner.SigningCertificate, TestCmsSigner.EssV1(SignatureScene.Signer));

        AssertCode(SignaturesErrorCodes.SigningCertificateNotNamed, VerificationOutcome.Refused, Verify(cms));
        var lenient = Verify(cms, SignatureScene.Policy with { CmsLeniency = CmsLeniency.Sha1SigningCertificate });
        Assert.True(lenient.IsAccepted);
        Assert.Equal(SignatureLevel.BaselineB, lenient.Level);
    }

    [Fact]
    public void Verify_Sha1NamesAnotherThanSha256_IsRefused()
    {
        var cms = Valid();
        cms.Signers[0].With(TestCmsSigner.SigningCertificate, TestCmsSigner.EssV1(Twin));

        AssertCode(SignaturesErrorCodes.CmsSigningCertificateMismatch, VerificationOutcome.Refused, Verify(cms));
    }

    [Theory]
    [InlineData("0500")]
    [InlineData("3000")]
    [InlineData("30023000")]
    [InlineData("300730053003040100")]
    public void Verify_AttributeThatCannotBeRead_IsRefused(string value)
    {
        var cms = Valid();
        cms.Signers[0].With(TestCmsSigner.SigningCertificateV2, Convert.FromHexString(value));

        AssertCode(SignaturesErrorCodes.CmsAttributeMalformed, VerificationOutcome.Refused, Verify(cms));
    }

    private static TestCms BySubjectKeyIdentifier()
    {
        var cms = Valid();
        cms.Version = 3;
        cms.Signers[0].Version = 3;
        cms.Signers[0].Identifier = TestDer.ContextPrimitive(0, SignatureScene.Signer.Key.Identifier);
        return cms;
    }
}
