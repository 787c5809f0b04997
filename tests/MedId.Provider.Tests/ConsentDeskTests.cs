using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider.Tests;

/// <summary>Consent at a reception desk around the provider's own code: everything valid; each test changes one thing. Everybody is invented.</summary>
public sealed class ConsentDeskTests : IClientStore
{
    private const string Desk = "synthetic-desk-client";
    private const string Person = "synthetic-hint";
    private const string Digest = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    private static readonly DateTimeOffset Now = ProviderWorld.Start;
    private readonly AccountDigests _digests = new(new KeyedDigest(new byte[32]));
    private readonly ProviderWorld _world = new(options =>
    {
        options.ConsentDesks = new();
        options.ConsentDesks.Desks.Add(new() { ClientId = Desk, InstitutionId = "synthetic-clinic", Institution = "架空クリニック", Serves = [ProviderWorld.Ehr, "ehr-unregistered"] });
        options.AcrTable = new([.. options.AcrTable!.Rows, TrustWorld.Class("urn:example:paper", "paper"), TrustWorld.Class("urn:example:oral", "oral")]);
    });

    public static TheoryData<string, string> OneChange => new()
    {
        { "another client", ProviderErrorCodes.DeskUnknown },
        { "a recipient as desk", ProviderErrorCodes.DeskUnknown },
        { "no desks", ProviderErrorCodes.DeskUnknown },
        { "posted notice", ProviderErrorCodes.DeskMethodRefused },
        { "method in capitals", ProviderErrorCodes.DeskMethodRefused },
        { "no form version", ProviderErrorCodes.DeskEvidenceRefused },
        { "form version too long", ProviderErrorCodes.DeskEvidenceRefused },
        { "no scan", ProviderErrorCodes.DeskEvidenceRefused },
        { "short digest", ProviderErrorCodes.DeskEvidenceRefused },
        { "long digest", ProviderErrorCodes.DeskEvidenceRefused },
        { "digest with trailing bits", ProviderErrorCodes.DeskEvidenceRefused },
        { "digest in standard base64", ProviderErrorCodes.DeskEvidenceRefused },
        { "oral with scan", ProviderErrorCodes.DeskEvidenceRefused },
        { "no clerk", ProviderErrorCodes.DeskWitnessRefused },
        { "blank clerk", ProviderErrorCodes.DeskWitnessRefused },
        { "oral alone", ProviderErrorCodes.DeskWitnessRefused },
        { "oral, the clerk twice", ProviderErrorCodes.DeskWitnessRefused },
        { "oral, the clerk in capitals", ProviderErrorCodes.DeskWitnessRefused },
        { "oral, blank witness", ProviderErrorCodes.DeskWitnessRefused },
        { "paper, the clerk as witness", ProviderErrorCodes.DeskWitnessRefused },
        { "in the future", ProviderErrorCodes.DeskActOutside },
        { "too old", ProviderErrorCodes.DeskActOutside },
        { "fraction of a second", ProviderErrorCodes.DeskActOutside },
        { "end is now", ProviderErrorCodes.StandingBeyondBounds },
        { "end too late", ProviderErrorCodes.StandingBeyondBounds },
        { "unlimited", ProviderErrorCodes.StandingBeyondBounds },
        { "no access", ProviderErrorCodes.StandingBeyondBounds },
        { "access too long", ProviderErrorCodes.StandingBeyondBounds },
        { "no recipients", ProviderErrorCodes.RecipientUnknown },
        { "a recipient not served", ProviderErrorCodes.RecipientUnknown },
        { "a recipient twice", ProviderErrorCodes.RecipientUnknown },
        { "a recipient not registered", ProviderErrorCodes.RecipientUnknown },
        { "unknown person", ProviderErrorCodes.AccountUnknown },
        { "suspended person", ProviderErrorCodes.AccountSuspended },
        { "another resource", ProviderErrorCodes.PatientNotKnownAtResource },
        { "no scopes", ProviderErrorCodes.ScopeNotAccepted },
        { "openid", ProviderErrorCodes.ScopeNotAccepted },
        { "break the glass", ProviderErrorCodes.ScopeNotAccepted },
        { "no purposes", ProviderErrorCodes.PurposeNotAccepted },
        { "unknown purpose", ProviderErrorCodes.PurposeNotAccepted },
    };

    [Fact]
    public async Task Record_Paper_IsKeptAsAttestedAndThePersonIsTold()
    {
        await PutAsync();
        Assert.Null((await _world.EnrolAsync()).Error);

        var recorded = (await RecordAsync(Paper())).Value!;

        var kept = Assert.Single(await _world.Store.ListStandingConsentsAsync(TenantId.Single, ProviderWorld.PatientA));
        Assert.Equal(
            (recorded.Id, StandingConsentKind.Paper, Now.AddDays(-7), Now.AddDays(83), TimeSpan.FromHours(1)),
            (kept.Id, kept.Kind, kept.GivenAt, kept.ValidUntil, kept.Access));
        Assert.Equal(new() { InstitutionId = "synthetic-clinic", ClerkId = "synthetic-clerk", EvidenceDigest = Digest, WitnessId = null, At = Now.AddDays(-7) }, kept.Witness);
        Assert.Null(kept.Act);
        Assert.Null(kept.DeviceId);
        var notice = JsonNode.Parse(kept.Notice.Notice)!;
        Assert.Equal("""{"at":"2026-11-14T09:00:00Z","evidence":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","form_version":"2026-1","institution":"架空クリニック","institution_id":"synthetic-clinic"}""", Sorted(notice["attested"]!));
        Assert.DoesNotContain("synthetic-clerk", kept.Notice.Notice, StringComparison.Ordinal);
        Assert.Equal("none", (string?)JsonNode.Parse(kept.Notice.Choice)!["button"]);
        Assert.Equal(ConsentDigest.Compute(kept.Notice.Notice, kept.Notice.Choice), kept.Notice.Digest);
        Assert.Equal([(ProviderWorld.PushAddress, kept.Id)], _world.Announced);
    }

    [Fact]
    public async Task Record_Oral_KeepsBothWitnesses()
    {
        await PutAsync();

        Assert.Null((await RecordAsync(Oral())).Error);

        var kept = Assert.Single(await _world.Store.ListStandingConsentsAsync(TenantId.Single, ProviderWorld.PatientA));
        Assert.Equal((StandingConsentKind.Oral, "synthetic-clerk", "synthetic-nurse", null), (kept.Kind, kept.Witness!.ClerkId, kept.Witness.WitnessId, kept.Witness.EvidenceDigest));
        Assert.Empty(_world.Announced);
    }

    [Fact]
    public async Task Record_ActOfThisMoment_IsRecorded()
    {
        await PutAsync();

        Assert.Null((await RecordAsync(Paper() with { TakenAt = Now, ValidUntil = Now.AddDays(90) })).Error);
        Assert.Null((await RecordAsync(Paper() with { TakenAt = Now, ValidUntil = Now.AddSeconds(1), Access = TimeSpan.FromSeconds(1) })).Error);
    }

    [Theory]
    [MemberData(nameof(OneChange))]
    public async Task Record_OneThingWrong_IsRefusedAndNothingIsRecorded(string change, string code)
    {
        await PutAsync(change == "suspended person" ? AccountStatus.Suspended : AccountStatus.Active);
        if (change == "no desks")
        {
            _world.Options.ConsentDesks = null;
        }

        var refused = await RecordAsync(Changed(change), change switch { "another client" => "another", "a recipient as desk" => ProviderWorld.Ehr, _ => Desk });

        Assert.Equal(code, refused.Error?.Code);
        Assert.Empty(await _world.Store.ListStandingConsentsAsync(TenantId.Single, ProviderWorld.PatientA));
        Assert.Empty(_world.Announced);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Try_WithinTheConsent_DecidesOnItsOwnGroundOnly(bool paper)
    {
        await PutAsync();
        var standing = (await RecordAsync(paper ? Paper() : Oral())).Value!;
        var (mine, other) = paper ? (ConsentGroundKind.Paper, ConsentGroundKind.Oral) : (ConsentGroundKind.Oral, ConsentGroundKind.Paper);

        var decision = Assert.IsType<AccessDecision>((await TryAsync(mine)).Decision);

        Assert.Equal((mine, standing.Id, TimeSpan.FromHours(1), standing.ValidUntil, null), (decision.Ground.Kind, decision.Ground.StandingConsentId, decision.Access, decision.Until, decision.AuthTime));
        Assert.Equal([ProviderWorld.Basic, ProviderWorld.Medication], decision.ScopesGranted);
        Assert.Equal(
            [paper ? new("paper-form", "synthetic-clinic", Digest) : new ConsentEvidence("oral-witness", "synthetic-clinic", standing.Notice.Digest)], decision.Ground.Evidence);
        Assert.Equal(AccessPathAnswer.NotMine, await TryAsync(other));
    }

    [Fact]
    public async Task Try_MoreIsAsked_GrantsTheCoveredPart()
    {
        await PutAsync();
        Assert.Null((await RecordAsync(Paper() with { Scopes = ["patient/MedicationRequest.*"] })).Error);

        Assert.Equal([ProviderWorld.Medication], (await TryAsync(ConsentGroundKind.Paper)).Decision!.ScopesGranted);
    }

    [Theory]
    [InlineData("withdrawn")]
    [InlineData("ended")]
    [InlineData("another client")]
    [InlineData("another resource")]
    [InlineData("another purpose")]
    [InlineData("nothing in common")]
    [InlineData("a code is brought")]
    [InlineData("a statement is brought")]
    [InlineData("the glass is broken")]
    public async Task Try_OneThingElse_IsNotThisPaths(string change)
    {
        await PutAsync();
        var standing = (await RecordAsync(change == "nothing in common" ? Paper() with { Scopes = ["patient/Observation.read"] } : Paper())).Value!;
        if (change == "withdrawn")
        {
            Assert.Equal(WithdrawalOutcome.Withdrawn, await _world.Store.WithdrawStandingConsentAsync(TenantId.Single, standing.Id, ProviderWorld.PatientA, Now));
        }

        var answer = await TryAsync(ConsentGroundKind.Paper, query => change switch
        {
            "ended" => query with { At = standing.ValidUntil },
            "another client" => query with { Request = query.Request with { Client = Client("ehr-unregistered", ciba: true) } },
            "another resource" => query with { Resource = "https://other-api.example/fhir" },
            "another purpose" => query with { Purpose = query.Purpose with { Code = "ETREAT" } },
            "a code is brought" => query with { Request = query.Request with { Parameters = query.Request.Parameters with { Hint = OneTimeCodes.HintPrefix + "12345678" } } },
            "a statement is brought" => query with { Details = AuthorizationDetails.Parse(TrustWorld.Details("a.b.c", presence: null)).Value },
            "the glass is broken" => query with { Scopes = [.. query.Scopes, FhirScope.Parse("btg").Value!] },
            _ => query,
        });

        Assert.Equal(AccessPathAnswer.NotMine, answer);
    }

    [Fact]
    public async Task Try_OneTickBeforeTheEnd_Decides()
    {
        await PutAsync();
        var standing = (await RecordAsync(Paper())).Value!;

        Assert.NotNull((await TryAsync(ConsentGroundKind.Paper, query => query with { At = standing.ValidUntil.AddTicks(-1) })).Decision);
    }

    [Fact]
    public void Path_OfAnotherKind_IsMisuse() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeskConsentAccess(ConsentGroundKind.OneTimeCode, _world.Store));

    public ValueTask<ClientRegistration?> FindClientAsync(TenantId tenant, string clientId, CancellationToken cancellationToken = default) =>
        new(clientId == ProviderWorld.Ehr ? Client(clientId, ciba: true) : clientId == "ehr-unregistered" ? Client(clientId, ciba: false) : null);

    private static DeskConsent Paper() => new()
    {
        Person = Person,
        Method = DeskConsent.Paper,
        Resource = ProviderWorld.Resource,
        Recipients = [ProviderWorld.Ehr],
        Scopes = [ProviderWorld.Basic, ProviderWorld.Medication],
        Purposes = ["TREAT"],
        ValidUntil = Now.AddDays(83),
        Access = TimeSpan.FromHours(1),
        FormVersion = "2026-1",
        TakenAt = Now.AddDays(-7),
        ClerkId = "synthetic-clerk",
        ScanDigest = Digest,
    };

    private static DeskConsent Oral() => Paper() with { Method = DeskConsent.Oral, ScanDigest = null, WitnessId = "synthetic-nurse" };

    private static DeskConsent Changed(string change) => change switch
    {
        "posted notice" => Paper() with { Method = "posted-notice" },
        "method in capitals" => Paper() with { Method = "Paper" },
        "no form version" => Paper() with { FormVersion = " " },
        "form version too long" => Paper() with { FormVersion = new('a', 129) },
        "no scan" => Paper() with { ScanDigest = null },
        "short digest" => Paper() with { ScanDigest = Digest[..^1] },
        "long digest" => Paper() with { ScanDigest = Digest + "A" },
        "digest with trailing bits" => Paper() with { ScanDigest = Digest[..^1] + "V" },
        "digest in standard base64" => Paper() with { ScanDigest = Digest.Replace('-', '+').Replace('_', '/') },
        "oral with scan" => Oral() with { ScanDigest = Digest },
        "no clerk" => Paper() with { ClerkId = string.Empty },
        "blank clerk" => Paper() with { ClerkId = "  " },
        "oral alone" => Oral() with { WitnessId = null },
        "oral, the clerk twice" => Oral() with { WitnessId = "synthetic-clerk" },
        "oral, the clerk in capitals" => Oral() with { WitnessId = " SYNTHETIC-CLERK" },
        "oral, blank witness" => Oral() with { WitnessId = " " },
        "paper, the clerk as witness" => Paper() with { WitnessId = "synthetic-clerk" },
        "in the future" => Paper() with { TakenAt = Now.AddSeconds(1) },
        "too old" => Paper() with { TakenAt = Now.AddDays(-7).AddSeconds(-1) },
        "fraction of a second" => Paper() with { TakenAt = Now.AddTicks(-1) },
        "end is now" => Paper() with { ValidUntil = Now },
        "end too late" => Paper() with { ValidUntil = Now.AddDays(83).AddSeconds(1) },
        "unlimited" => Paper() with { ValidUntil = DateTimeOffset.MaxValue },
        "no access" => Paper() with { Access = TimeSpan.Zero },
        "access too long" => Paper() with { Access = TimeSpan.FromSeconds(3601) },
        "no recipients" => Paper() with { Recipients = [] },
        "a recipient not served" => Paper() with { Recipients = [ProviderWorld.Ehr, "another"] },
        "a recipient twice" => Paper() with { Recipients = [ProviderWorld.Ehr, ProviderWorld.Ehr] },
        "a recipient not registered" => Paper() with { Recipients = ["ehr-unregistered"] },
        "unknown person" => Paper() with { Person = "nobody" },
        "another resource" => Paper() with { Resource = "https://other-api.example/fhir" },
        "no scopes" => Paper() with { Scopes = [] },
        "openid" => Paper() with { Scopes = ["openid", ProviderWorld.Basic] },
        "break the glass" => Paper() with { Scopes = [ProviderWorld.Basic, "btg"] },
        "no purposes" => Paper() with { Purposes = [] },
        "unknown purpose" => Paper() with { Purposes = ["NOWORDS"] },
        _ => Paper(),
    };

    private static ClientRegistration Client(string id, bool ciba)
    {
        var json = new JsonObject { ["client_id"] = id, ["client_name"] = "Synthetic EHR", ["client_name#ja"] = "架空クリニックの電子カルテ", ["client_secret"] = "a-synthetic-secret-of-forty-characters-xx" };
        if (ciba)
        {
            json["grant_types"] = new JsonArray("urn:openid:params:grant-type:ciba");
            json["backchannel_token_delivery_mode"] = "poll";
        }

        return new(TenantId.Single, ClientMetadata.Parse(JsonSerializer.SerializeToUtf8Bytes(json)).Value!);
    }

    private static string Sorted(JsonNode node) =>
        new JsonObject(node.AsObject().OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())))
            .ToJsonString(new(JsonSerializerDefaults.General) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private async Task PutAsync(AccountStatus status = AccountStatus.Active) => await _world.Store.PutAccountAsync(new()
    {
        Tenant = TenantId.Single,
        Id = ProviderWorld.PatientA,
        HintDigests = [_digests.OfHint(TenantId.Single, Person)],
        Patients = new Dictionary<string, string> { [ProviderWorld.Resource] = "synthetic-patient" },
        Language = "ja",
        ProofedAt = Now,
        Status = status,
    });

    private ValueTask<MedIdResult<StandingConsent>> RecordAsync(DeskConsent consent, string desk = Desk) =>
        new ConsentDesk(_world.Store, _world.Options, this, _digests, _world, _world.Time).RecordAsync(desk, consent);

    private async Task<AccessPathAnswer> TryAsync(ConsentGroundKind kind, Func<AccessQuery, AccessQuery>? change = null)
    {
        var query = await new TrustWorld().QueryAsync(trust: null, presence: null);
        query = query with { Details = null };
        return await new DeskConsentAccess(kind, _world.Store).TryAsync(change?.Invoke(query) ?? query);
    }
}
