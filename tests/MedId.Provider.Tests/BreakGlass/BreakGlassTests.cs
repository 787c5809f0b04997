using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Provider.Tests;

public class BreakGlassTests : IBreakGlassObserver
{
    private const string Acr = "urn:example:break-glass";
    private const string Condition = "patient/Condition.read";

    private readonly List<BrokenGlass> _told = [];
    private readonly ProviderWorld _world = new(options =>
    {
        options.Reuse = ConsentReuse.RefreshToken;
        options.AcrTable = new([TrustWorld.Class("urn:cibatest:auth:fido", "fido-uaf"), TrustWorld.Class(Acr, "break-glass")]);
    });

    private bool _observerIsAway;

    [Fact]
    public async Task BreakGlass_WithReason_OpensAtOnceTellsAndRecords()
    {
        Assert.Null((await PutAndEnrolAsync()).Error);
        var request = await OpenAsync();

        await Opener().NotifyAsync(request);

        var stored = (await _world.Store.FindRequestAsync(TenantId.Single, request.Id))!;
        Assert.Equal(CibaStatus.Approved, stored.Status);
        var consent = (await _world.Store.FindConsentAsync(TenantId.Single, stored.Grant!.ConsentId!))!;
        Assert.Equal((ConsentGroundKind.BreakGlass, "unconscious", "意識がない: 救急搬送、既往歴不明"), (consent.Ground!.Kind, consent.Ground.ReasonCode, consent.Ground.Reason));
        Assert.Equal("架空の根拠", consent.Ground.LegalBasis);
        Assert.Equal(("break-glass", "none", Acr), (consent.Act.Protocol, consent.Act.Authenticator, consent.Act.Acr));
        Assert.Equal(_world.Time.GetUtcNow() + TimeSpan.FromMinutes(15), consent.AccessUntil);
        Assert.Equal(["openid", Condition, "btg"], stored.Grant.Scopes);
        Assert.False(stored.Grant.AllowsRefresh);
        Assert.Null(stored.Grant.AuthTime);
        Assert.Equal([("narrowed", ProviderWorld.Ehr), ("told", ProviderWorld.Issuer)], (await _world.Store.ListConsentEventsAsync(TenantId.Single, consent.Id)).Select(line => (line.Kind, line.By!)));
        Assert.Equal([(ProviderWorld.PushAddress, request.Id)], _world.Announced);
        Assert.Equal(consent.Id, Assert.Single(_told).Consent.Id);
    }

    [Fact]
    public async Task Read_Afterwards_SaysWhatWasOpenedAndWhy()
    {
        Assert.Null((await PutAndEnrolAsync()).Error);
        var request = await OpenAsync();
        await Opener().NotifyAsync(request);
        _world.Time.Advance(TimeSpan.FromMinutes(6));

        var opened = (await _world.Requests.ReadAsync(await _world.ProveAsync(request.Id), request.Id)).Value!;

        var notice = JsonNode.Parse(opened.Notice)!;
        Assert.Equal("緊急のため情報が閲覧されました", (string?)notice["title"]);
        Assert.Equal("意識がない: 救急搬送、既往歴不明", (string?)notice["reason"]);
        Assert.Equal("架空の根拠", (string?)notice["legal_basis"]);
        Assert.Equal("break-glass", opened.Told!.Ground);
        Assert.Equal([Condition, "btg"], opened.Told.Consent.ScopesGranted);
    }

    [Fact]
    public async Task Choose_OnWhatWasOpened_IsRefused()
    {
        Assert.Null((await PutAndEnrolAsync()).Error);
        var request = await OpenAsync();
        await Opener().NotifyAsync(request);

        var token = await _world.ProveAsync(request.Id);

        Assert.Equal(ProviderErrorCodes.RequestNotPending, (await _world.Requests.ChooseAsync(token, request.Id, confirmed: true, [Condition])).Error?.Code);
        Assert.Equal(ProviderErrorCodes.RequestNotPending, (await _world.Requests.DenyAsync(token, request.Id)).Error?.Code);
    }

    [Fact]
    public async Task BreakGlass_PersonWithoutDevice_OpensAndHistoryIsNotTold()
    {
        await _world.PutAccountAsync(ProviderWorld.PatientA);
        var request = await OpenAsync();

        await Opener().NotifyAsync(request);

        var stored = (await _world.Store.FindRequestAsync(TenantId.Single, request.Id))!;
        Assert.Equal(CibaStatus.Approved, stored.Status);
        Assert.Equal(["narrowed"], (await _world.Store.ListConsentEventsAsync(TenantId.Single, stored.Grant!.ConsentId!)).Select(line => line.Kind));
        Assert.Single(_told);
    }

    [Fact]
    public async Task BreakGlass_ObserverAway_PersonIsToldAllTheSame()
    {
        Assert.Null((await PutAndEnrolAsync()).Error);
        var request = await OpenAsync();
        _observerIsAway = true;

        await Assert.ThrowsAsync<IOException>(async () => await Opener().NotifyAsync(request));

        Assert.Equal(CibaStatus.Approved, (await _world.Store.FindRequestAsync(TenantId.Single, request.Id))!.Status);
        Assert.Single(_world.Announced);
    }

    [Fact]
    public async Task BreakGlass_ObserverAway_HearsOfItWhenItIsBackAndThePersonOnce()
    {
        Assert.Null((await PutAndEnrolAsync()).Error);
        var request = await OpenAsync();
        _observerIsAway = true;
        await Assert.ThrowsAsync<IOException>(async () => await Opener().NotifyAsync(request));
        _observerIsAway = false;
        _world.Time.Advance(TimeSpan.FromSeconds(3));
        await RunAsync();
        _world.Time.Advance(TimeSpan.FromHours(1));
        await RunAsync();
        Assert.Single(_told);
        Assert.Single(_world.Announced);
    }

    [Fact]
    public async Task BreakGlass_NodeDiedOnceTheRequestWasStored_AnotherOneOpensTellsAndRecords()
    {
        Assert.Null((await PutAndEnrolAsync()).Error);
        var request = await OpenAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        await RunAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        await RunAsync();
        var stored = (await _world.Store.FindRequestAsync(TenantId.Single, request.Id))!;
        Assert.Equal(CibaStatus.Approved, stored.Status);
        Assert.Single(_told);
        Assert.Equal([(ProviderWorld.PushAddress, request.Id)], _world.Announced);
        Assert.Equal(["narrowed", "told"], (await _world.Store.ListConsentEventsAsync(TenantId.Single, stored.Grant!.ConsentId!)).Select(line => line.Kind));
    }

    [Fact]
    public async Task BreakGlass_NodeDiedOnceItWasApproved_ThePersonIsToldAllTheSame()
    {
        Assert.Null((await PutAndEnrolAsync()).Error);
        var request = await OpenAsync();
        var decided = AccessContext.FromJson(request.Context!);
        Assert.True((await new ApprovalDecision(_world.Store, _world.Options).ApproveDirectlyAsync(request, decided, _world.Time.GetUtcNow(), default)).Succeeded);
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        await RunAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        await RunAsync();
        Assert.Single(_told);
        Assert.Single(_world.Announced);
    }

    [Fact]
    public async Task BreakGlass_InQuietHours_OpensAtOnceAndThePersonIsToldInTheMorning()
    {
        Assert.Null((await PutAndEnrolAsync()).Error);
        _world.Options.Outbox.QuietHours = new() { From = new(17, 0), To = new(7, 0) };
        var request = await OpenAsync();
        await Opener().NotifyAsync(request);
        var consent = (await _world.Store.FindRequestAsync(TenantId.Single, request.Id))!.Grant!.ConsentId!;
        Assert.Single(_told);
        _world.Time.Advance(TimeSpan.FromHours(12));
        await _world.Store.SweepAsync(_world.Time.GetUtcNow());
        await RunAsync();
        Assert.Empty(_world.Announced);
        _world.Time.Advance(TimeSpan.FromHours(1));
        await RunAsync();

        // The request is forgotten by then; the consent is what there is to see.
        Assert.Equal([(ProviderWorld.PushAddress, consent)], _world.Announced);
        Assert.Equal(["narrowed", "told"], (await _world.Store.ListConsentEventsAsync(TenantId.Single, consent)).Select(line => line.Kind));
    }

    [Fact]
    public async Task BreakGlass_AccountNotActive_IsRefused()
    {
        await _world.PutAccountAsync(ProviderWorld.PatientA);
        await _world.Store.SetAccountStatusAsync(TenantId.Single, ProviderWorld.PatientA, AccountStatus.Suspended, _world.Time.GetUtcNow());

        Assert.Equal(ProviderErrorCodes.AccountSuspended, await RefusalAsync());
    }

    [Theory]
    [InlineData("no reason", ProviderErrorCodes.BreakGlassReasonMissing)]
    [InlineData("no scope", ProviderErrorCodes.BreakGlassScopeMissing)]
    [InlineData("no path", ProviderErrorCodes.BreakGlassNotOffered)]
    [InlineData("class not accepted", ProviderErrorCodes.BreakGlassNotOffered)]
    [InlineData("client", ProviderErrorCodes.BreakGlassClientRefused)]
    [InlineData("role", ProviderErrorCodes.BreakGlassRoleRefused)]
    [InlineData("role of another system", ProviderErrorCodes.BreakGlassRoleRefused)]
    [InlineData("purpose", ProviderErrorCodes.BreakGlassPurposeRefused)]
    [InlineData("unknown reason", ProviderErrorCodes.BreakGlassReasonUnknown)]
    [InlineData("bidi reason", ProviderErrorCodes.BreakGlassReasonUnknown)]
    [InlineData("offline", ProviderErrorCodes.BreakGlassScopeRefused)]
    [InlineData("nothing allowed", ProviderErrorCodes.BreakGlassScopeRefused)]
    [InlineData("wider than allowed", ProviderErrorCodes.BreakGlassScopeRefused)]
    public async Task BreakGlass_OneChange_IsRefusedWithItsCode(string change, string code)
    {
        await _world.PutAccountAsync(ProviderWorld.PatientA);
        Assert.Equal(code, await RefusalAsync(change));
    }

    [Fact]
    public async Task BreakGlass_ReasonAlone_IsNeverAskedOfThePerson()
    {
        Assert.Null((await PutAndEnrolAsync()).Error);

        Assert.Equal(ProviderErrorCodes.BreakGlassReasonMissing, await RefusalAsync("no reason, no path"));
        Assert.Equal(ProviderErrorCodes.BreakGlassScopeMissing, await RefusalAsync("no scope, no path"));
    }

    [Fact]
    public async Task BreakGlass_Limit_IsPerDoctorAndWindow()
    {
        await _world.PutAccountAsync(ProviderWorld.PatientA);

        // Windows follow the clock: 09:00 is the begin of one.
        Assert.Null(await RefusalAsync());
        Assert.Equal(ProviderErrorCodes.BreakGlassRoleRefused, await RefusalAsync("role"));
        Assert.Null(await RefusalAsync());
        Assert.Equal(ProviderErrorCodes.BreakGlassLimitReached, await RefusalAsync());
        Assert.Null(await RefusalAsync("another doctor"));
        _world.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(ProviderErrorCodes.BreakGlassLimitReached, await RefusalAsync());
        _world.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await RefusalAsync());
    }

    [Fact]
    public void Opener_NobodyOversees_CannotBeMade() => Assert.Throws<ArgumentException>(() =>
        new AccessRequestOpener(_world.Store, _world.Options, _world, _world, _world.Time, hpki: null, [new BreakGlassAccess(Options(), _world.Store)]));

    [Fact]
    public void Options_Valid_IsEmptyAndOneChangeIsNamed()
    {
        Assert.Empty(Options().Validate());
        Assert.NotEmpty(new BreakGlassOptions().Validate());
        Action<BreakGlassOptions>[] changes =
        [
            options => options.Clients.Clear(),
            options => options.Roles.Clear(),
            options => options.Purposes.Clear(),
            options => options.Purposes.Add("HMARKT"),
            options => options.Reasons.Clear(),
            options => options.Reasons.Add(options.Reasons[0]),
            options => options.Scopes.Clear(),
            options => options.Scopes.Add("btg"),
            options => options.Scopes.Add("openid"),
            options => options.Access = TimeSpan.Zero,
            options => options.Access = TimeSpan.FromMinutes(60) + TimeSpan.FromTicks(1),
            options => options.LimitPerPractitioner = 0,
            options => options.Window = TimeSpan.FromDays(2),
            options => options.JapaneseLegalBasis = string.Empty,
        ];
        Assert.All(changes, change =>
        {
            var options = Options();
            change(options);
            Assert.Single(options.Validate());
            Assert.Throws<InvalidOperationException>(() => new BreakGlassAccess(options, _world.Store));
        });
        var longest = Options();
        longest.Access = TimeSpan.FromMinutes(60);
        Assert.Empty(longest.Validate());
    }

    [Fact]
    public void UserCode_BreakGlassWithoutOne_IsWaived()
    {
        var codes = new AccountUserCodes(_world.Store, new(new KeyedDigest(new byte[32])));
        var parameters = _world.Validated("evidence").Parameters;

        Assert.False(codes.IsWaived(parameters));
        Assert.True(codes.IsWaived(parameters with { AuthorizationDetails = Details() }));
        Assert.False(codes.IsWaived(parameters with { AuthorizationDetails = TrustWorld.Details("a", "b") }));
        Assert.False(codes.IsWaived(parameters with { AuthorizationDetails = "[]" }));
    }

    public ValueTask GlassBrokenAsync(BrokenGlass broken, CancellationToken cancellationToken = default)
    {
        if (_observerIsAway)
        {
            throw new IOException("synthetic");
        }

        _told.Add(broken);
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync()
    {
        IOutboxHandler[] handlers = [new Announcer(_world.Store, _world.Options, _world, _world.Time), new DirectDecisions(_world.Store, _world.Options, [this], _world.Time)];
        await new OutboxRunner(_world.Store, _world.Options, handlers, _world.Time).RunOnceAsync();
    }

    private static BreakGlassOptions Options()
    {
        var options = new BreakGlassOptions { LimitPerPractitioner = 2, JapaneseLegalBasis = "架空の根拠", EnglishLegalBasis = "Synthetic basis" };
        options.Clients.Add(ProviderWorld.Ehr);
        options.Roles.Add(new("https://example/roles", "physician"));
        options.Reasons.Add(new("unconscious", "意識がない", "Unconscious"));
        options.Scopes.Add(Condition);
        return options;
    }

    private static string Details(string code = "unconscious", string reason = "救急搬送、既往歴不明") => new JsonArray(new JsonObject
    {
        ["type"] = AuthorizationDetails.ConsentType,
        ["break_glass"] = new JsonObject { ["reason_code"] = code, ["reason"] = reason },
    }).ToJsonString();

    private AccessRequestOpener Opener(bool offered = true, string? client = null)
    {
        var options = Options();
        if (client is not null)
        {
            options.Clients.Clear();
            options.Clients.Add(client);
        }

        return new(_world.Store, _world.Options, _world, _world, _world.Time, hpki: null, offered ? [new BreakGlassAccess(options, _world.Store)] : [], [this]);
    }

    private async Task<MedIdResult<ActOutcome>> PutAndEnrolAsync()
    {
        await _world.PutAccountAsync(ProviderWorld.PatientA);
        return await _world.EnrolAsync();
    }

    private async Task<ValidatedBackchannelRequest> ValidatedAsync(string change = "")
    {
        var evidence = await _world.EvidenceAsync(claims =>
        {
            var iua = claims["extensions"]!["ihe_iua"]!;
            iua["purpose_of_use"]![0]!["code"] = change == "purpose" ? "TREAT" : "BTG";
            claims["sub"] = change == "another doctor" ? "synthetic-doctor-b" : "synthetic-doctor";
            iua["subject_role"]![0]!["code"] = change == "role" ? "clerk" : "physician";
            iua["subject_role"]![0]!["system"] = change == "role of another system" ? "https://example/other-roles" : "https://example/roles";
        });
        string[] scopes = change switch
        {
            "no scope" or "no scope, no path" => [Condition],
            "offline" => [Condition, "btg", "offline_access"],
            "nothing allowed" => [ProviderWorld.Basic, "btg"],
            "wider than allowed" => ["patient/*.read", "btg"],
            _ => [Condition, ProviderWorld.Basic, "btg"],
        };
        var details = change switch
        {
            "no reason" or "no reason, no path" => null,
            "unknown reason" => Details("curiosity"),
            "bidi reason" => Details(reason: "a\u202Eb"),
            _ => Details(),
        };
        var request = _world.Validated(evidence, scopes, change == "class not accepted" ? ["urn:cibatest:auth:fido"] : []);
        return request with { Parameters = request.Parameters with { AuthorizationDetails = details } };
    }

    private async Task<string?> RefusalAsync(string change = "")
    {
        var opener = Opener(!change.EndsWith("no path", StringComparison.Ordinal), change == "client" ? "another-ehr" : null);
        return (await opener.OpenAsync(await ValidatedAsync(change))).Refusal?.Error.Code;
    }

    private async Task<CibaRequest> OpenAsync()
    {
        var validated = await ValidatedAsync();
        var decision = await Opener().OpenAsync(validated);
        Assert.Null(decision.Refusal);
        var request = new CibaRequest
        {
            Tenant = TenantId.Single,
            Id = validated.Id,
            AuthReqIdDigest = SecretDigest.Compute("test", validated.Id),
            ClientId = ProviderWorld.Ehr,
            Subject = ProviderWorld.PatientA,
            Scopes = validated.Parameters.Scopes,
            Resource = ProviderWorld.Resource,
            AcrValues = validated.Parameters.AcrValues,
            CreatedAt = validated.CreatedAt,
            ExpiresAt = validated.ExpiresAt,
            Interval = TimeSpan.FromSeconds(5),
            NextPollAt = validated.CreatedAt,
            Context = decision.Context,
        };
        Assert.Equal(CibaAddOutcome.Added, await _world.Store.AddRequestAsync(request, 3));
        return request;
    }
}
