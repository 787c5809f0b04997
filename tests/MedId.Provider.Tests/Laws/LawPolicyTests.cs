using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Consent;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider.Tests.Laws;

public class LawPolicyTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static readonly string[] European =
    [
        "notice_controller", "notice_controller_contact", "notice_basis", "notice_retention", "notice_rights", "notice_complaint", "notice_required", "notice_source", "notice_plain", "notice_dpo",
    ];

    [Fact]
    public void Validate_Unset_IsRefusedAndOffNeedsAReason()
    {
        Assert.Contains(new ProviderOptions().Validate(), one => one.Contains("Laws is not set", StringComparison.Ordinal));
        Assert.DoesNotContain(new ProviderOptions { Laws = LawPolicy.Off("a laboratory without people") }.Validate(), one => one.Contains("Laws", StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => LawPolicy.Off(" "));
        Assert.Throws<ArgumentException>(() => LawPolicy.In(""));
    }

    [Fact]
    public void Validate_PlaceOrRuleThatIsNone_IsNamed()
    {
        var wrong = string.Join('\n', new ProviderOptions { Laws = LawPolicy.In("Japan") with { OnlyRecorded = ["JP-1", "JP-4711"], MustBeDecided = ["EU-77"] } }.Validate());
        Assert.Contains("'Japan' is no jurisdiction", wrong, StringComparison.Ordinal);
        Assert.Contains("no rule JP-4711", wrong, StringComparison.Ordinal);
        Assert.Contains("no rule EU-77", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("no rule JP-1 ", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void ValidateLawsFor_NoticeWithoutAMandatoryItem_NamesLawAndItem()
    {
        Assert.Empty(Options(LawPolicy.In("JP")).ValidateLawsFor(Client(), Today));
        foreach (var item in European)
        {
            var wrong = Options(LawPolicy.In("DE"), [.. European.Where(one => one != item)]).ValidateLawsFor(Client(), Today);
            if (LawRules.Current.FindLaw(LawIds.Gdpr)!.NoticeItems.Contains(item))
            {
                Assert.Contains(wrong, one => one.Contains($"gdpr: the notice about {ProviderWorld.Ehr}, version 1, does not state {item}.", StringComparison.Ordinal));
                Assert.Contains(wrong, one => one.Contains("EU-10 (gdpr 13(1), (2), 14) fails for every consent", StringComparison.Ordinal) && one.Contains(item, StringComparison.Ordinal));
            }
        }

        Assert.Empty(Options(LawPolicy.In("DE"), European).ValidateLawsFor(Client(), Today));
        Assert.NotEmpty(Options(LawPolicy.In("DE")).ValidateLawsFor(Client(), Today));
        Assert.Empty(Options(LawPolicy.Off("a test"), []).ValidateLawsFor(Client(), Today));
    }

    [Theory]
    [InlineData("JP", null)]
    [InlineData("DE", null)]
    [InlineData("US-NY", "JP-8")]
    public async Task Approve_RecipientAbroad_NeedsItsOwnConsentUnlessItsCountryIsEqual(string place, string? open)
    {
        var world = await ProviderWorld.EnrolledAsync(options => options.Laws = LawPolicy.In("JP") with
        {
            RecipientsElsewhere = new Dictionary<string, string> { [ProviderWorld.Ehr] = place },
            MustBeDecided = ["JP-8", "JP-8x"],
            OnlyRecorded = place == "DE" ? [.. LawRules.Current.Rules.Where(rule => rule.Law.Id == LawIds.Gdpr).Select(rule => rule.Id)] : [],
        });

        // Whether the recipient has an equal system of its own only the operator knows.
        Assert.Equal(open, (await world.ConsentAsync(await world.OpenRequestAsync())).Error?.Detail?.Split(", ")[0]);
    }

    [Fact]
    public void ValidateLawsFor_RuleThatFailsWhateverThePersonDoes_StopsTheStart()
    {
        var policy = LawPolicy.In("JP") with { Complete = (record, facts) => facts with { RecipientAbroad = true, AbroadEquivalence = AbroadEquivalence.System, AbroadCheckedYearly = false } };
        var wrong = Assert.Single(Options(policy).ValidateLawsFor(Client(), Today));
        Assert.Contains("JP-8x (appi 28(1), (3)) fails for every consent", wrong, StringComparison.Ordinal);
        Assert.Contains("abroad_checked_yearly", wrong, StringComparison.Ordinal);
        Assert.Empty(Options(policy with { OnlyRecorded = ["JP-8x"] }).ValidateLawsFor(Client(), Today));
    }

    [Fact]
    public async Task Approve_JapaneseLaw_KeepsWhatWasFoundAndLeavesTheAgeOpen()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var consent = await GiveAsync(world);

        Assert.Equal(["appi"], consent.Laws!.Laws);
        Assert.Equal("undecidable", consent.Laws.Verdict);
        Assert.Empty(consent.Laws.NotMet);
        Assert.Contains("JP-7", consent.Laws.Undecided);
        Assert.DoesNotContain("JP-1", consent.Laws.Undecided);
        Assert.Equal(43, consent.Laws.Digest.Length);
        Assert.Equal(consent.Laws.Digest, (await GiveAsync(await ProviderWorld.EnrolledAsync())).Laws!.Digest);

        // What the operator states is decided, and the digest is another one.
        var stated = await GiveAsync(await ProviderWorld.EnrolledAsync(options => options.Laws = LawPolicy.In("JP") with { Complete = (_, facts) => facts with { SubjectAge = 40, SubjectCapable = true } }));
        Assert.DoesNotContain("JP-7", stated.Laws!.Undecided);
        Assert.NotEqual(consent.Laws.Digest, stated.Laws.Digest);
    }

    [Fact]
    public async Task Approve_RuleThatIsNotMet_StopsBeforeAnythingIsStored()
    {
        // A child of eleven alone, as the operator's register says.
        var policy = LawPolicy.In("JP") with { Complete = (record, facts) => record is null ? facts : facts with { SubjectAge = 11, ConsentByRepresentative = false } };
        var world = await ProviderWorld.EnrolledAsync(options => options.Laws = policy);
        var request = await world.OpenRequestAsync();

        var refused = await world.ConsentAsync(request);

        Assert.Equal((ProviderErrorCodes.LawNotMet, "JP-7"), (refused.Error!.Code, refused.Error.Detail));
        Assert.Empty(await world.Store.ListConsentsAsync(TenantId.Single, ProviderWorld.PatientA));
        var recorded = await GiveAsync(await ProviderWorld.EnrolledAsync(options => options.Laws = policy with { OnlyRecorded = ["JP-7"] }));
        Assert.Equal(("fail", "JP-7"), (recorded.Laws!.Verdict, Assert.Single(recorded.Laws.NotMet)));
    }

    [Fact]
    public async Task Approve_RuleThatHasToBeDecided_StopsWhereItIsNot()
    {
        var world = await ProviderWorld.EnrolledAsync(options => options.Laws = LawPolicy.In("JP") with { MustBeDecided = ["JP-7", "JP-1"] });

        var refused = await world.ConsentAsync(await world.OpenRequestAsync());

        Assert.Equal((ProviderErrorCodes.LawUndecided, "JP-7"), (refused.Error!.Code, refused.Error.Detail));
    }

    [Fact]
    public async Task Approve_Off_KeepsNothing() =>
        Assert.Null((await GiveAsync(await ProviderWorld.EnrolledAsync(options => options.Laws = LawPolicy.Off("a test")))).Laws);

    [Fact]
    public async Task Approve_BreakGlass_RestsOnTheExceptionAndSaysThatNobodyAgreed()
    {
        ConsentCase? judged = null;
        var world = await ProviderWorld.EnrolledAsync(options =>
        {
            options.Laws = LawPolicy.In("JP") with { Complete = (_, facts) => judged = facts };
            options.AcrTable = new([new() { Acr = "urn:example:none", Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = AuthenticatorAssuranceLevel.None, Protocols = ["break-glass"] }]);
        });
        var opener = new AccessRequestOpener(world.Store, world.Options, world, world, world.Time, paths: [new Glass()], observers: [new Overseer()]);
        var plain = world.Validated(await world.EvidenceAsync());
        var asked = plain with
        {
            Parameters = plain.Parameters with
            {
                Scopes = [.. plain.Parameters.Scopes, BreakGlassAccess.Scope],
                AuthorizationDetails = """[{"type":"medid_consent","break_glass":{"reason_code":"unconscious","reason":"synthetic"}}]""",
            },
        };
        var request = new CibaRequest
        {
            Tenant = TenantId.Single,
            Id = asked.Id,
            AuthReqIdDigest = "digest",
            ClientId = ProviderWorld.Ehr,
            Subject = ProviderWorld.PatientA,
            Scopes = asked.Parameters.Scopes,
            Resource = ProviderWorld.Resource,
            AcrValues = [],
            CreatedAt = asked.CreatedAt,
            ExpiresAt = asked.ExpiresAt,
            Interval = TimeSpan.FromSeconds(5),
            NextPollAt = asked.CreatedAt,
            Context = (await opener.OpenAsync(asked)).Context,
        };
        await world.Store.AddRequestAsync(request, 3);

        await opener.NotifyAsync(request);

        Assert.Equal((false, ConsentBasis.Exception, AppiException.LifeBodyProperty), (judged!.ConsentExists, judged.Basis, judged.Exception));
        var consent = Assert.Single(await world.Store.ListConsentsAsync(TenantId.Single, ProviderWorld.PatientA));
        Assert.Empty(consent.Laws!.NotMet);
        Assert.DoesNotContain("JP-1", consent.Laws.Undecided);
        Assert.DoesNotContain("JP-6", consent.Laws.Undecided);
    }

    private static async Task<ConsentRecord> GiveAsync(ProviderWorld world)
    {
        Assert.Null((await world.ConsentAsync(await world.OpenRequestAsync())).Error);
        return Assert.Single(await world.Store.ListConsentsAsync(TenantId.Single, ProviderWorld.PatientA));
    }

    private sealed class Glass : IAccessPath
    {
        public ConsentGroundKind Kind => ConsentGroundKind.BreakGlass;

        public ValueTask<AccessPathAnswer> TryAsync(AccessQuery query, CancellationToken cancellationToken = default) => new(new AccessDecision
        {
            Ground = new() { Kind = Kind, Reason = "synthetic", Evidence = [] },
            ScopesGranted = [ProviderWorld.Basic],
            Access = TimeSpan.FromMinutes(5),
        });
    }

    private sealed class Overseer : IBreakGlassObserver
    {
        public ValueTask GlassBrokenAsync(BrokenGlass broken, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }

    private static ProviderOptions Options(LawPolicy policy, string[]? stated = null)
    {
        var options = new ProviderOptions { Laws = policy };
        if (stated is not null)
        {
            options.Notices.Add(new()
            {
                ClientId = ProviderWorld.Ehr,
                Version = 1,
                PublishedAt = ProviderWorld.Start,
                Controllers = ["synthetic-clinic"],
                Purposes = ["TREAT"],
                Data = ["*"],
                Retention = ["P5Y"],
                Statements = [.. stated.Select(fact => new NoticeStatement(fact, "架空の説明", "synthetic words"))],
            });
        }

        return options;
    }

    private static ClientRegistration Client() => new(TenantId.Single, ClientMetadata.Parse(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["client_id"] = ProviderWorld.Ehr,
        ["client_name"] = "Synthetic EHR",
        ["client_secret"] = "a-synthetic-secret-of-forty-characters-xx",
        ["grant_types"] = new JsonArray(GrantTypes.Ciba),
        ["backchannel_token_delivery_mode"] = "poll",
    })).Value!);
}
