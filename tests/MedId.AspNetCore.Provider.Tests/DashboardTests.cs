using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>The dashboard as a device reads it, over real HTTP.</summary>
public class DashboardTests
{
    private const string Account = "synthetic-account-a";
    private const string Other = "synthetic-account-b";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_AfterAGrant_SaysWhoMayReadWhatUntilWhen(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite });
        await using var _ = world;
        var tokens = await phone.GrantAsync(granted: [OpWorld.Medication]);
        var id = (await world.Store.ListConsentsAsync(TenantId.Single, Account))[0].Id;
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);
        var token = Phone.Token(await phone.SignInAsync());

        var read = (await world.GetAsync("/device/dashboard?lang=en", token)).Expect(200);

        Assert.Equal(("application/json", "no-store"), (read.MediaType, read.CacheControl));
        var view = read.Json;
        Assert.Equal(("en", 1, null), ((string?)view["language"], (int)view["total"]!, (string?)view["next"]));
        var row = Assert.Single(view["recipients"]!.AsArray())!;
        Assert.Equal("""{"client_id":"ehr-clinic-a","name":"架空クリニックの電子カルテ"}""", Plain(row["recipient"]!));
        Assert.Equal(id, (string?)Assert.Single(row["active_consents"]!.AsArray()));
        Assert.Equal(
            [(OpWorld.Medication, "readable", "2026-11-21T09:12:00Z"), (OpWorld.Basic, "refused", null)],
            row["categories"]!.AsArray().Select(cell => ((string?)cell!["scope"], (string?)cell["state"], (string?)cell["until"])));
        Assert.Equal("""{"text":"medicines to be taken (prescriptions)","language":"en"}""", Plain(row["categories"]![0]!["text"]!));

        var consent = Assert.Single(view["consents"]!.AsArray())!;
        Assert.Equal((id, "narrowed", "device", true), ((string?)consent["id"], (string?)consent["state"], (string?)consent["way"], (bool)consent["can_withdraw"]!));
        Assert.Equal("For your treatment", (string?)consent["purpose"]!["text"]);
        Assert.Equal([true, false], consent["categories"]!.AsArray().OrderBy(one => (string?)one!["scope"], StringComparer.Ordinal).Select(one => (bool)one!["granted"]!));
        Assert.Contains("token-issued", consent["accesses"]!.AsArray().Select(line => (string?)line!["event"]));
        Assert.Contains("narrowed", consent["history"]!.AsArray().Select(line => (string?)line!["event"]));

        // The same in the account's language, with the words that were shown, and alone.
        var alone = (await world.GetAsync("/device/dashboard/consents/" + id, token)).Expect(200).Json;
        Assert.Equal("有効です（求められたものの一部だけ）", (string?)alone["state_text"]!["text"]);
        Assert.Equal((string?)consent["digest"], (string?)alone["digest"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Withdrawal_OfOneThenOfARecipient_EndsTheirTokens(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite });
        await using var _ = world;
        var first = (await phone.GrantAsync())["access_token"];
        var second = (await phone.GrantAsync())["access_token"];
        var third = (await phone.GrantAsync(world.PsEhr))["access_token"];
        var consents = await world.Store.ListConsentsAsync(TenantId.Single, Account);
        var one = consents.Where(consent => consent.Recipient.ClientId == "ehr-clinic-a").Select(consent => consent.Id).Last();
        var token = Phone.Token(await phone.SignInAsync());

        Assert.Equal(204, (await world.PostJsonAsync($"/device/dashboard/consents/{one}/withdrawal", "{}", token)).Status);
        Assert.Equal(204, (await world.PostJsonAsync($"/device/dashboard/consents/{one}/withdrawal", "{}", token)).Status);
        Assert.Equal(1, new[] { await ActiveAsync(first), await ActiveAsync(second) }.Count(active => active));
        Assert.Equal("""{"withdrawn":1}""", (await world.PostJsonAsync("/device/dashboard/recipients/withdrawal", """{"client_id":"ehr-clinic-a"}""", token)).Expect(200).Text);
        Assert.Equal((false, false, true), (await ActiveAsync(first), await ActiveAsync(second), await ActiveAsync(third)));
        Assert.Equal("""{"withdrawn":0}""", (await world.PostJsonAsync("/device/dashboard/recipients/withdrawal", """{"client_id":"ehr-clinic-a"}""", token)).Expect(200).Text);

        var view = (await world.GetAsync("/device/dashboard", token)).Json;
        Assert.Equal(["ehr-clinic-b", "ehr-clinic-a"], view["recipients"]!.AsArray().Select(row => (string?)row!["recipient"]!["client_id"]));
        Assert.Equal("ended", (string?)view["recipients"]![1]!["categories"]![0]!["state"]);

        async Task<bool> ActiveAsync(string accessToken) => (bool)(await world.IntrospectAsync(accessToken)).Json["active"]!;
    }

    [Fact]
    public async Task Dashboard_OfAnotherPerson_IsUnknownAndUnchanged()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        var id = (await world.Store.ListConsentsAsync(TenantId.Single, Account))[0].Id;
        await world.PutAccountAsync(Other);
        var stranger = new Phone(world, Other) { Authenticator = new(world.Model) };
        await stranger.EnrolAsync();
        var token = Phone.Token(await stranger.SignInAsync());

        var view = (await world.GetAsync("/device/dashboard", token)).Expect(200).Json;
        Assert.Equal((0, 0, 0), ((int)view["total"]!, view["recipients"]!.AsArray().Count, view["standing"]!.AsArray().Count));
        Assert.Equal((404, ProviderErrorCodes.ConsentUnknown), Answer(await world.GetAsync("/device/dashboard/consents/" + id, token)));
        Assert.Equal((404, ProviderErrorCodes.ConsentUnknown), Answer(await world.GetAsync("/device/dashboard?after=" + id, token)));
        Assert.Equal((404, ProviderErrorCodes.ConsentUnknown), Answer(await world.PostJsonAsync($"/device/dashboard/consents/{id}/withdrawal", "{}", token)));
        Assert.Equal((404, ProviderErrorCodes.ConsentUnknown), Answer(await world.PostJsonAsync("/device/dashboard/standing/unknown/withdrawal", "{}", token)));
        Assert.Equal((404, ProviderErrorCodes.DashboardRecipientUnknown), Answer(await world.PostJsonAsync("/device/dashboard/recipients/withdrawal", """{"client_id":"ehr-clinic-a"}""", token)));
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);

        // Only the token of a sign-in opens it: none, one of a request, and one of a lost phone do not.
        await world.Ehr.AuthorizeAsync();
        var opened = Phone.Token(await phone.OpenAsync(world.Announced.Last().Id));
        foreach (var wrong in (string?[])[null, "x", opened])
        {
            Assert.Equal((401, ProviderErrorCodes.DeviceTokenRefused), Answer(await world.GetAsync("/device/dashboard", wrong)));
            Assert.Equal((401, ProviderErrorCodes.DeviceTokenRefused), Answer(await world.PostJsonAsync($"/device/dashboard/consents/{id}/withdrawal", "{}", wrong)));
        }
    }

    [Fact]
    public async Task Query_OutsideItsLimits_IsRefused()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        foreach (var turn in Enumerable.Range(0, 3))
        {
            await phone.GrantAsync();
            world.Time.Advance(TimeSpan.FromSeconds(1 + turn));
        }

        var token = Phone.Token(await phone.SignInAsync());
        foreach (var wrong in (string[])["limit=0", "limit=101", "limit=-1", "limit=x", "limit=1&limit=1", "lines=501", "lines=%2B1", "lang=fr", "lang=ja&lang=en", "lang="])
        {
            Assert.Equal((400, ProviderErrorCodes.DashboardQueryRefused), Answer(await world.GetAsync("/device/dashboard?" + wrong, token)));
        }

        // Pages follow each other, newest first, and each consent stands on one.
        var seen = new List<string>();
        string? next = null;
        do
        {
            var view = (await world.GetAsync("/device/dashboard?limit=2&lines=1" + (next is null ? string.Empty : "&after=" + next), token)).Expect(200).Json;
            seen.AddRange(view["consents"]!.AsArray().Select(consent => (string)consent!["id"]!));
            Assert.All(view["consents"]!.AsArray(), consent => Assert.True(consent!["accesses"]!.AsArray().Count <= 1 && consent["history"]!.AsArray().Count <= 1));
            next = (string?)view["next"];
        }
        while (next is not null);
        Assert.Equal((await world.Store.ListConsentsAsync(TenantId.Single, Account)).Select(consent => consent.Id), seen);
        Assert.Equal(3, seen.Count);
        Assert.Equal(200, (await world.GetAsync("/device/dashboard?limit=100&lines=500", token)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sessions_WhereThereIsAPage_GiveALinkThatOpensOnce(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite, Provider = options => options.DashboardPage = new("https://op.example/consents") });
        await using var _ = world;
        var token = Phone.Token(await phone.SignInAsync());
        var sessions = (DashboardSessions)world.Services.GetService(typeof(DashboardSessions))!;

        var given = (await world.PostJsonAsync("/device/dashboard/sessions", "{}", token)).Expect(200);

        Assert.Equal(("no-store", 60), (given.CacheControl, (int)given.Json["expires_in"]!));
        const string Start = "https://op.example/consents?ticket=";
        Assert.StartsWith(Start, given["link"], StringComparison.Ordinal);
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await sessions.OpenAsync(given["link"][Start.Length..]))));
        Assert.Equal([ProviderErrorCodes.DashboardTicketReplayed], opened.Where(one => !one.Succeeded).Select(one => one.Error!.Code).Distinct());
        var session = Assert.Single(opened, one => one.Succeeded).Value!;
        Assert.Equal(world.Time.GetUtcNow() + TimeSpan.FromMinutes(10), session.ExpiresAt);
        Assert.DoesNotContain(session.Value, session.ToString(), StringComparison.Ordinal);
        Assert.True((await sessions.EnterAsync(session.Value)).Succeeded);

        // A session is for the page; it is neither a device token nor a ticket.
        Assert.Equal((401, ProviderErrorCodes.DeviceTokenRefused), Answer(await world.GetAsync("/device/dashboard", session.Value)));
        Assert.Equal(ProviderErrorCodes.DashboardTicketUnknown, (await sessions.OpenAsync(session.Value)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.DashboardSessionRefused, (await sessions.EnterAsync(token)).Error?.Code);
        Assert.Equal((401, ProviderErrorCodes.DeviceTokenRefused), Answer(await world.PostJsonAsync("/device/dashboard/sessions", "{}", session.Value)));

        await sessions.EndAsync(session.Value);
        Assert.Equal(ProviderErrorCodes.DashboardSessionRefused, (await sessions.EnterAsync(session.Value)).Error?.Code);

        // A ticket never outlives the right that it was made from.
        world.Time.Advance(TimeSpan.FromMinutes(9.5));
        Assert.Equal(30, (int)(await world.PostJsonAsync("/device/dashboard/sessions", "{}", token)).Expect(200).Json["expires_in"]!);
    }

    [Fact]
    public async Task Sessions_WhereThereIsNoPage_AreNotThere()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;

        Assert.Equal(404, (await world.PostJsonAsync("/device/dashboard/sessions", "{}", Phone.Token(await phone.SignInAsync()))).Status);
        foreach (var wrong in (string[])["/consents", "http://op.example/consents", "https://op.example/consents?x=1", "https://op.example/consents#x", "ftp://op.example/"])
        {
            var options = new ProviderOptions { DashboardPage = new(wrong, UriKind.RelativeOrAbsolute) };
            Assert.Contains(options.Validate(), line => line.Contains("DashboardPage", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(new ProviderOptions { DashboardPage = new("http://127.0.0.1:5000/consents") }.Validate(), line => line.Contains("DashboardPage", StringComparison.Ordinal));
    }

    private static (int Status, string? Code) Answer(WireAnswer answer) => (answer.Status, answer.Code);

    private static string Plain(JsonNode json) => json.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
