using MedId.Core;
using MedId.Testing;

namespace MedId.Pki.Tests.Paths;

/// <summary>RFC 5280 §6.1.3 (a)(3) over a whole path: one question for each certificate, refused before undetermined before accepted.</summary>
public sealed class PathRevocationTests
{
    private static readonly DateTimeOffset Now = PathWorld.Now;

    [Fact]
    public void Validate_EveryCertificateProvenGood_IsAcceptedWithItsEvidence()
    {
        var world = new PathWorld();
        var (ofTheRoot, ofTheAuthority) = (world.Root.CreateCrl(), world.Authority.CreateCrl());
        var decision = Validate(world, RevocationRequirement.Chain, ofTheRoot, ofTheAuthority);
        Assert.True(decision.IsAccepted);
        Assert.Equal([RevocationStatus.Good, RevocationStatus.Good], decision.Revocation.Select(f => f.Status));
        Assert.Equal(decision.Path, decision.Revocation.Select(f => f.Certificate));
        Assert.Equal([Sha256(ofTheAuthority), Sha256(ofTheRoot)], decision.Revocation.Select(f => f.Source!.Sha256));
        Assert.All(decision.Revocation, f => Assert.Equal(EvidenceSourceKind.Crl, f.Source!.Kind));
    }

    [Theory]
    [InlineData(RevocationScope.None)]
    [InlineData(RevocationScope.Leaf)]
    [InlineData(RevocationScope.Chain)]
    public void Validate_RevokedTarget_IsRefusedWhateverIsRequired(RevocationScope scope)
    {
        var world = new PathWorld();
        world.Authority.Revoke(world.Target, reason: 4, Now.AddDays(-2));
        var decision = Validate(world, Requirement(scope), world.Root.CreateCrl(), world.Authority.CreateCrl());
        Assert.Equal(VerificationOutcome.Refused, decision.Outcome);
        Assert.Equal(PkiErrorCodes.Revoked, decision.Error!.Code);
        Assert.Equal(0, decision.RefusedCertificate);
        Assert.Equal(CrlReason.Superseded, decision.Revocation[0].Reason);
        Assert.Equal(Now.AddDays(-2), decision.Revocation[0].RevokedAt);
    }

    [Fact]
    public void Validate_RevokedCa_IsRefusedForTheCa()
    {
        var world = new PathWorld();
        world.Root.Revoke(world.Authority.Certificate);
        var decision = Validate(world, RevocationRequirement.NotRequired, world.Root.CreateCrl());
        Assert.Equal(PkiErrorCodes.Revoked, decision.Error!.Code);
        Assert.Equal(1, decision.RefusedCertificate);
    }

    [Theory]
    [InlineData(RevocationScope.None, null)]
    [InlineData(RevocationScope.Leaf, 0)]
    [InlineData(RevocationScope.Chain, 0)]
    public void Validate_NothingKnownOfTheTarget_IsUndeterminedWhereItIsRequired(RevocationScope scope, int? certificate)
    {
        var world = new PathWorld();
        var decision = Validate(world, Requirement(scope), world.Root.CreateCrl());
        Assert.Equal(certificate is null ? VerificationOutcome.Accepted : VerificationOutcome.Undetermined, decision.Outcome);
        Assert.Equal(certificate is null ? null : PkiErrorCodes.RevocationUnknown, decision.Error?.Code);
        Assert.Equal(certificate, decision.RefusedCertificate);
        Assert.Equal(RevocationStatus.Unknown, decision.Revocation[0].Status);
        Assert.NotNull(decision.Revocation[0].Why);
    }

    [Fact]
    public void Validate_NothingKnownOfTheCa_IsUndeterminedForTheChainOnly()
    {
        var world = new PathWorld();
        Assert.True(Validate(world, RevocationRequirement.Leaf, world.Authority.CreateCrl()).IsAccepted);
        Assert.Equal(1, Validate(world, RevocationRequirement.Chain, world.Authority.CreateCrl()).RefusedCertificate);
    }

    // Nothing is known of the CA, and the target is revoked: that is a refusal, not a question.
    [Fact]
    public void Validate_UnknownCaAndRevokedTarget_IsRefused()
    {
        var world = new PathWorld();
        world.Authority.Revoke(world.Target);
        var decision = Validate(world, RevocationRequirement.Chain, world.Authority.CreateCrl());
        Assert.Equal(VerificationOutcome.Refused, decision.Outcome);
        Assert.Equal(PkiErrorCodes.Revoked, decision.Error!.Code);
        Assert.Equal(0, decision.RefusedCertificate);
    }

    [Fact]
    public void Validate_StaleEvidence_ProvesNothing()
    {
        var world = new PathWorld();
        var decision = Validate(world, RevocationRequirement.Leaf, world.Authority.CreateCrl(CrlFault.Stale));
        Assert.Equal(VerificationOutcome.Undetermined, decision.Outcome);
        Assert.Equal(PkiErrorCodes.CrlStale, decision.Revocation[0].Why!.Code);
        Assert.Contains("crl.stale", decision.Error!.Detail, StringComparison.Ordinal);
    }

    // A path that breaks is not asked about.
    [Fact]
    public void Validate_BrokenPath_HasNoFindings()
    {
        var world = new PathWorld(target: b => b.Valid(Now.AddYears(-2), Now.AddYears(-1)));
        Assert.Empty(Validate(world, RevocationRequirement.Chain, world.Root.CreateCrl(), world.Authority.CreateCrl()).Revocation);
    }

    // Of two ways, one of them revoked, the other is taken; with no other, the revocation is what is told.
    [Fact]
    public void Validate_OneOfTwoWaysRevoked_TheOtherIsTaken()
    {
        var world = new PathWorld();
        var other = TestAuthority.CreateRoot(TestName.Common("Other root"), new() { Now = Now });
        var cross = world.Authority.CrossCertifiedBy(other);
        other.Revoke(cross);
        var evidence = new PathEvidence
        {
            Certificates = [PathWorld.Read(cross), PathWorld.Read(world.Authority.Certificate)],
            Crls = [Read(other.CreateCrl()), Read(world.Root.CreateCrl()), Read(world.Authority.CreateCrl())],
        };
        var policy = PathWorld.Policy with { Revocation = RevocationRequirement.Chain };
        var decision = PathValidator.Validate(PathWorld.Read(world.Target), [PathWorld.AnchorOf(other), world.Anchor], evidence, policy, Now);
        Assert.True(decision.IsAccepted);
        Assert.Equal(PkiErrorCodes.Revoked, PathValidator.Validate(PathWorld.Read(world.Target), [PathWorld.AnchorOf(other)], evidence, policy, Now).Error!.Code);
    }

    [Fact]
    public void Validate_Explain_TellsTheQuestionOfEveryCertificate()
    {
        var world = new PathWorld();
        var policy = PathWorld.Policy with { Revocation = RevocationRequirement.Chain, Explain = true };
        var evidence = new PathEvidence { Certificates = [PathWorld.Read(world.Authority.Certificate)], Crls = [Read(world.Root.CreateCrl())] };
        var decision = PathValidator.Validate(PathWorld.Read(world.Target), [world.Anchor], evidence, policy, Now);
        Assert.Equal(
            [new PathStep("RFC 5280 §6.1.3 (a)(3)", "not revoked", 1, PathStepResult.Passed), new PathStep("RFC 5280 §6.1.3 (a)(3)", "not revoked", 0, PathStepResult.Undetermined)],
            decision.Steps.TakeLast(2));
    }

    private static PathDecision Validate(PathWorld world, RevocationRequirement requirement, params byte[][] crls) => PathValidator.Validate(
        PathWorld.Read(world.Target),
        [world.Anchor],
        new PathEvidence { Certificates = [PathWorld.Read(world.Authority.Certificate)], Crls = [.. crls.Select(Read)] },
        PathWorld.Policy with { Revocation = requirement },
        Now);

    private static RevocationRequirement Requirement(RevocationScope scope) => scope switch
    {
        RevocationScope.Chain => RevocationRequirement.Chain,
        RevocationScope.Leaf => RevocationRequirement.Leaf,
        _ => RevocationRequirement.NotRequired,
    };

    private static CertificateRevocationList Read(byte[] der) => CertificateRevocationList.Parse(der).Value!;

    private static string Sha256(byte[] der) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(der));
}
