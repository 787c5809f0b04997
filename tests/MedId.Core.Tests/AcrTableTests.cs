using MedId.Core;

namespace MedId.Core.Tests;

public class AcrTableTests
{
    private static readonly AuthenticatorFacts SoftwareKey = new()
    {
        PublicKey = true,
        UserVerified = true,
        HardwareProtected = false,
        Exportable = true,
        ReplayResistant = true,
        PhishingResistant = true,
        Intent = true,
    };

    private static readonly AcrTable Table = new(
    [
        Row("urn:example:aal3", AuthenticatorAssuranceLevel.Aal3),
        Row("urn:example:aal2", AuthenticatorAssuranceLevel.Aal2),
        Row("urn:cibatest:auth:fido", AuthenticatorAssuranceLevel.None),
    ]);

    [Fact]
    public void Decide_NothingRequested_GivesTheFirstThatIsSatisfied() =>
        Assert.Equal("urn:example:aal2", Table.Decide([], "fido-uaf", SoftwareKey)?.Acr);

    [Fact]
    public void Decide_Requested_FollowsTheOrderOfTheRelyingParty() =>
        Assert.Equal("urn:cibatest:auth:fido", Table.Decide(["urn:example:aal3", "urn:cibatest:auth:fido", "urn:example:aal2"], "fido-uaf", SoftwareKey)?.Acr);

    [Fact]
    public void Decide_RequestedAboveTheEvidence_GivesNone() => Assert.Null(Table.Decide(["urn:example:aal3"], "fido-uaf", SoftwareKey));

    [Fact]
    public void Decide_AnotherProtocol_GivesNone() => Assert.Null(Table.Decide([], "password", SoftwareKey));

    [Fact]
    public void Decide_RequestedInAnotherCase_GivesNone() => Assert.Null(Table.Decide(["URN:cibatest:auth:fido"], "fido-uaf", SoftwareKey));

    [Fact]
    public void Constructor_NoRowTwiceOrWithoutProtocol_Throws()
    {
        Assert.Throws<ArgumentException>(() => new AcrTable([]));
        Assert.Throws<ArgumentException>(() => new AcrTable([Row("a", AuthenticatorAssuranceLevel.None), Row("a", AuthenticatorAssuranceLevel.Aal2)]));
        Assert.Throws<ArgumentException>(() => new AcrTable([Row("a", AuthenticatorAssuranceLevel.None) with { Protocols = [] }]));
        Assert.Throws<ArgumentException>(() => new AcrTable([Row("a b", AuthenticatorAssuranceLevel.None)]));
    }

    private static AcrRequirement Row(string acr, AuthenticatorAssuranceLevel minimum) =>
        new() { Acr = acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = minimum, Protocols = ["fido-uaf"] };
}
