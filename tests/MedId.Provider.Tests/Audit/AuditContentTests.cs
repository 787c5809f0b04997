using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Testing;

namespace MedId.Provider.Tests.Audit;

/// <summary>What stands in the trail: identifiers and codes; no name, text, key, token, address or hint.</summary>
public sealed class AuditContentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Tenant = TenantId.Single;

    [Fact]
    public async Task Trail_WholeWalkWithMarkedData_HoldsIdentifiersAndNoMark()
    {
        var store = new InMemoryProviderStore();
        var options = new ProviderOptions { Issuer = "https://op.example" };
        var trail = new AuditTrail(store, options, TimeProvider.System);
        await store.PutAccountAsync(new() { Tenant = Tenant, Id = "account-a", HintDigests = [Mark("hint")], UserCodeDigest = Mark("code"), Patients = new Dictionary<string, string> { ["https://api.example/fhir"] = Mark("patient") }, Language = "ja", ProofedAt = Now });
        await store.AddTicketAsync(new() { Tenant = Tenant, Digest = Mark("ticket"), AccountId = "account-a", ExpiresAt = Now.AddHours(1), Proofing = new() { Method = "reception-desk", Level = ProofingLevel.High, At = Now, ClerkId = "clerk-1", InstitutionId = "desk-1" } });
        Assert.Equal(EnrolmentOutcome.Enrolled, await store.TryEnrolDeviceAsync(Mark("ticket"), Device(), Now));
        await store.AddRequestAsync(Request(), 8);
        Assert.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(Approval()));
        var refresh = new OAuth.Server.RefreshTokenRecord { Tenant = Tenant, Digest = Mark("refresh"), Family = Mark("family"), Grant = Approval().Grant, ExpiresAt = Now.AddHours(1) };
        Assert.True(await store.TryRedeemRequestAsync(Tenant, "request-1", refresh, Now));
        await store.RotateRefreshTokenAsync(Tenant, Mark("refresh"), "client-1", refresh with { Digest = Mark("refresh-2") }, Now);
        await ((Ciba.Server.IBackchannelAudit)trail).RefusedAsync(new()
        {
            Tenant = Tenant,
            ClientId = "client-1",
            AccountId = "account-a",
            Error = new("provider.synthetic", ErrorCategory.State, "section", Mark("detail")),
            At = Now,
        });
        await store.RenameDeviceAsync(Tenant, "account-a", Device().Id, Mark("device-name"), LifeCycleActor.Person(Device().Id), Now);
        await store.AppendConsentEventAsync(Tenant, "consent-1", new(Now, "told", "client-1"));
        await store.WithdrawConsentAsync(Tenant, "consent-1", "account-a", Now);

        using var output = new MemoryStream();
        Assert.True((await trail.ExportAsync(output)).IsWhole);
        var entries = (await store.ListAuditAsync(Tenant, 1, 1000)).Select(stored => Encoding.UTF8.GetString(stored.Bytes.Span)).ToList();
        var history = (await store.ListHistoryAsync(Tenant, "account-a", 1, 1000)).Select(entry => Encoding.UTF8.GetString(entry.Span)).ToList();
        var all = Encoding.UTF8.GetString(output.ToArray()) + string.Concat(entries) + string.Concat(history);
        Assert.Equal(9, entries.Count);
        Assert.DoesNotContain("標識", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("標識"u8.ToArray())[..6], all, StringComparison.Ordinal);
        foreach (var identifier in (string[])["account-a", "client-1", "clerk-1", "desk-1", "https://doctors.example", "doctor-1", "158965000", "hospital-1", "consent-1", "request-1", "TREAT"])
        {
            Assert.Contains(identifier, all, StringComparison.Ordinal);
        }
    }

    private static string Mark(string what) => $"標識-{what}-7f3a9c51";

    private static string Actor() => new JsonObject
    {
        ["iss"] = "https://doctors.example",
        ["sub"] = "doctor-1",
        ["extensions"] = new JsonObject
        {
            ["ihe_iua"] = new JsonObject
            {
                ["subject_name"] = Mark("doctor-name"),
                ["subject_organization"] = Mark("hospital"),
                ["subject_organization_id"] = "hospital-1",
                ["subject_role"] = new JsonArray(new JsonObject { ["system"] = "http://snomed.info/sct", ["code"] = "158965000", ["display"] = Mark("role") }),
                ["purpose_of_use"] = new JsonArray(new JsonObject { ["system"] = "http://terminology.hl7.org/CodeSystem/v3-ActReason", ["code"] = "TREAT", ["display"] = Mark("purpose") }),
            },
        },
    }.ToJsonString();

    private static Device Device() => new()
    {
        Tenant = Tenant,
        AccountId = "account-a",
        Protocol = "fido-uaf",
        Model = "0000#0001",
        KeyId = Mark("key-id"),
        PublicKey = Encoding.UTF8.GetBytes(Mark("public-key")),
        PublicKeyFormat = 0x100,
        Algorithm = 1,
        SignCounter = 1,
        RegistrationCounter = 1,
        AuthenticatorVersion = 1,
        AttestationType = 0x3E07,
        TrustAnchor = Mark("anchor"),
        HandleDigest = Mark("handle"),
        PushAddress = "https://push.example/" + Mark("push"),
        EnrolledAt = Now,
    };

    private static Ciba.Server.CibaRequest Request() => new()
    {
        Tenant = Tenant,
        Id = "request-1",
        AuthReqIdDigest = Mark("auth-req-id"),
        ClientId = "client-1",
        Subject = "account-a",
        Scopes = ["openid", "patient/Patient.read"],
        Resource = "https://api.example/fhir",
        AcrValues = [],
        BindingMessage = Mark("binding"),
        CreatedAt = Now,
        ExpiresAt = Now.AddMinutes(5),
        Interval = TimeSpan.FromSeconds(5),
        NextPollAt = Now,
        Context = new JsonObject { ["notice"] = Mark("notice"), ["consent_id"] = "consent-1", ["actor"] = Actor(), ["name"] = Mark("doctor-name") }.ToJsonString(),
    };

    private static Approval Approval() => new()
    {
        RequestId = "request-1",
        Grant = new()
        {
            Id = "consent-1",
            Tenant = Tenant,
            Subject = "account-a",
            ClientId = "client-1",
            Scopes = ["openid", "patient/Patient.read"],
            Resource = "https://api.example/fhir",
            Patient = Mark("patient"),
            ConsentId = "consent-1",
            Actor = Actor(),
            Acr = "acr",
            Amr = ["hwk"],
            AuthTime = Now,
            ExpiresAt = Now.AddMinutes(10),
            AllowsRefresh = true,
        },
        Consent = new()
        {
            Id = "consent-1",
            Tenant = Tenant,
            Subject = "account-a",
            Issuer = "https://op.example",
            Resource = "https://api.example/fhir",
            Recipient = new("client-1", Mark("recipient")),
            Practitioner = new() { Issuer = "https://doctors.example", Subject = "doctor-1", Name = Mark("doctor-name"), Role = Mark("role"), Organization = Mark("hospital"), OrganizationId = "hospital-1", EvidenceDigest = Mark("evidence") },
            Purpose = new("http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT", Mark("purpose")),
            ScopesAsked = ["patient/Patient.read"],
            ScopesShown = ["patient/Patient.read"],
            ScopesGranted = ["patient/Patient.read"],
            GivenAt = Now,
            AccessUntil = Now.AddMinutes(10),
            Notice = new() { Version = "1", TextsVersion = "1", Language = "ja", Notice = Mark("notice"), Choice = Mark("choice"), Digest = Mark("digest") },
            Act = new() { Protocol = "fido-uaf", Authenticator = "0000#0001", KeyIdDigest = Mark("key"), SignedContent = Mark("signed"), Assertion = Mark("assertion"), At = Now, Acr = "acr", Amr = ["hwk"], Assurance = "x" },
        },
        Device = new() { AccountId = "account-a", Model = "0000#0001", KeyId = Mark("key-id"), ExpectedCounter = 1, NextCounter = 2 },
        At = Now,
    };
}
