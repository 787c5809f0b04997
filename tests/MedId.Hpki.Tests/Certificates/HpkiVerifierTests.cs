using MedId.Core;
using MedId.Cryptography;
using MedId.Hpki;
using MedId.Pki;
using MedId.Testing;
using MedId.TestSupport;
using HpkiUse = MedId.Hpki.HpkiUse;
using WorldUse = MedId.Testing.HpkiUse;

namespace MedId.Hpki.Tests;

public class HpkiVerifierTests
{
    private readonly HpkiScene _scene = new();

    public static TheoryData<HpkiFault, string> Faults => new()
    {
        { HpkiFault.ForeignRoot, PkiErrorCodes.Signature },
        { HpkiFault.PolicyOfOtherUse, HpkiErrorCodes.UseMismatch },
        { HpkiFault.UnknownLevel, HpkiErrorCodes.PolicyUnknown },
        { HpkiFault.UnknownPolicy, HpkiErrorCodes.PolicyUnknown },
        { HpkiFault.NoPolicy, HpkiErrorCodes.PolicyUnknown },
        { HpkiFault.AuthorityOfOtherUse, HpkiErrorCodes.IssuerPolicyMismatch },
        { HpkiFault.KeyUsageOfOtherUse, HpkiErrorCodes.KeyUsageMismatch },
        { HpkiFault.KeyUsageBoth, HpkiErrorCodes.KeyUsageMismatch },
        { HpkiFault.NoKeyUsage, HpkiErrorCodes.KeyUsageMismatch },
        { HpkiFault.RoleImplicitTags, HpkiErrorCodes.RoleMalformed },
        { HpkiFault.RoleWithoutScheme, HpkiErrorCodes.RoleMalformed },
        { HpkiFault.RoleWithoutText, HpkiErrorCodes.RoleMalformed },
        { HpkiFault.RoleSetUnsorted, HpkiErrorCodes.RoleMalformed },
        { HpkiFault.RoleTrailingBytes, HpkiErrorCodes.RoleMalformed },
        { HpkiFault.RoleWithoutValue, HpkiErrorCodes.RoleMalformed },
        { HpkiFault.Expired, PkiErrorCodes.Expired },
        { HpkiFault.Sha1Signature, PkiErrorCodes.AlgorithmNotAllowed },
        { HpkiFault.UnknownCriticalExtension, PkiErrorCodes.CriticalExtension },
        { HpkiFault.TamperedSignature, PkiErrorCodes.Signature },
    };

    [Fact]
    public void Verify_DoctorForSigning_IsAcceptedWithTheRole()
    {
        var decision = _scene.Verify(_scene.Issue());

        Assert.Null(decision.Error);
        Assert.True(decision.IsAccepted);
        Assert.True(decision.Evidence.HasQualification(RoleIds.Physician));
        Assert.Equal(HpkiUse.Signature, decision.Evidence.Use);
        Assert.Equal(HpkiCertificatePolicy.ProductionLevel, decision.Evidence.Policy.Level);
        Assert.False(decision.Evidence.IsTest);
        Assert.Equal("試験　一郎", decision.Evidence.Subject.DisplayName);
        Assert.Equal("LAB Ichiro Sato", decision.Evidence.Subject.RomajiName);
        Assert.Equal("LAB000001", decision.Evidence.Subject.SerialNumber);
        Assert.Equal([RevocationStatus.Good, RevocationStatus.Good], decision.Revocation.Select(finding => finding.Status));
        Assert.DoesNotContain("Sato", decision.Evidence + decision.Certificate!.ToString() + decision.Evidence.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Verify_Fault_IsRefusedWithItsCode(HpkiFault fault, string code)
    {
        var decision = _scene.Verify(_scene.Issue(fault: fault));

        Assert.Equal(VerificationOutcome.Refused, decision.Outcome);
        Assert.Equal(code, decision.Error?.Code);
        Assert.Null(decision.Evidence);
    }

    [Theory]
    [InlineData(HpkiFault.RoleOfOtherScheme)]
    [InlineData(HpkiFault.RoleOtherCase)]
    [InlineData(HpkiFault.RoleTrailingSpace)]
    [InlineData(HpkiFault.RoleUnknown)]
    public void Verify_UnknownRole_IsAcceptedAndGrantsNothing(HpkiFault fault)
    {
        var decision = _scene.Verify(_scene.Issue(fault: fault));

        Assert.True(decision.IsAccepted);
        var role = Assert.Single(decision.Evidence.Roles);
        Assert.Equal(HpkiRoleKind.Unknown, role.Kind);
        Assert.False(role.IsGranted);
        Assert.False(decision.Evidence.HasQualification(RoleIds.Physician));
    }

    [Theory]
    [InlineData(HpkiFault.RoleAsPrintableString)]
    [InlineData(HpkiFault.RoleWithCode)]
    [InlineData(HpkiFault.RoleWithRegionalData)]
    [InlineData(HpkiFault.NoSubjectSerialNumber)]
    public void Verify_Unusual_IsAcceptedAsPhysician(HpkiFault fault) => Assert.True(_scene.Verify(_scene.Issue(fault: fault)).Evidence!.HasQualification(RoleIds.Physician));

    [Theory]
    [InlineData(HpkiFault.TwoActors)]
    [InlineData(HpkiFault.TwoRoleAttributes)]
    public void Verify_TwoRoles_GivesBoth(HpkiFault fault)
    {
        var evidence = _scene.Verify(_scene.Issue(fault: fault)).Evidence!;

        Assert.Equal(2, evidence.Roles.Count);
        Assert.True(evidence.HasQualification(RoleIds.Physician));
        Assert.True(evidence.HasQualification(RoleIds.Pharmacist));
        Assert.True(evidence.HasQualification("no such row", RoleIds.Pharmacist));
    }

    [Fact]
    public void Verify_HolderWithoutQualification_IsAcceptedWithoutRoles()
    {
        var evidence = _scene.Verify(_scene.Issue(holder: HpkiHolder.WithoutRole)).Evidence!;

        Assert.Empty(evidence.Roles);
        Assert.False(evidence.HasQualification(RoleIds.Physician));
    }

    [Fact]
    public void Verify_UnverifiedRow_GrantsNothingUntilTheOperatorConfirmsIt()
    {
        var dentist = _scene.Issue(holder: HpkiHolder.Doctor with { Role = "Dentist" });

        Assert.False(_scene.Verify(dentist).Evidence!.HasQualification(RoleIds.Dentist));
        Assert.True(_scene.Verify(dentist, _scene.Policy() with { Roles = RoleTable.Default.Confirm(RoleIds.Dentist, "a synthetic source") }).Evidence!.HasQualification(RoleIds.Dentist));
    }

    [Fact]
    public void Verify_SigningCertificateForSignIn_IsUseMismatch() =>
        Assert.Equal(HpkiErrorCodes.UseMismatch, _scene.Verify(_scene.Issue(), _scene.Policy(HpkiUse.Authentication)).Error?.Code);

    [Fact]
    public void Verify_AuthenticationCertificateForSigning_IsUseMismatch() =>
        Assert.Equal(HpkiErrorCodes.UseMismatch, _scene.Verify(_scene.Issue(WorldUse.Authentication)).Error?.Code);

    [Fact]
    public void Verify_AuthenticationCertificateForSignIn_IsAccepted() =>
        Assert.True(_scene.Verify(_scene.Issue(WorldUse.Authentication), _scene.Policy(HpkiUse.Authentication)).IsAccepted);

    [Fact]
    public void Verify_Organisation_IsRefusedUntilThePolicyRowsAreConfirmed()
    {
        var hospital = _scene.Issue(WorldUse.Organisation, HpkiHolder.Hospital);
        var confirmed = TrustDataBundle.Default.Confirm(TrustDataSections.HpkiPolicies, "organisation-3-1", "a synthetic source");

        Assert.Equal(HpkiErrorCodes.PolicyNotVerified, _scene.Verify(hospital, _scene.Policy(HpkiUse.Organisation)).Error?.Code);
        var decision = _scene.Verify(hospital, _scene.Policy(HpkiUse.Organisation) with { Policies = HpkiPolicyTable.From(confirmed) });
        Assert.True(decision.IsAccepted);
        Assert.Equal(TrustDataStatus.Confirmed, decision.Evidence.Policy.Status);
    }

    [Theory]
    [InlineData(WorldUse.Signature, HpkiUse.Signature)]
    [InlineData(WorldUse.Authentication, HpkiUse.Authentication)]
    public void Verify_TestCertificate_NeedsTheOption(WorldUse issued, HpkiUse needed)
    {
        var certificate = _scene.Issue(issued, isTest: true);

        Assert.Equal(HpkiErrorCodes.TestPolicy, _scene.Verify(certificate, _scene.Policy(needed)).Error?.Code);
        var allowed = _scene.Verify(certificate, _scene.Policy(needed) with { AllowTestPolicy = true });
        Assert.Null(allowed.Error);
        Assert.True(allowed.Evidence!.IsTest);
    }

    [Fact]
    public void Verify_DirectorOfHospital_IsNoPhysicianAlsoWhenConfirmed()
    {
        var director = _scene.Issue(holder: HpkiHolder.Director);
        var confirmed = RoleTable.Default.Confirm("director-of-hospital", "a synthetic source");

        var evidence = _scene.Verify(director, _scene.Policy() with { Roles = confirmed }).Evidence!;

        Assert.Equal(HpkiRoleKind.Administrator, Assert.Single(evidence.Roles).Kind);
        Assert.True(evidence.Roles[0].IsGranted);
        Assert.False(evidence.HasQualification(RoleIds.Physician, "director-of-hospital"));
    }

    [Theory]
    [InlineData(HpkiFault.DirectorWithoutOrganisation)]
    [InlineData(HpkiFault.DirectorOfOtherUnit)]
    public void Verify_DirectorWithoutHisInstitution_IsInconsistent(HpkiFault fault) =>
        Assert.Equal(HpkiErrorCodes.AdministratorInconsistent, _scene.Verify(_scene.Issue(holder: HpkiHolder.Director, fault: fault)).Error?.Code);

    [Fact]
    public void Verify_DirectorsUnitWithoutHisRole_IsInconsistent() => Assert.Equal(
        HpkiErrorCodes.AdministratorInconsistent,
        _scene.Verify(_scene.Issue(holder: HpkiHolder.Director with { Role = "Medical Doctor" })).Error?.Code);

    [Fact]
    public void Verify_RevokedCertificate_IsRefused()
    {
        var certificate = _scene.Issue();
        _scene.World.Signature.Revoke(certificate, reason: 5);

        var decision = _scene.Verify(certificate);

        Assert.Equal(VerificationOutcome.Refused, decision.Outcome);
        Assert.Equal(PkiErrorCodes.Revoked, decision.Error?.Code);
        Assert.Equal(CrlReason.CessationOfOperation, decision.Revocation[0].Reason);
    }

    [Fact]
    public void Verify_RevokedAuthority_IsRefusedByTheArl()
    {
        var certificate = _scene.Issue();
        _scene.World.Root.Revoke(_scene.World.Signature.Certificate);

        Assert.Equal(PkiErrorCodes.Revoked, _scene.Verify(certificate).Error?.Code);
        Assert.Equal(1, _scene.Verify(certificate).Path!.RefusedCertificate);
    }

    [Theory]
    [InlineData("no CRL")]
    [InlineData("no ARL")]
    [InlineData("ARL of the root for its authorities")]
    [InlineData("CRL of another authority")]
    [InlineData("stale CRL")]
    public void Verify_RevocationNotProven_IsUndetermined(string what)
    {
        var world = _scene.World;
        var evidence = what switch
        {
            "no CRL" => _scene.Evidence(world.CreateSarl(), world.CreateRarl()),
            "no ARL" => _scene.Evidence(world.CreateCrl(WorldUse.Signature)),
            "ARL of the root for its authorities" => _scene.Evidence(world.CreateCrl(WorldUse.Signature), world.CreateRarl()),
            "CRL of another authority" => _scene.Evidence(world.CreateSarl(), world.CreateCrl(WorldUse.Authentication)),
            _ => _scene.Evidence(world.CreateSarl(), world.CreateCrl(WorldUse.Signature, crl => crl.NextUpdate = _scene.Now.AddSeconds(-1))),
        };

        var decision = _scene.Verify(_scene.Issue(), evidence: evidence);

        Assert.Equal(VerificationOutcome.Undetermined, decision.Outcome);
        Assert.Equal(PkiErrorCodes.RevocationUnknown, decision.Error?.Code);
        Assert.Null(decision.Evidence);
    }

    [Fact]
    public void Verify_WrongUseWithoutRevocationEvidence_IsRefusedAllTheSame() => Assert.Equal(
        HpkiErrorCodes.UseMismatch,
        _scene.Verify(_scene.Issue(), _scene.Policy(HpkiUse.Authentication), _scene.Evidence() with { Crls = [] }).Error?.Code);

    [Fact]
    public void Verify_AuthorityNotGiven_FindsNoPath() =>
        Assert.Equal(PkiErrorCodes.NoPath, _scene.Verify(_scene.Issue(), evidence: _scene.Evidence() with { Certificates = [] }).Error?.Code);

    [Fact]
    public void Verify_NoCertificate_IsMalformed() => Assert.Equal(
        HpkiErrorCodes.CertificateMalformed, new HpkiVerifier(_scene.Policy()).Verify(new byte[] { 0x30, 0x00 }, _scene.Evidence(), _scene.Now).Error?.Code);

    [Fact]
    public void Verify_Explained_NamesEveryCheckInOrder()
    {
        var steps = _scene.Verify(_scene.Issue(), _scene.Policy() with { Explain = true }).Steps;

        Assert.Equal(
            ["key", "one known policy", "use", "level", "verified row", "policy of the CA", "key usage", "hcRole", "administrator"],
            steps.TakeLast(9).Select(step => step.Name));
        Assert.All(steps.TakeLast(9), step => Assert.Equal(PathStepResult.Passed, step.Result));
    }

    [Fact]
    public void Verify_KeyTooSmall_IsRefused()
    {
        var certificate = _scene.World.Issue(new() { Profile = builder => builder.Key = TestKey.Named("small", TestKeyKind.Rsa1024) });

        Assert.Equal("key.unsupported", _scene.Verify(certificate).Error?.Code);
    }

    [Fact]
    public void Verify_AuthorityPinnedAsAnchor_IsAcceptedForItsOwnUse()
    {
        var policy = _scene.Policy() with { Anchors = [TrustAnchor.FromCertificate(HpkiScene.Read(_scene.World.Signature.Certificate))] };

        Assert.Null(_scene.Verify(_scene.Issue(), policy).Error);
        Assert.Equal(HpkiErrorCodes.IssuerPolicyMismatch, _scene.Verify(_scene.World.Authentication.Issue(TestName.Common("LAB Ichiro Sato"), builder => builder
            .With(TestExtensions.KeyUsage(System.Security.Cryptography.X509Certificates.X509KeyUsageFlags.NonRepudiation))
            .With(TestExtensions.CertificatePolicies(HpkiWorld.Policy(WorldUse.Signature, 3)))), _scene.Policy() with { Anchors = [TrustAnchor.FromCertificate(HpkiScene.Read(_scene.World.Authentication.Certificate))], Revocation = RevocationRequirement.NotRequired }).Error?.Code);
    }

    [Fact]
    public async Task VerifySignature_BareSignature_IsJudgedByKeyUseAndAlgorithm()
    {
        var card = SoftwareHpkiCard.Issue(_scene.World);
        var data = "a synthetic document"u8.ToArray();
        var signature = await card.OpenSigningKey("LAB12345").SignAsync(data);
        var evidence = _scene.Verify(card.SigningCertificate).Evidence!;
        var signIn = _scene.Verify(card.AuthenticationCertificate, _scene.Policy(HpkiUse.Authentication)).Evidence!;

        Assert.Null(evidence.VerifySignature(data, signature, SignatureAlgorithm.RS256, AlgorithmPolicy.Default).Error);
        Assert.Equal(HpkiErrorCodes.Signature, evidence.VerifySignature("another document"u8, signature, SignatureAlgorithm.RS256, AlgorithmPolicy.Default).Error?.Code);
        Assert.Equal(HpkiErrorCodes.Signature, evidence.VerifySignature(data, signature, SignatureAlgorithm.RS512, AlgorithmPolicy.Default).Error?.Code);
        Assert.Equal(
            HpkiErrorCodes.Signature,
            evidence.VerifySignature(data, signature, SignatureAlgorithm.RS256, AlgorithmPolicy.Default.Forbid(SignatureUse.DocumentSignature, SignatureAlgorithm.RS256)).Error?.Code);
        Assert.Equal(HpkiErrorCodes.UseMismatch, signIn.VerifySignature(data, signature, SignatureAlgorithm.RS256, AlgorithmPolicy.Default).Error?.Code);
    }

    [Fact]
    public void Constructor_NoAnchor_IsMisuse() => Assert.Throws<ArgumentException>(() => new HpkiVerifier(new() { Anchors = [], Use = HpkiUse.Signature }));

    [Fact]
    public void Verify_EveryMutantOfTheCertificate_IsNeverAccepted()
    {
        var certificate = _scene.Issue();
        var verifier = new HpkiVerifier(_scene.Policy());
        var evidence = _scene.Evidence();
        foreach (var mutant in new SeededMutator(392100495).Mutate(certificate.Der, 1500))
        {
            Assert.NotEqual(VerificationOutcome.Accepted, verifier.Verify(mutant.Bytes, evidence, _scene.Now).Outcome);
        }
    }
}
