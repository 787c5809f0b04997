using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Testing;
using static MedId.Signatures.Tests.CmsVerifierTests;

namespace MedId.Signatures.Tests;

/// <summary>Which algorithms verify, which are refused, and at which time that is asked.</summary>
public sealed class CmsAlgorithmTests
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    public static TheoryData<TestKeyKind, TestSignatureAlgorithm, string, string> Good => new()
    {
        { TestKeyKind.Rsa2048, TestSignatureAlgorithm.RsaSha256, "1.2.840.113549.1.1.11", "SHA256" },
        { TestKeyKind.Rsa2048, TestSignatureAlgorithm.RsaSha384, "1.2.840.113549.1.1.12", "SHA384" },
        { TestKeyKind.Rsa2048, TestSignatureAlgorithm.RsaSha512, "1.2.840.113549.1.1.13", "SHA512" },
        { TestKeyKind.Rsa2048, TestSignatureAlgorithm.RsaSha256, RsaEncryption, "SHA256" },
        { TestKeyKind.Rsa2048, TestSignatureAlgorithm.RsaSha512, RsaEncryption, "SHA512" },
        { TestKeyKind.Rsa2048, TestSignatureAlgorithm.PssSha256, "PSS", "SHA256" },
        { TestKeyKind.Rsa2048, TestSignatureAlgorithm.PssSha512, "PSS", "SHA512" },
        { TestKeyKind.P256, TestSignatureAlgorithm.EcdsaSha256, "1.2.840.10045.4.3.2", "SHA256" },
        { TestKeyKind.P384, TestSignatureAlgorithm.EcdsaSha384, "1.2.840.10045.4.3.3", "SHA384" },
        { TestKeyKind.P521, TestSignatureAlgorithm.EcdsaSha512, "1.2.840.10045.4.3.4", "SHA512" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Verify_AlgorithmOfTheTable_IsAccepted(TestKeyKind kind, TestSignatureAlgorithm algorithm, string identifier, string hash)
    {
        var result = Verify(Signed(kind, algorithm, identifier, new(hash)));

        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal(hash, result.Signers[0].Algorithm!.Hash.Name);
        Assert.False(result.Signers[0].UsedWeakAlgorithm);
    }

    [Fact]
    public void Verify_SignatureNamesAnotherHashThanTheDigest_IsRefused() =>
        AssertCode(SignaturesErrorCodes.CmsAlgorithmMismatch, VerificationOutcome.Refused, Verify(Signed(TestKeyKind.Rsa2048, TestSignatureAlgorithm.RsaSha512, "1.2.840.113549.1.1.13", HashAlgorithmName.SHA256)));

    [Fact]
    public void Verify_AlgorithmOfAnotherKindOfKey_IsRefused() =>
        AssertCode(SignaturesErrorCodes.AlgorithmNotAllowed, VerificationOutcome.Refused, Verify(Signed(TestKeyKind.Rsa2048, TestSignatureAlgorithm.RsaSha256, "1.2.840.10045.4.3.2", HashAlgorithmName.SHA256)));

    [Theory]
    [InlineData("1.2.840.113549.1.1.5")]
    [InlineData(RsaEncryption)]
    public void Verify_Sha1_IsRefusedUnlessAllowedByNameAndThenReported(string identifier)
    {
        var cms = Signed(TestKeyKind.Rsa2048, TestSignatureAlgorithm.RsaSha1, identifier, HashAlgorithmName.SHA1);

        var refused = Verify(cms);

        AssertCode(SignaturesErrorCodes.AlgorithmNotAllowed, VerificationOutcome.Refused, refused);
        Assert.Equal("INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE", refused.Indication.ToString());
        var allowed = Verify(cms, SignatureScene.Policy with { Algorithms = AlgorithmPolicy.Default.DangerouslyAllowSha1(SignatureUse.DocumentSignature, SignatureScene.Now.AddDays(1)) });
        Assert.True(allowed.IsAccepted, allowed.Error?.ToString());
        Assert.True(allowed.Signers[0].UsedWeakAlgorithm);
    }

    [Fact]
    public void Verify_Md5_IsRefused()
    {
        var cms = Valid();
        cms.DigestAlgorithms[0] = TestCmsSigner.Digest(HashAlgorithmName.MD5);
        cms.Signers[0].Hash = HashAlgorithmName.MD5;

        AssertCode(SignaturesErrorCodes.AlgorithmNotAllowed, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_SmallRsaKey_IsRefused()
    {
        var result = Verify(Signed(TestKeyKind.Rsa1024, TestSignatureAlgorithm.RsaSha256, "1.2.840.113549.1.1.11", HashAlgorithmName.SHA256));

        Assert.Equal(VerificationOutcome.Refused, result.Outcome);
        Assert.Equal(CryptographyErrorCodes.KeyUnsupported, result.Error!.Code);
    }

    [Fact]
    public void Verify_AlgorithmThatEnds_IsAskedAtTheTimeOfTheJudgement()
    {
        var ending = AlgorithmPolicy.Default.Allow(SignatureUse.DocumentSignature, SignatureAlgorithm.EcdsaP256Der, until: SignatureScene.Now);
        var policy = SignatureScene.Policy with { Algorithms = ending };

        AssertCode(SignaturesErrorCodes.AlgorithmNotAllowed, VerificationOutcome.Refused, Verify(Valid(), policy));

        // A time-stamp proves that the signature was there when the algorithm was still good.
        var stamped = Valid();
        stamped.Signers[0].UnsignedFromSignature = new TestTst(SignatureScene.Tsa).Attribute;
        Assert.True(Verify(stamped, policy).IsAccepted);
        AssertCode(SignaturesErrorCodes.AlgorithmNotAllowed, VerificationOutcome.Refused, Verify(stamped, policy with { Time = SignatureTimeRule.VerificationTime }));
    }

    private static TestCms Signed(TestKeyKind kind, TestSignatureAlgorithm algorithm, string identifier, HashAlgorithmName hash)
    {
        var cms = TestCms.By(SignatureScene.Issue("Signer with " + kind, kind));
        cms.DigestAlgorithms[0] = TestCmsSigner.Digest(hash);
        cms.Signers[0].Hash = hash;
        cms.Signers[0].SignWith = algorithm;
        cms.Signers[0].SignatureAlgorithm = identifier == "PSS" ? Pss(hash)
            : identifier.StartsWith("1.2.840.113549", StringComparison.Ordinal) ? TestDer.Sequence(TestDer.Oid(identifier), TestDer.Null)
            : TestDer.Sequence(TestDer.Oid(identifier));
        return cms;
    }

    private static byte[] Pss(HashAlgorithmName hash)
    {
        var digest = TestCmsSigner.Digest(hash);
        return TestDer.Sequence(
            TestDer.Oid("1.2.840.113549.1.1.10"),
            TestDer.Sequence(
                TestDer.Context(0, digest),
                TestDer.Context(1, TestDer.Sequence(TestDer.Oid("1.2.840.113549.1.1.8"), digest)),
                TestDer.Context(2, TestDer.Integer(CryptographicOperations.HashData(hash, []).Length))));
    }
}
