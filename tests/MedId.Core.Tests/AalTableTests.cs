using MedId.Core;

namespace MedId.Core.Tests;

public class AalTableTests
{
    private static readonly AuthenticatorFacts Best = new()
    {
        PublicKey = true,
        UserVerified = true,
        HardwareProtected = true,
        Exportable = false,
        ReplayResistant = true,
        PhishingResistant = true,
        Intent = true,
    };

    public static TheoryData<string, string, AuthenticatorAssuranceLevel> OneFactLess => new()
    {
        { "nist-800-63-3", "none", AuthenticatorAssuranceLevel.Aal3 },
        { "nist-800-63-3", "public key", AuthenticatorAssuranceLevel.None },
        { "nist-800-63-3", "user verified", AuthenticatorAssuranceLevel.Aal1 },
        { "nist-800-63-3", "replay", AuthenticatorAssuranceLevel.Aal1 },
        { "nist-800-63-3", "hardware", AuthenticatorAssuranceLevel.Aal2 },
        { "nist-800-63-3", "exportable", AuthenticatorAssuranceLevel.Aal2 },
        { "nist-800-63-3", "phishing", AuthenticatorAssuranceLevel.Aal2 },
        { "nist-800-63-3", "intent", AuthenticatorAssuranceLevel.Aal2 },
        { "nist-800-63-4", "none", AuthenticatorAssuranceLevel.Aal3 },
        { "nist-800-63-4", "public key", AuthenticatorAssuranceLevel.None },
        { "nist-800-63-4", "user verified", AuthenticatorAssuranceLevel.Aal1 },
        { "nist-800-63-4", "replay", AuthenticatorAssuranceLevel.Aal1 },
        { "nist-800-63-4", "hardware", AuthenticatorAssuranceLevel.Aal2 },
        { "nist-800-63-4", "exportable", AuthenticatorAssuranceLevel.Aal2 },
        { "nist-800-63-4", "phishing", AuthenticatorAssuranceLevel.Aal2 },
        { "nist-800-63-4", "intent", AuthenticatorAssuranceLevel.Aal2 },
    };

    [Theory]
    [MemberData(nameof(OneFactLess))]
    public void Evaluate_OneFactMissing_StopsAtTheLevelThatNeedsIt(string edition, string missing, AuthenticatorAssuranceLevel expected)
    {
        var facts = missing switch
        {
            "public key" => Best with { PublicKey = false },
            "user verified" => Best with { UserVerified = false },
            "replay" => Best with { ReplayResistant = false },
            "hardware" => Best with { HardwareProtected = false },
            "exportable" => Best with { Exportable = true },
            "phishing" => Best with { PhishingResistant = false },
            "intent" => Best with { Intent = false },
            _ => Best,
        };

        var decision = AalTable.Evaluate(AssuranceEdition.Find(edition)!, facts);

        Assert.Equal(expected, decision.Level);
        Assert.Equal(edition, decision.Edition.Id);
        Assert.NotEmpty(decision.Clause);
    }

    [Fact]
    public void Find_UnknownEdition_IsNotEvaluable()
    {
        Assert.Null(AssuranceEdition.Find("jp-ds511-2025"));
        Assert.Null(AssuranceEdition.Find("NIST-800-63-4"));
        Assert.Null(AssuranceEdition.Find(null));
    }

    [Theory]
    [InlineData("nist-800-63-3")]
    [InlineData("nist-800-63-4")]
    public void Evaluate_PasswordBesideASingleFactor_IsTheSecond(string edition)
    {
        var touch = Best with { UserVerified = false, PasswordVerified = true };

        var decision = AalTable.Evaluate(AssuranceEdition.Find(edition)!, touch);

        Assert.Equal(AuthenticatorAssuranceLevel.Aal3, decision.Level);
        Assert.Contains("with a password", decision.Reason, StringComparison.Ordinal);
        Assert.Equal(AuthenticatorAssuranceLevel.Aal2, AalTable.Evaluate(AssuranceEdition.Find(edition)!, touch with { Exportable = true }).Level);
        Assert.Equal(AuthenticatorAssuranceLevel.None, AalTable.Evaluate(AssuranceEdition.Find(edition)!, touch with { PublicKey = false }).Level);
    }
}
