using MedId.Core;

namespace MedId.Core.Tests;

public class ConsentRecordTests
{
    private static readonly DateTimeOffset Given = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static readonly ConsentRecord Record = new()
    {
        Id = "synthetic-consent",
        Tenant = TenantId.Single,
        Subject = "synthetic-subject",
        Issuer = "https://op.example",
        Resource = "https://api.example/fhir",
        Recipient = new("ehr", "Synthetic clinic"),
        Practitioner = new()
        {
            Issuer = "https://doctors.example",
            Subject = "d1",
            Name = "Synthetic Doctor",
            Role = "physician",
            Organization = "Synthetic clinic",
            OrganizationId = "org-1",
            EvidenceDigest = "AA",
        },
        Purpose = new("http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT", "treatment"),
        ScopesAsked = ["patient/Patient.read"],
        ScopesShown = ["patient/Patient.read"],
        ScopesGranted = ["patient/Patient.read"],
        GivenAt = Given,
        AccessUntil = Given.AddMinutes(10),
        Notice = new() { Version = "1", TextsVersion = "2026-11", Language = "ja", Notice = "{}", Choice = "{}", Digest = "AA" },
        Act = new()
        {
            Protocol = "fido-uaf",
            Authenticator = "FFFF#0001",
            KeyIdDigest = "AA",
            PublicKey = "AA",
            PublicKeyFormat = 0x100,
            SignedContent = "line",
            Assertion = "AA",
            At = Given,
            Acr = "urn:cibatest:auth:fido",
            Amr = ["swk"],
            Assurance = "nist-800-63-4/AAL1",
        },
    };

    [Fact]
    public void IsActive_BeforeTheEnd_IsTrue() => Assert.True(Record.IsActive(Given.AddMinutes(10).AddTicks(-1)));

    [Fact]
    public void IsActive_AtTheEnd_IsFalse() => Assert.False(Record.IsActive(Given.AddMinutes(10)));

    [Fact]
    public void IsActive_Withdrawn_IsFalse() => Assert.False((Record with { Status = ConsentStatus.Withdrawn, WithdrawnAt = Given }).IsActive(Given));
}
