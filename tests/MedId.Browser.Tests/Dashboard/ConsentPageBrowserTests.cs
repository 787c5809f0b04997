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
        Assert.Contains(language == "ja" ? "撤回しました" : "Taken back by you", (await PageReading.OfAsync(browser)).Text, StringComparison.Ordinal);
    }

    private static async Task<(string State, string Lang, string Url)> WhereAsync(Chromium browser)
    {
        var page = await PageReading.OfAsync(browser);
        return (page.State, page.Lang, page.Url);
    }
}
