using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Provider.Tests;

/// <summary>One synthetic patient, doctor, EHR and phone around the provider's own code: everything valid; each test changes one thing.</summary>
internal sealed class ProviderWorld : IPractitionerIssuerSource, IDeviceNotifier
{
    public const string Issuer = "https://op.example";
    public const string DoctorOp = "https://doctors.example";
    public const string Resource = "https://api.example/fhir";
    public const string Ehr = "ehr-clinic-a";
    public const string PatientA = "synthetic-account-a";
    public const string Facet = "android:apk-key-hash-sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    public const string PushAddress = "http://127.0.0.1:5999/push";
    public const string Medication = "patient/MedicationRequest.read";
    public const string Basic = "patient/Patient.read";

    /// <summary>A check that is good enough for whatever the account had.</summary>
    public static readonly ProofingRecord Proofed = new() { Method = ProofingRecord.JpkiForm, Level = ProofingLevel.High, At = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero) };

    public static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    public ProviderWorld(Action<ProviderOptions>? configure = null, SoftwareUafModel? model = null, Func<TimeProvider, HpkiPractitioners>? hpki = null)
    {
        Model = model ?? SoftwareUafModel.Create(time: Time);
        var statement = UafMetadataStatement.Parse(Model.MetadataStatement).Value!;
        Options = new()
        {
            Issuer = Issuer,
            Metadata = new([statement]),
            Policy = UafPolicy.ForModels(statement.Aaid),
            Laws = LawPolicy.In("JP"),
            AcrTable = new([Class("urn:example:aal3", AuthenticatorAssuranceLevel.Aal3), Class("urn:cibatest:auth:fido", AuthenticatorAssuranceLevel.None)]),
        };
        Options.Facets.Add(Facet);
        Options.PushAddressSchemes.Add("http");
        configure?.Invoke(Options);
        Acts = new(Store, Options, Time);
        Requests = new(Store, Options, Acts, Time);
        History = new(Store, Options, new(Store, this, [], Time), Time);
        Desk = new(Store, Options, Time);
        Opener = new(Store, Options, this, this, Time, hpki?.Invoke(Time));
        Phone = new(Model);
    }

    public ManualTimeProvider Time { get; } = new(Start);

    public InMemoryProviderStore Store { get; } = new();

    public ProviderOptions Options { get; }

    public SoftwareUafModel Model { get; }

    public DeviceActs Acts { get; }

    public AccessRequests Requests { get; }

    public ConsentHistory History { get; }

    public EnrolmentDesk Desk { get; }

    public AccessRequestOpener Opener { get; set; }

    public SoftwareUafAuthenticator Phone { get; }

    public LocalSigningKey DoctorKey { get; } = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

    public List<(string Address, string Id)> Announced { get; } = [];

    public static async Task<ProviderWorld> WithAccountAsync(
        Action<ProviderOptions>? configure = null, SoftwareUafModel? model = null, Func<TimeProvider, HpkiPractitioners>? hpki = null)
    {
        var world = new ProviderWorld(configure, model, hpki);
        await world.PutAccountAsync(PatientA);
        return world;
    }

    public static async Task<ProviderWorld> EnrolledAsync(
        Action<ProviderOptions>? configure = null, SoftwareUafModel? model = null, Func<TimeProvider, HpkiPractitioners>? hpki = null)
    {
        var world = await WithAccountAsync(configure, model, hpki);
        Assert.Null((await world.EnrolAsync()).Error);
        return world;
    }

    public async Task PutAccountAsync(string id) => await Store.PutAccountAsync(new()
    {
        Tenant = TenantId.Single,
        Id = id,
        HintDigests = [],
        Patients = new Dictionary<string, string> { [Resource] = "synthetic-patient" },
        Language = "ja",
        ProofedAt = Start,
    });

    public async Task<MedIdResult<ActOutcome>> EnrolAsync(UafFault fault = UafFault.None, string facet = Facet, string? otherTicket = null, string? push = null)
    {
        var ticket = (await Desk.IssueTicketAsync(PatientA, Proofed)).Value!;
        var act = await Acts.BeginEnrolmentAsync(ticket, push ?? PushAddress);
        return act.Succeeded ? await Acts.CompleteAsync(Phone.Register(act.Value.UafRequest, facet, fault), otherTicket ?? ticket) : act.Error;
    }

    public async Task<CibaRequest> OpenRequestAsync(string[]? scopes = null, string[]? acrValues = null, TimeSpan? expiry = null, string? evidence = null)
    {
        var validated = Validated(evidence ?? await EvidenceAsync(), scopes, acrValues, expiry);
        var decision = await Opener.OpenAsync(validated);
        Assert.Null(decision.Refusal);
        var request = new CibaRequest
        {
            Tenant = TenantId.Single,
            Id = validated.Id,
            AuthReqIdDigest = SecretDigest.Compute("test", validated.Id),
            ClientId = Ehr,
            Subject = PatientA,
            Scopes = validated.Parameters.Scopes,
            Resource = Resource,
            AcrValues = validated.Parameters.AcrValues,
            BindingMessage = validated.Parameters.BindingMessage,
            CreatedAt = validated.CreatedAt,
            ExpiresAt = validated.ExpiresAt,
            Interval = TimeSpan.FromSeconds(5),
            NextPollAt = validated.CreatedAt,
            Context = decision.Context,
        };
        Assert.Equal(CibaAddOutcome.Added, await Store.AddRequestAsync(request, 3));
        return request;
    }

    public ValidatedBackchannelRequest Validated(string? evidence, string[]? scopes = null, string[]? acrValues = null, TimeSpan? expiry = null, string? resource = Resource) => new()
    {
        Tenant = TenantId.Single,
        Id = SecretGenerator.Base64Url(),
        Client = new ClientRegistration(TenantId.Single, ClientMetadata.Parse(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["client_id"] = Ehr,
            ["client_name"] = "Synthetic EHR",
            ["client_name#ja"] = "架空クリニックの電子カルテ",
            ["client_secret"] = "a-synthetic-secret-of-forty-characters-xx",
        })).Value!),
        AccountId = PatientA,
        CreatedAt = Time.GetUtcNow(),
        ExpiresAt = Time.GetUtcNow() + (expiry ?? TimeSpan.FromMinutes(5)),
        Parameters = new()
        {
            Scopes = ["openid", .. scopes ?? [Basic, Medication]],
            Resource = resource,
            AcrValues = acrValues ?? [],
            BindingMessage = "WXYZ-1234",
            HintKind = HintKind.LoginHint,
            Hint = "synthetic",
            ActorToken = evidence,
            SignedRequest = evidence is null ? null : "signed",
        },
    };

    public ValueTask<string> EvidenceAsync(Action<JsonObject>? change = null, string type = PractitionerEvidenceVerifier.EvidenceType, SigningKey? key = null)
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = DoctorOp,
            ["aud"] = Issuer,
            ["azp"] = Ehr,
            ["sub"] = "synthetic-doctor",
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = SecretGenerator.Base64Url(),
            ["extensions"] = new JsonObject
            {
                ["ihe_iua"] = new JsonObject
                {
                    ["subject_name"] = "架空 𠮷野 医師",
                    ["subject_organization"] = "架空クリニック",
                    ["subject_organization_id"] = "synthetic-org",
                    ["subject_role"] = new JsonArray(new JsonObject { ["system"] = "https://example/roles", ["code"] = "physician", ["display"] = "医師" }),
                    ["purpose_of_use"] = new JsonArray(new JsonObject { ["system"] = "http://terminology.hl7.org/CodeSystem/v3-ActReason", ["code"] = "TREAT", ["display"] = "treatment" }),
                },
            },
        };
        change?.Invoke(claims);
        return JwtSigner.SignAsync(key ?? DoctorKey, type, JsonSerializer.SerializeToUtf8Bytes(claims));
    }

    public async Task<string> ProveAsync(string requestId)
    {
        var act = await Acts.BeginOpenAsync(requestId);
        var outcome = await Acts.CompleteAsync(Phone.Authenticate(act.Value!.UafRequest, Facet), ticket: null);
        return outcome.Value!.Token!;
    }

    public async Task<MedIdResult<ActOutcome>> ConsentAsync(CibaRequest request, string[]? granted = null, UafFault fault = UafFault.None)
    {
        var token = await ProveAsync(request.Id);
        var act = await Requests.ChooseAsync(token, request.Id, confirmed: true, granted ?? [Basic, Medication]);
        return act.Succeeded ? await Acts.CompleteAsync(Phone.Authenticate(act.Value.UafRequest, Facet, fault), ticket: null) : act.Error;
    }

    public ValueTask<MedIdResult<PractitionerEvidence>> VerifyAsync(
        string issuer, Func<PractitionerIssuer, MedIdResult<PractitionerEvidence>> verify, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(issuer == DoctorOp
            ? verify(new(DoctorOp, JsonWebKeySet.Of([DoctorKey.ToJwk()])))
            : new MedIdError(ProviderErrorCodes.PractitionerEvidenceUntrusted, ErrorCategory.Untrusted, "test"));

    public ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default)
    {
        Announced.Add((pushAddress, requestId));
        return ValueTask.FromResult(true);
    }

    private static AcrRequirement Class(string acr, AuthenticatorAssuranceLevel level) =>
        new() { Acr = acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = level, Protocols = ["fido-uaf"] };
}
