using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Browser.Tests.Dashboard;

/// <summary>Puts people, phones and consents into a store, as the walk would. Everybody is invented.</summary>
internal sealed class PageRecords(IProviderStore store, TimeProvider time)
{
    public const string Resource = "https://api.example/fhir";
    public const string Clinic = "ehr-clinic-a";
    public const string ClinicName = "架空クリニックの電子カルテ";

    /// <summary>Outside the basic plane, with a variation selector, and in halfwidth kana.</summary>
    public const string Pharmacy = "𠮷\U000E0101野ﾔｯｷｮｸ";
    private const string Acr = "urn:example:trial";
    private const string Model = "0000#0001";

    public static readonly IReadOnlyList<string> Scopes = ["patient/Patient.read", "patient/MedicationRequest.read", "patient/AllergyIntolerance.read"];

    private readonly Dictionary<string, long> _counters = new(StringComparer.Ordinal);

    private DateTimeOffset Now => time.GetUtcNow();

    public async Task<string> PersonAsync(string id, string language = "ja")
    {
        await store.PutAccountAsync(new()
        {
            Tenant = TenantId.Single,
            Id = id,
            HintDigests = [],
            Patients = new Dictionary<string, string>(StringComparer.Ordinal) { [Resource] = "synthetic-patient" },
            Language = language,
            ProofedAt = Now,
        });
        var ticket = SecretGenerator.Base64Url();
        await store.AddTicketAsync(new() { Tenant = TenantId.Single, Digest = ticket, AccountId = id, ExpiresAt = Now.AddHours(1) });
        var enrolled = await store.TryEnrolDeviceAsync(
            ticket,
            new()
            {
                Tenant = TenantId.Single,
                AccountId = id,
                Protocol = "fido-uaf",
                Model = Model,
                KeyId = id + "-key",
                PublicKey = [4, 1, 2, 3],
                PublicKeyFormat = 0x100,
                Algorithm = 1,
                SignCounter = 0,
                RegistrationCounter = 1,
                AuthenticatorVersion = 1,
                AttestationType = 0x3E07,
                TrustAnchor = "synthetic-anchor",
                HandleDigest = id + "-handle",
                PushAddress = "http://127.0.0.1:9/push",
                EnrolledAt = Now,
            },
            Now);
        Assert.Equal(EnrolmentOutcome.Enrolled, enrolled);
        return id;
    }

    /// <summary>What the person's phone gets for a sign-in.</summary>
    public async Task<string> DeviceTokenAsync(string person, TimeSpan? lifetime = null)
    {
        var token = SecretGenerator.Base64Url();
        await store.AddDeviceTokenAsync(new()
        {
            Tenant = TenantId.Single,
            Digest = SecretDigest.Compute("device token", token),
            AccountId = person,
            DeviceId = (await store.ListDevicesAsync(TenantId.Single, person))[0].Id,
            ExpiresAt = Now + (lifetime ?? TimeSpan.FromMinutes(10)),
        });
        return token;
    }

    /// <summary>A consent of the person's phone, or on a ground; at first of the sample clinic, for treatment, with one of three refused.</summary>
    public async Task<Grant> ConsentAsync(string person, Func<ConsentRecord, ConsentRecord>? change = null)
    {
        var consent = Record(person);
        consent = change?.Invoke(consent) ?? consent;
        var requestId = SecretGenerator.Base64Url();
        Assert.Equal(CibaAddOutcome.Added, await store.AddRequestAsync(Request(requestId, consent), 100));
        var actor = consent.Proxy?.Subject ?? person;
        var counter = _counters.GetValueOrDefault(actor);
        var grant = GrantOf(consent);
        var outcome = await store.TryApproveAsync(new()
        {
            RequestId = requestId,
            Grant = grant,
            Consent = consent,
            Device = consent.Ground is null ? new() { AccountId = actor, Model = Model, KeyId = actor + "-key", ExpectedCounter = counter, NextCounter = counter + 1 } : null,
            At = consent.GivenAt,
        });
        Assert.Equal(ApprovalOutcome.Approved, outcome);
        _counters[actor] = consent.Ground is null ? counter + 1 : counter;
        Assert.True(await store.TryRedeemRequestAsync(TenantId.Single, requestId, refreshToken: null, consent.GivenAt));
        return grant;
    }

    /// <summary>Another invented person, who may consent for this one.</summary>
    public async Task<ConsentProxy> ProxyAsync(string person)
    {
        var proxy = await PersonAsync(person + "-parent");
        var relation = new ProxyRelation
        {
            Tenant = TenantId.Single,
            Id = SecretGenerator.Base64Url(),
            Patient = person,
            Proxy = proxy,
            Relationship = ProxyRelationship.Parent,
            PatientName = "架空 次郎",
            ProxyName = "架空 花子",
            Evidence = [new("synthetic", "synthetic-desk", "synthetic-digest")],
            LegalBasis = "synthetic",
            Scopes = Scopes,
            Purposes = ["TREAT"],
            ValidFrom = Now.AddDays(-1),
            ValidUntil = Now.AddDays(30),
            RegisteredBy = LifeCycleActor.Clerk("synthetic-clerk", "synthetic-desk"),
            RegisteredAt = Now.AddDays(-1),
            State = ProxyState.Active,
        };
        Assert.Null((await store.AddProxyRelationAsync(relation)).Error);
        return new() { RelationId = relation.Id, Subject = proxy, Name = relation.ProxyName, Relationship = relation.Relationship, LegalBasis = relation.LegalBasis, PatientName = relation.PatientName };
    }

    /// <summary>A consent given beforehand, on paper, to the clinic and a pharmacy.</summary>
    public async Task<StandingConsent> StandingAsync(string person, Func<StandingConsent, StandingConsent>? change = null)
    {
        var standing = new StandingConsent
        {
            Tenant = TenantId.Single,
            Id = SecretGenerator.Base64Url(),
            Subject = person,
            Kind = StandingConsentKind.Paper,
            Resource = Resource,
            Recipients = [Clinic, "pharmacy-x"],
            Scopes = Scopes,
            Purposes = ["TREAT"],
            Access = TimeSpan.FromMinutes(30),
            GivenAt = Now.AddDays(-1),
            ValidUntil = Now.AddDays(30),
            Notice = Record(person).Notice with { Notice = $$"""{"recipients":[{"client_id":"{{Clinic}}","name":"{{ClinicName}}"},{"client_id":"pharmacy-x","name":"{{Pharmacy}}"}]}""" },
            Witness = new() { InstitutionId = "synthetic-1", ClerkId = "synthetic-clerk", At = Now.AddDays(-1) },
        };
        standing = change?.Invoke(standing) ?? standing;
        await store.AddStandingConsentAsync(standing);
        return standing;
    }

    private ConsentRecord Record(string person) => new()
    {
        Id = SecretGenerator.Base64Url(),
        Tenant = TenantId.Single,
        Subject = person,
        Issuer = "https://op.example",
        Resource = Resource,
        Recipient = new(Clinic, ClinicName),
        Practitioner = new()
        {
            Issuer = "https://doctors.example",
            Subject = "synthetic-doctor",
            Name = "架空 𠮷野 医師",
            Role = "医師",
            Organization = "架空クリニック",
            OrganizationId = "synthetic-1",
            EvidenceDigest = "evidence",
        },
        Purpose = new("http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT", "診療のため"),
        ScopesAsked = Scopes,
        ScopesShown = Scopes,
        ScopesGranted = [.. Scopes.Take(2)],
        GivenAt = Now,
        AccessUntil = Now.AddHours(2),
        Notice = new() { Version = "1", TextsVersion = "2026-11", Language = "ja", Notice = "{}", Choice = "{}", Digest = "synthetic-digest" },
        Act = new()
        {
            Protocol = "fido-uaf",
            Authenticator = Model,
            KeyIdDigest = "key",
            SignedContent = "MedId consent v1",
            Assertion = "AD4",
            At = Now,
            Acr = Acr,
            Amr = ["hwk", "user"],
            Assurance = "nist-800-63-4/AAL2",
        },
    };

    private static CibaRequest Request(string id, ConsentRecord consent) => new()
    {
        Tenant = TenantId.Single,
        Id = id,
        AuthReqIdDigest = id,
        ClientId = consent.Recipient.ClientId,
        Subject = consent.Subject,
        Scopes = ["openid", .. consent.ScopesAsked],
        Resource = Resource,
        AcrValues = [Acr],
        CreatedAt = consent.GivenAt,
        ExpiresAt = consent.GivenAt.AddMinutes(5),
        Interval = TimeSpan.FromSeconds(5),
        NextPollAt = consent.GivenAt,
        Context = "{}",
    };

    private static Grant GrantOf(ConsentRecord consent) => new()
    {
        Id = consent.Id,
        Tenant = TenantId.Single,
        Subject = consent.Subject,
        ClientId = consent.Recipient.ClientId,
        Scopes = ["openid", .. consent.ScopesGranted],
        Resource = Resource,
        Patient = "synthetic-patient",
        ConsentId = consent.Id,
        Actor = """{"iss":"https://doctors.example","sub":"synthetic-doctor"}""",
        Acr = Acr,
        Amr = ["hwk", "user"],
        AuthTime = consent.GivenAt,
        ExpiresAt = consent.AccessUntil,
    };
}
