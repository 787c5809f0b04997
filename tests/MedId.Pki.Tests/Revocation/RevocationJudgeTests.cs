using MedId.Core;
using MedId.Testing;

namespace MedId.Pki.Tests;

/// <summary>Evidence of several kinds together, as a path asks for it: revoked beats good beats unknown; stale evidence can only refuse.</summary>
public sealed class RevocationJudgeTests
{
    private static readonly DateTimeOffset Now = RevocationWorld.Now;

    private readonly RevocationWorld _world = new();

    [Fact]
    public void Validate_GoodByBoth_NamesTheLater()
    {
        var decision = _world.Validate(new() { Crls = [Crl()], OcspResponses = [Ocsp()] });

        Assert.True(decision.IsAccepted);
        Assert.Equal((EvidenceSourceKind.Ocsp, Now.AddMinutes(-5)), (decision.Revocation[0].Source?.Kind, decision.Revocation[0].Source?.ThisUpdate));
    }

    [Fact]
    public void Validate_UnknownToTheResponderAndGoodByCrl_IsAccepted()
    {
        Assert.True(_world.Validate(new() { Crls = [Crl()], OcspResponses = [Ocsp(OcspFault.UnknownStatus)] }).IsAccepted);
        Assert.Equal(VerificationOutcome.Undetermined, _world.Validate(new() { OcspResponses = [Ocsp(OcspFault.UnknownStatus)] }).Outcome);
    }

    [Fact]
    public void Validate_GoodByOneAndRevokedByTheOther_IsRefused()
    {
        var (goodCrl, goodOcsp) = (Crl(), Ocsp());
        _world.Authority.Revoke(_world.Target, (int)CrlReason.Superseded);

        foreach (var evidence in new PathEvidence[] { new() { Crls = [goodCrl], OcspResponses = [Ocsp()] }, new() { Crls = [Crl()], OcspResponses = [goodOcsp] } })
        {
            var decision = _world.Validate(evidence);
            Assert.Equal((VerificationOutcome.Refused, PkiErrorCodes.Revoked, 0), (decision.Outcome, decision.Error?.Code, decision.RefusedCertificate));
            Assert.Equal((RevocationStatus.Revoked, CrlReason.Superseded), (decision.Revocation[0].Status, decision.Revocation[0].Reason));
        }
    }

    [Fact]
    public void Validate_RevocationNotRequired_StillRefusesTheRevoked()
    {
        var policy = RevocationWorld.Policy with { Revocation = RevocationRequirement.NotRequired };
        Assert.True(_world.Validate(PathEvidence.Empty, policy).IsAccepted);
        Assert.Equal(RevocationStatus.NotChecked, _world.Validate(PathEvidence.Empty, policy).Revocation[0].Status);

        _world.Authority.Revoke(_world.Target);
        Assert.Equal(VerificationOutcome.Refused, _world.Validate(new() { Crls = [Crl()] }, policy).Outcome);
        Assert.Equal(VerificationOutcome.Refused, _world.Validate(new() { OcspResponses = [Ocsp()] }, policy).Outcome);
    }

    [Fact]
    public void Validate_StaleEvidenceThatSaysRevokedForGood_IsRefused()
    {
        var later = Now.AddDays(30);
        _world.Authority.Revoke(_world.Target, (int)CrlReason.CessationOfOperation);

        Assert.Equal(VerificationOutcome.Refused, _world.Validate(new() { Crls = [Crl()] }, at: later).Outcome);
        Assert.Equal(VerificationOutcome.Refused, _world.Validate(new() { OcspResponses = [Ocsp()] }, at: later).Outcome);
    }

    [Fact]
    public void Validate_StaleEvidenceOfAHold_LeavesItOpen()
    {
        var later = Now.AddDays(30);
        _world.Authority.Revoke(_world.Target, (int)CrlReason.CertificateHold);

        Assert.Equal(VerificationOutcome.Undetermined, _world.Validate(new() { Crls = [Crl()] }, at: later).Outcome);
        Assert.Equal(VerificationOutcome.Undetermined, _world.Validate(new() { OcspResponses = [Ocsp()] }, at: later).Outcome);
    }

    [Fact]
    public void Validate_StaleEvidenceThatSaysGood_LeavesItOpen()
    {
        var decision = _world.Validate(new() { Crls = [Crl()], OcspResponses = [Ocsp()] }, at: Now.AddDays(30));
        Assert.Equal((VerificationOutcome.Undetermined, PkiErrorCodes.OcspStale), (decision.Outcome, decision.Revocation[0].Why?.Code));
    }

    [Fact]
    public void Validate_ForgedEvidenceThatSaysRevoked_DecidesNothing()
    {
        var stranger = TestAuthority.CreateRoot(_world.Authority.Name);
        var forged = new PathEvidence
        {
            Crls = [RevocationWorld.Crl(stranger.CreateCrl(builder => builder.Revoke(_world.Target.SerialNumber, Now.AddDays(-1), 1)))],
            OcspResponses = [RevocationWorld.Ocsp(new TestOcspResponder(_world.Authority, stranger.Certificate).RespondFor(_world.Target, OcspFault.GoodAndRevoked))],
        };

        Assert.Equal(VerificationOutcome.Undetermined, _world.Validate(forged).Outcome);
        Assert.True(_world.Validate(forged with { Crls = [.. forged.Crls, Crl()] }).IsAccepted);
    }

    [Theory]
    [InlineData(false, VerificationOutcome.Undetermined)]
    [InlineData(true, VerificationOutcome.Accepted)]
    public void Validate_SignatureOfThePastByEvidenceOfToday_NeedsThePolicy(bool acceptLater, VerificationOutcome outcome)
    {
        _world.Authority.Revoke(_world.Target, (int)CrlReason.Superseded, Now.AddDays(-1));
        var policy = RevocationWorld.Policy with { AcceptLaterEvidence = acceptLater };

        Assert.Equal(outcome, _world.Validate(new() { Crls = [Crl()] }, policy, Now.AddDays(-7)).Outcome);
        Assert.Equal(outcome, _world.Validate(new() { OcspResponses = [Ocsp()] }, policy, Now.AddDays(-7)).Outcome);
    }

    private CertificateRevocationList Crl() => RevocationWorld.Crl(_world.Authority.CreateCrl());

    private OcspResponse Ocsp(OcspFault fault = OcspFault.None) => RevocationWorld.Ocsp(new TestOcspResponder(_world.Authority).RespondFor(_world.Target, fault));
}
