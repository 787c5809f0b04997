using MedId.Core;
using MedId.Testing;

namespace MedId.Pki.Tests;

/// <summary>RFC 5280 §6.3.3: one CRL that proves a certificate good, then one change each.</summary>
public sealed class CrlCheckerTests
{
    private static readonly DateTimeOffset Now = RevocationWorld.Now;

    private readonly RevocationWorld _world = new();

    public static TheoryData<CrlFault> Faults => [.. Enum.GetValues<CrlFault>().Where(fault => TestFaultCodes.CodeOf(fault) is not null)];

    [Fact]
    public void Check_CertificateNotOnTheList_IsGood()
    {
        var decision = _world.Check(_world.Authority.CreateCrl());

        Assert.Equal((VerificationOutcome.Accepted, RevocationStatus.Good, RevocationReasons.All), (decision.Outcome, decision.Status, decision.ReasonsCovered));
        Assert.Equal(1, decision.CrlNumber);
        Assert.Equal(Now.AddHours(-1), decision.ThisUpdate);
        Assert.Equal(Now.AddDays(1), decision.NextUpdate);
        Assert.False(decision.UsedWeakAlgorithm);
    }

    [Fact]
    public void Check_CertificateOnTheList_IsAcceptedAsRevoked()
    {
        _world.Authority.Revoke(_world.Target, (int)CrlReason.AffiliationChanged);
        var decision = _world.Check(_world.Authority.CreateCrl());

        Assert.Equal((VerificationOutcome.Accepted, RevocationStatus.Revoked), (decision.Outcome, decision.Status));
        Assert.Equal((CrlReason.AffiliationChanged, Now.AddDays(-1)), (decision.Reason, decision.RevokedAt));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_Fault_IsUndeterminedWithItsCode(CrlFault fault)
    {
        // A fault that is about the kind of certificate is one for a certificate of the other kind.
        if (fault == CrlFault.OnlyUserCertificates)
        {
            _world.Target = _world.Authority.CreateSubordinate(TestName.Common("LAB sub CA")).Certificate;
        }

        var der = _world.Authority.CreateCrl(fault);
        var code = CertificateRevocationList.Parse(der) is { Succeeded: false } refused ? refused.Error.Code : CodeOf(_world.Check(der));
        Assert.Equal(TestFaultCodes.CodeOf(fault), code);

        static string? CodeOf(CrlDecision decision)
        {
            Assert.Equal((VerificationOutcome.Undetermined, RevocationStatus.Unknown), (decision.Outcome, decision.Status));
            return decision.Error?.Code;
        }
    }

    [Theory]
    [InlineData(CrlFault.UnknownCriticalExtension, PkiErrorCodes.CrlCriticalExtension)]
    [InlineData(CrlFault.UnknownCriticalEntryExtension, PkiErrorCodes.CrlCriticalExtension)]
    [InlineData(CrlFault.Sha1Signature, PkiErrorCodes.CrlAlgorithm)]
    [InlineData(CrlFault.TamperedSignature, PkiErrorCodes.CrlSignature)]
    [InlineData(CrlFault.OtherIssuer, PkiErrorCodes.CrlMissing)]
    [InlineData(CrlFault.DeltaWithoutBase, PkiErrorCodes.CrlMissing)]
    public void Check_ListThatCannotBeUsed_SaysWhy(CrlFault fault, string code) => Assert.Equal(code, _world.Check(_world.Authority.CreateCrl(fault)).Error?.Code);

    [Fact]
    public void Check_Sha1ByAnException_IsUsedAndSaidToBeWeak()
    {
        var policy = RevocationWorld.Policy with
        {
            Algorithms = MedId.Cryptography.AlgorithmPolicy.Default.DangerouslyAllowSha1(MedId.Cryptography.SignatureUse.RevocationList, Now.AddYears(1)),
        };
        var decision = _world.Check(policy, Now, _world.Authority.CreateCrl(CrlFault.Sha1Signature));
        Assert.Equal((RevocationStatus.Good, true), (decision.Status, decision.UsedWeakAlgorithm));
    }

    [Fact]
    public void Check_NoCrl_IsMissing() => Assert.Equal(PkiErrorCodes.CrlMissing, _world.Check().Error?.Code);

    [Theory]
    [InlineData(-3_600, null)]
    [InlineData(-3_601, PkiErrorCodes.CrlNotYetValid)]
    [InlineData(86_399, null)]
    [InlineData(86_400, PkiErrorCodes.CrlStale)]
    public void Check_EdgesOfItsTime_AreExactToTheSecond(int seconds, string? code) =>
        Assert.Equal(code, _world.Check(RevocationWorld.Policy, Now.AddSeconds(seconds), _world.Authority.CreateCrl()).Error?.Code);

    [Theory]
    [InlineData(-3_660, null)]
    [InlineData(-3_661, PkiErrorCodes.CrlNotYetValid)]
    [InlineData(86_459, null)]
    [InlineData(86_460, PkiErrorCodes.CrlStale)]
    public void Check_ClockSkew_WidensBothEnds(int seconds, string? code)
    {
        var policy = RevocationWorld.Policy with { Revocation = RevocationRequirement.Leaf with { ClockSkew = TimeSpan.FromMinutes(1) } };
        Assert.Equal(code, _world.Check(policy, Now.AddSeconds(seconds), _world.Authority.CreateCrl()).Error?.Code);
    }

    [Theory]
    [InlineData(3_600, null)]
    [InlineData(3_599, PkiErrorCodes.CrlStale)]
    public void Check_MaxAge_CountsFromThisUpdate(int seconds, string? code)
    {
        var policy = RevocationWorld.Policy with { Revocation = RevocationRequirement.Leaf with { MaxAge = TimeSpan.FromSeconds(seconds) } };
        Assert.Equal(code, _world.Check(policy, Now, _world.Authority.CreateCrl()).Error?.Code);
    }

    [Theory]
    [InlineData(CrlReason.Superseded, null, RevocationStatus.Good)]
    [InlineData(CrlReason.Unspecified, null, RevocationStatus.Good)]
    [InlineData(CrlReason.KeyCompromise, null, RevocationStatus.Revoked)]
    [InlineData(CrlReason.CaCompromise, null, RevocationStatus.Revoked)]
    [InlineData(CrlReason.Superseded, -1, RevocationStatus.Revoked)]
    [InlineData(CrlReason.Superseded, 1, RevocationStatus.Good)]
    public void Check_RevokedAfterTheReferenceTime_IsJudgedByReasonAndInvalidityDate(CrlReason reason, int? invalidSinceHours, RevocationStatus status)
    {
        // The reference time is a day before the revocation, the CRL is of today.
        var at = Now.AddDays(-2);
        var crl = _world.Authority.CreateCrl(builder => builder.Revoke(
            _world.Target.SerialNumber, Now.AddDays(-1), (int)reason, invalidSinceHours is { } hours ? [TestCrlExtensions.InvalidityDate(at.AddHours(hours))] : []));

        var later = _world.Check(RevocationWorld.Policy with { AcceptLaterEvidence = true }, at, crl);
        Assert.Equal((null, status), (later.Error?.Code, later.Status));
        Assert.Equal(PkiErrorCodes.CrlNotYetValid, _world.Check(RevocationWorld.Policy, at, crl).Error?.Code);
    }

    [Fact]
    public void Check_CrlFromAfterTheEndOfTheCertificate_ProvesNothing()
    {
        var world = new RevocationWorld(builder => builder.Valid(Now.AddYears(-2), Now.AddDays(-30)));
        var policy = RevocationWorld.Policy with { AcceptLaterEvidence = true };
        var at = Now.AddDays(-60);

        Assert.Equal(PkiErrorCodes.CrlExpiredCertificate, world.Check(policy, at, world.Authority.CreateCrl()).Error?.Code);
        Assert.Null(world.Check(policy, at, world.Authority.CreateCrl(builder => builder.With(ExpiredCertificates(Now.AddDays(-30))))).Error);
        Assert.Equal(PkiErrorCodes.CrlExpiredCertificate, world.Check(policy, at, world.Authority.CreateCrl(builder => builder.With(ExpiredCertificates(Now.AddDays(-29))))).Error?.Code);
    }

    [Fact]
    public void Check_TwoScopesOfReasons_AddUp()
    {
        byte[] OnlyReasons(params int[] reasons) => _world.Authority.CreateCrl(builder => builder.Within(new() { OnlySomeReasons = reasons }));

        var half = _world.Check(OnlyReasons(1, 2, 3, 4));
        Assert.Equal(PkiErrorCodes.CrlReasonsIncomplete, half.Error?.Code);
        Assert.Equal(RevocationReasons.KeyCompromise | RevocationReasons.CaCompromise | RevocationReasons.AffiliationChanged | RevocationReasons.Superseded, half.ReasonsCovered);
        Assert.Equal((null, RevocationReasons.All), (_world.Check(OnlyReasons(1, 2, 3, 4), OnlyReasons(5, 6, 7, 8)).Error?.Code, _world.Check(OnlyReasons(1, 2, 3, 4), OnlyReasons(4, 5, 6, 7, 8)).ReasonsCovered));
    }

    [Fact]
    public void Check_DirectoryNamePoint_IsFoundWhateverItsCaseAndStringType()
    {
        // As JPKI has it: the distribution point is a directory name, one CRL for each municipality.
        var point = TestName.Of(("C", "JP"), ("O", "LAB"), ("OU", "CRL Distribution Points"), ("OU", "Tokyo-to"), ("CN", "Chiyoda-ku CRLDP"));
        var same = TestName.Of(("C", "JP"), ("O", "LAB"), ("OU", "CRL  DISTRIBUTION points"), ("OU", "TOKYO-TO"), ("CN", "Chiyoda-ku CRLDP"));
        var other = TestName.Of(("C", "JP"), ("O", "LAB"), ("OU", "CRL Distribution Points"), ("OU", "Tokyo-to"), ("CN", "Minato-ku CRLDP"));
        var world = new RevocationWorld(builder => builder.With(TestExtensions.CrlDistributionPoints(TestDistributionPoint.At(point))));

        Assert.Null(world.Check(world.Authority.CreateCrl(builder => builder.Within(TestIssuingDistributionPoint.At(same)))).Error);
        Assert.Equal(PkiErrorCodes.CrlScope, world.Check(world.Authority.CreateCrl(builder => builder.Within(TestIssuingDistributionPoint.At(other)))).Error?.Code);
    }

    [Fact]
    public void Check_NameRelativeToTheIssuer_IsTheSameAsTheFullOne()
    {
        var step = TestName.Common("LAB part 1");
        var full = TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB CA"), ("CN", "LAB part 1"));
        var world = new RevocationWorld(builder => builder.With(TestExtensions.CrlDistributionPoints(new TestDistributionPoint { RelativeName = step })));

        Assert.Null(world.Check(world.Authority.CreateCrl(builder => builder.Within(TestIssuingDistributionPoint.At(full)))).Error);
        Assert.Null(world.Check(world.Authority.CreateCrl(builder => builder.Within(new() { RelativeName = step }))).Error);
        Assert.Equal(PkiErrorCodes.CrlScope, world.Check(world.Authority.CreateCrl(builder => builder.Within(new() { RelativeName = TestName.Common("LAB part 2") }))).Error?.Code);
    }

    [Fact]
    public void Check_ListForCaCertificates_IsRefusedForAnEndEntity()
    {
        // HPKI: SARL and RARL are for subordinate CAs and the root; the doctor's certificate is neither.
        var sarl = _world.Authority.CreateCrl(builder => builder.Within(new() { OnlyCaCertificates = true }));
        Assert.Equal(PkiErrorCodes.CrlScope, _world.Check(sarl).Error?.Code);

        _world.Target = _world.Authority.CreateSubordinate(TestName.Common("LAB sub CA")).Certificate;
        Assert.Null(_world.Check(sarl).Error);
    }

    [Fact]
    public void Check_Delta_BringsTheCompleteListUpToDate()
    {
        var complete = _world.Authority.CreateCrl();
        _world.Authority.Revoke(_world.Target, (int)CrlReason.Superseded);
        var delta = _world.Authority.CreateCrl(builder => builder.DeltaTo(1));

        Assert.Equal(RevocationStatus.Good, _world.Check(complete).Status);
        var both = _world.Check(complete, delta);
        Assert.Equal((RevocationStatus.Revoked, EvidenceSourceKind.DeltaCrl, 2), (both.Status, both.Source?.Kind, both.CrlNumber));
    }

    [Fact]
    public void Check_DeltaThatRemoves_MakesGoodAgain()
    {
        _world.Authority.Revoke(_world.Target, (int)CrlReason.CertificateHold);
        var complete = _world.Authority.CreateCrl();
        var delta = _world.Authority.CreateCrl(builder =>
        {
            builder.Entries.Clear();
            builder.DeltaTo(1).Revoke(_world.Target.SerialNumber, Now, (int)CrlReason.RemoveFromCrl);
        });

        Assert.Equal(RevocationStatus.Revoked, _world.Check(complete).Status);
        Assert.Equal(RevocationStatus.Good, _world.Check(complete, delta).Status);
    }

    [Theory]
    [InlineData(2, "later base")]
    [InlineData(1, "other scope")]
    [InlineData(1, "stale")]
    [InlineData(1, "other key")]
    public void Check_DeltaThatDoesNotFit_IsNotUsed(int baseNumber, string why)
    {
        var complete = _world.Authority.CreateCrl();
        _world.Authority.Revoke(_world.Target);
        var delta = _world.Authority.CreateCrl(builder =>
        {
            builder.DeltaTo(baseNumber);
            _ = why switch
            {
                "other scope" => builder.Within(new() { OnlyUserCertificates = true }),
                "stale" => Set(() => builder.NextUpdate = Now),
                "other key" => Set(() => builder.IssuerKey = TestKey.Create(TestKeyKind.P256)),
                _ => builder,
            };

            TestCrlBuilder Set(Action change)
            {
                change();
                return builder;
            }
        });

        Assert.Equal((RevocationStatus.Good, EvidenceSourceKind.Crl), (_world.Check(complete, delta).Status, _world.Check(complete, delta).Source?.Kind));
    }

    [Fact]
    public void Check_CurrentDeltaOnStaleCompleteList_IsCurrent()
    {
        var complete = _world.Authority.CreateCrl(builder => builder.NextUpdate = Now);
        var delta = _world.Authority.CreateCrl(builder => builder.DeltaTo(1));

        Assert.Equal(PkiErrorCodes.CrlStale, _world.Check(complete).Error?.Code);
        Assert.Null(_world.Check(complete, delta).Error);
    }

    [Fact]
    public void Check_IndirectList_IsReadWithItsStickyIssuer()
    {
        var signer = TestAuthority.CreateRoot(TestName.Common("LAB CRL issuer"));
        var other = TestName.Common("LAB other CA");
        var world = new RevocationWorld(builder => builder.With(TestExtensions.CrlDistributionPoints(
            new TestDistributionPoint { FullName = [TestGeneralName.Uri("http://lab.invalid/i.crl")], CrlIssuer = [TestGeneralName.Directory(signer.Name)] })));
        var strange = new byte[] { 0x11, 0x22 };

        CrlDecision Ask(Action<TestCrlBuilder> entries) => CrlChecker.Check(
            world.Certificate,
            [RevocationWorld.Crl(signer.CreateCrl(builder =>
            {
                builder.Within(TestIssuingDistributionPoint.At("http://lab.invalid/i.crl") with { Indirect = true });
                entries(builder);
            }))],
            [world.Issuer, RevocationWorld.Read(signer.Certificate)],
            null,
            RevocationWorld.Policy,
            Now);

        // The serial stands under another issuer, then under ours, then behind an entry of ours without an issuer of its own.
        Assert.Equal(RevocationStatus.Good, Ask(crl => crl.Revoke(strange, Now, 1, TestCrlExtensions.CertificateIssuer(other)).Revoke(world.Target.SerialNumber, Now, 1)).Status);
        Assert.Equal(RevocationStatus.Good, Ask(crl => crl.Revoke(world.Target.SerialNumber, Now, 1)).Status);
        Assert.Equal(RevocationStatus.Revoked, Ask(crl => crl.Revoke(world.Target.SerialNumber, Now, 1, TestCrlExtensions.CertificateIssuer(world.Authority.Name))).Status);
        Assert.Equal(
            RevocationStatus.Revoked,
            Ask(crl => crl.Revoke(strange, Now, 1, TestCrlExtensions.CertificateIssuer(world.Authority.Name)).Revoke(world.Target.SerialNumber, Now, 1)).Status);
    }

    [Fact]
    public void Check_OtherKeyOfTheCa_CountsWithAPathFromTheSameAnchor()
    {
        var root = TestAuthority.CreateRoot(TestName.Common("LAB root"));
        var old = root.CreateSubordinate(TestName.Common("LAB CA"));
        var target = RevocationWorld.Read(old.Issue(TestName.Common("LAB holder")));
        var next = old.NextGeneration(TestKey.Create(TestKeyKind.P256));
        var stranger = TestAuthority.CreateRoot(TestName.Common("LAB CA"));
        var crl = RevocationWorld.Crl(next.CreateCrl());

        CrlDecision Ask(CertificateRevocationList list, params TestCertificate[] issuers) => CrlChecker.Check(
            target, [list], [.. issuers.Select(RevocationWorld.Read)], [TrustAnchor.FromCertificate(RevocationWorld.Read(root.Certificate))], RevocationWorld.Policy, Now);

        Assert.Equal(RevocationStatus.Good, Ask(crl, old.Certificate, next.Certificate).Status);
        Assert.Equal(PkiErrorCodes.CrlSignature, Ask(crl, old.Certificate).Error?.Code);
        Assert.Equal(
            PkiErrorCodes.CrlIssuerNotAuthorised,
            Ask(RevocationWorld.Crl(stranger.CreateCrl()), old.Certificate, stranger.Certificate).Error?.Code);
    }

    [Fact]
    public void Check_IssuerWithoutCrlSign_IsNotAuthorised()
    {
        var root = TestAuthority.CreateRoot(
            TestName.Common("LAB CA"), profile: builder => builder.With(TestExtensions.KeyUsage(System.Security.Cryptography.X509Certificates.X509KeyUsageFlags.KeyCertSign)));
        var target = RevocationWorld.Read(root.Issue(TestName.Common("LAB holder")));
        var decision = CrlChecker.Check(target, [RevocationWorld.Crl(root.CreateCrl())], [RevocationWorld.Read(root.Certificate)], null, RevocationWorld.Policy, Now);

        Assert.Equal(PkiErrorCodes.CrlIssuerNotAuthorised, decision.Error?.Code);
    }

    private static TestExtension ExpiredCertificates(DateTimeOffset since) => new("2.5.29.60", Critical: false, TestDer.GeneralizedTime(since));
}
