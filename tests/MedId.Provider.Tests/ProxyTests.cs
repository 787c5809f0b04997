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
public sealed partial class ProxyTests
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
}
