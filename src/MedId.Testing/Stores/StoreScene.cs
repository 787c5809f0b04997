using System.Security.Cryptography;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Testing;

/// <summary>Synthetic records of one person, and the way to bring a store to a point of the walk. Every id is random; no value is of a real person.</summary>
internal sealed class StoreScene(IProviderStore store, TenantId? tenant = null)
{
    /// <summary>The instant at which a scene plays.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The end of requests made here.</summary>
    public static readonly DateTimeOffset RequestEnd = Now.AddMinutes(5);

    /// <summary>The end of grants and consents made here.</summary>
    public static readonly DateTimeOffset AccessEnd = Now.AddMinutes(10);

    public const string Client = "ehr-clinic-a";

    public const string OtherClient = "ehr-clinic-b";

    public static readonly IReadOnlyList<string> DataScopes = ["patient/Patient.read", "patient/MedicationRequest.read", "patient/AllergyIntolerance.read"];

    public IProviderStore Store => store;

    public TenantId Tenant { get; } = tenant ?? ProviderStoreConformance.Tenant;

    public string AccountId { get; init; } = NewId("acct");

    public string RequestId { get; init; } = NewId("req");

    public string Digest { get; init; } = NewId("digest");

    public string ConsentId { get; init; } = NewId("consent");

    public string KeyId { get; init; } = NewId("key");

    public const string Model = "0000#0001";

    /// <summary>A random id with a name for the reader of a failure.</summary>
    public static string NewId(string kind) => $"{kind}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";

    public Account Account() => new()
    {
        Tenant = Tenant,
        Id = AccountId,
        HintDigests = [AccountId + "-hint"],
        UserCodeDigest = AccountId + "-code",
        Patients = new Dictionary<string, string>(StringComparer.Ordinal) { ["https://api.example/fhir"] = "synthetic-patient-1" },
        Language = "ja",
        ProofedAt = Now.AddDays(-1),
    };

    public EnrolmentTicket Ticket(string digest) => new() { Tenant = Tenant, Digest = digest, AccountId = AccountId, ExpiresAt = Now.AddMinutes(30) };

    public Device Device() => new()
    {
        Tenant = Tenant,
        AccountId = AccountId,
        Protocol = "fido-uaf",
        Model = Model,
        KeyId = KeyId,
        PublicKey = [0x04, 0x01, 0x02, 0x03],
        PublicKeyFormat = 0x100,
        Algorithm = 1,
        SignCounter = 10,
        RegistrationCounter = 1,
        AuthenticatorVersion = 1,
        AttestationType = 0x3E07,
        TrustAnchor = "synthetic-anchor",
        HandleDigest = KeyId + "-handle",
        PushAddress = "https://push.example/synthetic",
        EnrolledAt = Now.AddHours(-1),
    };

    public CounterAdvance Advance(long expected, long next) => new()
    {
        Tenant = Tenant,
        Model = Model,
        KeyId = KeyId,
        Expected = expected,
        Next = next,
        At = Now,
    };

    public Ceremony Ceremony(string id) => new()
    {
        Tenant = Tenant,
        Id = id,
        Kind = CeremonyKind.Consent,
        AccountId = AccountId,
        Challenge = "c3ludGhldGljLWNoYWxsZW5nZS0zMi1ieXRlcy1sb25n",
        ExpiresAt = Now.AddMinutes(2),
        RequestId = RequestId,
        TicketDigest = "ticket",
        PushAddress = "https://push.example/synthetic",
        Transaction = "MedId consent v1; to=ehr-clinic-a; msg=W4SCT; sha-256=…",
        Choice = """{"button":"agree"}""",
        Digest = "digest",
    };

    public CibaRequest Request() => new()
    {
        Tenant = Tenant,
        Id = RequestId,
        AuthReqIdDigest = Digest,
        ClientId = Client,
        Subject = AccountId,
        Scopes = ["openid", .. DataScopes],
        Resource = "https://api.example/fhir",
        AcrValues = ["urn:cibatest:auth:fido"],
        BindingMessage = "確認 W4SCT",
        CreatedAt = Now,
        ExpiresAt = RequestEnd,
        Interval = TimeSpan.FromSeconds(5),
        FirstInterval = TimeSpan.FromSeconds(5),
        NextPollAt = Now,
        Context = $$"""{"notice":"合成データ","consent_id":"{{ConsentId}}","actor":"{\"iss\":\"https://doctors.example\",\"sub\":\"synthetic-doctor\"}"}""",
    };

    public Grant Grant(params IEnumerable<string> granted) => new()
    {
        Id = ConsentId,
        Tenant = Tenant,
        Subject = AccountId,
        ClientId = Client,
        Scopes = ["openid", .. granted],
        Resource = "https://api.example/fhir",
        Patient = "synthetic-patient-1",
        ConsentId = ConsentId,
        Actor = """{"iss":"https://doctors.example","sub":"synthetic-doctor"}""",
        Acr = "urn:cibatest:auth:fido",
        Amr = ["hwk", "user"],
        AuthTime = Now.AddSeconds(30),
        ExpiresAt = AccessEnd,
        AllowsRefresh = true,
    };

    public ConsentRecord Consent(params IEnumerable<string> granted) => new()
    {
        Id = ConsentId,
        Tenant = Tenant,
        Subject = AccountId,
        Issuer = "https://op.example",
        Resource = "https://api.example/fhir",
        Recipient = new(Client, "合成クリニック"),
        Practitioner = new()
        {
            Issuer = "https://doctors.example",
            Subject = "synthetic-doctor",
            Name = "合成 医師",
            Role = "医師",
            Organization = "合成病院",
            OrganizationId = "synthetic-1",
            EvidenceDigest = "evidence",
        },
        Purpose = new("http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT", "診療"),
        ScopesAsked = DataScopes,
        ScopesShown = DataScopes,
        ScopesGranted = [.. granted],
        GivenAt = Now.AddSeconds(30),
        AccessUntil = AccessEnd,
        Notice = new() { Version = "1", TextsVersion = "2026-11", Language = "ja", Notice = "{}", Choice = "{}", Digest = "digest" },
        Act = new()
        {
            Protocol = "fido-uaf",
            Authenticator = Model,
            KeyIdDigest = "key",
            PublicKey = "BAECAw",
            PublicKeyFormat = 0x100,
            SignedContent = "MedId consent v1",
            Assertion = "AD4",
            At = Now.AddSeconds(30),
            Acr = "urn:cibatest:auth:fido",
            Amr = ["hwk", "user"],
            Assurance = "nist-800-63-4/AAL2",
        },
    };

    /// <summary>An approval of all scopes, or of those given.</summary>
    public Approval Approval(params string[] granted)
    {
        IEnumerable<string> scopes = granted.Length > 0 ? granted : DataScopes;
        return new()
        {
            RequestId = RequestId,
            Grant = Grant(scopes),
            Consent = Consent(scopes),
            Device = new() { AccountId = AccountId, Model = Model, KeyId = KeyId, ExpectedCounter = 10, NextCounter = 11 },
            At = Now.AddSeconds(30),
        };
    }

    /// <summary>An approval of all scopes whose device is used otherwise.</summary>
    public Approval Using(Func<DeviceUse, DeviceUse> change) => Using(Approval(), change);

    /// <summary>The approval with its device used otherwise.</summary>
    public static Approval Using(Approval approval, Func<DeviceUse, DeviceUse> change) => approval with { Device = change(approval.Device!) };

    public RefreshTokenRecord RefreshToken(string digest, string family) => new()
    {
        Tenant = Tenant,
        Digest = digest,
        Family = family,
        Grant = Grant(DataScopes),
        ExpiresAt = AccessEnd,
    };

    /// <summary>The same person with another request and consent to come.</summary>
    public StoreScene Again() => new(store, Tenant) { AccountId = AccountId, KeyId = KeyId };

    /// <summary>An active account with an enrolled device.</summary>
    public async Task<StoreScene> EnrolledAsync()
    {
        await store.PutAccountAsync(Account()).ConfigureAwait(false);
        var ticket = NewId("ticket");
        await store.AddTicketAsync(Ticket(ticket)).ConfigureAwait(false);
        Expect.Equal(EnrolmentOutcome.Enrolled, await store.TryEnrolDeviceAsync(ticket, Device(), Now).ConfigureAwait(false), "enrolment");
        return this;
    }

    /// <summary>And a pending request.</summary>
    public async Task<StoreScene> PendingAsync()
    {
        await EnrolledAsync().ConfigureAwait(false);
        Expect.Equal(CibaAddOutcome.Added, await store.AddRequestAsync(Request(), 8).ConfigureAwait(false), "request");
        return this;
    }

    /// <summary>And it is approved.</summary>
    public async Task<StoreScene> ApprovedAsync()
    {
        await PendingAsync().ConfigureAwait(false);
        Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(Approval()).ConfigureAwait(false), "approval");
        return this;
    }

    /// <summary>And redeemed with a first refresh token.</summary>
    public async Task<StoreScene> RedeemedAsync(string refreshDigest, string family)
    {
        await ApprovedAsync().ConfigureAwait(false);
        Expect.True(await store.TryRedeemRequestAsync(Tenant, RequestId, RefreshToken(refreshDigest, family), Now.AddMinutes(1)).ConfigureAwait(false), "redemption");
        return this;
    }

    public async Task<CibaPollOutcome?> PollAsync(DateTimeOffset at, string client = Client) =>
        (await store.PollRequestAsync(Tenant, Digest, client, at).ConfigureAwait(false))?.Outcome;

    public async Task<CibaStatus?> StatusAsync() => (await store.FindRequestAsync(Tenant, RequestId).ConfigureAwait(false))?.Status;

    public ValueTask<bool> ConsentActiveAsync(DateTimeOffset? at = null) => store.IsConsentActiveAsync(Tenant, ConsentId, AccountId, at ?? Now.AddMinutes(2));
}
