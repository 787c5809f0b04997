using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MedId.Core;
using MedId.Provider;

namespace MedId.Browser.Tests.Dashboard;

/// <summary>The page of consents over HTTP: who gets in, what is taken, and what is only text.</summary>
public class ConsentPageTests
{
    private const string Person = "synthetic-account-a";
    private const string Other = "synthetic-account-b";

    [Fact]
    public async Task Ticket_OpensOneSessionAndLeavesTheAddress()
    {
        await using var world = await PageWorld.StartAsync();
        await world.Records.PersonAsync(Person);
        var link = await world.LinkAsync(Person);
        Assert.StartsWith(world.Address + "/consents?ticket=", link, StringComparison.Ordinal);

        using var opened = await world.Http.GetAsync(new Uri(link + "&lang=en"));

        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        Assert.Equal("/consents?lang=en", opened.Headers.Location!.ToString());
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);

        // The secret of the cookie is nowhere but in the cookie, and is no bearer token.
        var secret = cookie.Split(';')[0].Split('=')[1];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/device/dashboard");
        request.Headers.Authorization = new("Bearer", secret);
        using var refused = await world.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Null(await world.Store.FindDeviceTokenAsync(TenantId.Single, secret, world.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Ticket_WrongUsedOrExpired_IsRefusedWithItsCode()
    {
        await using var world = await PageWorld.StartAsync();
        await world.Records.PersonAsync(Person);

        foreach (var wrong in (string[])["", "x", new('A', 43), new('A', 5000)])
        {
            Assert.Equal((403, ProviderErrorCodes.DashboardTicketUnknown), await OpenAsync(world, $"{world.Address}/consents?ticket={wrong}"));
        }

        // A device token is no ticket.
        Assert.Equal((403, ProviderErrorCodes.DashboardTicketUnknown), await OpenAsync(world, $"{world.Address}/consents?ticket={await world.Records.DeviceTokenAsync(Person)}"));

        var link = await world.LinkAsync(Person);
        Assert.Equal((303, string.Empty), await OpenAsync(world, link));
        Assert.Equal((403, ProviderErrorCodes.DashboardTicketReplayed), await OpenAsync(world, link));

        link = await world.LinkAsync(Person);
        world.Time.Advance(DashboardSessions.TicketLifetime - TimeSpan.FromSeconds(1));
        Assert.Equal((303, string.Empty), await OpenAsync(world, link));
        link = await world.LinkAsync(Person);
        world.Time.Advance(DashboardSessions.TicketLifetime);
        Assert.Equal((403, ProviderErrorCodes.DashboardTicketUnknown), await OpenAsync(world, link));
    }

    [Fact]
    public async Task Ticket_BroughtBySixteenAtOnce_OpensOneSession()
    {
        await using var world = await PageWorld.StartAsync();
        await world.Records.PersonAsync(Person);
        var link = await world.LinkAsync(Person);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => OpenAsync(world, link)));

        Assert.Equal(1, answers.Count(answer => answer.Status == 303));
        Assert.Equal(15, answers.Count(answer => answer.Code == ProviderErrorCodes.DashboardTicketReplayed));
    }

    [Fact]
    public async Task Session_MissingForeignOverOrSignedOut_OpensNothing()
    {
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        var paths = scene.Pages.Where(page => page.State != "signed-out").Select(page => page.Path).ToList();
        Assert.Equal(200, (await scene.GetAsync("/consents")).Status);
        await RefusedAsync("x=y");
        await RefusedAsync("medid-consents=" + new string('A', 43));

        // Signing out ends the session itself, not only the cookie.
        var second = await PageScene.SignInAsync(world, Person);
        var token = Html("sign-out", second);
        Assert.Equal((403, ProviderErrorCodes.DashboardFormRefused), Judge(await scene.PostAsync("/consents/sign-out", [])));
        Assert.Equal(303, (await scene.PostAsync("/consents/sign-out", [new("form_token", token)], second)).Status);
        await RefusedAsync(second);

        // Another of the person's sessions goes on, to its tenth minute.
        world.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await scene.GetAsync("/consents")).Status);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync(scene.Cookie);

        async Task RefusedAsync(string cookie)
        {
            foreach (var path in paths)
            {
                var (status, text) = await scene.GetAsync(path, cookie);
                Assert.Equal((401, ProviderErrorCodes.DashboardSessionRefused), (status, PageScene.CodeOf(text)));
                Assert.DoesNotContain(PageRecords.ClinicName, text, StringComparison.Ordinal);
            }

            var (posted, said, _) = await scene.PostAsync("/consents/withdrawal", [new("consent", scene.Consent), new("form_token", new string('A', 43))], cookie);
            Assert.Equal((401, ProviderErrorCodes.DashboardSessionRefused), (posted, PageScene.CodeOf(said)));
        }
    }

    [Fact]
    public async Task Session_OfADeviceThatWasSuspended_OpensNothing()
    {
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        var device = (await world.Store.ListDevicesAsync(TenantId.Single, Person))[0];

        Assert.True((await world.LifeCycle.ChangeDeviceAsync(Person, device.Id, DeviceEvent.ReportLost, LifeCycleActor.Clerk("synthetic-clerk", "synthetic-desk"))).Succeeded);

        Assert.Equal(401, (await scene.GetAsync("/consents")).Status);
    }

    [Fact]
    public async Task Withdrawal_FormOfNobodyOfAnotherActOrOfAnotherSession_ChangesNothing()
    {
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        var second = await PageScene.SignInAsync(world, Person);
        var (own, recipients, foreign) = (
            await scene.FormTokenAsync("consent=" + scene.Consent), await scene.FormTokenAsync("recipient=" + PageRecords.Clinic), await scene.FormTokenAsync("consent=" + scene.Consent, second));
        Assert.Equal(3, new[] { own, recipients, foreign }.Distinct().Count());

        foreach (var token in (string?[])[null, "", "x", recipients, foreign, own[..^1] + (own[^1] == 'A' ? 'B' : 'A')])
        {
            var answer = await scene.PostAsync("/consents/withdrawal", Form(("consent", scene.Consent), ("form_token", token)));
            Assert.Equal((403, ProviderErrorCodes.DashboardFormRefused), Judge(answer));
        }

        // Not by GET, not as JSON, not twice the field.
        Assert.Equal(200, (await scene.GetAsync($"/consents/withdrawal?consent={scene.Consent}&form_token={own}")).Status);
        Assert.Equal((403, ProviderErrorCodes.DashboardFormRefused), Judge(await scene.PostAsync("/consents/withdrawal", Form(("consent", scene.Consent), ("form_token", own), ("form_token", own)))));
        Assert.Equal(ConsentStatus.Given, (await world.Store.FindConsentAsync(TenantId.Single, scene.Consent))!.Status);

        // The right one, to show that the others were wrong for what they were.
        var (status, _, location) = await scene.PostAsync("/consents/withdrawal", Form(("consent", scene.Consent), ("form_token", own)));
        Assert.Equal((303, $"/consents/withdrawn?consent={scene.Consent}&lang=ja"), (status, location));
        Assert.Equal(ConsentStatus.Withdrawn, (await world.Store.FindConsentAsync(TenantId.Single, scene.Consent))!.Status);
    }

    [Fact]
    public async Task Withdrawal_OfAnotherPersonsConsent_IsUnknownAndChangesNothing()
    {
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        await world.Records.PersonAsync(Other);
        var grant = await world.Records.ConsentAsync(Other, record => record with { Recipient = new("ehr-of-b", "よその医院") });
        var stranger = DashboardSessions.FormToken(scene.Cookie.Split('=')[1], "withdraw consent " + grant.Id);

        foreach (var path in (string[])[$"/consents/item?consent={grant.Id}", $"/consents/withdrawal?consent={grant.Id}", $"/consents/withdrawn?consent={grant.Id}"])
        {
            var (status, text) = await scene.GetAsync(path);
            Assert.Equal((404, ProviderErrorCodes.ConsentUnknown), (status, PageScene.CodeOf(text)));
            Assert.DoesNotContain("よその医院", text, StringComparison.Ordinal);
        }

        Assert.Equal((404, ProviderErrorCodes.ConsentUnknown), Judge(await scene.PostAsync("/consents/withdrawal", Form(("consent", grant.Id), ("form_token", stranger)))));
        Assert.Equal((404, ProviderErrorCodes.DashboardRecipientUnknown), Judge(await scene.PostAsync("/consents/withdrawal", Form(("recipient", "ehr-of-b"), ("form_token", stranger)))));
        Assert.DoesNotContain("よその医院", (await scene.GetAsync("/consents")).Text, StringComparison.Ordinal);
        Assert.Equal(ConsentStatus.Given, (await world.Store.FindConsentAsync(TenantId.Single, grant.Id))!.Status);
    }

    [Fact]
    public async Task Withdrawal_OfARecipient_EndsAllOfItAndNothingElse()
    {
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        var more = await world.Records.ConsentAsync(Person);
        var tokens = new[] { await world.AccessTokenAsync(more) };

        // Who may ask is there by name. That a consent to a framework stays is said before and after: nothing is promised that is not so.
        var list = (await scene.GetAsync("/consents?lang=en")).Text;
        Assert.Contains(PageRecords.Pharmacy, WebUtility.HtmlDecode(list), StringComparison.Ordinal);
        Assert.Contains(PageScene.Framework, list, StringComparison.Ordinal);
        Assert.DoesNotContain("<bdi>pharmacy-x</bdi>", list, StringComparison.Ordinal);
        Assert.Contains("gave beforehand to a trust framework stays", (await scene.GetAsync($"/consents/withdrawal?recipient={PageRecords.Clinic}&lang=en")).Text, StringComparison.Ordinal);

        var form = Form(("recipient", PageRecords.Clinic), ("form_token", await scene.FormTokenAsync("recipient=" + PageRecords.Clinic)));
        var (status, _, location) = await scene.PostAsync("/consents/withdrawal", form);

        Assert.Equal((303, $"/consents/withdrawn?recipient={PageRecords.Clinic}&lang=ja"), (status, location));
        Assert.Contains("data-state=\"done\"", (await scene.GetAsync(location!)).Text, StringComparison.Ordinal);
        Assert.Contains("信頼の枠組みへの同意は残ります", (await scene.GetAsync(location!)).Text, StringComparison.Ordinal);
        foreach (var consent in await world.Store.ListConsentsAsync(TenantId.Single, Person))
        {
            var ended = consent.Recipient.ClientId == PageRecords.Clinic && consent.AccessUntil > world.Time.GetUtcNow();
            Assert.Equal(ended ? ConsentStatus.Withdrawn : ConsentStatus.Given, consent.Status);
        }

        foreach (var token in tokens)
        {
            Assert.Equal("""{"active":false}""", await world.IntrospectAsync(token));
        }

        // What was given beforehand to the clinic among others is over; what names nobody stands.
        Assert.Equal(ConsentStatus.Withdrawn, (await world.Store.FindStandingConsentAsync(TenantId.Single, scene.Standing.Id))!.Status);
        Assert.Equal(1, (await world.Store.ListStandingConsentsAsync(TenantId.Single, Person)).Count(one => one.Status == ConsentStatus.Given));

        // The form again: nothing is left, and nothing goes wrong.
        Assert.Equal(303, (await scene.PostAsync("/consents/withdrawal", form)).Status);
        Assert.Equal("/consents?lang=ja", await LocationAsync(scene, $"/consents/withdrawn?consent={(await world.Store.ListConsentsAsync(TenantId.Single, Person)).First(one => one.Status == ConsentStatus.Given).Id}"));
    }

    [Fact]
    public async Task Withdrawal_OfAConsentGivenBeforehand_EndsWhatWasMadeFromIt()
    {
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        var grant = await world.Records.ConsentAsync(Person, record => record with
        {
            Ground = new() { Kind = ConsentGroundKind.Paper, StandingConsentId = scene.Standing.Id },
            Act = record.Act with { Protocol = "paper", Authenticator = "none", KeyIdDigest = string.Empty, Assertion = string.Empty },
        });
        var token = await world.AccessTokenAsync(grant);
        Assert.Contains("\"active\":true", await world.IntrospectAsync(token), StringComparison.Ordinal);
        var (_, asked) = await scene.GetAsync("/consents/withdrawal?standing=" + scene.Standing.Id + "&lang=en");
        Assert.Contains("ends for everybody whom it names", asked, StringComparison.Ordinal);

        var (status, _, location) = await scene.PostAsync(
            "/consents/withdrawal", Form(("standing", scene.Standing.Id), ("form_token", await scene.FormTokenAsync("standing=" + scene.Standing.Id))));

        Assert.Equal((303, $"/consents/withdrawn?standing={scene.Standing.Id}&lang=ja"), (status, location));
        Assert.Contains("data-state=\"done\"", (await scene.GetAsync(location!)).Text, StringComparison.Ordinal);
        Assert.Equal("""{"active":false}""", await world.IntrospectAsync(token));
        Assert.Equal(ConsentStatus.Given, (await world.Store.FindConsentAsync(TenantId.Single, scene.Consent))!.Status);
        Assert.Equal((404, ProviderErrorCodes.ConsentUnknown), Judge(await scene.PostAsync("/consents/withdrawal", Form(("standing", "unknown"), ("form_token", "x")))));
    }

    [Fact]
    public async Task Pages_Always_CarryTheirHeadersAndNoScript()
    {
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        foreach (var path in scene.Pages.Select(page => page.Path).Append("/consents?ticket=x").Append("/consents.css"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Cookie", scene.Cookie);
            using var answer = await world.Http.SendAsync(request);
            Assert.Equal("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(" (on[a-z]+|style)=", text.Replace("src=x onerror=alert(1)", string.Empty, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Texts_OfOthers_AreTextOnly()
    {
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        var (_, list) = await scene.GetAsync("/consents?lang=ja");

        Assert.Contains("<bdi>&lt;script&gt;document.title=", list, StringComparison.Ordinal);
        Assert.Contains("意識がない &lt;b&gt;患者&lt;/b&gt;", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", list, StringComparison.Ordinal);

        // What turns or hides letters is not passed on; a letter beyond the first plane is.
        Assert.DoesNotContain('\u202E', WebUtility.HtmlDecode(list));
        Assert.Contains("<bdi>クリニック 𠮷野</bdi>", WebUtility.HtmlDecode(list), StringComparison.Ordinal);

        // A kind of line that this version does not know is shown by its name.
        var (_, item) = await scene.GetAsync($"/consents/item?consent={scene.Consent}&lang=en");
        Assert.Contains("Recorded as: kind-of-a-later-version", item, StringComparison.Ordinal);
        Assert.Contains("<bdi>&lt;i&gt;somebody&lt;/i&gt;</bdi>", item, StringComparison.Ordinal);

        // Words that are in another language than the page say so.
        Assert.Contains("<bdi lang=\"ja\">昔の目的</bdi>", (await scene.GetAsync("/consents?lang=en")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<bdi lang", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task States_WithoutColour_AreSaidInWords()
    {
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        await world.Store.WithdrawConsentAsync(TenantId.Single, scene.Consent, Person, world.Time.GetUtcNow());
        foreach (var language in (string[])["ja", "en"])
        {
            var (_, list) = await scene.GetAsync("/consents?lang=" + language);
            var states = Regex.Matches(list, "<span class=\"state ([a-z]+)\">(.*?)</span>", RegexOptions.Singleline)
                .Select(match => (Look: match.Groups[1].Value, Words: Regex.Replace(match.Groups[2].Value, "<[^>]*>|[0-9年月日: ]", string.Empty))).Distinct().ToList();
            Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "narrowed", "given", "expired", "withdrawn", "readable", "refused", "ended" }, states.Select(state => state.Look).ToHashSet(StringComparer.Ordinal));
            Assert.All(states, state => Assert.NotEmpty(state.Words));
            Assert.All(states.GroupBy(state => state.Words, StringComparer.Ordinal), words => Assert.Single(words.Select(state => state.Look).Distinct(StringComparer.Ordinal)));
        }
    }

    [Fact]
    public async Task Query_OfAnyOctets_IsAnsweredWithAPage()
    {
        await using var world = await PageWorld.StartAsync();
        var scene = await PageScene.MakeAsync(world);
        foreach (var name in (string[])["consent", "recipient", "standing", "after", "lang", "ticket"])
        {
            foreach (var value in (string[])["", "%00", "%ff%fe", "%F0%A0%AE%B7", "..%2f..", "<script>", new string('x', 3000), Convert.ToHexString(RandomNumberGenerator.GetBytes(8))])
            {
                foreach (var path in (string[])["/consents", "/consents/item", "/consents/withdrawal", "/consents/withdrawn"])
                {
                    var (status, text) = await scene.GetAsync($"{path}?{name}={value}&{name}={value}");
                    Assert.True(status is 200 or 303 or 400 or 403 or 404, $"{path}?{name}={value}: {status}");
                    Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
                }
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Form(params (string Name, string? Value)[] fields) =>
        fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!));

    private static (int Status, string Code) Judge((int Status, string Text, string? Location) answer) => (answer.Status, PageScene.CodeOf(answer.Text));

    private static string Html(string act, string cookie) => DashboardSessions.FormToken(cookie.Split('=')[1], act);

    private static async Task<string?> LocationAsync(PageScene scene, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", scene.Cookie);
        using var answer = await scene.World.Http.SendAsync(request);
        return answer.Headers.Location?.ToString();
    }

    private static async Task<(int Status, string Code)> OpenAsync(PageWorld world, string link)
    {
        using var answer = await world.Http.GetAsync(new Uri(link));
        return ((int)answer.StatusCode, PageScene.CodeOf(await answer.Content.ReadAsStringAsync()));
    }
}
