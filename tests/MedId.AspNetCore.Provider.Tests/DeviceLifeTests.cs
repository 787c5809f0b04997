using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>The life cycle of devices as patients and desks meet it, over real HTTP.</summary>
public class DeviceLifeTests
{
    private const string Account = "synthetic-account-a";

    private static readonly LifeCycleActor Clerk = LifeCycleActor.Clerk("synthetic-clerk", "synthetic-desk");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_AfterASignIn_ShowsDevicesAndHistoryWithoutTheClerk(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite });
        await using var _ = world;
        var token = Phone.Token(await phone.SignInAsync());

        var list = (await world.GetAsync("/device/devices", token)).Expect(200);

        Assert.Equal(("application/json", "no-store"), (list.MediaType, list.CacheControl));
        var device = Assert.Single(list.Json["devices"]!.AsArray())!;
        var id = (string)device["id"]!;
        Assert.Equal($$"""{"id":"{{id}}","protocol":"fido-uaf","state":"active","enrolled_at":"2026-11-21T09:00:00Z","this":true}""", device.ToJsonString());
        Assert.Equal(
            $$"""[{"at":"2026-11-21T09:00:00Z","event":"enrolled","device":"{{id}}","to":"active","by":"clerk"}]""", list.Json["history"]!.ToJsonString());
        Assert.DoesNotContain("synthetic-clerk", list.Text, StringComparison.Ordinal);
        Assert.Equal((401, ProviderErrorCodes.DeviceTokenRefused), Answer(await world.GetAsync("/device/devices")));
    }

    [Fact]
    public async Task Name_OfADevice_IsShownToItsOwner()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var (token, id) = await SignInAsync(world, phone);

        Assert.Equal(204, (await world.PostJsonAsync($"/device/devices/{id}/name", """{"name":"母の電話 📱"}""", token)).Status);

        Assert.Equal("母の電話 📱", (string?)(await ListAsync(world, token))["devices"]![0]!["name"]);
        foreach (var wrong in new[] { "", "   ", new string('x', 65), "a\\u202eb", "a\\nb", "\\ud800" })
        {
            var refused = await world.PostJsonAsync($"/device/devices/{id}/name", $$"""{"name":"{{wrong}}"}""", token);
            Assert.Equal(400, refused.Status);
            Assert.Contains(refused.Code, new[] { ProviderErrorCodes.DeviceNameRefused, ProviderErrorCodes.DeviceMessageMalformed });
        }

        Assert.Equal(204, (await world.PostJsonAsync($"/device/devices/{id}/name", $$"""{"name":"{{new string('x', 64)}}"}""", token)).Status);
        Assert.Equal((404, ProviderErrorCodes.DeviceUnknown), Answer(await world.PostJsonAsync("/device/devices/unknown/name", """{"name":"x"}""", token)));
        Assert.Equal((400, ProviderErrorCodes.DeviceMessageMalformed), Answer(await world.PostJsonAsync($"/device/devices/{id}/name", """{"name":1}""", token)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LostPhone_ReportedAtTheDesk_OpensNothingFromThatMomentOnUntilRecovery(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite, Provider = options => options.Reuse = ConsentReuse.RefreshToken });
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        var waiting = (await world.Ehr.AuthorizeAsync())["auth_req_id"];
        var (token, id) = await SignInAsync(world, phone);
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);
        var desk = world.Services.GetRequiredService<LifeCycleDesk>();

        Assert.Equal(DeviceState.Lost, (await desk.ChangeDeviceAsync(Account, id, DeviceEvent.ReportLost, Clerk)).Value!.State);

        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"])).Text);
        Assert.Equal("invalid_grant", (await world.Ehr.RefreshAsync(tokens["refresh_token"])).Error);
        Assert.Equal("access_denied", (await world.Ehr.PollAsync(waiting)).Error);
        Assert.Equal((401, ProviderErrorCodes.DeviceTokenRefused), Answer(await world.GetAsync("/device/consents", token)));
        Refused(await phone.SignInAsync(), 1401, ProviderErrorCodes.DeviceLost);
        Assert.Equal("access_denied", (await world.Ehr.AuthorizeAsync()).Error);

        // Recovery: not by a weaker check than that of what was lost.
        Assert.Equal(ProviderErrorCodes.ProofingTooWeak, (await desk.IssueTicketAsync(Account, Clerk, ProofingLevel.Basic)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.ProofingTooWeak, (await world.Services.GetRequiredService<EnrolmentDesk>().IssueTicketAsync(Account)).Error?.Code);
        Assert.Equal(ProofingLevel.Substantial, (await desk.RecoveryLevelAsync(Account)).Value);
        var ticket = (await desk.IssueTicketAsync(Account, Clerk, ProofingLevel.Substantial, replaces: id)).Value!;
        var next = new Phone(world, Account) { Authenticator = new(world.Model), PushAddress = "http://127.0.0.1:5999/next" };
        Assert.Equal(1200, (await next.EnrolAsync(ticket)).UafStatus);

        var list = await ListAsync(world, Phone.Token(await next.SignInAsync()));
        Assert.Equal(["active", "replaced"], list["devices"]!.AsArray().Select(device => (string?)device!["state"]));
        Assert.Equal(["enrolled", "report-lost", "enrolled", "replace"], list["history"]!.AsArray().Select(line => (string?)line!["event"]));
        Refused(await phone.SignInAsync(), 1401, ProviderErrorCodes.DeviceReplaced);
        await next.GrantAsync();
        Assert.Equal("http://127.0.0.1:5999/next", world.Announced.Last().Address);
    }

    [Fact]
    public async Task Replacement_BySecondPhone_KeepsWhatTheFirstOneGave()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        var (_, id) = await SignInAsync(world, phone);
        var ticket = (await world.Services.GetRequiredService<LifeCycleDesk>().IssueTicketAsync(Account, Clerk, ProofingLevel.Substantial, replaces: id)).Value!;
        var next = new Phone(world, Account) { Authenticator = new(world.Model) };

        Assert.Equal(1200, (await next.EnrolAsync(ticket)).UafStatus);

        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);
        Refused(await phone.SignInAsync(), 1401, ProviderErrorCodes.DeviceReplaced);
    }

    [Fact]
    public async Task Suspension_ByItsOwner_EndsItsTokensAndOnlyAnotherDeviceResumes()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var (token, id) = await SignInAsync(world, phone);
        var second = new Phone(world, Account) { Authenticator = new(world.Model) };
        await second.EnrolAsync();
        var tokens = await phone.GrantAsync();

        Assert.Equal(204, (await world.PostJsonAsync($"/device/devices/{id}/suspension", "{}", token)).Status);

        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"])).Text);
        Assert.Equal(401, (await world.PostJsonAsync($"/device/devices/{id}/resumption", "{}", token)).Status);
        Refused(await phone.SignInAsync(), 1401, ProviderErrorCodes.DeviceSuspended);
        var other = Phone.Token(await second.SignInAsync());
        Assert.Equal((409, ProviderErrorCodes.DeviceSuspended), Answer(await world.PostJsonAsync($"/device/devices/{id}/suspension", "{}", other)));
        Assert.Equal(204, (await world.PostJsonAsync($"/device/devices/{id}/resumption", "{}", other)).Status);
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);
        Assert.Equal((409, ProviderErrorCodes.DeviceActive), Answer(await world.PostJsonAsync($"/device/devices/{id}/finding", "{}", other)));
        Assert.Equal(204, (await world.PostJsonAsync($"/device/devices/{id}/loss", "{}", other)).Status);
        Assert.Equal((409, ProviderErrorCodes.DeviceLost), Answer(await world.PostJsonAsync($"/device/devices/{id}/resumption", "{}", other)));
        Assert.Equal(204, (await world.PostJsonAsync($"/device/devices/{id}/finding", "{}", other)).Status);
        Assert.Equal("suspended", (string?)(await ListAsync(world, other))["devices"]!.AsArray().Single(device => (string?)device!["id"] == id)!["state"]);
    }

    [Fact]
    public async Task Revocation_OfTheLastDevice_AsksForAChoiceAndTellsThePhone()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var (token, id) = await SignInAsync(world, phone);

        Assert.Equal((409, ProviderErrorCodes.LastDevice), Answer(await world.PostJsonAsync($"/device/devices/{id}/revocation", "{}", token)));
        Assert.Equal((400, ProviderErrorCodes.DeviceMessageMalformed), Answer(await world.PostJsonAsync($"/device/devices/{id}/revocation", """{"last":"x"}""", token)));
        var revoked = (await world.PostJsonAsync($"/device/devices/{id}/revocation", """{"last":"issue-ticket"}""", token)).Expect(200);

        var request = JsonNode.Parse(revoked["uafRequest"])![0]!;
        Assert.Equal("Dereg", (string?)request["header"]!["op"]);
        var device = (await world.Store.FindDeviceAsync(TenantId.Single, id))!;
        Assert.Equal((device.Model, device.KeyId), ((string?)request["authenticators"]![0]!["aaid"], (string?)request["authenticators"]![0]!["keyID"]));
        Refused(await phone.SignInAsync(), 1401, ProviderErrorCodes.DeviceRevoked);
        var next = new Phone(world, Account) { Authenticator = new(world.Model) };
        Assert.Equal(1200, (await next.EnrolAsync(revoked["ticket"])).UafStatus);
    }

    [Fact]
    public async Task Revocation_LeavingNone_NeedsTheDeskAgain()
    {
        var (world, passkey) = await Passkey.StartAsync();
        await using var _ = world;
        var token = (await passkey.SignInAsync())["device_token"];

        var revoked = (await world.PostJsonAsync($"/device/devices/{passkey.DeviceId}/revocation", """{"last":"leave-none"}""", token)).Expect(200);

        Assert.Equal("{}", revoked.Text);
        Assert.Equal((409, ProviderErrorCodes.DeviceRevoked), Answer(await passkey.SignInAsync()));
        (await new Passkey(world, Account).EnrolAsync()).Expect(200);
    }

    [Fact]
    public async Task DeviceOfAnotherPerson_IsUnknown()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var (_, id) = await SignInAsync(world, phone);
        await world.PutAccountAsync("synthetic-account-b");
        var other = new Phone(world, "synthetic-account-b") { Authenticator = new(world.Model) };
        await other.EnrolAsync();
        var token = Phone.Token(await other.SignInAsync());

        foreach (var act in new[] { "suspension", "loss", "resumption", "finding", "revocation" })
        {
            Assert.Equal((404, ProviderErrorCodes.DeviceUnknown), Answer(await world.PostJsonAsync($"/device/devices/{id}/{act}", "{}", token)));
        }

        Assert.Equal(DeviceState.Active, (await world.Store.FindDeviceAsync(TenantId.Single, id))!.State);
    }

    [Fact]
    public async Task DeviceLifetime_Over_TheDeviceActsNoMore()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Provider = options => options.DeviceLifetime = TimeSpan.FromDays(30) });
        await using var _ = world;
        world.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        var (token, _) = await SignInAsync(world, phone);
        Assert.Equal("2026-12-21T09:00:00Z", (string?)(await ListAsync(world, token))["devices"]![0]!["expires_at"]);
        world.Time.Advance(TimeSpan.FromSeconds(1));

        Refused(await phone.SignInAsync(), 1401, ProviderErrorCodes.DeviceExpired);
        Assert.Equal(401, (await world.GetAsync("/device/devices", token)).Status);
    }

    [Fact]
    public async Task Leaving_ArchivesTheAccountAndUnbindsEverything()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        var desk = world.Services.GetRequiredService<LifeCycleDesk>();

        Assert.Equal(AccountStatus.Archived, (await desk.ChangeAccountAsync(Account, AccountEvent.Archive, Clerk)).Value!.Status);

        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"])).Text);
        Refused(await phone.SignInAsync(), 1401, ProviderErrorCodes.DeviceRevoked);
        Assert.Equal(ProviderErrorCodes.AccountArchived, (await desk.ChangeAccountAsync(Account, AccountEvent.Reactivate, Clerk)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.AccountSuspended, (await desk.IssueTicketAsync(Account, Clerk, ProofingLevel.High)).Error?.Code);
    }

    private static async Task<(string Token, string Id)> SignInAsync(OpWorld world, Phone phone)
    {
        var token = Phone.Token(await phone.SignInAsync());
        var mine = (await ListAsync(world, token))["devices"]!.AsArray().Single(device => (bool)device!["this"]!)!;
        return (token, (string)mine["id"]!);
    }

    private static async Task<JsonNode> ListAsync(OpWorld world, string token) => (await world.GetAsync("/device/devices", token)).Expect(200).Json;

    private static (int, string?) Answer(WireAnswer answer) => (answer.Status, answer.Code);

    private static void Refused(WireAnswer answer, int status, string code) => Assert.Equal((200, status, code), (answer.Status, answer.UafStatus, answer.Code));
}
