using MedId.Core;

namespace MedId.OAuth.Tests;

/// <summary>Levels of ID tokens by edition (row C3).</summary>
public sealed class FalTableTests
{
    private static readonly FederationFacts Whole = new()
    {
        Signed = true,
        Encrypted = true,
        SingleAudience = true,
        ReplayProtected = true,
        InjectionProtected = true,
        BeganAtRelyingParty = true,
        AgreementBefore = true,
        OpaqueSubject = true,
        PersonsKeyProven = true,
        EstablishedManually = true,
    };

    public static TheoryData<string, FederationFacts, FederationAssuranceLevel, FederationAssuranceLevel> Rows => new()
    {
        { "everything", Whole, FederationAssuranceLevel.Fal3, FederationAssuranceLevel.Fal3 },
        { "nothing", new(), FederationAssuranceLevel.None, FederationAssuranceLevel.None },
        { "not signed", Whole with { Signed = false }, FederationAssuranceLevel.None, FederationAssuranceLevel.None },
        { "not encrypted", Whole with { Encrypted = false }, FederationAssuranceLevel.Fal1, FederationAssuranceLevel.Fal3 },
        { "two audiences", Whole with { SingleAudience = false }, FederationAssuranceLevel.Fal3, FederationAssuranceLevel.Fal1 },
        { "replay", Whole with { ReplayProtected = false }, FederationAssuranceLevel.Fal3, FederationAssuranceLevel.None },
        { "injection", Whole with { InjectionProtected = false }, FederationAssuranceLevel.Fal3, FederationAssuranceLevel.Fal1 },
        { "began elsewhere", Whole with { BeganAtRelyingParty = false }, FederationAssuranceLevel.Fal3, FederationAssuranceLevel.Fal1 },
        { "no agreement", Whole with { AgreementBefore = false }, FederationAssuranceLevel.Fal3, FederationAssuranceLevel.Fal1 },
        { "telling subject", Whole with { OpaqueSubject = false }, FederationAssuranceLevel.Fal3, FederationAssuranceLevel.Fal1 },
        { "no key", Whole with { PersonsKeyProven = false }, FederationAssuranceLevel.Fal2, FederationAssuranceLevel.Fal2 },
        { "bound authenticator", Whole with { PersonsKeyProven = false, BoundAuthenticatorVerified = true }, FederationAssuranceLevel.Fal2, FederationAssuranceLevel.Fal3 },
        { "fetched", Whole with { EstablishedManually = false }, FederationAssuranceLevel.Fal3, FederationAssuranceLevel.Fal2 },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Evaluate_EachFact_CountsInItsEdition(string fact, FederationFacts facts, FederationAssuranceLevel rev3, FederationAssuranceLevel rev4)
    {
        Assert.NotEmpty(fact);
        var (third, fourth) = (FalTable.Evaluate(AssuranceEdition.Nist80063Rev3, facts), FalTable.Evaluate(AssuranceEdition.Nist80063Rev4, facts));
        Assert.Equal((rev3, "nist-800-63-3"), (third.Level, third.Edition.Id));
        Assert.Equal((rev4, "nist-800-63-4"), (fourth.Level, fourth.Edition.Id));
        Assert.NotEmpty(third.Reason);
        Assert.NotEmpty(fourth.Reason);
    }
}
