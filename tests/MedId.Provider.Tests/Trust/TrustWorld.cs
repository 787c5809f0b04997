using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Provider.Tests;

/// <summary>A vetted EHR, its assessor, and a person who consented beforehand: everything valid; each test changes one thing. Synthetic.</summary>
internal sealed class TrustWorld : IClientKeySource
{
    public const string Framework = "https://trust.example/framework";
    public const string Assessor = "https://assessor.example";
    public const string Acr = "urn:example:pre-registered";

    public TrustWorld()
    {
        World = new(options => options.AcrTable = new(
        [
            Class("urn:cibatest:auth:fido", "fido-uaf"),
            Class(Acr, "pre-registered"),
        ]));
        TrustFramework = new()
        {
            Id = Framework,
            JapaneseName = "架空の審査の枠組み",
            EnglishName = "Synthetic framework",
            Assessors = [new() { Issuer = Assessor, Keys = JsonWebKeySet.Of([AssessorKey.ToJwk()]) }],
            RequiredCriteria = ["security-audit"],
            AcceptedLevels = ["2", "3"],
        };
        Policy = new() { Frameworks = [Framework] };
    }

    public ProviderWorld World { get; }

    public LocalSigningKey AssessorKey { get; } = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

    public LocalSigningKey EhrKey { get; } = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

    public TrustFramework TrustFramework { get; set; }

    public PreConsentPolicy Policy { get; set; }

    public FaceToFaceRules Rules { get; set; } = new();

    public FakeStandingConsents Standing { get; } = new();

    public DateTimeOffset Now => World.Time.GetUtcNow();

    public FaceToFaceBinding Binding => new()
    {
        ClientId = ProviderWorld.Ehr,
        Audience = ProviderWorld.Issuer,
        Hint = "synthetic",
        PractitionerIssuer = ProviderWorld.DoctorOp,
        Practitioner = "synthetic-doctor",
        Institution = "synthetic-org",
        Resource = ProviderWorld.Resource,
    };

    public PreRegisteredAccess Path => new(Standing, World.Options, new() { FaceToFace = Rules, Policy = Policy }, new TrustFrameworks(TrustFramework), this);

    public static AcrRequirement Class(string acr, string protocol) =>
        new() { Acr = acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = AuthenticatorAssuranceLevel.None, Protocols = [protocol] };

    public async Task<string> TrustAsync(Action<JsonObject>? change = null, string type = TrustStatementVerifier.StatementType, SigningKey? key = null)
    {
        var now = Now.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Assessor,
            ["sub"] = ProviderWorld.Ehr,
            ["aud"] = Framework,
            ["iat"] = now,
            ["exp"] = now + (90 * 86_400),
            ["jti"] = "synthetic-statement",
            ["framework"] = Framework,
            ["criteria"] = new JsonArray("security-audit", "privacy-audit"),
            ["level"] = "2",
            ["name"] = "架空クリニックの電子カルテ",
        };
        change?.Invoke(claims);
        return await JwtSigner.SignAsync(key ?? AssessorKey, type, JsonSerializer.SerializeToUtf8Bytes(claims));
    }

    public async Task<string> PresenceAsync(Action<JsonObject>? change = null, string type = FaceToFaceVerifier.StatementType, SigningKey? key = null)
    {
        var now = Now.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = ProviderWorld.Ehr,
            ["sub"] = ProviderWorld.Ehr,
            ["aud"] = ProviderWorld.Issuer,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = SecretGenerator.Base64Url(),
            ["method"] = FaceToFaceMethods.InsuranceCard,
            ["checked_at"] = now,
            ["checked_by"] = "synthetic-clerk",
            ["institution"] = "synthetic-org",
            ["patient_hint"] = FaceToFaceBinding.HintDigest("synthetic"),
            ["practitioner"] = new JsonObject { ["iss"] = ProviderWorld.DoctorOp, ["sub"] = "synthetic-doctor" },
            ["resource"] = ProviderWorld.Resource,
        };
        change?.Invoke(claims);
        return await JwtSigner.SignAsync(key ?? EhrKey, type, JsonSerializer.SerializeToUtf8Bytes(claims));
    }

    public StandingConsent Consent => new()
    {
        Tenant = TenantId.Single,
        Id = "synthetic-standing",
        Subject = ProviderWorld.PatientA,
        Kind = StandingConsentKind.PreRegistered,
        Resource = ProviderWorld.Resource,
        Recipients = [ProviderWorld.Ehr],
        Scopes = [ProviderWorld.Basic, ProviderWorld.Medication],
        Purposes = ["TREAT"],
        Access = TimeSpan.FromMinutes(20),
        GivenAt = ProviderWorld.Start,
        ValidUntil = ProviderWorld.Start + TimeSpan.FromDays(180),
        Notice = new() { Version = "1", TextsVersion = "synthetic", Language = "ja", Notice = "{}", Choice = "{}", Digest = "synthetic" },
        Act = new()
        {
            Protocol = "fido-uaf",
            Authenticator = "FFFF#0001",
            KeyIdDigest = "synthetic",
            SignedContent = "synthetic",
            Assertion = "synthetic",
            At = ProviderWorld.Start,
            Acr = "urn:cibatest:auth:fido",
            Amr = ["pop"],
            Assurance = "nist-800-63-4/AAL2",
        },
    };

    public async Task<AccessQuery> QueryAsync(string? trust, string? presence, string[]? scopes = null, Action<JsonObject>? evidence = null)
    {
        var token = await World.EvidenceAsync(evidence);
        var verified = PractitionerEvidenceVerifier.Verify(
            token, new(ProviderWorld.DoctorOp, JsonWebKeySet.Of([World.DoctorKey.ToJwk()])), ProviderWorld.Issuer, ProviderWorld.Ehr, AlgorithmPolicy.Default, Now).Value!;
        return new()
        {
            Request = Validated(token, trust, presence, scopes),
            Evidence = verified,
            Account = new()
            {
                Tenant = TenantId.Single,
                Id = ProviderWorld.PatientA,
                HintDigests = [],
                Patients = new Dictionary<string, string> { [ProviderWorld.Resource] = "synthetic-patient" },
                Language = "ja",
                ProofedAt = ProviderWorld.Start,
            },
            Resource = ProviderWorld.Resource,
            Patient = "synthetic-patient",
            Scopes = [.. (scopes ?? [ProviderWorld.Basic, ProviderWorld.Medication]).Select(one => FhirScope.Parse(one).Value!)],
            Purpose = new(verified.Purpose.System, verified.Purpose.Code, "診療のため"),
            Details = AuthorizationDetails.Parse(Details(trust, presence)).Value,
            At = Now,
        };
    }

    public ValidatedBackchannelRequest Validated(string evidence, string? trust, string? presence, string[]? scopes = null)
    {
        var request = World.Validated(evidence, scopes);
        return request with { Parameters = request.Parameters with { AuthorizationDetails = Details(trust, presence) } };
    }

    public static string Details(string? trust, string? presence)
    {
        var details = new JsonObject { ["type"] = AuthorizationDetails.ConsentType };
        if (trust is not null)
        {
            details["trust_statement"] = trust;
        }

        if (presence is not null)
        {
            details["face_to_face"] = presence;
        }

        return new JsonArray(details).ToJsonString();
    }

    public async Task<AccessPathAnswer> TryAsync(string[]? scopes = null, Action<JsonObject>? evidence = null) =>
        await Path.TryAsync(await QueryAsync(await TrustAsync(), await PresenceAsync(), scopes, evidence));

    public ValueTask<MedIdResult<T>> VerifyAsync<T>(ClientRegistration client, Func<JsonWebKeySet, MedIdResult<T>> verify, CancellationToken cancellationToken = default)
        where T : notnull => new(verify(JsonWebKeySet.Of([EhrKey.ToJwk()])));
}
