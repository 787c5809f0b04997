using MedId.Core;

namespace MedId.Fido2.Tests;

public sealed class AssuranceTests
{
    [Fact]
    public void Assess_PasskeyOfUnprovedModel_IsPhishingResistantAndTakenForExportable()
    {
        var assurance = Fixture.OfAuthentication().Authenticate().Evidence!.Assess();
        Assert.True(assurance.Facts.UserVerified);
        Assert.True(assurance.Facts.PhishingResistant);
        Assert.True(assurance.Facts.Intent);
        Assert.True(assurance.Facts.Exportable);
        Assert.False(assurance.Facts.HardwareProtected);
        Assert.Equal(AuthenticatorAssuranceLevel.Aal2, assurance.Evaluate(AssuranceEdition.Nist80063Rev4).Level);
    }

    [Fact]
    public void Assess_WithoutUserVerification_IsOneFactor()
    {
        var fixture = Fixture.OfAuthentication();
        fixture.Flags = AuthenticatorDataFlags.UserPresent;
        var evidence = fixture.Authenticate(fixture.Authentication with { UserVerification = UserVerificationRequirement.Preferred }).Evidence!;
        Assert.Equal(AuthenticatorAssuranceLevel.Aal1, evidence.Assess().Evaluate(AssuranceEdition.Nist80063Rev4).Level);
    }

    [Fact]
    public void Assess_TrustAnchorWithoutMetadata_ProvesNoHardware()
    {
        var fixture = Fixture.OfAuthentication();
        var evidence = fixture.Authenticate(fixture.Authentication with { Credential = fixture.Record with { TrustAnchor = "AAAA" } }).Evidence!;
        Assert.False(evidence.Assess().Facts.HardwareProtected);
        Assert.False(new Fixture().Register().Evidence!.Assess().Facts.HardwareProtected);
    }
}
