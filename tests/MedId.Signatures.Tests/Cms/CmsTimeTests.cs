using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;
using static MedId.Signatures.Tests.CmsVerifierTests;

namespace MedId.Signatures.Tests;

/// <summary>CAdES B-T and B-LT: what a time-stamp proves, and what it does not.</summary>
public sealed class CmsTimeTests
{
    [Fact]
    public void Verify_ValidTimestamp_IsBaselineTAtItsTime()
    {
        var result = Verify(Stamped());

        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal(SignatureLevel.BaselineT, result.Level);
        var signer = result.Signers[0];
        Assert.Equal(SignatureScene.StampedAt, signer.BestSignatureTime);
        Assert.Equal(SignatureScene.StampedAt, signer.JudgedAt);
        Assert.Equal(TimestampKind.Signature, Assert.Single(signer.Timestamps).Kind);
    }

    [Fact]
    public void Verify_TwoTimestamps_TheEarliestCounts()
    {
        var cms = Stamped();
        var later = new TestTst(SignatureScene.Tsa) { Time = TestTst.Text(SignatureScene.StampedAt.AddMinutes(5)) };
        var bytes = WriteWithBoth(cms, cms.Signers[0].UnsignedFromSignature!, later);
        var result = CmsVerifier.Verify(bytes, cms.Content, SignatureScene.Policy, SignatureScene.Evidence, SignatureScene.Now);

        Assert.Equal(2, result.Signers[0].Timestamps.Count);
        Assert.Equal(SignatureScene.StampedAt, result.Signers[0].BestSignatureTime);
    }

    [Fact]
    public void Verify_TimestampThatIsNotValid_IsReportedAndProvesNothing()
    {
        var result = Verify(Stamped(t => t.Imprint = new byte[32]));

        Assert.True(result.IsAccepted);
        Assert.Equal(SignatureLevel.BaselineB, result.Level);
        Assert.Null(result.Signers[0].BestSignatureTime);
        Assert.Equal(SignaturesErrorCodes.TspImprintMismatch, Assert.Single(result.Signers[0].Timestamps).Error!.Code);
    }

    [Fact]
    public void Verify_TimestampThatIsNotValidWhereOneIsAsked_IsRefused() =>
        AssertCode(SignaturesErrorCodes.LevelTooLow, VerificationOutcome.Refused, Verify(Stamped(t => t.Imprint = new byte[32]), AskingT));

    [Fact]
    public void Verify_TimestampWithoutEvidenceWhereOneIsAsked_IsUndetermined() =>
        AssertCode(SignaturesErrorCodes.LevelTooLow, VerificationOutcome.Undetermined, Verify(Stamped(), AskingT, SignatureScene.EvidenceOf(SignatureScene.Crl)));

    [Fact]
    public void Verify_CertificateExpiredAfterTheTimestamp_IsAccepted()
    {
        var signer = SignatureScene.Issue("Expired since", TestKeyKind.P256, b => b.Valid(SignatureScene.Now.AddYears(-2), SignatureScene.Now.AddMinutes(-10)));

        Assert.True(Verify(Stamped(signer)).IsAccepted);
        AssertCode(PkiErrorCodes.Expired, VerificationOutcome.Refused, Verify(TestCms.By(signer)));
        AssertCode(PkiErrorCodes.Expired, VerificationOutcome.Refused, Verify(Stamped(signer), SignatureScene.Policy with { Time = SignatureTimeRule.VerificationTime }));
    }

    [Fact]
    public void Verify_CertificateExpiredAndTheTimestampLacksEvidence_IsUndetermined()
    {
        // With the service's CRL this is accepted (above), so without it nothing is shown to be wrong.
        var signer = SignatureScene.Issue("Expired since", TestKeyKind.P256, b => b.Valid(SignatureScene.Now.AddYears(-2), SignatureScene.Now.AddMinutes(-10)));
        var evidence = SignatureScene.EvidenceOf(SignatureScene.Crl);

        AssertCode(PkiErrorCodes.Expired, VerificationOutcome.Undetermined, Verify(Stamped(signer), evidence: evidence));
        AssertCode(PkiErrorCodes.Expired, VerificationOutcome.Refused, Verify(Stamped(signer), SignatureScene.Policy with { Timestamps = null }, evidence));
        AssertCode(PkiErrorCodes.Expired, VerificationOutcome.Refused, Verify(Stamped(signer, t => t.Imprint = new byte[32]), evidence: evidence));
    }

    [Fact]
    public void Verify_AlgorithmEndedAndTheTimestampLacksEvidence_IsUndetermined()
    {
        var policy = SignatureScene.Policy with { Algorithms = AlgorithmPolicy.Default.Allow(SignatureUse.DocumentSignature, SignatureAlgorithm.EcdsaP256Der, until: SignatureScene.Now) };

        AssertCode(SignaturesErrorCodes.AlgorithmNotAllowed, VerificationOutcome.Undetermined, Verify(Stamped(), policy, SignatureScene.EvidenceOf(SignatureScene.Crl)));
        Assert.True(Verify(Stamped(), policy).IsAccepted);
    }

    [Fact]
    public void Verify_MoreTimestampsThanTheLimit_IsRefused()
    {
        var cms = Stamped();
        var policy = SignatureScene.Policy with { CmsLimits = new() { MaxTimestamps = 1 } };
        Assert.True(Verify(cms, policy).IsAccepted);

        cms.Signers[0].Adding(ContentTimestamp(cms, SignatureScene.StampedAt));
        AssertCode(SignaturesErrorCodes.CmsTooLarge, VerificationOutcome.Refused, Verify(cms, policy));
    }

    [Fact]
    public void Verify_CertificateExpiredBeforeTheTimestamp_IsRefused()
    {
        var signer = SignatureScene.Issue("Expired before", TestKeyKind.P256, b => b.Valid(SignatureScene.Now.AddYears(-2), SignatureScene.StampedAt.AddSeconds(-1)));

        AssertCode(PkiErrorCodes.Expired, VerificationOutcome.Refused, Verify(Stamped(signer)));
    }

    [Fact]
    public void Verify_CertificateNotYetValidAtTheTimestamp_HasFailed()
    {
        var signer = SignatureScene.Issue("Too early", TestKeyKind.P256, b => b.Valid(SignatureScene.StampedAt.AddSeconds(1), SignatureScene.Now.AddYears(1)));

        var result = Verify(Stamped(signer));

        AssertCode(PkiErrorCodes.NotYetValid, VerificationOutcome.Refused, result);
        Assert.Equal("TOTAL-FAILED/NOT_YET_VALID", result.Indication.ToString());
    }

    [Fact]
    public void Verify_RevokedAfterTheTimestamp_IsAcceptedWherePolicyTakesLaterEvidence()
    {
        var (cms, policy, evidence) = Revoked(SignatureScene.StampedAt.AddMinutes(5));

        Assert.True(Verify(cms, policy, evidence).IsAccepted);
        AssertCode(PkiErrorCodes.Revoked, VerificationOutcome.Refused, Verify(cms, policy with { Time = SignatureTimeRule.VerificationTime }, evidence));
    }

    [Fact]
    public void Verify_KeyCompromisedAfterTheTimestamp_IsRefusedUnlessTheDateIsTakenAtItsWord()
    {
        var (cms, policy, evidence) = Revoked(SignatureScene.StampedAt.AddMinutes(5), reason: 1);

        AssertCode(PkiErrorCodes.Revoked, VerificationOutcome.Refused, Verify(cms, policy, evidence));
        var dated = policy with { Path = policy.Path with { Revocation = RevocationRequirement.Leaf with { CompromiseReachesBack = false } } };
        Assert.True(Verify(cms, dated, evidence).IsAccepted);
        AssertCode(PkiErrorCodes.Revoked, VerificationOutcome.Refused, Verify(cms, dated with { Time = SignatureTimeRule.VerificationTime }, evidence));
    }

    [Fact]
    public void Verify_RevokedAfterTheTimestampButOnlyEarlierEvidenceCounts_IsUndetermined()
    {
        var (cms, policy, evidence) = Revoked(SignatureScene.StampedAt.AddMinutes(5));

        var result = Verify(cms, policy with { Path = policy.Path with { AcceptLaterEvidence = false } }, evidence);

        AssertCode(PkiErrorCodes.RevocationUnknown, VerificationOutcome.Undetermined, result);
    }

    [Fact]
    public void Verify_RevokedBeforeTheTimestamp_IsRefused()
    {
        var (cms, policy, evidence) = Revoked(SignatureScene.StampedAt.AddMinutes(-5));

        var result = Verify(cms, policy, evidence);

        AssertCode(PkiErrorCodes.Revoked, VerificationOutcome.Refused, result);
        Assert.Equal("INDETERMINATE/REVOKED_NO_POE", result.Indication.ToString());
    }

    [Fact]
    public void Verify_RevokedBeforeWhatIsSignedWasThere_HasFailed()
    {
        // A content time-stamp after the revocation shows that the signature came after it.
        var (cms, policy, evidence) = Revoked(SignatureScene.StampedAt.AddMinutes(-5));
        cms.Signers[0].Adding(TestCmsSigner.Attribute(TestCmsSigner.ContentTimestamp, new TestTst(SignatureScene.Tsa) { Time = TestTst.Text(SignatureScene.StampedAt.AddMinutes(-1)) }.Write(cms.Content)));

        Assert.Equal("TOTAL-FAILED/REVOKED", Verify(cms, policy, evidence).Indication.ToString());
    }

    [Fact]
    public void Verify_ClaimedTimeAfterTheTimestamp_IsRefusedBeyondTheTolerance()
    {
        var cms = Stamped();
        cms.Signers[0].ClaimedTime = SignatureScene.StampedAt.AddMinutes(5);
        Assert.True(Verify(cms).IsAccepted);

        cms.Signers[0].ClaimedTime = SignatureScene.StampedAt.AddMinutes(5).AddSeconds(1);
        var result = Verify(cms);

        AssertCode(SignaturesErrorCodes.TimeOrder, VerificationOutcome.Refused, result);
        Assert.Equal("INDETERMINATE/TIMESTAMP_ORDER_FAILURE", result.Indication.ToString());
    }

    [Fact]
    public void Verify_ContentTimestampAfterTheSignatures_IsRefusedBeyondTheAccuracies()
    {
        var cms = Stamped();
        cms.Signers[0].Adding(ContentTimestamp(cms, SignatureScene.StampedAt.AddSeconds(2)));
        Assert.True(Verify(cms).IsAccepted);

        cms = Stamped();
        cms.Signers[0].Adding(ContentTimestamp(cms, SignatureScene.StampedAt.AddSeconds(3)));
        AssertCode(SignaturesErrorCodes.TimeOrder, VerificationOutcome.Refused, Verify(cms));
    }

    [Fact]
    public void Verify_EvidenceInTheDocument_IsBaselineLT()
    {
        var cms = Stamped();
        cms.Revocation.Add(SignatureScene.Crl);
        cms.Revocation.Add(SignatureScene.TsaCrl);

        var result = Verify(cms, evidence: ValidationEvidence.None);

        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal(SignatureLevel.BaselineLT, result.Level);
    }

    [Fact]
    public void Verify_EvidenceForTheTimestampOnlyOutside_IsBaselineT()
    {
        var cms = Stamped();
        cms.Revocation.Add(SignatureScene.Crl);

        var result = Verify(cms);

        Assert.Equal(SignatureLevel.BaselineT, result.Level);
        AssertCode(SignaturesErrorCodes.LevelTooLow, VerificationOutcome.Refused, Verify(cms, SignatureScene.Policy with { MinimumLevel = SignatureLevel.BaselineLT }));
    }

    private static SignaturePolicy AskingT => SignatureScene.Policy with { MinimumLevel = SignatureLevel.BaselineT };

    private static byte[] ContentTimestamp(TestCms cms, DateTimeOffset time) =>
        TestCmsSigner.Attribute(TestCmsSigner.ContentTimestamp, new TestTst(SignatureScene.Tsa) { Time = TestTst.Text(time) }.Write(cms.Content));

    private static TestCms Stamped(Action<TestTst>? change = null) => Stamped(SignatureScene.Signer, change);

    private static TestCms Stamped(TestCertificate signer, Action<TestTst>? change = null)
    {
        var cms = TestCms.By(signer);
        var tst = new TestTst(SignatureScene.Tsa);
        change?.Invoke(tst);
        cms.Signers[0].UnsignedFromSignature = tst.Attribute;
        return cms;
    }

    private static byte[] WriteWithBoth(TestCms cms, Func<byte[], byte[]> first, TestTst later)
    {
        byte[]? fixedSignature = null;
        cms.Signers[0].ChangeSignature = signature => fixedSignature ??= signature;
        cms.Signers[0].Unsigned.Clear();
        cms.Signers[0].UnsignedFromSignature = first;
        cms.Write();
        cms.Signers[0].Unsigned.Add(later.Attribute(fixedSignature!));
        return cms.Write();
    }

    private static (TestCms Cms, SignaturePolicy Policy, ValidationEvidence Evidence) Revoked(DateTimeOffset at, int reason = 4)
    {
        var authority = TestAuthority.CreateRoot(TestName.Common("Revoking root"));
        var signer = authority.Issue(TestName.Common("Revoked signer"));
        authority.Revoke(signer, reason, at);
        var policy = SignatureScene.Policy with { Anchors = [TrustAnchor.FromCertificate(SignatureScene.Read(authority.Certificate))] };
        return (Stamped(signer), policy, SignatureScene.EvidenceOf(authority.CreateCrl(b => b.ThisUpdate = SignatureScene.Now.AddMinutes(-1)), SignatureScene.TsaCrl));
    }
}
