using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>One valid token, then one change each.</summary>
public sealed class TimestampVerifierTests
{
    private static readonly byte[] Stamped = "a signature's octets"u8.ToArray();

    [Fact]
    public void Verify_Token_IsAcceptedWithTimeAndService()
    {
        var report = Verify(Valid());

        Assert.Equal(VerificationOutcome.Accepted, report.Outcome);
        Assert.Null(report.Error);
        Assert.Equal(SignatureScene.StampedAt, report.Time);
        Assert.Equal("test", report.Service!.Label);
        Assert.Equal(SignatureScene.Tsa.Der, report.Certificate!.RawData.ToArray());
        Assert.True(report.Path!.IsAccepted);
        Assert.Equal(SignatureScene.TsaPolicy, report.Token!.Info.PolicyOid);
        Assert.Equal(TimeSpan.FromSeconds(1), report.Token.Info.Accuracy!.Span);
        Assert.All(report.Steps, s => Assert.Equal(VerificationOutcome.Accepted, s.Result));
    }

    [Fact]
    public void Verify_EveryFieldStated_IsRead()
    {
        var tst = Valid();
        tst.Time = "20260331233000.123Z";
        tst.Accuracy = TestDer.Sequence(TestDer.Integer(0), TestDer.ContextPrimitive(0, [0x01]), TestDer.ContextPrimitive(1, [0x03, 0xE7]));
        tst.Ordering = TestDer.Boolean(true);
        tst.Nonce = TestDer.Integer(42);
        tst.Extensions = TestDer.Context(1, TestDer.Sequence(TestDer.Oid("2.999.1"), TestDer.OctetString(TestDer.Null)));

        var info = Verify(tst).Token!.Info;

        Assert.Equal(SignatureScene.StampedAt.AddMilliseconds(123), info.Time);
        Assert.Equal(TimeSpan.FromMicroseconds(1999), info.Accuracy!.Span);
        Assert.True(info.Ordering);
        Assert.Equal([42], info.Nonce!.Value.ToArray());
        Assert.Equal(VerificationOutcome.Accepted, Verify(tst).Outcome);
    }

    public static TheoryData<string> Malformed => ["version", "policy", "imprint", "time", "fraction", "zone", "accuracy", "millis", "micros", "ordering", "nonce", "extensions", "tail", "name", "order"];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Verify_InfoThatIsNotTheStructure_IsRefused(string what)
    {
        var tst = Valid();
        switch (what)
        {
            case "version": tst.Version = TestDer.Integer(2); break;
            case "policy": tst.Around = cms => cms.Content = TestDer.Sequence(TestDer.Integer(1)); break;
            case "imprint": tst.Imprint = [1, 2, 3]; break;
            case "time": tst.Time = "202604010000Z"; break;
            case "fraction": tst.Time = "20260401000000.50Z"; break;
            case "zone": tst.Time = "20260401090000+0900"; break;
            case "accuracy": tst.Accuracy = TestDer.Sequence(TestDer.Integer(-1)); break;
            case "millis": tst.Accuracy = TestDer.Sequence(TestDer.ContextPrimitive(0, [0x03, 0xE8])); break;
            case "micros": tst.Accuracy = TestDer.Sequence(TestDer.ContextPrimitive(1, [0])); break;
            case "ordering": tst.Ordering = TestDer.Boolean(false); break;
            case "nonce": tst.Nonce = TestDer.IntegerContent(new byte[100]); break;
            case "extensions": tst.Extensions = TestDer.Context(1); break;
            case "tail": tst.Tail = TestDer.Null; break;
            case "name": tst.Authority = TestDer.Context(0, TestDer.Context(4, TestDer.Null)); break;
            default: (tst.Accuracy, tst.Ordering) = (TestDer.Boolean(true), TestDer.Sequence(TestDer.Integer(1))); break;
        }

        AssertCode(SignaturesErrorCodes.TspMalformed, Verify(tst));
    }

    [Fact]
    public void Verify_NotAToken_IsRefused()
    {
        AssertCode(SignaturesErrorCodes.CmsMalformed, TimestampVerifier.Verify("no token"u8.ToArray(), TimestampKind.Signature, Stamped, SignatureScene.TimestampPolicy, SignatureScene.Evidence, SignatureScene.Now));
        var tst = Valid();
        tst.Around = cms => cms.ContentType = TestCms.Data;
        AssertCode(SignaturesErrorCodes.TspMalformed, Verify(tst));
    }

    [Fact]
    public void Verify_TwoSigners_IsRefused()
    {
        var tst = Valid();
        tst.Around = cms => cms.Signers.Add(new(SignatureScene.Tsa));

        AssertCode(SignaturesErrorCodes.TspNotOneSigner, Verify(tst));
    }

    [Fact]
    public void Verify_OverSomethingElse_IsRefused()
    {
        var tst = Valid();
        tst.Imprint = SHA256.HashData("something else"u8);

        AssertCode(SignaturesErrorCodes.TspImprintMismatch, Verify(tst));
    }

    [Fact]
    public void Verify_ImprintByAnUnknownHash_IsRefused()
    {
        var tst = Valid();
        tst.ImprintAlgorithm = TestDer.Sequence(TestDer.Oid("2.999.2"));

        AssertCode(SignaturesErrorCodes.TspImprintAlgorithm, Verify(tst));
    }

    [Fact]
    public void Verify_ImprintBySha1_IsRefusedUnlessAllowedByName()
    {
        var tst = Valid();
        tst.Hash = HashAlgorithmName.SHA1;

        AssertCode(SignaturesErrorCodes.TspImprintAlgorithm, Verify(tst));
        var old = SignatureScene.TimestampPolicy with { Algorithms = AlgorithmPolicy.Default.DangerouslyAllowSha1(SignatureUse.Timestamp, SignatureScene.Now.AddDays(1)) };
        Assert.Equal(VerificationOutcome.Accepted, Verify(tst, old).Outcome);
    }

    [Fact]
    public void Verify_AlgorithmThatEndedSince_IsRefusedAlthoughItWasGoodAtGenTime()
    {
        // genTime is the token's own word: whoever breaks the algorithm writes an earlier one.
        var policy = SignatureScene.TimestampPolicy with { Algorithms = AlgorithmPolicy.Default.Allow(SignatureUse.Timestamp, SignatureAlgorithm.EcdsaP256Der, until: SignatureScene.Now) };

        AssertCode(SignaturesErrorCodes.AlgorithmNotAllowed, Verify(Valid(), policy));
    }

    [Fact]
    public void Verify_CriticalExtension_IsRefused()
    {
        var tst = Valid();
        tst.Extensions = TestDer.Context(1, TestDer.Sequence(TestDer.Oid("2.999.1"), TestDer.Boolean(true), TestDer.OctetString(TestDer.Null)));

        AssertCode(SignaturesErrorCodes.TspCriticalExtension, Verify(tst));
    }

    [Fact]
    public void Verify_GenTimeAfterTheTimeOfVerification_IsRefusedBeyondTheSkew()
    {
        var tst = Valid();
        tst.Time = TestTst.Text(SignatureScene.Now.AddSeconds(2));

        AssertCode(SignaturesErrorCodes.TspInFuture, Verify(tst));
        AssertCode(SignaturesErrorCodes.TspInFuture, Verify(tst, SignatureScene.TimestampPolicy with { ClockSkew = TimeSpan.FromSeconds(1) }));
        Assert.Equal(VerificationOutcome.Accepted, Verify(tst, SignatureScene.TimestampPolicy with { ClockSkew = TimeSpan.FromSeconds(2) }).Outcome);
    }

    [Fact]
    public void Verify_CertificateWithoutTheKeyUsage_IsRefused() =>
        AssertCode(SignaturesErrorCodes.TspExtendedKeyUsage, Verify(new(SignatureScene.IssueTsa("No purpose", b => b.Without("2.5.29.37")))));

    [Fact]
    public void Verify_KeyUsageNotCritical_IsRefused() =>
        AssertCode(SignaturesErrorCodes.TspExtendedKeyUsage, Verify(new(SignatureScene.IssueTsa("Not critical", b => b.MarkCritical("2.5.29.37", critical: false)))));

    [Fact]
    public void Verify_KeyUsageWithASecondPurpose_IsRefused() =>
        AssertCode(SignaturesErrorCodes.TspExtendedKeyUsage, Verify(new(SignatureScene.IssueTsa("Two purposes", b => b.With(TestExtensions.ExtendedKeyUsage(SignatureScene.TimeStamping, "1.3.6.1.5.5.7.3.4")).MarkCritical("2.5.29.37", critical: true)))));

    [Fact]
    public void Verify_CertificateNotNamed_IsRefused()
    {
        var tst = Valid();
        tst.Around = cms => cms.Signers[0].With(TestCmsSigner.SigningCertificateV2, null);

        AssertCode(SignaturesErrorCodes.SigningCertificateNotNamed, Verify(tst));
    }

    [Fact]
    public void Verify_CertificateNamedBySha1_IsRefusedUnlessAllowedByName()
    {
        var tst = Valid();
        tst.Around = cms => cms.Signers[0].With(TestCmsSigner.SigningCertificateV2, null).With(TestCmsSigner.SigningCertificate, TestCmsSigner.EssV1(SignatureScene.Tsa));

        AssertCode(SignaturesErrorCodes.SigningCertificateNotNamed, Verify(tst));
        Assert.Equal(VerificationOutcome.Accepted, Verify(tst, SignatureScene.TimestampPolicy with { AcceptSha1SigningCertificate = true }).Outcome);
    }

    [Fact]
    public void Verify_AnotherAuthoritysName_IsRefused()
    {
        var tst = Valid();
        tst.Authority = TestDer.Context(0, TestDer.Context(4, TestName.Common("Somebody else").Der));
        AssertCode(SignaturesErrorCodes.TspAuthorityName, Verify(tst));

        tst.Authority = TestDer.Context(0, TestGeneralName.Uri("https://tsa.example").Der.ToArray());
        AssertCode(SignaturesErrorCodes.TspAuthorityName, Verify(tst));

        tst.Authority = [];
        Assert.Equal(VerificationOutcome.Accepted, Verify(tst).Outcome);
    }

    [Fact]
    public void Verify_SignatureChanged_IsRefused()
    {
        var tst = Valid();
        tst.Around = cms => cms.Signers[0].Key = SignatureScene.Signer.Key;

        AssertCode(SignaturesErrorCodes.CmsSignatureInvalid, Verify(tst));
    }

    [Fact]
    public void Verify_NoPolicy_ProvesNothing()
    {
        var report = TimestampVerifier.Verify(Valid().Write(Stamped), TimestampKind.Signature, Stamped, null, SignatureScene.Evidence, SignatureScene.Now);

        AssertCode(SignaturesErrorCodes.TspServiceNotTrusted, report, VerificationOutcome.Undetermined);
        Assert.Equal(SignatureScene.StampedAt, report.Time);
    }

    [Fact]
    public void Verify_AnotherPolicyThanTheService_IsRefused()
    {
        var tst = Valid();
        tst.Policy = "2.999.3161.2";

        AssertCode(SignaturesErrorCodes.TspServiceNotTrusted, Verify(tst));
        Assert.Equal(VerificationOutcome.Accepted, Verify(tst, With(s => s with { PolicyOid = null })).Outcome);
    }

    [Fact]
    public void Verify_OutsideTheServicesTime_IsRefusedToTheSecond()
    {
        var at = SignatureScene.StampedAt;

        Assert.Equal(VerificationOutcome.Accepted, Verify(Valid(), With(s => s with { From = at })).Outcome);
        AssertCode(SignaturesErrorCodes.TspServiceNotTrusted, Verify(Valid(), With(s => s with { From = at.AddSeconds(1) })));
        Assert.Equal(VerificationOutcome.Accepted, Verify(Valid(), With(s => s with { Until = at.AddSeconds(1) })).Outcome);
        AssertCode(SignaturesErrorCodes.TspServiceNotTrusted, Verify(Valid(), With(s => s with { Until = at })));
    }

    [Fact]
    public void Verify_UnderAnotherRoot_IsRefused() =>
        AssertCode(PkiErrorCodes.NoPath, Verify(Valid(), With(s => s with { Anchor = SignatureScene.Anchor })));

    [Fact]
    public void Verify_TwoServicesOfOneRoot_NamesTheOneWhoseTimeItIs()
    {
        var old = new TimestampService { Label = "old", Anchor = SignatureScene.TsaAnchor, Until = SignatureScene.StampedAt };
        var policy = SignatureScene.TimestampPolicy with { Services = [old, SignatureScene.TimestampPolicy.Services[0]] };

        Assert.Equal("test", Verify(Valid(), policy).Service!.Label);
    }

    [Fact]
    public void Verify_CertificateNotValidAtGenTime_IsRefused()
    {
        var expired = SignatureScene.IssueTsa("Expired", b => b.Valid(SignatureScene.Now.AddYears(-2), SignatureScene.StampedAt.AddSeconds(-1)));
        var ended = SignatureScene.IssueTsa("Ended since", b => b.Valid(SignatureScene.Now.AddYears(-2), SignatureScene.StampedAt));

        AssertCode(PkiErrorCodes.Expired, Verify(new(expired)));
        Assert.Equal(VerificationOutcome.Accepted, Verify(new(ended)).Outcome);
    }

    [Fact]
    public void Verify_NoRevocationEvidence_IsUndetermined() =>
        AssertCode(PkiErrorCodes.RevocationUnknown, Verify(Valid(), evidence: ValidationEvidence.None), VerificationOutcome.Undetermined);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Verify_ServiceRevokedLaterForAHarmlessReason_StaysGood(int reason) => Assert.Equal(VerificationOutcome.Accepted, VerifyRevoked(reason, SignatureScene.StampedAt.AddMinutes(1)).Outcome);

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(null)]
    public void Verify_ServiceRevokedLaterForAnotherReasonOrNone_IsRefused(int? reason) => AssertCode(SignaturesErrorCodes.TspRevokedForAll, VerifyRevoked(reason, SignatureScene.StampedAt.AddMinutes(1)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Verify_ServiceRevokedLaterForItsKey_IsRefusedWhateverThePolicySays(int reason)
    {
        AssertCode(PkiErrorCodes.Revoked, VerifyRevoked(reason, SignatureScene.StampedAt.AddMinutes(1)));
        var dated = RevocationRequirement.Leaf with { CompromiseReachesBack = false };
        AssertCode(SignaturesErrorCodes.TspRevokedForAll, VerifyRevoked(reason, SignatureScene.StampedAt.AddMinutes(1), dated));
    }

    [Fact]
    public void Verify_ServiceRevokedBefore_IsRefused() => AssertCode(PkiErrorCodes.Revoked, VerifyRevoked(4, SignatureScene.StampedAt.AddMinutes(-1)));

    [Fact]
    public void Verify_AccuracyWorseThanAsked_IsRefused()
    {
        var tst = Valid();

        Assert.Equal(VerificationOutcome.Accepted, Verify(tst, SignatureScene.TimestampPolicy with { MaxAccuracy = TimeSpan.FromSeconds(1) }).Outcome);
        AssertCode(SignaturesErrorCodes.TspAccuracy, Verify(tst, SignatureScene.TimestampPolicy with { MaxAccuracy = TimeSpan.FromMilliseconds(999) }));
        tst.Accuracy = [];
        AssertCode(SignaturesErrorCodes.TspAccuracy, Verify(tst, SignatureScene.TimestampPolicy with { MaxAccuracy = TimeSpan.FromHours(1) }));
    }

    private static TestTst Valid() => new(SignatureScene.Tsa);

    private static TimestampPolicy With(Func<TimestampService, TimestampService> change) =>
        SignatureScene.TimestampPolicy with { Services = [change(SignatureScene.TimestampPolicy.Services[0])] };

    private static TimestampReport Verify(TestTst tst, TimestampPolicy? policy = null, ValidationEvidence? evidence = null) =>
        TimestampVerifier.Verify(tst.Write(Stamped), TimestampKind.Signature, Stamped, policy ?? SignatureScene.TimestampPolicy, evidence ?? SignatureScene.Evidence, SignatureScene.Now);

    private static TimestampReport VerifyRevoked(int? reason, DateTimeOffset at, RevocationRequirement? requirement = null)
    {
        var authority = TestAuthority.CreateRoot(TestName.Common("Revoking time-stamp root"));
        var service = authority.Issue(TestName.Common("Revoked service"), b => b.With(TestExtensions.ExtendedKeyUsage(SignatureScene.TimeStamping)).MarkCritical("2.5.29.37", critical: true));
        authority.Revoke(service, reason, at);
        var anchor = TrustAnchor.FromCertificate(SignatureScene.Read(authority.Certificate));
        var policy = With(s => s with { Anchor = anchor });
        return Verify(new(service), policy with { Path = policy.Path with { Revocation = requirement ?? policy.Path.Revocation } }, SignatureScene.EvidenceOf(authority.CreateCrl(b => b.ThisUpdate = SignatureScene.Now.AddMinutes(-1))));
    }

    private static void AssertCode(string code, TimestampReport report, VerificationOutcome outcome = VerificationOutcome.Refused)
    {
        Assert.Equal(code, report.Error?.Code);
        Assert.Equal(outcome, report.Outcome);
    }
}
