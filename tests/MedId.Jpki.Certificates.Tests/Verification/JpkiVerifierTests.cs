using System.Text.Json;
using MedId.Core;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Jpki.Certificates.Tests.Verification;

public sealed class JpkiVerifierTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(JpkiCertificateKind.Sign)]
    [InlineData(JpkiCertificateKind.Authenticate)]
    public void Verify_ValidCertificate_IsAcceptedUnderItsStanding(JpkiCertificateKind kind)
    {
        var decision = _scene.Verify(Issue(kind), kind);

        Assert.Null(decision.Error);
        Assert.True(decision.IsAccepted);
        Assert.Equal((JpkiStanding.CertifiedVerifier, kind, JpkiCarrier.Card, JpkiHierarchy.Production), (decision.Standing, decision.Evidence.Kind, decision.Evidence.Carrier, decision.Evidence.Hierarchy));
        Assert.Equal(JpkiStanding.CertifiedVerifier, decision.Evidence.Standing);
        Assert.Equal((RevocationStatus.Good, JpkiAction.None), (decision.Revocation.Status, decision.Revocation.Action));
        Assert.Equal(kind == JpkiCertificateKind.Sign, decision.Evidence.BasicFour is not null);
    }

    [Fact]
    public void Verify_CrlOfTheMunicipality_IsAccepted()
    {
        var certificate = _scene.World.IssueSigning();

        Assert.True(_scene.Verify(certificate, evidence: _scene.Crl(certificate)).IsAccepted);
    }

    [Fact]
    public void Verify_CrlOfAnotherMunicipality_IsUndetermined()
    {
        var certificate = _scene.World.IssueSigning();
        var decision = _scene.Verify(certificate, evidence: _scene.Crl(certificate, JpkiPerson.Yamada with { Municipality = "Betsu-ku" }));

        Assert.Equal(VerificationOutcome.Undetermined, decision.Outcome);
        Assert.Equal(JpkiAction.AskAgain, decision.Revocation.Action);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Verify_EveryGenerationOfRoots_IsAccepted(int generation)
    {
        var certificate = _scene.World.IssueSigning(new() { Generation = generation });

        // The first generation ended before the world's instant: what was signed in its time is still judged for that time.
        var at = generation == 1 ? certificate.NotBefore.AddDays(1) : Scene.Now;
        var crl = _scene.Crl(certificate, profiles: b => (b.ThisUpdate, b.NextUpdate) = (at.AddHours(-1), at.AddDays(1)));
        var decision = _scene.Verify(certificate, evidence: crl, at: at);

        Assert.Null(decision.Error);
        Assert.Equal(generation == 4 ? MedId.Cryptography.KeyKind.P384 : MedId.Cryptography.KeyKind.Rsa, Scene.Read(certificate).ReadPublicKey().Value!.Kind);
    }

    [Fact]
    public void Verify_RootEnded_IsRefusedForToday() => Assert.False(_scene.Verify(_scene.World.IssueSigning(new() { Generation = 1 })).IsAccepted);

    [Fact]
    public void Verify_NoStanding_IsRefused()
    {
        var decision = _scene.Verify(_scene.World.IssueSigning(), policy: _scene.Policy(JpkiStanding.None));

        Assert.Equal((VerificationOutcome.Refused, JpkiErrorCodes.StandingMissing, JpkiStanding.None), (decision.Outcome, decision.Error!.Code, decision.Standing));
    }

    [Fact]
    public void Verify_ServiceProviderLocally_IsSentToItsPlatform()
    {
        var decision = _scene.Verify(_scene.World.IssueSigning(), policy: _scene.Policy(JpkiStanding.ServiceProvider));

        Assert.Equal((JpkiErrorCodes.StandingRequiresPlatform, JpkiStanding.ServiceProvider), (decision.Error!.Code, decision.Standing));
    }

    [Fact]
    public void Verify_StandingTableOfTheDeployment_Decides()
    {
        var policy = _scene.Policy(JpkiStanding.ServiceProvider);
        var rule = policy.Standings.Find(JpkiStanding.ServiceProvider)! with { MayVerifyLocally = true };

        Assert.True(_scene.Verify(_scene.World.IssueSigning(), policy: policy with { Standings = policy.Standings.With(rule) }).IsAccepted);
    }

    [Theory]
    [InlineData(JpkiCertificateKind.Sign)]
    [InlineData(JpkiCertificateKind.Authenticate)]
    public void Verify_CertificateOfTheOtherKind_IsRefused(JpkiCertificateKind kind) => Assert.Equal(
        JpkiErrorCodes.UseMismatch,
        _scene.Verify(Issue(kind), kind == JpkiCertificateKind.Sign ? JpkiCertificateKind.Authenticate : JpkiCertificateKind.Sign).Error?.Code);

    public static TheoryData<JpkiFault, string> Faults { get; } = new()
    {
        { JpkiFault.PolicyOfOtherKind, JpkiErrorCodes.PolicyNotAccepted },
        { JpkiFault.TestPolicy, JpkiErrorCodes.PolicyNotAccepted },
        { JpkiFault.UnknownPolicy, JpkiErrorCodes.PolicyNotAccepted },
        { JpkiFault.NoPolicy, JpkiErrorCodes.PolicyNotAccepted },
        { JpkiFault.KeyUsageOfOtherKind, JpkiErrorCodes.KeyUsage },
        { JpkiFault.NoKeyUsage, JpkiErrorCodes.KeyUsage },
        { JpkiFault.KeyUsageTooWide, JpkiErrorCodes.KeyUsage },
        { JpkiFault.CertificateOfAuthority, JpkiErrorCodes.KeyUsage },
        { JpkiFault.NoName, JpkiErrorCodes.AttributeMissing },
        { JpkiFault.NoAddress, JpkiErrorCodes.AttributeMissing },
        { JpkiFault.NoBirthDate, JpkiErrorCodes.AttributeMissing },
        { JpkiFault.NoSex, JpkiErrorCodes.AttributeMissing },
        { JpkiFault.NoAttributes, JpkiErrorCodes.AttributeMissing },
        { JpkiFault.DuplicateName, JpkiErrorCodes.AttributeDuplicate },
        { JpkiFault.EmptyName, JpkiErrorCodes.AttributeMalformed },
        { JpkiFault.NameAsBmpString, JpkiErrorCodes.AttributeMalformed },
        { JpkiFault.InvalidUtf8, JpkiErrorCodes.AttributeMalformed },
        { JpkiFault.BirthDateWithoutEra, JpkiErrorCodes.AttributeMalformed },
        { JpkiFault.BirthDateNotDigits, JpkiErrorCodes.AttributeMalformed },
        { JpkiFault.ForeignRoot, PkiErrorCodes.Signature },
        { JpkiFault.Expired, PkiErrorCodes.Expired },
        { JpkiFault.NotYetValid, PkiErrorCodes.NotYetValid },
        { JpkiFault.Sha1Signature, PkiErrorCodes.AlgorithmNotAllowed },
        { JpkiFault.UnknownCriticalExtension, PkiErrorCodes.CriticalExtension },
        { JpkiFault.TamperedSignature, PkiErrorCodes.Signature },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Verify_FaultyCertificate_IsRefused(JpkiFault fault, string code)
    {
        var certificate = _scene.World.IssueSigning(new() { Fault = fault });
        var decision = _scene.Verify(certificate, evidence: fault == JpkiFault.ForeignRoot ? PathEvidence.Empty : null);

        Assert.Equal((VerificationOutcome.Refused, code), (decision.Outcome, decision.Error?.Code));
        Assert.Null(decision.Evidence);
    }

    [Theory]
    [InlineData(JpkiFault.ImplicitTag)]
    [InlineData(JpkiFault.TrailingBytes)]
    public void Verify_WrongTagging_IsNoCertificate(JpkiFault fault) =>
        Assert.Equal(PkiErrorCodes.CertificateMalformed, Certificate.Parse(_scene.World.IssueSigning(new() { Fault = fault }).Der).Error?.Code);

    [Theory]
    [InlineData(JpkiFault.EraMismatch, AttributeWarnings.EraMismatch)]
    [InlineData(JpkiFault.EraUnknown, AttributeWarnings.EraMismatch)]
    [InlineData(JpkiFault.BirthDateImpossible, AttributeWarnings.BirthDateImpossible)]
    [InlineData(JpkiFault.SexUnknown, AttributeWarnings.GenderNotMapped)]
    [InlineData(JpkiFault.FlagsTooShort, AttributeWarnings.NameFlagsMismatch)]
    [InlineData(JpkiFault.FlagsNotBinary, AttributeWarnings.None)]
    [InlineData(JpkiFault.UnknownAttribute, AttributeWarnings.None)]
    [InlineData(JpkiFault.TwoPolicies, AttributeWarnings.None)]
    [InlineData(JpkiFault.PolicyNotCritical, AttributeWarnings.None)]
    public void Verify_OddCertificate_IsAcceptedWithItsWarning(JpkiFault fault, AttributeWarnings warning)
    {
        var decision = _scene.Verify(_scene.World.IssueSigning(new() { Fault = fault }));

        Assert.Null(decision.Error);
        Assert.True(decision.Evidence!.BasicFour!.Warnings.HasFlag(warning), $"{decision.Evidence.BasicFour.Warnings}");
    }

    [Fact]
    public void Verify_AttributesInAuthenticationCertificate_IsRefused() => Assert.Equal(
        JpkiErrorCodes.AttributeUnexpected,
        _scene.Verify(_scene.World.IssueAuthentication(new() { Fault = JpkiFault.AttributesInAuthentication }), JpkiCertificateKind.Authenticate).Error?.Code);

    [Theory]
    [InlineData(CrlReason.AffiliationChanged, JpkiAction.CollectAttributesAgain)]
    [InlineData(CrlReason.Superseded, JpkiAction.CollectAttributesAgain)]
    [InlineData(CrlReason.CessationOfOperation, JpkiAction.AskForAnotherCertificate)]
    [InlineData(CrlReason.CertificateHold, JpkiAction.SuspendAccount)]
    [InlineData(CrlReason.KeyCompromise, JpkiAction.LockAccount)]
    [InlineData(CrlReason.CaCompromise, JpkiAction.LockAccount)]
    [InlineData(CrlReason.PrivilegeWithdrawn, JpkiAction.LockAccount)]
    public void Verify_RevokedCertificate_SaysWhatToDo(CrlReason reason, JpkiAction action)
    {
        var certificate = _scene.World.IssueSigning();
        _scene.World.IssuerOf(certificate).Revoke(certificate, (int)reason);
        foreach (var evidence in new[] { _scene.Ocsp(certificate), _scene.Crl(certificate) })
        {
            var decision = _scene.Verify(certificate, evidence: evidence);

            Assert.Equal((VerificationOutcome.Refused, PkiErrorCodes.Revoked), (decision.Outcome, decision.Error?.Code));
            Assert.Equal((RevocationStatus.Revoked, reason, action, JpkiStanding.CertifiedVerifier), (decision.Revocation.Status, decision.Revocation.Reason, decision.Revocation.Action, decision.Standing));
        }
    }

    [Fact]
    public void ActionFor_NoReason_LocksTheAccount() => Assert.All([(CrlReason?)null, CrlReason.Unspecified, CrlReason.RemoveFromCrl, (CrlReason)42], r => Assert.Equal(JpkiAction.LockAccount, JpkiRevocation.ActionFor(r)));

    [Fact]
    public void Verify_NoEvidence_IsUndetermined()
    {
        var decision = _scene.Verify(_scene.World.IssueSigning(), evidence: PathEvidence.Empty);

        Assert.Equal((VerificationOutcome.Undetermined, PkiErrorCodes.RevocationUnknown, JpkiAction.AskAgain), (decision.Outcome, decision.Error?.Code, decision.Revocation.Action));
    }

    [Theory]
    [InlineData(JpkiStanding.CertifiedVerifier, VerificationOutcome.Undetermined)]
    [InlineData(JpkiStanding.AdministrativeBody, VerificationOutcome.Undetermined)]
    [InlineData(JpkiStanding.OwnTest, VerificationOutcome.Accepted)]
    public void Verify_RevocationNotAskedFor_IsNoBasisToAccept(JpkiStanding standing, VerificationOutcome outcome)
    {
        var decision = _scene.Verify(_scene.World.IssueSigning(), policy: _scene.Policy(standing) with { Revocation = RevocationRequirement.NotRequired }, evidence: PathEvidence.Empty);

        Assert.Equal(outcome, decision.Outcome);
        Assert.Equal(outcome == VerificationOutcome.Accepted ? null : JpkiErrorCodes.RevocationRequired, decision.Error?.Code);
        Assert.Equal(RevocationStatus.NotChecked, decision.Revocation.Status);
    }

    [Fact]
    public void Recheck_RevokedSince_IsRefusedForLiveness()
    {
        var certificate = _scene.World.IssueSigning();
        var verifier = new JpkiVerifier(_scene.Policy());
        var first = verifier.Recheck(Scene.Read(certificate), JpkiCertificateKind.Sign, _scene.Ocsp(certificate), Scene.Now);
        _scene.World.IssuerOf(certificate).Revoke(certificate, (int)CrlReason.AffiliationChanged);
        var later = JpkiLiveness.Of(verifier.Recheck(Scene.Read(certificate), JpkiCertificateKind.Sign, _scene.Ocsp(certificate), Scene.Now), Scene.Now);

        Assert.Equal(JpkiCheckPurpose.Liveness, first.Evidence?.Purpose);
        Assert.Equal((VerificationOutcome.Refused, JpkiAction.CollectAttributesAgain), (later.Outcome, later.Revocation.Action));
    }

    [Fact]
    public void Verify_Explained_NamesTheStepsInOrder()
    {
        var steps = _scene.Verify(_scene.World.IssueSigning(), policy: _scene.Policy() with { Explain = true }).Steps;

        Assert.Equal(["standing", "profile"], steps.Take(2).Select(s => s.Name));
        Assert.True(steps.Count > 4);
        Assert.Empty(_scene.Verify(_scene.World.IssueSigning()).Steps);
    }

    [Fact]
    public void Serialize_Decision_IsRefused()
    {
        var decision = _scene.Verify(_scene.World.IssueSigning());

        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(decision));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(decision.Evidence));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(decision.Evidence!.Reference));
    }

    private TestCertificate Issue(JpkiCertificateKind kind) => kind == JpkiCertificateKind.Sign ? _scene.World.IssueSigning() : _scene.World.IssueAuthentication();
}
