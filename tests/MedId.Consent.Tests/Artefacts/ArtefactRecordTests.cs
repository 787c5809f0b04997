using MedId.Consent;
using MedId.Core;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>What the OP records becomes an artefact.</summary>
public sealed class ArtefactRecordTests
{
    internal static ConsentRecord Record { get; } = new()
    {
        Id = "consent-0001",
        Tenant = new("clinic"),
        Subject = "account-1",
        Issuer = "https://op.example.jp",
        Resource = "https://fhir.hospital-b.example.jp",
        Recipient = new("ehr-clinic-a", "クリニックA"),
        Practitioner = new()
        {
            Issuer = "https://doctors.example.jp",
            Subject = "doctor-1",
            Name = "Test Doctor",
            Role = "medical doctor",
            Organization = "Clinic A",
            OrganizationId = "1310000001",
            EvidenceDigest = "AA",
        },
        Purpose = new("http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT", "診療"),
        ScopesAsked = ["patient/Observation.read", "patient/Condition.read", "conf/N"],
        ScopesShown = ["patient/Observation.read", "patient/Condition.read", "conf/N"],
        ScopesGranted = ["patient/Observation.read", "conf/N"],
        GivenAt = SigningScene.Now,
        AccessUntil = SigningScene.Now.AddDays(30),
        Notice = new() { Version = "1", TextsVersion = "3", Language = "ja", Notice = "{}", Choice = "{}", Digest = "AA" },
        Act = new()
        {
            Protocol = "fido-uaf",
            Authenticator = "ABCD#0001",
            KeyIdDigest = "AA",
            SignedContent = "content",
            Assertion = "AA",
            At = SigningScene.Now,
            Acr = "urn:example:aal2",
            Amr = ["hwk", "user"],
            Assurance = "nist-800-63-4/AAL2",
        },
    };

    [Fact]
    public void FromRecord_AGivenConsent_SaysWhatTheRecordSays()
    {
        var artefact = ConsentArtefacts.FromRecord(Record, "https://op.example.jp/notice/3", "JP");

        Assert.Equal((ArtefactStatus.Given, "account-1", "ehr-clinic-a", "https://fhir.hospital-b.example.jp"), (artefact.Status!.Value, artefact.Subject!.Id, artefact.Recipient!.Id, artefact.Provider!.Id));
        Assert.Equal("Observation", Assert.Single(artefact.Clauses[0].Data).Code);
        Assert.Equal([ArtefactAction.View], artefact.Clauses[0].Actions);
        Assert.Equal(["patient/Observation.read", "conf/N"], artefact.ScopesGranted);
        Assert.Equal(Record.AccessUntil, artefact.ExpiresAt);
    }

    [Fact]
    public void FromRecord_AWithdrawnConsent_IsWithdrawnInEveryFormatThatHasAState()
    {
        var artefact = ConsentArtefacts.FromRecord(Record with { Status = ConsentStatus.Withdrawn, WithdrawnAt = SigningScene.Now.AddDays(1) });
        foreach (var (format, status) in new[] { (ArtefactFormat.FhirR4, ArtefactStatus.Ended), (ArtefactFormat.Iso27560, ArtefactStatus.Withdrawn), (ArtefactFormat.AccountAggregatorJson, ArtefactStatus.Withdrawn) })
        {
            var written = ConsentArtefacts.Write(format, artefact);
            Assert.Equal(status, ConsentArtefacts.Read(format, written.Value!.Bytes).Value!.Status);
        }
    }

    [Fact]
    public void Write_ARecordWithOurExtensions_KeepsTheScopesInFhir()
    {
        var artefact = ConsentArtefacts.FromRecord(Record);

        Assert.Contains("scopes_granted", ConsentArtefacts.Write(ArtefactFormat.FhirR4, artefact).Value!.LostLimits);
        Assert.DoesNotContain("scopes_granted", ConsentArtefacts.Write(ArtefactFormat.FhirR4, artefact, new() { FhirExtensionBase = new("https://op.example.jp/fhir/") }).Value!.Lost);
    }

    [Theory]
    [InlineData("patient/Observation.write")]
    [InlineData("patient/Observation.cruds")]
    [InlineData("user/*.*")]
    public void FromRecord_AWritingScope_IsMoreThanLooking(string scope) =>
        Assert.Equal([ArtefactAction.View, ArtefactAction.Correct], ConsentArtefacts.FromRecord(Record with { ScopesGranted = [scope] }).Clauses[0].Actions);
}
