using System.Text.RegularExpressions;
using MedId.Core;
using MedId.Provider;

namespace MedId.Browser.Tests.Dashboard;

/// <summary>A person with something of everything that the page can show, and the addresses of its pages.</summary>
internal sealed partial class PageScene(PageWorld world, string person)
{
    /// <summary>A name that would be markup, and one that turns what stands beside it.</summary>
    public const string Hostile = "<script>document.title='owned'</script>";
    public const string Turning = "\u202Eクリニック\u202C 𠮷野";

    /// <summary>A name that breaks nowhere.</summary>
    public static readonly string Framework = "架空の信頼枠組み" + new string('x', 80);

    public required string Consent { get; init; }

    public required StandingConsent Standing { get; init; }

    public required string Cookie { get; init; }

    public PageWorld World => world;

    public string Person => person;

    public static async Task<PageScene> MakeAsync(PageWorld world, string person = "synthetic-account-a")
    {
        var records = world.Records;
        await records.PersonAsync(person);
        var now = world.Time.GetUtcNow();
        await records.ConsentAsync(person, record => record with { GivenAt = now.AddDays(-3), AccessUntil = now.AddDays(-2), Purpose = new("https://example.invalid/purposes", "X", "昔の目的") });
        await records.ConsentAsync(person, record => record with
        {
            GivenAt = now.AddHours(-2),
            Recipient = new("ehr-hostile", Hostile),
            Practitioner = record.Practitioner! with { Name = Turning, Organization = new string('W', 120), Role = "\"><img src=x onerror=alert(1)>" },
        });
        await records.ConsentAsync(person, record => record with
        {
            GivenAt = now.AddHours(-1),
            Recipient = new("ehr-emergency", Turning),
            ScopesGranted = PageRecords.Scopes,
            Ground = new() { Kind = ConsentGroundKind.BreakGlass, Reason = "意識がない <b>患者</b>" },
            Act = record.Act with { Protocol = "break-glass", Authenticator = "none", KeyIdDigest = string.Empty, Assertion = string.Empty },
        });
        var proxy = await records.ProxyAsync(person);
        await records.ConsentAsync(person, record => record with
        {
            GivenAt = now.AddMinutes(-30),
            Recipient = new("ehr-proxy", "架空薬局"),
            Proxy = proxy,
        });
        var standing = await records.StandingAsync(person);
        await records.StandingAsync(person, record => record with { Kind = StandingConsentKind.PreRegistered, Recipients = [], TrustFramework = "https://framework.example/x", Notice = record.Notice with { Notice = $$"""{"trust_framework":{"id":"https://framework.example/x","name":"{{Framework}}"} }""" }, MaxUses = 3, Witness = null });
        var grant = await records.ConsentAsync(person);
        await world.Store.AppendConsentEventAsync(TenantId.Single, grant.Id, new(now.AddMinutes(1), "read", "health-record-api"));
        await world.Store.AppendConsentEventAsync(TenantId.Single, grant.Id, new(now.AddMinutes(2), "kind-of-a-later-version", "<i>somebody</i>"));
        return new(world, person) { Consent = grant.Id, Standing = standing, Cookie = await SignInAsync(world, person) };
    }

    /// <summary>Opens a link without a browser.</summary>
    public static async Task<string> SignInAsync(PageWorld world, string person)
    {
        using var opened = await world.Http.GetAsync(new Uri(await world.LinkAsync(person)));
        Assert.Equal(303, (int)opened.StatusCode);
        return Assert.Single(opened.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    /// <summary>Every page that there is, by its state, for a browser that is signed in.</summary>
    public IEnumerable<(string State, string Path)> Pages =>
    [
        ("list", "/consents"),
        ("item", "/consents/item?consent=" + Consent),
        ("confirm", "/consents/withdrawal?consent=" + Consent),
        ("confirm", "/consents/withdrawal?recipient=" + PageRecords.Clinic),
        ("confirm", "/consents/withdrawal?standing=" + Standing.Id),
        ("error", "/consents/item?consent=unknown"),
        ("signed-out", "/consents/signed-out"),
    ];

    public async Task<(int Status, string Text)> GetAsync(string path, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie ?? Cookie);
        using var answer = await world.Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<(int Status, string Text, string? Location)> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> form, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Cookie", cookie ?? Cookie);
        using var answer = await world.Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.ToString());
    }

    /// <summary>The token of the form that takes something back.</summary>
    public async Task<string> FormTokenAsync(string target, string? cookie = null)
    {
        var (status, text) = await GetAsync("/consents/withdrawal?" + target, cookie);
        Assert.Equal(200, status);
        return FormToken().Matches(text)[^1].Groups[1].Value;
    }

    public static string CodeOf(string text) => Code().Match(text).Groups[1].Value;

    [GeneratedRegex("name=\"form_token\" value=\"([A-Za-z0-9_-]{43})\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("data-code=\"([^\"]*)\"")]
    private static partial Regex Code();
}
