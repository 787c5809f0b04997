using System.Text.Json.Nodes;
using MedId.Core;

namespace MedId.Browser.Tests.Dashboard;

/// <summary>The page of consents in a real browser: by keyboard, without script, magnified, and judged by axe-core.</summary>
[Trait("Peer", "chromium")]
public class ConsentPageBrowserTests
{
    private const string Person = "synthetic-account-a";

    [Theory]
    [InlineData("ja", "はい、撤回します")]
    [InlineData("en", "Yes, take it back")]
    public async Task Withdrawal_ByKeyboardWithoutScript_EndsTheTokenAtOnce(string language, string confirm)
    {
        await using var browser = await Chromium.StartAsync();
        await using var world = await PageWorld.StartAsync();
        await world.Records.PersonAsync(Person);
        var grant = await world.Records.ConsentAsync(Person);
        var kept = await world.Records.ConsentAsync(Person, record => record with { Recipient = new("ehr-clinic-b", "架空病院") });
        var token = await world.AccessTokenAsync(grant);
        Assert.Contains("\"active\":true", await world.IntrospectAsync(token), StringComparison.Ordinal);
        await browser.DoAsync("scripts", ("value", false));

        // Script really does not run: the passkey page, which is made by script, stays empty.
        await PageReading.VisitAsync(browser, world.Address + "/passkey");
        Assert.Equal(string.Empty, (string?)(await browser.DoAsync("wait", ("selector", "#status")))["text"]);

        await PageReading.VisitAsync(browser, $"{await world.LinkAsync(Person)}&lang={language}");
        Assert.Equal(("list", language, $"{world.Address}/consents?lang={language}"), await WhereAsync(browser));

        // From the skip link to the consent, to the question, to the confirmation: the focus is always seen.
        Assert.Equal("#main", (string?)(await browser.DoAsync("press", ("key", "Tab")))["href"]);
        await browser.DoAsync("tab-to", ("href", $"/consents/withdrawal?consent={grant.Id}"));
        await browser.DoAsync("enter");
        Assert.Equal("confirm", (await PageReading.OfAsync(browser)).State);
        Assert.Contains("\"active\":true", await world.IntrospectAsync(token), StringComparison.Ordinal);
        await browser.DoAsync("tab-to", ("name", confirm));
        var done = await browser.DoAsync("enter");

        // The news is the heading of the page, has the focus, and stands in the title.
        var page = await PageReading.OfAsync(browser);
        Assert.Equal(("done", "heading"), (page.State, page.Focus));
        Assert.Contains(PageRecords.ClinicName, page.Title, StringComparison.Ordinal);
        Assert.StartsWith($"{world.Address}/consents/withdrawn?consent={grant.Id}", (string?)done["url"], StringComparison.Ordinal);
        Assert.Equal("""{"active":false}""", await world.IntrospectAsync(token));
        Assert.Equal(ConsentStatus.Withdrawn, (await world.Store.FindConsentAsync(TenantId.Single, grant.Id))!.Status);
        Assert.Equal(ConsentStatus.Given, (await world.Store.FindConsentAsync(TenantId.Single, kept.Id))!.Status);

        // To load the page again repeats nothing, and the list says the new state.
        await browser.DoAsync("press", ("key", "F5"));
        await browser.DoAsync("tab-to", ("href", "/consents?lang="));
        await browser.DoAsync("enter");
        Assert.Contains(language == "ja" ? "撤回されました" : "Taken back", (await PageReading.OfAsync(browser)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task Pages_OnA320PixelScreenOrAt200Percent_NeedNoSidewaysScrolling(string language)
    {
        await using var browser = await Chromium.StartAsync();
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        await browser.DoAsync("scripts", ("value", false));
        await PageReading.VisitAsync(browser, await world.LinkAsync(Person));
        foreach (var (width, height, scale) in ((int, int, int)[])[(640, 512, 2), (320, 256, 4), (320, 640, 1)])
        {
            await browser.DoAsync("screen", ("width", width), ("height", height), ("scale", scale));
            foreach (var (state, path) in scene.Pages)
            {
                await PageReading.VisitAsync(browser, Address(world, path, language));
                var page = await PageReading.OfAsync(browser);
                Assert.Equal((state, width), (page.State, page.Client));
                Assert.True(page.Scroll <= page.Client, $"{path} at {width}: {page.Scroll} wide");

                // With the text spaced out as WCAG 1.4.12 says, nothing runs out of the screen either.
                await browser.DoAsync("spacing");
                Assert.True((await PageReading.OfAsync(browser)).Scroll <= width, $"{path} at {width}, spaced");
            }
        }
    }

    [Theory]
    [InlineData("ja", "light")]
    [InlineData("ja", "dark")]
    [InlineData("en", "light")]
    [InlineData("en", "dark")]
    public async Task Pages_InEveryState_AxeFindsNothing(string language, string scheme)
    {
        await using var browser = await Chromium.StartAsync();
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        await world.Records.PersonAsync("synthetic-account-empty");
        await browser.DoAsync("look", ("scheme", scheme));
        await browser.DoAsync("screen", ("width", 1280), ("height", 1024));

        // The judge can say no.
        await browser.DoAsync("open");
        Assert.Contains((await browser.DoAsync("axe"))["violations"]!.AsArray(), rule => ((string)rule!).StartsWith("html-has-lang", StringComparison.Ordinal));

        await JudgeAsync("/consents", "sign-in");
        await JudgeAsync("/consents?ticket=x", "error");
        await PageReading.VisitAsync(browser, await world.LinkAsync("synthetic-account-empty"));
        await JudgeAsync("/consents", "empty");
        await PageReading.VisitAsync(browser, await world.LinkAsync(Person));
        foreach (var (state, path) in scene.Pages)
        {
            await JudgeAsync(path, state);
        }

        await world.Store.WithdrawConsentAsync(TenantId.Single, scene.Consent, Person, world.Time.GetUtcNow());
        await JudgeAsync("/consents/withdrawn?consent=" + scene.Consent, "done");
        await JudgeAsync("/consents/withdrawal?consent=" + scene.Consent, "done");
        await JudgeAsync("/consents", "list");

        async Task JudgeAsync(string path, string state)
        {
            await PageReading.VisitAsync(browser, Address(world, path, language));
            var page = await PageReading.OfAsync(browser);
            Assert.Equal((state, language), (page.State, page.Lang));
            var judged = await browser.DoAsync("axe");
            Assert.Empty(judged["violations"]!.AsArray().Select(rule => $"{path}: {rule}"));
            Assert.Empty(judged["incomplete"]!.AsArray().Select(rule => $"{path}: {rule}"));
            Assert.True((int)judged["passes"]! >= 20, judged["passes"]!.ToJsonString());
            Assert.Empty((await browser.DoAsync("small-targets"))["targets"]!.AsArray().Select(target => (string?)target));
            if (Environment.GetEnvironmentVariable("MEDID_SHOTS") is { } folder)
            {
                await browser.DoAsync("shot", ("path", Path.Combine(folder, $"{language}-{scheme}-{state}-{path.Split('?')[0].Replace('/', '_')}.png")));
            }
        }
    }

    [Fact]
    public async Task Language_SwitchedWithoutScript_IsThatOfThePageAndItsLinks()
    {
        await using var browser = await Chromium.StartAsync();
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        await browser.DoAsync("scripts", ("value", false));
        await PageReading.VisitAsync(browser, await world.LinkAsync(Person));

        // The account's language, as nobody asked for another.
        Assert.Equal(("list", "ja", world.Address + "/consents"), await WhereAsync(browser));
        await PageReading.VisitAsync(browser, Address(world, "/consents/item?consent=" + scene.Consent, "ja"));
        await browser.DoAsync("tab-to", ("name", "English"));
        await browser.DoAsync("enter");

        Assert.Equal(("item", "en", $"{world.Address}/consents/item?consent={scene.Consent}&lang=en"), await WhereAsync(browser));
        var (_, text) = await scene.GetAsync("/consents?lang=en");
        Assert.Contains("<html lang=\"en\">", text, StringComparison.Ordinal);
        Assert.Contains("lang=\"ja\" hreflang=\"ja\">日本語</a>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostileName_InTheBrowser_DoesNothing()
    {
        await using var browser = await Chromium.StartAsync();
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);

        // Script may run here, and none does.
        await PageReading.VisitAsync(browser, await world.LinkAsync(Person));
        var page = await PageReading.OfAsync(browser);
        Assert.Equal("あなたの同意 | あなたの医療情報（見本）", page.Title);
        Assert.Contains(PageScene.Hostile, page.Text, StringComparison.Ordinal);
        await PageReading.VisitAsync(browser, Address(world, "/consents/withdrawal?recipient=ehr-hostile", "ja"));
        Assert.StartsWith(PageScene.Hostile, (await PageReading.OfAsync(browser)).Title, StringComparison.Ordinal);
        Assert.Equal(0, (int)(await browser.DoAsync("count", ("selector", "script, img, b")))["count"]!);
        Assert.NotEmpty(scene.Cookie);
    }

    private static string Address(PageWorld world, string path, string language) => world.Address + path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=" + language;

    private static async Task<(string State, string Lang, string Url)> WhereAsync(Chromium browser)
    {
        var page = await PageReading.OfAsync(browser);
        return (page.State, page.Lang, page.Url);
    }
}
