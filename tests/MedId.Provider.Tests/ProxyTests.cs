using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Fido.Uaf;
using MedId.Testing;

namespace MedId.Provider.Tests;

/// <summary>Proxies around the provider's own code: a child, a parent with a phone, and whoever else tries. Everybody is invented.</summary>
public sealed class ProxyTests
{
    private const string Parent = "synthetic-account-parent";
    private const string Stranger = "synthetic-account-stranger";
    private const string Child = ProviderWorld.PatientA;
    private static readonly LifeCycleActor Clerk = LifeCycleActor.Clerk("synthetic-clerk", "synthetic-office");

    // 18 on 2030-04-02 in Japan, which begins at 15:00 UTC of the day before.
    private static readonly DateOnly BornOn = new(2012, 4, 2);
    private static readonly DateTimeOffset ComesOfAge = new(2030, 4, 1, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Open_ChildWithoutPhone_RingsTheParentWhoSeesForWhomAndByWhatRight()
    {
        var scene = await Scene.StartAsync();
        await scene.RegisterAsync();

        var request = await scene.OpenAsync();

        Assert.Equal([("http://127.0.0.1:5999/parent", request.Id)], scene.World.Announced);
        var opened = await scene.World.Requests.ReadAsync(await scene.ProveAsync(request), request.Id);
        var notice = JsonNode.Parse(opened.Value!.Notice)!;
        Assert.Equal(
            """{"legal_basis":"parental-authority","legal_basis_text":"親権（民法第818条）","name":"架空 太郎","patient_name":"架空 花子","relationship":"parent","relationship_text":"親権者","text":"架空 太郎さんが、架空 花子さんの親権者として判断します。法的根拠：親権（民法第818条）。"}""",
            notice["proxy"]!.ToJsonString(new(System.Text.Json.JsonSerializerDefaults.General) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Contains("架空 花子さんに代わって", (string?)notice["intro"], StringComparison.Ordinal);
        Assert.Equal("ご本人の診療のため", (string?)notice["purpose"]!["text"]);
    }

    [Fact]
    public async Task Open_ParentWhoReadsEnglish_GetsAnEnglishNotice()
    {
        var scene = await Scene.StartAsync(language: "en");
        await scene.RegisterAsync();
        var request = await scene.OpenAsync();

        var notice = JsonNode.Parse((await scene.World.Requests.ReadAsync(await scene.ProveAsync(request), request.Id)).Value!.Notice)!;

        Assert.Equal(("en", "Parent", "Parental authority (Civil Code, article 818)"), ((string?)notice["language"], (string?)notice["proxy"]!["relationship_text"], (string?)notice["proxy"]!["legal_basis_text"]));
        Assert.Equal("On behalf of 架空 花子 I agree that the information below about 架空 花子 is given to this service and this doctor.", (string?)notice["intro"]);
    }

    [Fact]
    public async Task Consent_ByTheParent_IsTheChildsWithBothNamesInRecordAndToken()
    {
        var scene = await Scene.StartAsync();
        var relation = (await scene.RegisterAsync()).Value!;
        var request = await scene.OpenAsync();

        Assert.Null((await scene.ConsentAsync(request)).Error);

        var consent = Assert.Single(await scene.World.Store.ListConsentsAsync(TenantId.Single, Child));
        Assert.Equal((Child, relation.Id, Parent, "架空 太郎", "架空 花子", ProxyRelationship.Parent, "parental-authority"), (
            consent.Subject, consent.Proxy!.RelationId, consent.Proxy.Subject, consent.Proxy.Name, consent.Proxy.PatientName, consent.Proxy.Relationship, consent.Proxy.LegalBasis));
        Assert.Equal(ConsentDigest.Compute(consent.Notice.Notice, consent.Notice.Choice), consent.Notice.Digest);
        Assert.Contains("\"patient_name\":\"架空 花子\"", consent.Notice.Notice, StringComparison.Ordinal);
        var grant = (await scene.World.Store.FindRequestAsync(TenantId.Single, request.Id))!.Grant!;
        var claim = JsonNode.Parse(grant.ConsentProxy!)!;
        Assert.Equal((Child, "parent", "架空 太郎", "架空 花子"), (grant.Subject, (string?)claim["relationship"], (string?)claim["name"], (string?)claim["patient_name"]));
        Assert.NotEqual(Parent, (string?)claim["sub"]);
        Assert.DoesNotContain(Parent, grant.ConsentProxy!, StringComparison.Ordinal);
        Assert.Equal("given", (await scene.World.Store.ListConsentEventsAsync(TenantId.Single, consent.Id))[0].Kind);
        Assert.Equal(Parent, (await scene.World.Store.ListConsentEventsAsync(TenantId.Single, consent.Id))[0].By);
    }

    [Fact]
    public async Task Open_OnlyAPartIsCovered_ShowsAndGrantsThatPart()
    {
        var scene = await Scene.StartAsync();
        await scene.RegisterAsync(order => order with { Scopes = [ProviderWorld.Medication] });
        var request = await scene.OpenAsync();
        var token = await scene.ProveAsync(request);

        var notice = JsonNode.Parse((await scene.World.Requests.ReadAsync(token, request.Id)).Value!.Notice)!;

        Assert.Equal([ProviderWorld.Medication], notice["categories"]!.AsArray().Select(one => (string?)one!["scope"]));
        Assert.Equal(ProviderErrorCodes.ChoiceRefused, (await scene.World.Requests.ChooseAsync(token, request.Id, confirmed: true, [ProviderWorld.Basic])).Error?.Code);
        Assert.Null((await scene.ConsentAsync(request, ProviderWorld.Medication)).Error);
    }

    [Theory]
    [InlineData("nothing registered")]
    [InlineData("other scopes")]
    [InlineData("not yet")]
    [InlineData("suspended")]
    [InlineData("ended")]
    [InlineData("no policy")]
    [InlineData("parent suspended")]
    public async Task Open_NobodyMayDecide_IsRefusedAndNobodyIsRung(string why)
    {
        var scene = await Scene.StartAsync();
        if (why != "nothing registered")
        {
            var relation = (await scene.RegisterAsync(order => why switch
            {
                "other scopes" => order with { Scopes = ["patient/Observation.read"] },
                "not yet" => order with { ValidFrom = ProviderWorld.Start.AddDays(1) },
                _ => order,
            })).Value!;
            switch (why)
            {
                case "suspended":
                    Assert.Null((await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.Suspend, Clerk)).Error);
                    break;
                case "ended":
                    Assert.Null((await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.End, Clerk)).Error);
                    break;
                case "no policy":
                    scene.World.Options.Proxies = null;
                    break;
                case "parent suspended":
                    await scene.World.Store.ChangeAccountAsync(new() { Tenant = TenantId.Single, AccountId = Parent, Event = AccountEvent.Suspend, Actor = Clerk, At = ProviderWorld.Start });
                    break;
            }
        }

        var refused = await scene.World.Opener.OpenAsync(scene.World.Validated(await scene.World.EvidenceAsync()));

        Assert.Equal(ProviderErrorCodes.NoDevice, refused.Refusal?.Error.Code);
        Assert.Empty(scene.World.Announced);
    }

    [Fact]
    public async Task Open_ChildUnderTheConsentAgeWithPhone_AsksTheParentOnly()
    {
        var scene = await Scene.StartAsync(childHasPhone: true);
        await scene.RegisterAsync(order => order with { BornOn = new(2018, 4, 2) });
        var request = await scene.OpenAsync();

        Assert.Equal(["http://127.0.0.1:5999/parent"], scene.World.Announced.Select(one => one.Address));
        var own = await scene.World.Acts.BeginOpenAsync(request.Id);
        Assert.Equal(UafErrorCodes.KeyUnknown, (await scene.World.Acts.CompleteAsync(scene.World.Phone.Authenticate(own.Value!.UafRequest, ProviderWorld.Facet), ticket: null)).Error?.Code);
    }

    [Theory]
    [InlineData(ProxyAsking.PersonElseProxies, 1)]
    [InlineData(ProxyAsking.Both, 2)]
    public async Task Open_ChildWhoDecidesAloneWithPhone_IsAskedByPolicy(ProxyAsking asking, int rung)
    {
        // 15 since 2026-04-02.
        var scene = await Scene.StartAsync(childHasPhone: true, options => options.Asking = asking);
        await scene.RegisterAsync(order => order with { BornOn = new(2011, 4, 2) });
        var request = await scene.OpenAsync();

        Assert.Equal(rung, scene.World.Announced.Count);
        Assert.Equal(ProviderWorld.PushAddress, scene.World.Announced[0].Address);
        if (asking == ProxyAsking.Both)
        {
            // The first to decide wins.
            var late = await scene.ProveAsync(request);
            Assert.Null((await scene.World.ConsentAsync(request)).Error);
            Assert.Equal(ProviderErrorCodes.RequestNotPending, (await scene.World.Requests.ChooseAsync(late, request.Id, confirmed: true, [ProviderWorld.Basic])).Error?.Code);
            Assert.Null(Assert.Single(await scene.World.Store.ListConsentsAsync(TenantId.Single, Child)).Proxy);
        }
    }

    [Fact]
    public async Task Consent_PhoneOfAStrangerOrOfAnotherPersonsProxy_IsUnknownAndNothingChanges()
    {
        var scene = await Scene.StartAsync();
        await scene.RegisterAsync();
        var stranger = await scene.EnrolAsync(Stranger, "http://127.0.0.1:5999/stranger");
        await scene.World.PutAccountAsync("synthetic-account-other-child");
        Assert.Null((await scene.RegisterAsync(order => order with { Patient = "synthetic-account-other-child", Proxy = Stranger })).Error);
        var request = await scene.OpenAsync();

        var act = await scene.World.Acts.BeginOpenAsync(request.Id);
        var refused = await scene.World.Acts.CompleteAsync(stranger.Authenticate(act.Value!.UafRequest, ProviderWorld.Facet), ticket: null);

        Assert.Equal(UafErrorCodes.KeyUnknown, refused.Error?.Code);
        Assert.Equal(CibaStatus.Pending, (await scene.World.Store.FindRequestAsync(TenantId.Single, request.Id))!.Status);
        Assert.Empty(await scene.World.Store.ListConsentsAsync(TenantId.Single, Child));
    }

    [Theory]
    [InlineData("before opening")]
    [InlineData("before reading")]
    [InlineData("before choosing")]
    [InlineData("before denying")]
    [InlineData("before signing")]
    public async Task Consent_RelationEndsInBetween_IsRefusedWithItsCodeAndNothingChanges(string when)
    {
        var scene = await Scene.StartAsync();
        var relation = (await scene.RegisterAsync()).Value!;
        var request = await scene.OpenAsync();
        async Task EndAsync() => Assert.Null((await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.End, Clerk)).Error);

        var begun = await scene.World.Acts.BeginOpenAsync(request.Id);
        if (when == "before opening")
        {
            await EndAsync();
            Assert.Equal(ProviderErrorCodes.ProxyNotActive, (await scene.World.Acts.CompleteAsync(scene.Phone.Authenticate(begun.Value!.UafRequest, ProviderWorld.Facet), ticket: null)).Error?.Code);
        }
        else
        {
            var token = (await scene.World.Acts.CompleteAsync(scene.Phone.Authenticate(begun.Value!.UafRequest, ProviderWorld.Facet), ticket: null)).Value!.Token!;
            var act = when == "before signing" ? await scene.World.Requests.ChooseAsync(token, request.Id, confirmed: true, [ProviderWorld.Basic]) : null;
            await EndAsync();
            var code = when switch
            {
                "before reading" => (await scene.World.Requests.ReadAsync(token, request.Id)).Error?.Code,
                "before choosing" => (await scene.World.Requests.ChooseAsync(token, request.Id, confirmed: true, [ProviderWorld.Basic])).Error?.Code,
                "before denying" => (await scene.World.Requests.DenyAsync(token, request.Id)).Error?.Code,
                _ => (await scene.World.Acts.CompleteAsync(scene.Phone.Authenticate(act!.Value!.UafRequest, ProviderWorld.Facet), ticket: null)).Error?.Code,
            };
            Assert.Equal(ProviderErrorCodes.ProxyNotActive, code);
        }

        Assert.Equal(CibaStatus.Pending, (await scene.World.Store.FindRequestAsync(TenantId.Single, request.Id))!.Status);
        Assert.Empty(await scene.World.Store.ListConsentsAsync(TenantId.Single, Child));
    }

    [Fact]
    public async Task Deny_ByTheParent_DeniesTheRequest()
    {
        var scene = await Scene.StartAsync();
        await scene.RegisterAsync();
        var request = await scene.OpenAsync();

        Assert.Null((await scene.World.Requests.DenyAsync(await scene.ProveAsync(request), request.Id)).Error);

        Assert.Equal(CibaStatus.Denied, (await scene.World.Store.FindRequestAsync(TenantId.Single, request.Id))!.Status);
    }

    [Fact]
    public async Task Consent_ChildComesOfAge_EndsAtThatInstantAndIsToldInTheHistory()
    {
        var scene = await Scene.StartAsync(configure: options => options.Longest[ProxyRelationship.Parent] = ProxyOptions.LongestTerm);
        Assert.Null((await scene.RegisterAsync(order => order with { ValidUntil = ComesOfAge.AddDays(200) })).Error);
        scene.World.Time.SetUtcNow(ComesOfAge.AddMinutes(-2));
        var request = await scene.OpenAsync();

        Assert.Null((await scene.ConsentAsync(request)).Error);

        var consent = Assert.Single(await scene.World.Store.ListConsentsAsync(TenantId.Single, Child));
        Assert.Equal(ComesOfAge, consent.AccessUntil);
        Assert.True(await scene.World.Store.IsConsentActiveAsync(TenantId.Single, consent.Id, Child, ComesOfAge.AddTicks(-1)));
        Assert.False(await scene.World.Store.IsConsentActiveAsync(TenantId.Single, consent.Id, Child, ComesOfAge));
        scene.World.Time.SetUtcNow(ComesOfAge);
        Assert.Equal(ProviderErrorCodes.NoDevice, (await scene.World.Opener.OpenAsync(scene.World.Validated(await scene.World.EvidenceAsync()))).Refusal?.Error.Code);
        await scene.World.Store.SweepAsync(ComesOfAge);
        var line = (await scene.World.Store.ListLifeCycleAsync(TenantId.Single, Child))[^1];
        Assert.Equal(("ProxyComeOfAge", LifeCycleActorKind.Op), (line.Event, line.Actor.Kind));
        Assert.Equal(ConsentStatus.Withdrawn, (await scene.World.Store.FindConsentAsync(TenantId.Single, consent.Id))!.Status);
    }

    [Theory]
    [InlineData("2012-04-02", "2030-04-01T15:00:00Z")]
    [InlineData("2012-02-29", "2030-02-28T15:00:00Z")]
    [InlineData("2010-02-28", "2028-02-27T15:00:00Z")]
    public async Task Register_Minor_KeepsTheInstantsAndNotTheBirthday(string bornOn, string ofAge)
    {
        var scene = await Scene.StartAsync();
        var relation = (await scene.RegisterAsync(order => order with { BornOn = DateOnly.Parse(bornOn, System.Globalization.CultureInfo.InvariantCulture) })).Value!;

        Assert.Equal(DateTimeOffset.Parse(ofAge, System.Globalization.CultureInfo.InvariantCulture), relation.ComesOfAgeAt);
        Assert.Equal(relation.ComesOfAgeAt!.Value.Year - 3, relation.ConsentsAloneAt!.Value.Year);
    }

    public static TheoryData<string, Func<ProxyOrder, ProxyOrder>> Faults => new()
    {
        { "no evidence", order => order with { Evidence = [] } },
        { "evidence of another relationship", order => order with { Evidence = [new("power-of-attorney", "office", Digest)] } },
        { "evidence without issuer", order => order with { Evidence = [new("family-register", " ", Digest)] } },
        { "evidence without digest", order => order with { Evidence = [new("family-register", "office", "c2hvcnQ")] } },
        { "basis of another relationship", order => order with { LegalBasis = "mandate" } },
        { "no scopes", order => order with { Scopes = [] } },
        { "no FHIR scope", order => order with { Scopes = ["openid"] } },
        { "no purposes", order => order with { Purposes = [] } },
        { "a purpose without words", order => order with { Purposes = ["HMARKT"] } },
        { "longer than its longest", order => order with { ValidUntil = ProviderWorld.Start.AddDays((3 * 366) + 1) } },
        { "over before it began", order => order with { ValidUntil = ProviderWorld.Start } },
        { "a parent of nobody's child", order => order with { BornOn = null } },
        { "of age", order => order with { BornOn = new(2008, 11, 21) } },
        { "two dates", order => order with { ComesOfAgeOn = new(2030, 4, 2) } },
        { "oneself", order => order with { Proxy = Child } },
        { "no name", order => order with { ProxyName = " " } },
        { "a name that turns around", order => order with { PatientName = "a\u202Eb" } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Register_OneFault_IsRefused(string what, Func<ProxyOrder, ProxyOrder> change)
    {
        var scene = await Scene.StartAsync();

        Assert.True((await scene.RegisterAsync(change)).Error is { Code: ProviderErrorCodes.ProxyRefused }, what);

        Assert.Empty(await scene.World.Store.ListProxyRelationsAsync(TenantId.Single, Child));
    }

    [Fact]
    public async Task Change_ByAClerkOfAnotherInstitution_IsUnknown()
    {
        var scene = await Scene.StartAsync();
        var relation = (await scene.RegisterAsync()).Value!;

        Assert.Equal(ProviderErrorCodes.ProxyUnknown, (await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.End, LifeCycleActor.Clerk("other", "other-office"))).Error?.Code);
        Assert.Equal(ProviderErrorCodes.ProxyActive, (await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.Resume, Clerk)).Error?.Code);
        Assert.Null((await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.Suspend, Clerk)).Error);
        Assert.Equal(ProviderErrorCodes.ProxySuspended, (await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.Suspend, Clerk)).Error?.Code);
        Assert.Null((await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.End, LifeCycleActor.Administrator("administrator"))).Error);
        Assert.Equal(ProviderErrorCodes.ProxyEnded, (await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.End, Clerk)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.ProxyUnknown, (await scene.Desk.ChangeAsync("unknown", ProxyEvent.End, Clerk)).Error?.Code);
    }

    [Fact]
    public async Task Register_Agent_StandsOnlyAfterThePersonSignedOnTheirOwnDevice()
    {
        var scene = await Scene.StartAsync(childHasPhone: true, options => options.Asking = ProxyAsking.Both);
        var relation = (await scene.RegisterAsync(Agent)).Value!;
        Assert.Equal(ProxyState.Registered, relation.State);
        var token = (await scene.SignInAsync(scene.World.Phone, scene.ChildHandle!)).Value!.Token!;

        Assert.Equal(ProviderErrorCodes.ChoiceRefused, (await scene.Relations.AppointAsync(token, relation.Id, confirmed: false)).Error?.Code);
        var proxyToken = (await scene.SignInAsync(scene.Phone, scene.ParentHandle!)).Value!.Token!;
        Assert.Equal(ProviderErrorCodes.ProxyUnknown, (await scene.Relations.AppointAsync(proxyToken, relation.Id, confirmed: true)).Error?.Code);
        var notice = JsonNode.Parse((await scene.Relations.ReadAppointmentAsync(token, relation.Id)).Value!.Notice)!;
        Assert.Equal(("架空 太郎", "agent", "委任（民法第643条）"), ((string?)notice["proxy"]!["name"], (string?)notice["proxy"]!["relationship"], (string?)notice["proxy"]!["legal_basis_text"]));
        var act = (await scene.Relations.AppointAsync(token, relation.Id, confirmed: true)).Value!;
        var done = await scene.World.Acts.CompleteAsync(scene.World.Phone.Authenticate(act.UafRequest, ProviderWorld.Facet), ticket: null);

        Assert.Equal(CeremonyKind.Appoint, done.Value?.Kind);
        var stands = (await scene.World.Store.FindProxyRelationAsync(TenantId.Single, relation.Id))!;
        Assert.Equal(ProxyState.Active, stands.State);
        Assert.Equal(act.Digest, stands.Appointment!.Notice.Digest);
        Assert.Equal(ConsentDigest.Compute(stands.Appointment.Notice.Notice, stands.Appointment.Notice.Choice), act.Digest);
        Assert.Equal(ProviderErrorCodes.ProxyActive, (await scene.Relations.AppointAsync(token, relation.Id, confirmed: true)).Error?.Code);
    }

    [Fact]
    public async Task Register_AgentByPaper_StandsAtOnceAndIsEndedByThePerson()
    {
        var scene = await Scene.StartAsync(childHasPhone: true);
        var relation = (await scene.RegisterAsync(order => Agent(order) with { Evidence = [new("power-of-attorney", "office", Digest), new(ProxyOptions.PaperConsent, "office", Digest)] })).Value!;
        Assert.Equal(ProxyState.Active, relation.State);
        var token = (await scene.SignInAsync(scene.World.Phone, scene.ChildHandle!)).Value!.Token!;
        Assert.Equal([(relation.Id, false)], (await scene.Relations.ListAsync(token)).Value!.Select(own => (own.Relation.Id, own.AsProxy)));

        Assert.Null((await scene.Relations.EndAsync(token, relation.Id)).Error);

        Assert.Equal(("ProxyEnd", LifeCycleActorKind.Person), (await scene.Relations.HistoryAsync(token)).Value!.Select(line => (line.Event, line.Actor.Kind)).Last());
        Assert.Equal(ProviderErrorCodes.ProxyEnded, (await scene.Relations.EndAsync(token, relation.Id)).Error?.Code);
    }

    [Fact]
    public async Task End_ByAChildBelowTheAgeOrByAStranger_IsRefusedAndByTheParentDone()
    {
        var scene = await Scene.StartAsync(childHasPhone: true);
        var relation = (await scene.RegisterAsync(order => order with { BornOn = new(2018, 4, 2) })).Value!;
        var child = (await scene.SignInAsync(scene.World.Phone, scene.ChildHandle!)).Value!.Token!;
        Assert.Equal(ProviderErrorCodes.ProxyNotEntitled, (await scene.Relations.EndAsync(child, relation.Id)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.ProxyUnknown, (await scene.Relations.EndAsync(child, "unknown")).Error?.Code);
        Assert.Equal(ProviderErrorCodes.DeviceTokenRefused, (await scene.Relations.EndAsync("no-token", relation.Id)).Error?.Code);
        var parent = (await scene.SignInAsync(scene.Phone, scene.ParentHandle!)).Value!.Token!;

        Assert.Equal(ProxyState.Ended, (await scene.Relations.EndAsync(parent, relation.Id)).Value?.State);

        Assert.Equal(LifeCycleActorKind.Proxy, (await scene.World.Store.ListLifeCycleAsync(TenantId.Single, Child))[^1].Actor.Kind);
    }

    [Fact]
    public async Task Withdraw_ByTheParent_EndsTheConsentThatTheyGave()
    {
        var scene = await Scene.StartAsync();
        await scene.RegisterAsync();
        Assert.Null((await scene.ConsentAsync(await scene.OpenAsync())).Error);
        var token = (await scene.SignInAsync(scene.Phone, scene.ParentHandle!)).Value!.Token!;
        var given = Assert.Single((await scene.World.History.ListGivenForOthersAsync(token)).Value!);
        Assert.Empty((await scene.World.History.ListAsync(token)).Value!);

        Assert.Null((await scene.World.History.WithdrawAsync(token, given.Consent.Id)).Error);

        Assert.Equal(ConsentStatus.Withdrawn, (await scene.World.Store.FindConsentAsync(TenantId.Single, given.Consent.Id))!.Status);
    }

    [Fact]
    public void Validate_UnlimitedTermOrWrongAges_IsNamed()
    {
        foreach (var (wrong, word) in new (Action<ProxyOptions>, string)[]
        {
            (options => options.Longest.Remove(ProxyRelationship.Agent), "Longest[Agent]"),
            (options => options.Longest[ProxyRelationship.Parent] = ProxyOptions.LongestTerm + TimeSpan.FromTicks(1), "Longest[Parent]"),
            (options => options.ConsentAge = 19, "ConsentAge"),
            (options => options.LegalBases.Add(new("mandate", "二つ目", "Second", ProxyRelationship.Agent)), "a code stands once"),
            (options => options.Desks.Add(new() { ClientId = string.Empty, InstitutionId = "x" }), "a desk"),
        })
        {
            var options = new ProviderOptions { Proxies = new() };
            wrong(options.Proxies);
            Assert.Contains(options.Validate(), line => line.Contains(word, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(new ProviderOptions { Proxies = new() }.Validate(), line => line.Contains("Proxies", StringComparison.Ordinal));
    }

    private static string Digest => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("synthetic")));

    private static ProxyOrder Agent(ProxyOrder order) => order with
    {
        Relationship = ProxyRelationship.Agent,
        Evidence = [new("power-of-attorney", "架空", Digest)],
        LegalBasis = "mandate",
        BornOn = null,
        ValidUntil = ProviderWorld.Start.AddDays(30),
    };

    private sealed class Scene(ProviderWorld world)
    {
        public ProviderWorld World => world;

        public SoftwareUafAuthenticator Phone { get; private set; } = null!;

        public string? ParentHandle { get; private set; }

        public string? ChildHandle { get; private set; }

        public ProxyDesk Desk { get; } = new(world.Store, world.Options, new(world.Store, world, [], world.Time), world.Time);

        public ProxyRelations Relations { get; } = new(world.Store, world.Options, world.Acts, new(world.Store, world, [], world.Time), world.Time);

        public static async Task<Scene> StartAsync(bool childHasPhone = false, Action<ProxyOptions>? configure = null, string language = "ja")
        {
            var world = await ProviderWorld.WithAccountAsync(options =>
            {
                options.Proxies = new();
                configure?.Invoke(options.Proxies);
            });
            var scene = new Scene(world);
            if (childHasPhone)
            {
                scene.ChildHandle = (await world.EnrolAsync()).Value!.Token;
            }

            scene.Phone = await scene.EnrolAsync(Parent, "http://127.0.0.1:5999/parent", language);
            return scene;
        }

        public async Task<SoftwareUafAuthenticator> EnrolAsync(string account, string push, string language = "ja")
        {
            await world.Store.PutAccountAsync(new()
            {
                Tenant = TenantId.Single,
                Id = account,
                HintDigests = [],
                Patients = new Dictionary<string, string>(StringComparer.Ordinal),
                Language = language,
                ProofedAt = ProviderWorld.Start,
            });
            var phone = new SoftwareUafAuthenticator(world.Model);
            var ticket = (await world.Desk.IssueTicketAsync(account, ProviderWorld.Proofed)).Value!;
            var act = await world.Acts.BeginEnrolmentAsync(ticket, push);
            ParentHandle = (await world.Acts.CompleteAsync(phone.Register(act.Value!.UafRequest, ProviderWorld.Facet), ticket)).Value!.Token;
            return phone;
        }

        public ValueTask<MedIdResult<ProxyRelation>> RegisterAsync(Func<ProxyOrder, ProxyOrder>? change = null)
        {
            var order = new ProxyOrder
            {
                Patient = Child,
                Proxy = Parent,
                Relationship = ProxyRelationship.Parent,
                PatientName = "架空 花子",
                ProxyName = "架空 太郎",
                Evidence = [new("family-register", "架空市", Digest)],
                LegalBasis = "parental-authority",
                Scopes = ["patient/*.rs"],
                Purposes = ["TREAT"],
                ValidUntil = ProviderWorld.Start.AddDays(365),
                BornOn = BornOn,
            };
            return Desk.RegisterAsync(change is null ? order : change(order), Clerk);
        }

        public async Task<CibaRequest> OpenAsync()
        {
            var request = await world.OpenRequestAsync();
            await world.Opener.NotifyAsync(request);
            return request;
        }

        public async Task<string> ProveAsync(CibaRequest request)
        {
            var act = await world.Acts.BeginOpenAsync(request.Id);
            return (await world.Acts.CompleteAsync(Phone.Authenticate(act.Value!.UafRequest, ProviderWorld.Facet), ticket: null)).Value!.Token!;
        }

        public async Task<MedIdResult<ActOutcome>> ConsentAsync(CibaRequest request, params string[] granted)
        {
            var token = await ProveAsync(request);
            var act = await world.Requests.ChooseAsync(token, request.Id, confirmed: true, granted.Length > 0 ? granted : [ProviderWorld.Basic, ProviderWorld.Medication]);
            return await world.Acts.CompleteAsync(Phone.Authenticate(act.Value!.UafRequest, ProviderWorld.Facet), ticket: null);
        }

        public async Task<MedIdResult<ActOutcome>> SignInAsync(SoftwareUafAuthenticator phone, string handle)
        {
            var act = await world.Acts.BeginSignInAsync(handle);
            return await world.Acts.CompleteAsync(phone.Authenticate(act.Value!.UafRequest, ProviderWorld.Facet), ticket: null);
        }
    }
}
