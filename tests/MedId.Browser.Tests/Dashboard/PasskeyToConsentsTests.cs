using System.Text.Json.Nodes;

namespace MedId.Browser.Tests.Dashboard;

/// <summary>From the passkey page to the page of consents and back to the doctor, with the sample servers as programs of their own.</summary>
[Trait("Peer", "chromium")]
public class PasskeyToConsentsTests
{
    private const string Platform = """{"protocol":"ctap2","ctap2Version":"ctap2_1","transport":"internal","hasResidentKey":true,"hasUserVerification":true,"isUserVerified":true}""";

    [Fact]
    public async Task Consents_FromTheButtonOfThePasskeyPage_AreTakenBackAndTheDoctorReadsNothing()
    {
        await using var browser = await Chromium.StartAsync();
        await using var servers = await ConsentServers.StartAsync();
        await browser.AddAsync(JsonNode.Parse(Platform)!.AsObject());
        await browser.DoAsync("open", ("url", servers.PatientOp + "/passkey?lang=en"));
        await StateAsync(browser, "ready");
        await browser.DoAsync("fill", ("selector", "#ticket"), ("value", await servers.TicketAsync()));
        await browser.DoAsync("click", ("selector", "#enrol"));
        await StateAsync(browser, "enrolled");
        var access = await servers.AskAsync();
        await SignInAsync(browser, "#requests button[data-request]");
        await browser.DoAsync("click", ("selector", "#requests button[data-request]"));
        await StateAsync(browser, "notice");
        await browser.DoAsync("check", ("selector", "input[name=\"scope\"][value=\"patient/MedicationRequest.read\"]"));
        await browser.DoAsync("check", ("selector", "#confirmed"));
        await browser.DoAsync("click", ("selector", "#agree"));
        await StateAsync(browser, "agreed");
        var end = await servers.EndOfAsync(access);
        var consent = (string?)end["consent_id"];
        Assert.Equal([true], Read(end));

        // The button leads to the page, in the language that was chosen, with nothing left in the address.
        await SignInAsync(browser, "#consents");
        await browser.DoAsync("click", ("selector", "#consents"));
        await browser.DoAsync("wait", ("selector", "main[data-state=list]"));
        var page = await PageReading.OfAsync(browser);
        Assert.Equal(("en", servers.PatientOp + "/consents?lang=en"), (page.Lang, page.Url));
        Assert.Contains("medicines to be taken", page.Text, StringComparison.Ordinal);
        var cookie = Assert.Single((await browser.DoAsync("cookies"))["cookies"]!.AsArray())!;
        Assert.Equal((true, "Strict"), ((bool)cookie["httpOnly"]!, (string?)cookie["sameSite"]));

        // Who read is written down as well: the API's reading of a moment ago.
        await browser.DoAsync("scripts", ("value", false));
        await PageReading.VisitAsync(browser, $"{servers.PatientOp}/consents/item?consent={consent}&lang=en");
        Assert.Contains("Data was read", (await PageReading.OfAsync(browser)).Text, StringComparison.Ordinal);
        await browser.DoAsync("tab-to", ("href", "/consents/withdrawal?consent=" + consent));
        await browser.DoAsync("enter");
        await browser.DoAsync("tab-to", ("name", "Yes, take it back"));
        await browser.DoAsync("enter");
        Assert.Equal("done", (await PageReading.OfAsync(browser)).State);

        Assert.DoesNotContain(true, Read(await servers.PostAsync(access + "/read", [])));
    }

    private static List<bool> Read(JsonObject access) => [.. access["record"]!.AsArray().Where(one => (string?)one!["type"] == "MedicationRequest").Select(one => (bool)one!["ok"]!)];

    /// <summary>Signs in until something is there: a request takes a moment to arrive.</summary>
    private static async Task SignInAsync(Chromium browser, string selector)
    {
        for (var turn = 0; turn < 40; turn++)
        {
            await browser.DoAsync("click", ("selector", "#sign-in"));
            await StateAsync(browser, "signed-in");
            if ((int)(await browser.DoAsync("count", ("selector", selector + ":not([hidden])")))["count"]! > 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250));
        }

        Assert.Fail($"No {selector} on the page.");
    }

    private static async Task StateAsync(Chromium browser, string state)
    {
        var seen = await browser.DoAsync("state", ("selector", "#status"), ("attribute", "data-state"), ("values", new JsonArray(state, "refused")));
        Assert.True((string?)seen["value"] == state, $"wanted {state}: {seen.ToJsonString()}");
    }
}
