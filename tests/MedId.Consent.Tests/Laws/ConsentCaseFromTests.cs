using MedId.Core;

namespace MedId.Consent.Tests;

public sealed class ConsentCaseFromTests
{
    private static readonly DateTimeOffset Given = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void From_Record_KnowsTheActAndNothingBeyond()
    {
        var facts = ConsentCase.From(Record(), Given.AddMinutes(1));

        Assert.Equal((ConsentBasis.Explicit, true, ConsentActKind.Signature), (facts.Basis, facts.ConsentActive, facts.ConsentAct));
        Assert.Null(facts.BoxPreticked);
        Assert.Null(facts.SpecialCareData);
        Assert.Null(facts.GdprBasis);
        Assert.False(ConsentCase.From(Record(), Given.AddHours(1)).ConsentActive);
        Assert.Equal(LawVerdict.Pass, ConsentLaws.Evaluate(LawRules.Current, [LawIds.Appi], facts with { SpecialCareData = true, TransferToOther = true }, new(2026, 4, 1)).Findings.Single(f => f.Rule.Id == "JP-1").Verdict);
    }

    [Fact]
    public void From_Artefact_NeverSaysOnWhatItRests()
    {
        var artefact = CollectorScene.Grant with { Status = ArtefactStatus.Given };
        var facts = ConsentCase.From(artefact, CollectorScene.Now);

        Assert.Null(facts.Basis);
        Assert.Equal((true, true, 1), (facts.ConsentExists, facts.ConsentActive, facts.PurposeCount));
        Assert.False(ConsentCase.From(artefact, artefact.ExpiresAt!.Value).ConsentActive);
        Assert.False(ConsentCase.From(artefact with { Status = ArtefactStatus.Withdrawn }, CollectorScene.Now).ConsentActive);
        Assert.Null(ConsentCase.From(artefact with { Status = null }, CollectorScene.Now).ConsentActive);
        Assert.Null(ConsentCase.From(artefact with { ExpiresAt = null }, CollectorScene.Now).ConsentActive);
    }

    // Synthetic.
    private static ConsentRecord Record() => new()
    {
        Id = "c",
        Tenant = new TenantId("t"),
        Subject = "s",
        Issuer = "https://op.example",
        Resource = "https://rs.example",
        Recipient = new("rp", "RP"),
        Purpose = new("urn:example", "TREAT", "care"),
        Practitioner = new() { Issuer = "https://op1.example", Subject = "d", Name = "n", Role = "r", Organization = "o", OrganizationId = "1", EvidenceDigest = "e" },
        ScopesAsked = ["patient/Patient.read"],
        ScopesShown = ["patient/Patient.read"],
        ScopesGranted = ["patient/Patient.read"],
        GivenAt = Given,
        AccessUntil = Given.AddHours(1),
        Notice = new() { Version = "1", TextsVersion = "1", Language = "ja", Notice = "{}", Choice = "{}", Digest = "d" },
        Act = new() { Protocol = "fido-uaf", Authenticator = "a", KeyIdDigest = "k", SignedContent = "c", Assertion = "a", At = Given, Acr = "urn:example", Amr = ["hwk"], Assurance = "nist-800-63-4/AAL2" },
    };
}
