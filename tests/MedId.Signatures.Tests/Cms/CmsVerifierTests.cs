using MedId.Core;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>One valid detached CAdES B-B signature, then one change each.</summary>
public sealed class CmsVerifierTests
{
    private const string OtherType = "1.2.840.113549.1.7.5";

    [Fact]
    public void Verify_DetachedSignature_IsAcceptedAndSaysWhatItCovers()
    {
        var cms = Valid();

        var result = Verify(cms);

        Assert.Equal(VerificationOutcome.Accepted, result.Outcome);
        Assert.Null(result.Error);
        Assert.Equal("TOTAL-PASSED", result.Indication.ToString());
        Assert.Equal(SignatureLevel.BaselineB, result.Level);
        var signer = Assert.Single(result.Signers);
        Assert.Equal(SignatureScene.Signer.Der, signer.Certificate!.RawData.ToArray());
        Assert.Equal(SignatureScene.Now.AddHours(-1), signer.ClaimedSigningTime);
        Assert.Null(signer.BestSignatureTime);
        Assert.Equal(SignatureScene.Now, signer.JudgedAt);
        Assert.True(signer.Path!.IsAccepted);
        Assert.False(signer.UsedWeakAlgorithm);
        Assert.All(signer.Steps, s => Assert.Equal(VerificationOutcome.Accepted, s.Result));
        var covered = Assert.Single(signer.Covered);
        Assert.Equal(CoveredContentKind.DetachedContent, covered.Kind);
        Assert.Equal(TestCms.Data, covered.Reference);
        Assert.Equal(cms.Content, covered.Octets.ToArray());
    }

    [Fact]
    public void Verify_AttachedSignature_HandsOutItsContent()
    {
        var cms = Valid();
        cms.Attached = true;

        var result = Verify(cms);

        Assert.True(result.IsAccepted, result.Error?.ToString());
        var covered = Assert.Single(result.Signers[0].Covered);
        Assert.Equal(CoveredContentKind.Content, covered.Kind);
        Assert.Equal(cms.Content, covered.Octets.ToArray());
    }

    [Fact]
    public void Verify_TwoSigners_JudgesBoth()
    {
        var second = SignatureScene.Issue("Second test signer", TestKeyKind.Rsa2048);
        var cms = Valid();
        cms.Certificates.Add(second.Der);
        cms.Signers.Add(new(second));

        var result = Verify(cms);

        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal(2, result.Signers.Count);
    }

    [Fact]
    public void Verify_SecondSignerOfAnotherAuthority_RefusesTheDocumentAndAcceptsTheFirst()
    {
        var stranger = TestAuthority.CreateRoot(TestName.Common("Another root")).Issue(TestName.Common("Stranger"));
        var cms = Valid();
        cms.Certificates.Add(stranger.Der);
        cms.Signers.Add(new(stranger));

        var result = Verify(cms);

        Assert.Equal(VerificationOutcome.Refused, result.Outcome);
        Assert.Equal(PkiErrorCodes.NoPath, result.Error!.Code);
        Assert.Single(result.Signers, s => s.Outcome == VerificationOutcome.Accepted);
    }

    [Fact]
    public void Verify_ExtraSignerWithoutCertificate_IsNotPassedOver()
    {
        var cms = Valid();
        cms.Signers.Add(new(SignatureScene.Issue("Not there")));

        AssertCode(SignaturesErrorCodes.CmsSignerCertificateMissing, VerificationOutcome.Undetermined, Verify(cms));
    }

    [Fact]
    public void Verify_ContentInsideAndOutside_IsRefused()
    {
        var cms = Valid();
        cms.Attached = true;

        AssertCode(SignaturesErrorCodes.CmsContentTwice, VerificationOutcome.Refused, CmsVerifier.Verify(cms.Write(), cms.Content, SignatureScene.Policy, SignatureScene.Evidence, SignatureScene.Now));
    }

    [Fact]
    public void Verify_NoContentAnywhere_IsUndetermined()
    {
        var result = CmsVerifier.Verify(Valid().Write(), null, SignatureScene.Policy, SignatureScene.Evidence, SignatureScene.Now);

        AssertCode(SignaturesErrorCodes.CmsContentMissing, VerificationOutcome.Undetermined, result);
        Assert.Equal("INDETERMINATE/SIGNED_DATA_NOT_FOUND", result.Indication.ToString());
    }

    [Fact]
    public void Verify_NoSigner_IsRefused()
    {
        var cms = Valid();
        cms.Signers.Clear();

        AssertCode(SignaturesErrorCodes.CmsNoSigner, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_MoreSignersThanAllowed_IsRefused()
    {
        var cms = Valid();
        cms.Signers.Add(new(SignatureScene.Signer) { ClaimedTime = SignatureScene.Now.AddMinutes(-59) });

        AssertCode(SignaturesErrorCodes.TooManySigners, VerificationOutcome.Refused, Verify(cms, SignatureScene.Policy with { MaxSigners = 1 }));
        Assert.True(Verify(cms, SignatureScene.Policy with { MaxSigners = 2 }).IsAccepted);
    }

    [Theory]
    [InlineData("the same")]
    [InlineData("unsigned attribute")]
    [InlineData("another signature of the same attributes")]
    [InlineData("another order of the attributes")]
    public void Verify_OneActListedTwice_IsRefused(string difference)
    {
        var cms = Valid();
        var second = new TestCmsSigner(SignatureScene.Signer);
        switch (difference)
        {
            case "the same":
                cms.Write();
                var signature = cms.Signers[0].LastSignature!;
                (cms.Signers[0].ChangeSignature, second.ChangeSignature) = (_ => signature, _ => signature);
                break;
            case "unsigned attribute":
                second.Unsigned.Add(TestCmsSigner.Attribute("2.999.8", TestDer.Null));
                break;
            case "another order of the attributes":
                second.WriteAttributes = attributes => TestDer.Tlv(0xA0, [.. attributes]);
                break;
        }

        cms.Signers.Add(second);

        AssertCode(SignaturesErrorCodes.CmsSignerRepeated, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_OneSignerTwiceAtTwoTimes_IsTwoActs()
    {
        var cms = Valid();
        cms.Signers.Add(new(SignatureScene.Signer) { ClaimedTime = SignatureScene.Now.AddMinutes(-59) });

        Assert.True(Verify(cms).IsAccepted);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Verify_VersionThatDoesNotGoWithTheContent_IsRefused(int version)
    {
        var cms = Valid();
        cms.Version = version;

        AssertCode(SignaturesErrorCodes.CmsVersion, VerificationOutcome.Refused, Verify(cms));
        Assert.True(Verify(cms, SignatureScene.Policy with { CmsLeniency = CmsLeniency.Version }).IsAccepted);
    }

    [Fact]
    public void Verify_ContentOfAnotherType_NeedsVersion3()
    {
        var cms = Valid();
        cms.ContentType = OtherType;

        AssertCode(SignaturesErrorCodes.CmsVersion, VerificationOutcome.Refused, Verify(cms));
        cms.Version = 3;
        Assert.True(Verify(cms).IsAccepted);
    }

    [Fact]
    public void Verify_DigestAlgorithmNotAnnounced_IsRefused()
    {
        var cms = Valid();
        cms.DigestAlgorithms[0] = TestCmsSigner.Digest(System.Security.Cryptography.HashAlgorithmName.SHA512);

        AssertCode(SignaturesErrorCodes.CmsDigestAlgorithmNotListed, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_OtherContent_IsRefusedAsHashFailure()
    {
        var result = CmsVerifier.Verify(Valid().Write(), "something else"u8.ToArray(), SignatureScene.Policy, SignatureScene.Evidence, SignatureScene.Now);

        AssertCode(SignaturesErrorCodes.CmsDigestMismatch, VerificationOutcome.Refused, result);
        Assert.Equal("TOTAL-FAILED/HASH_FAILURE", result.Indication.ToString());
        Assert.Empty(result.Signers[0].Covered);
    }

    [Fact]
    public void Verify_AttachedContentChanged_IsRefused()
    {
        var cms = Valid();
        cms.Attached = true;
        cms.ChangeContent = content => [.. content, (byte)'!'];

        AssertCode(SignaturesErrorCodes.CmsDigestMismatch, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_SignatureOfAnotherKey_IsRefusedAsCryptoFailure()
    {
        var cms = Valid();
        cms.Signers[0].Key = SignatureScene.Issue("Another signer").Key;

        var result = Verify(cms);

        AssertCode(SignaturesErrorCodes.CmsSignatureInvalid, VerificationOutcome.Refused, result);
        Assert.Equal("TOTAL-FAILED/SIG_CRYPTO_FAILURE", result.Indication.ToString());
    }

    [Fact]
    public void Verify_CertificateExpired_IsIndeterminateWithoutProofOfExistence()
    {
        var result = CmsVerifier.Verify(Valid().Write(), Valid().Content, SignatureScene.Policy, SignatureScene.Evidence, SignatureScene.Signer.NotAfter.AddSeconds(1));

        AssertCode(PkiErrorCodes.Expired, VerificationOutcome.Refused, result);
        Assert.Equal("INDETERMINATE/OUT_OF_BOUNDS_NO_POE", result.Indication.ToString());
    }

    [Fact]
    public void Verify_CertificateRevoked_IsRefused()
    {
        var authority = TestAuthority.CreateRoot(TestName.Common("Revoking root"));
        var signer = authority.Issue(TestName.Common("Revoked signer"));
        authority.Revoke(signer, reason: 1, at: SignatureScene.Now.AddDays(-2));
        var policy = SignatureScene.Policy with { Anchors = [TrustAnchor.FromCertificate(SignatureScene.Read(authority.Certificate))] };

        var result = Verify(TestCms.By(signer), policy, SignatureScene.EvidenceOf(authority.CreateCrl()));

        AssertCode(PkiErrorCodes.Revoked, VerificationOutcome.Refused, result);
        Assert.Equal("INDETERMINATE/REVOKED_NO_POE", result.Indication.ToString());
    }

    [Fact]
    public void Verify_NoRevocationEvidence_IsUndetermined()
    {
        var result = Verify(Valid(), evidence: ValidationEvidence.None);

        AssertCode(PkiErrorCodes.RevocationUnknown, VerificationOutcome.Undetermined, result);
        Assert.Equal("INDETERMINATE/TRY_LATER", result.Indication.ToString());
    }

    [Fact]
    public void Verify_CrlInTheDocument_IsUsedAndMarkedAsEmbedded()
    {
        var cms = Valid();
        cms.Revocation.Add(SignatureScene.Crl);

        var result = Verify(cms, evidence: ValidationEvidence.None);

        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Single(result.Evidence.Embedded.Crls);
        Assert.Empty(result.Evidence.Gathered.Crls);
    }

    [Fact]
    public void Verify_CertificateOnlyInTheEvidence_IsAccepted()
    {
        var cms = Valid();
        cms.Certificates.Clear();
        var evidence = SignatureScene.Evidence with { Gathered = SignatureScene.Evidence.Gathered with { Certificates = [SignatureScene.Read(SignatureScene.Signer)] } };

        Assert.True(Verify(cms, evidence: evidence).IsAccepted);
    }

    [Fact]
    public void Verify_LevelBelowThePolicy_IsRefused() =>
        AssertCode(SignaturesErrorCodes.LevelTooLow, VerificationOutcome.Refused, Verify(Valid(), SignatureScene.Policy with { MinimumLevel = SignatureLevel.BaselineT }));

    [Fact]
    public void Verify_AttributesThatDecideNothing_AreReported()
    {
        var cms = Valid();
        cms.Signers[0].Adding(TestCmsSigner.Attribute("1.2.840.113549.1.9.16.2.17", TestDer.Sequence()));
        cms.Signers[0].Unsigned.Add(TestCmsSigner.Attribute("1.2.840.113549.1.9.6", TestDer.Sequence()));
        cms.Signers[0].Unsigned.Add(TestCmsSigner.Attribute("0.4.0.1733.2.4", TestDer.Sequence()));

        var signer = Assert.Single(Verify(cms).Signers);

        Assert.Equal(VerificationOutcome.Accepted, signer.Outcome);
        Assert.Equal(["signerLocation", "archiveTimestampV3", "countersignature"], signer.NotJudged.Select(n => n.Name));
    }

    [Fact]
    public void Verify_PolicyWithoutAnchors_Throws() =>
        Assert.Throws<ArgumentException>(() => Verify(Valid(), SignatureScene.Policy with { Anchors = [] }));

    internal static TestCms Valid() => TestCms.By(SignatureScene.Signer);

    internal static DocumentVerification Verify(TestCms cms, SignaturePolicy? policy = null, ValidationEvidence? evidence = null) =>
        CmsVerifier.Verify(cms.Write(), cms.Attached ? (ReadOnlyMemory<byte>?)null : cms.Content, policy ?? SignatureScene.Policy, evidence ?? SignatureScene.Evidence, SignatureScene.Now);

    internal static void AssertCode(string code, VerificationOutcome outcome, DocumentVerification result)
    {
        Assert.Equal(code, result.Error?.Code);
        Assert.Equal(outcome, result.Outcome);
        Assert.False(result.IsAccepted);
        Assert.NotEqual(MainIndication.TotalPassed, result.Indication.Main);
    }
}
