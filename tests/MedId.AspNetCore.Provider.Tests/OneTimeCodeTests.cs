using System.Globalization;
using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Codes that a person tells the pharmacist or doctor, over real HTTP (row D4). Synthetic.</summary>
public class OneTimeCodeTests
{
    private const string Account = "synthetic-account-a";
    private const string Acr = "urn:example:one-time-code";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ask_WithACode_OpensDataAtOnceAndOnce(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings(sqlite: sqlite));
        await using var _ = world;
        var (token, code, id) = await MakeAsync(world, phone);
        Assert.Equal(8, code.Length);
        Assert.All(code, digit => Assert.InRange(digit, '0', '9'));

        var asked = (await AskAsync(world, code)).Expect(200);
        var tokens = (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);

        var claims = Jwt.Claims(tokens["access_token"]);
        Assert.Equal((Acr, $"openid {OpWorld.Basic} {OpWorld.Medication}"), ((string?)claims["acr"], (string?)claims["scope"]));
        Assert.Equal(world.Time.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds(), (long)claims["exp"]!);
        Assert.Null(tokens.Json["refresh_token"]);
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);
        var consent = (await world.Store.FindConsentAsync(TenantId.Single, (string)claims["consent_id"]!))!;
        Assert.Equal((ConsentGroundKind.OneTimeCode, id, "one-time-code", ""), (consent.Ground!.Kind, consent.Ground.StandingConsentId, consent.Act.Protocol, consent.Act.Assertion));
        Assert.Equal("used", (string?)(await world.GetAsync("/device/standing", token)).Json["standing"]![0]!["status"]);

        // The person is told, after the fact.
        Assert.Single(world.Announced);
        Assert.Contains("told", (await world.Store.ListConsentEventsAsync(TenantId.Single, consent.Id)).Select(line => line.Kind));

        Refused(await AskAsync(world, code));
    }

    [Fact]
    public async Task Ask_WrongUsedExpiredForeignOrOfASuspendedPerson_IsAnsweredAlike()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings());
        await using var _ = world;
        var (_, code, _) = await MakeAsync(world, phone);
        var wrong = await AskAsync(world, Other(code));
        Refused(wrong);
        List<WireAnswer> answers = [await AskAsync(world, string.Empty), await AskAsync(world, code + "0"), await AskAsync(world, code[..^1]), await AskAsync(world, " " + code)];
        answers.Add(await AskAsync(world, code, ehr: world.PsEhr));
        (await AskAsync(world, code)).Expect(200);
        answers.Add(await AskAsync(world, code));
        var (_, second, _) = await MakeAsync(world, phone);
        var (_, third, _) = await MakeAsync(world, phone);
        answers.Add(await AskAsync(world, second));
        world.Time.Advance(TimeSpan.FromMinutes(10));
        answers.Add(await AskAsync(world, third));
        var (_, fourth, _) = await MakeAsync(world, phone);
        await world.Services.GetRequiredService<LifeCycleDesk>().ChangeAccountAsync(Account, AccountEvent.Suspend, LifeCycleActor.Clerk("synthetic-clerk", "synthetic-desk"));
        answers.Add(await AskAsync(world, fourth));

        Assert.All(answers, answer => Assert.Equal((wrong.Status, wrong.Text, wrong.CacheControl, wrong.MediaType), (answer.Status, answer.Text, answer.CacheControl, answer.MediaType)));
    }

    [Fact]
    public async Task Ask_JustBeforeTheEnd_IsDecided()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings());
        await using var _ = world;
        var (_, code, _) = await MakeAsync(world, phone);
        world.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));

        (await AskAsync(world, code)).Expect(200);
    }

    [Fact]
    public async Task Ask_TooManyWrongCodes_JudgesNoneUntilTheWindowHasPassed()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings(codes: options =>
        {
            options.Attempts = 3;
            options.Clients.Add("ehr-clinic-b");
            options.Lifetime = TimeSpan.FromMinutes(30);
        }));
        await using var _ = world;
        var (_, code, _) = await MakeAsync(world, phone);
        for (var i = 0; i < 3; i++)
        {
            Refused(await AskAsync(world, Other(code)));
        }

        Refused(await AskAsync(world, code));
        world.Time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1));
        Refused(await AskAsync(world, code));
        Refused(await AskAsync(world, Other(code), ehr: world.PsEhr));
        world.Time.Advance(TimeSpan.FromTicks(1));

        (await AskAsync(world, code)).Expect(200);
        var failed = (await AuditAsync(world)).Where(line => line.Event == AuditEventKind.CodeFailed).ToList();
        Assert.Equal(["", "", "", "too-many-attempts", "too-many-attempts", ""], failed.Select(line => line.Reason ?? string.Empty));
        Assert.All(failed, line => Assert.Null(line.Subject));
    }

    [Fact]
    public async Task Ask_RightCodes_AreNoAttempts()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings(codes: options => options.Attempts = 1));
        await using var _ = world;
        for (var i = 0; i < 3; i++)
        {
            var (_, code, _) = await MakeAsync(world, phone);
            (await AskAsync(world, code)).Expect(200);
        }
    }

    [Fact]
    public async Task Ask_MoreThanWasAgreed_GetsWhatWasAgreed()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings());
        await using var _ = world;
        var (_, code, _) = await MakeAsync(world, phone, granted: [OpWorld.Basic]);

        var tokens = (await world.Ehr.PollAsync((await AskAsync(world, code)).Expect(200)["auth_req_id"])).Expect(200);

        Assert.Equal($"openid {OpWorld.Basic}", tokens["scope"]);
    }

    [Fact]
    public async Task Ask_WiderScopeWasAgreed_CoversTheNarrowerOnes()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings());
        await using var _ = world;
        var (_, code, _) = await MakeAsync(world, phone, scopes: ["patient/*.read"]);

        var tokens = (await world.Ehr.PollAsync((await AskAsync(world, code)).Expect(200)["auth_req_id"])).Expect(200);

        Assert.Equal($"openid {OpWorld.Basic} {OpWorld.Medication}", tokens["scope"]);
    }

    [Theory]
    [InlineData("scope", "openid patient/AllergyIntolerance.read")]
    [InlineData("acr_values", OpWorld.Trial)]
    public async Task Ask_NotWhatTheCodeIsFor_IsRefusedAndTheCodeStays(string parameter, string value)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings());
        await using var _ = world;
        var (_, code, _) = await MakeAsync(world, phone);

        Assert.Equal(ProviderErrorCodes.OneTimeCodeNotCovering, (await AskAsync(world, code, claims => claims[parameter] = value)).Code);

        Assert.Empty(world.Announced);
        (await AskAsync(world, code)).Expect(200);
    }

    [Fact]
    public async Task Ask_ForAnotherPurposeThanAgreed_IsRefused()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings());
        await using var _ = world;
        var (_, code, id) = await MakeAsync(world, phone);
        var standing = (await world.Store.FindStandingConsentAsync(TenantId.Single, id))!;
        await world.Store.WithdrawStandingConsentAsync(TenantId.Single, id, Account, world.Time.GetUtcNow());
        await world.Store.AddStandingConsentAsync(standing with { Id = "synthetic-other-purpose", Purposes = ["HRESCH"], DeviceId = null });

        Assert.Equal(ProviderErrorCodes.OneTimeCodeNotCovering, (await AskAsync(world, code)).Code);
    }

    [Fact]
    public async Task Ask_TwiceAtOnce_OneGetsTokens()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings(sqlite: true));
        await using var _ = world;
        var (_, code, _) = await MakeAsync(world, phone);

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(world, code)));

        List<int> polled = [];
        foreach (var answer in asked.Where(answer => answer.Status == 200))
        {
            polled.Add((await world.Ehr.PollAsync(answer["auth_req_id"])).Status);
        }

        Assert.Single(polled, status => status == 200);
        Assert.Single(await world.Store.ListConsentsAsync(TenantId.Single, Account));
    }

    [Fact]
    public async Task Ask_WithdrawnWhileItIsJudged_IsRefused()
    {
        var found = 0;
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings() with
        {
            Before = (verb, store) =>
            {
                // Once when it is made, once for the hint, once for the decision.
                if (verb == nameof(IProviderStore.FindStandingConsentByCodeAsync) && ++found == 3)
                {
                    var id = store.ListStandingConsentsAsync(TenantId.Single, Account).AsTask().GetAwaiter().GetResult()[0].Id;
                    store.WithdrawStandingConsentAsync(TenantId.Single, id, Account, OpWorld.Start).AsTask().GetAwaiter().GetResult();
                }
            },
        });
        await using var _ = world;
        var (_, code, _) = await MakeAsync(world, phone);

        Assert.Equal(ProviderErrorCodes.StandingConsentNotActive, (await AskAsync(world, code)).Code);
    }

    [Fact]
    public async Task Withdraw_AfterUse_EndsTheToken()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings());
        await using var _ = world;
        var (token, code, id) = await MakeAsync(world, phone);
        var access = (await world.Ehr.PollAsync((await AskAsync(world, code)).Expect(200)["auth_req_id"])).Expect(200)["access_token"];

        Assert.Equal(204, (await world.PostJsonAsync($"/device/standing/{id}/withdrawal", "{}", token)).Status);

        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(access)).Text);
    }

    [Fact]
    public async Task LoginHint_ThatIsNoCode_StillNeedsTheUserCode()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings());
        await using var _1 = world;

        Assert.Equal(CibaErrorCodes.UserCodeMissing, (await world.Ehr.AuthorizeAsync(claims => claims.Remove("user_code"))).Code);
        Assert.Equal(CibaErrorCodes.UserCodeMissing, (await world.Ehr.AuthorizeAsync(claims =>
        {
            claims["login_hint"] = "one-time-codes:12345678";
            claims.Remove("user_code");
        })).Code);
    }

    [Fact]
    public async Task Code_AnywhereButInTheAnswer_IsNotFound()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings(trace: true, sqlite: true));
        await using var _ = world;
        var (token, code, _) = await MakeAsync(world, phone);
        var marker = new Marker("the code", code);
        Refused(await AskAsync(world, Other(code)));
        (await AskAsync(world, code)).Expect(200);
        Refused(await AskAsync(world, code));

        Assert.Null(marker.FindIn((await world.GetAsync("/device/standing", token)).Text));
        Assert.All(world.Log.Lines, line => Assert.Null(marker.FindIn(line)));
        Assert.All(await AuditAsync(world), line => Assert.Null(marker.FindIn(line.ToString() + line.Reason + line.ObjectId)));
        await world.StopAsync();
        Assert.All(Directory.EnumerateFiles(world.DatabaseFolder), file => Assert.Null(marker.FindIn(File.ReadAllBytes(file))));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    public async Task Make_AsManyDigitsAsTheOpSays(int digits)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(StandingTests.Settings(codes: options => options.Digits = digits));
        await using var _ = world;

        Assert.Equal(digits, (await MakeAsync(world, phone)).Code.Length);
    }

    internal static async Task<(string Token, string Code, string Id)> MakeAsync(OpWorld world, Phone phone, string[]? scopes = null, string[]? granted = null)
    {
        var asked = StandingTests.Composition();
        asked["kind"] = "one-time-code";
        asked.Remove("recipients");
        asked.Remove("valid_until");
        scopes ??= [OpWorld.Basic, OpWorld.Medication];
        asked["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]);
        var token = Phone.Token(await phone.SignInAsync());
        var offer = (await StandingTests.ComposeAsync(world, token, asked)).Expect(200);
        var notice = offer.Json["notice"]!;
        Assert.Equal(("あなたが番号を伝えた薬剤師または医師", 0, null), ((string?)notice["anyone"], notice["recipients"]!.AsArray().Count, notice["valid_until"]));
        return (token, Phone.Token(await StandingTests.SignAsync(world, phone, token, offer, granted ?? scopes)), offer["draft"]);
    }

    private static Task<WireAnswer> AskAsync(OpWorld world, string code, Action<JsonObject>? change = null, Ehr? ehr = null) => (ehr ?? world.Ehr).AuthorizeAsync(claims =>
    {
        claims["login_hint"] = OneTimeCodes.HintPrefix + code;
        claims.Remove("user_code");
        claims["acr_values"] = Acr;
        change?.Invoke(claims);
    });

    private static string Other(string code) => ((long.Parse(code, CultureInfo.InvariantCulture) + 1) % 100_000_000).ToString("D8", CultureInfo.InvariantCulture);

    private static void Refused(WireAnswer answer) => Assert.Equal((400, "unknown_user_id", CibaErrorCodes.UserUnknown), (answer.Status, answer.Error, answer.Code));

    private static async Task<IReadOnlyList<AuditLine>> AuditAsync(OpWorld world) =>
        [.. (await world.Store.ListAuditAsync(TenantId.Single, 1, 500)).Select(entry => AuditEntry.Parse(entry.Bytes).Value!.Line)];
}
