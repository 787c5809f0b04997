using System.Text.Json.Nodes;
using MedId.Core;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Row A12: how often one act serves, per client, as the patient was shown it; and what a changed notice does to it.</summary>
public class ReuseTests
{
    private const string Ehr = "ehr-clinic-a";
    private const string Inactive = """{"active":false}""";

    [Theory]
    [InlineData(ConsentReuse.EachTime, "each-time", "同意は今回の1回だけです", 600, false)]
    [InlineData(ConsentReuse.AccessToken, "access-token", "確認せずに再び読み出すことがあります", 3720, false)]
    [InlineData(ConsentReuse.RefreshToken, "refresh-token", "自動で更新されます", 600, true)]
    public async Task Variant_IsShownSignedRecordedAndEnforced(ConsentReuse variant, string word, string words, int seconds, bool refreshes)
    {
        var (world, phone) = await StartAsync(options => options.ReuseByClient[Ehr] = new(variant, TimeSpan.FromHours(1)));
        await using var _ = world;
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        var request = world.Announced.Last().Id;
        var notice = (await phone.NoticeAsync(request, Phone.Token(await phone.OpenAsync(request)))).Expect(200).Json["notice"]!;
        Assert.Equal(word, (string?)notice["reuse"]!["variant"]);
        Assert.Contains(words, (string?)notice["reuse"]!["text"], StringComparison.Ordinal);

        // The phone recomputes the digest over the whole notice before it signs.
        Assert.Equal(1200, (await phone.ConsentAsync(request)).UafStatus);
        var tokens = (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);

        Assert.Equal(seconds, (int)tokens.Json["expires_in"]!);
        Assert.Equal(refreshes, tokens.Json["refresh_token"] is not null);
        var claims = Jwt.Claims(tokens["access_token"]);
        var record = await world.Store.FindConsentAsync(TenantId.Single, (string)claims["consent_id"]!);
        Assert.Equal(variant, record!.Reuse);
        Assert.Equal(word, (string?)(await HistoryAsync(phone))["reuse"]);
        world.Time.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds((long)claims["exp"]!) - TimeSpan.FromSeconds(1));
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Inactive, (await world.IntrospectAsync(tokens["access_token"])).Text);
        Assert.Equal(seconds == 3720, record.AccessUntil == world.Time.GetUtcNow());
    }

    [Fact]
    public async Task Laws_StartNamesWhatTheNoticeLacks_AndTheHistorySaysWhatWasFound()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options => options.Laws = LawPolicy.In("DE")));
        Assert.Contains($"gdpr: the notice about {Ehr} does not state notice_retention.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Laws is not set", (await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options => options.Laws = null))).Message, StringComparison.Ordinal);

        var (world, phone) = await StartAsync(_ => { }, sqlite: true);
        await using var _ = world;
        await phone.GrantAsync();
        var laws = (await HistoryAsync(phone))["laws"]!;
        Assert.Equal(("undecidable", "appi"), ((string?)laws["verdict"], (string?)laws["checked"]![0]));
        Assert.Contains(laws["undecided"]!.AsArray(), rule => (string?)rule == "JP-7");

        var (silent, _) = await StartAsync(options => options.Laws = LawPolicy.Off("a test without people"));
        await using var __ = silent;
        Assert.Contains("consents are held against no law: a test without people", silent.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choice_IsPerClient()
    {
        var (world, phone) = await StartAsync(options => options.ReuseByClient[Ehr] = new(ConsentReuse.RefreshToken, TimeSpan.FromDays(30)));
        await using var _ = world;

        Assert.NotNull((await phone.GrantAsync()).Json["refresh_token"]);
        Assert.Null((await phone.GrantAsync(world.PsEhr)).Json["refresh_token"]);
    }

    [Fact]
    public async Task Reads_AreInTheHistoryOncePerBurst()
    {
        var (world, phone) = await StartAsync(options => options.ReuseByClient[Ehr] = new(ConsentReuse.AccessToken, TimeSpan.FromHours(1)), sqlite: true);
        await using var _ = world;
        var token = (await phone.GrantAsync())["access_token"];
        foreach (var minutes in (int[])[0, 0, 5, 0])
        {
            world.Time.Advance(TimeSpan.FromMinutes(minutes));
            Assert.True((bool)(await world.IntrospectAsync(token)).Json["active"]!);
        }

        var reads = (await HistoryAsync(phone))["events"]!.AsArray().Where(line => (string?)line!["event"] == "read").ToList();
        Assert.Equal(["2026-11-21T09:00:00Z", "2026-11-21T09:05:00Z"], reads.Select(line => (string?)line!["at"]));
        Assert.All(reads, line => Assert.Equal("health-record-api", (string?)line!["by"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MaterialChange_EndsRefreshWithACodeAndTheNextRequestShowsIt(bool sqlite)
    {
        var (world, phone) = await StartAsync(options => (options.Reuse, options.Access) = (ConsentReuse.RefreshToken, TimeSpan.FromDays(30)), sqlite, [Version(1, 0, "P1Y"), Version(2, 10, "P5Y")]);
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        Assert.Equal(1, (int)(await HistoryAsync(phone))["notice_version"]!);
        world.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        tokens = (await world.Ehr.RefreshAsync(tokens["refresh_token"])).Expect(200);
        world.Time.Advance(TimeSpan.FromTicks(1));

        var refused = await world.Ehr.RefreshAsync(tokens["refresh_token"]);

        Assert.Equal((400, "invalid_grant", OAuthServerErrorCodes.GrantOutdated), (refused.Status, refused.Error, refused.Code));

        // What was fetched before lives out its minutes; the history says what changed.
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);
        var change = Assert.Single((await HistoryAsync(phone))["notice_changes"]!.AsArray(), one => (bool)one!["material"]!)!;
        Assert.Equal(("retention", "保存期間が変わりました。以前：P1Yのあいだ保存します。現在：P5Yのあいだ保存します。"), ((string?)change["field"], (string?)change["text"]));

        // Asked again: the notice is the new one and says what changed; afterwards nothing is left to say.
        (await world.Ehr.AuthorizeAsync()).Expect(200);
        var request = world.Announced.Last().Id;
        var about = (await phone.NoticeAsync(request, Phone.Token(await phone.OpenAsync(request)))).Expect(200).Json["notice"]!["about"]!;
        Assert.Equal(2, (int)about["version"]!);
        Assert.Equal("P5Yのあいだ保存します。", (string?)about["statements"]![0]!["text"]);
        Assert.Contains(about["changes"]!.AsArray(), one => (string?)one!["field"] == "retention");
        Assert.Equal(1200, (await phone.ConsentAsync(request)).UafStatus);
        Assert.Equal(2, (int)(await HistoryAsync(phone))["notice_version"]!);
        Assert.Null((await HistoryAsync(phone))["notice_changes"]);
    }

    [Theory]
    [InlineData(ConsentReuse.AccessToken, "P5Y", false)]
    [InlineData(ConsentReuse.AccessToken, "P1Y", true)]
    [InlineData(ConsentReuse.EachTime, "P5Y", true)]
    public async Task MaterialChange_EndsTheUseAgainOfOneTokenOnly(ConsentReuse variant, string retention, bool active)
    {
        var (world, phone) = await StartAsync(options => (options.Reuse, options.Access) = (variant, TimeSpan.FromHours(1)), sqlite: true, [Version(1, 0, "P1Y"), Version(2, 5, retention, "連絡先が新しくなりました。")]);
        await using var _ = world;
        var token = (await phone.GrantAsync())["access_token"];
        world.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(active, (bool)(await world.IntrospectAsync(token)).Json["active"]!);
        Assert.Equal(retention != "P1Y", (await HistoryAsync(phone))["notice_changes"]!.AsArray().Any(one => (bool)one!["material"]!));
    }

    [Theory]
    [InlineData("ETREAT", "*")]
    [InlineData("TREAT", "Observation")]
    public async Task Request_BeyondWhatIsSaidAboutTheRecipient_IsRefused(string purpose, string data)
    {
        await using var world = (await StartAsync(_ => { }, notices: [Version(1, 0, "P1Y") with { Purposes = [purpose], Data = [data] }])).World;

        var refused = await world.Ehr.AuthorizeAsync();

        Assert.Equal(("invalid_scope", ProviderErrorCodes.NoticeNotCovering), (refused.Error, refused.Code));
    }

    [Theory]
    [InlineData(ConsentReuse.AccessToken, 61, "ReusedTokenLifetime")]
    [InlineData(ConsentReuse.EachTime, 61, "every access is asked for")]
    [InlineData(ConsentReuse.RefreshToken, 367 * 24 * 60, "unlimited consent")]
    [InlineData((ConsentReuse)7, 1, "names clients and variants")]
    public async Task Start_LifeBeyondItsBound_IsRefused(ConsentReuse variant, int minutes, string message)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options => options.ReuseByClient[Ehr] = new(variant, TimeSpan.FromMinutes(minutes))));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ReusedTokenWithoutEnd_IsRefused()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options => options.ReusedTokenLifetime = Timeout.InfiniteTimeSpan));
        Assert.Contains("ReusedTokenLifetime", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options => options.ReusedTokenLifetime = TimeSpan.FromHours(24) + TimeSpan.FromTicks(1)));
        Assert.Contains("ReusedTokenLifetime", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ClientUnknownOrNotRegisteredForRefresh_IsRefused()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options => options.ReuseByClient["nobody"] = new(ConsentReuse.EachTime, TimeSpan.FromMinutes(1))));
        Assert.Contains("nobody is named", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options => options.ReuseByClient[Ehr] = new(ConsentReuse.RefreshToken, TimeSpan.FromHours(1)), noRefresh: true));
        Assert.Contains("is not registered for refresh_token", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choice_ForAllAndAClientThatRegisteredForLess_IsAskedEachTime()
    {
        var (world, phone) = await StartAsync(options => options.Reuse = ConsentReuse.RefreshToken, noRefresh: true);
        await using var _ = world;
        var granted = await phone.GrantAsync();
        Assert.Null(granted.Json["refresh_token"]);
        Assert.Equal("each-time", (string?)(await HistoryAsync(phone))["reuse"]);
    }

    [Fact]
    public async Task Start_NoticeVersionsThatDoNotRiseOrSayNothing_AreRefused()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(_ => { }, notices: [Version(2, 0, "P1Y"), Version(1, 5, "P1Y")]));
        Assert.Contains("versions and times rise", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(_ => { }, notices: [Version(1, 0, "P1Y") with { Statements = [new("notice_retenton", "あ", "a")] }]));
        Assert.Contains("notice_retenton is no item", error.Message, StringComparison.Ordinal);
    }

    private static RecipientNotice Version(int version, int minutes, string retention, string? contact = null) => new()
    {
        ClientId = Ehr,
        Version = version,
        PublishedAt = OpWorld.Start.AddMinutes(minutes),
        Controllers = ["synthetic-clinic"],
        Purposes = ["TREAT"],
        Data = ["*"],
        Retention = [retention],
        Statements = [new("notice_retention", $"{retention}のあいだ保存します。", $"Kept for {retention}."), new("notice_controller_contact", contact ?? "窓口へ。", "Ask at the desk.")],
    };

    private static Task<(OpWorld World, Phone Phone)> StartAsync(Action<ProviderOptions> configure, bool sqlite = false, RecipientNotice[]? notices = null, bool noRefresh = false) => OpWorld.StartWithPhoneAsync(new()
    {
        Sqlite = sqlite,
        NoRefresh = noRefresh,
        Provider = options =>
        {
            configure(options);
            foreach (var notice in notices ?? [])
            {
                options.Notices.Add(notice);
            }
        },
    });

    private static async Task<JsonNode> HistoryAsync(Phone phone) => (await phone.ConsentsAsync(Phone.Token(await phone.SignInAsync()))).Expect(200).Json["consents"]![0]!;
}
