using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests.Administration;

/// <summary>People, devices, consents, requests and the audit trail.</summary>
public sealed class AdministrationPeopleTests
{
    private static string Digest => Base64Url.EncodeToString(SHA256.HashData("synthetic letter"u8));

    [Fact]
    public async Task User_FoundByIdHintAndDigest_ShowsHowTheyStandAndNothingElse()
    {
        var (console, _) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;

        var byHint = (await console.PostAsync("/users/search", new() { ["hint"] = "login-of-synthetic-account-a" }, AdminConsole.Reader)).Expect(200);
        Assert.Equal(["id", "status", "language", "proofed_at"], byHint.Json.AsObject().Select(member => member.Key));
        var account = (await world.Store.FindAccountAsync(TenantId.Single, "synthetic-account-a"))!;
        Assert.Equal("synthetic-account-a", (await console.PostAsync("/users/search", new() { ["hint_digest"] = account.HintDigests[0] }))["id"]);
        (await console.GetAsync("/users/synthetic-account-a")).Expect(200);
        Assert.Equal((404, ProviderErrorCodes.AccountUnknown), Is(await console.GetAsync("/users/nobody")));
        Assert.Equal(404, (await console.PostAsync("/users/search", new() { ["hint"] = "nobody" })).Status);
        Assert.Equal(400, (await console.PostAsync("/users/search", new() { ["hint"] = "a", ["hint_digest"] = "b" })).Status);
        var lines = (await console.TrailAsync()).Where(line => line.Event == AuditEventKind.AdministrationRead).ToList();
        Assert.Equal((AdminConsole.Reader, "synthetic-account-a", "users-read"), (lines[0].Agents[0].Id, lines[0].Subject, lines[0].Reason));
    }

    [Fact]
    public async Task User_SuspendedAndResumed_ByTheLifeCycle()
    {
        var (console, phone) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        var token = await AdministrationClientTests.TokenAsync(world, phone);

        Assert.Equal("suspended", (await console.PostAsync("/users/synthetic-account-a/suspension", actor: AdminConsole.Operator))["status"]);
        Assert.Equal("suspended", (await console.PostAsync("/users/synthetic-account-a/suspension"))["status"]);
        Assert.False((bool)(await world.IntrospectAsync(token)).Json["active"]!);
        Assert.Equal("active", (await console.PostAsync("/users/synthetic-account-a/resumption"))["status"]);
        Assert.True((bool)(await world.IntrospectAsync(token)).Json["active"]!);
        Assert.Equal(["suspend", "reactivate"], (await console.TrailAsync()).Where(line => line.Event == AuditEventKind.AccountChanged).Select(line => line.Reason));
        Assert.Equal(AdminConsole.Operator, (await console.TrailAsync()).First(line => line.Event == AuditEventKind.AccountChanged).Agents[0].Id);
        Assert.Equal((404, ProviderErrorCodes.AccountUnknown), Is(await console.PostAsync("/users/nobody/suspension")));
    }

    [Fact]
    public async Task Device_EveryEvent_ByTheTable()
    {
        var (console, _) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        var device = (await console.GetAsync("/users/synthetic-account-a/devices")).Expect(200).Json["devices"]![0]!;
        Assert.Null(device["push_address"]);
        var path = "/users/synthetic-account-a/devices/" + (string)device["id"]!;

        Assert.Equal("suspended", (await console.PostAsync(path + "/suspension"))["state"]);
        Assert.Equal("suspended", (await console.PostAsync(path + "/suspension"))["state"]);
        Assert.Equal("active", (await console.PostAsync(path + "/resumption"))["state"]);
        Assert.Equal("lost", (await console.PostAsync(path + "/loss"))["state"]);
        Assert.Equal((409, ProviderErrorCodes.DeviceLost), Is(await console.PostAsync(path + "/suspension")));
        Assert.Equal("suspended", (await console.PostAsync(path + "/finding"))["state"]);
        Assert.Equal("active", (await console.PostAsync(path + "/resumption"))["state"]);
        Assert.Equal((409, ProviderErrorCodes.LastDevice), Is(await console.PostAsync(path + "/revocation")));
        Assert.Equal("revoked", (await console.PostAsync(path + "/revocation", new() { ["last"] = "leave-none" }))["state"]);
        Assert.Equal("revoked", (await console.PostAsync(path + "/revocation"))["state"]);
        Assert.Equal((404, ProviderErrorCodes.DeviceUnknown), Is(await console.PostAsync("/users/synthetic-account-a/devices/unknown/loss")));
        Assert.Equal(ProviderErrorCodes.AdministrationNotPermitted, (await console.PostAsync(path + "/loss", actor: AdminConsole.Reader)).Code);
    }

    [Fact]
    public async Task Consent_WithdrawnOnAWrittenOrder_EndsAndTheTrailNamesTheOperator()
    {
        var (console, phone) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        var token = await AdministrationClientTests.TokenAsync(world, phone);
        var listed = (await console.GetAsync("/users/synthetic-account-a/consents", AdminConsole.Reader)).Expect(200);
        var consent = (string)listed.Json["consents"]![0]!["id"]!;

        // What was opened says something about the person's health: it is not shown.
        Assert.DoesNotContain("patient/", listed.Text, StringComparison.Ordinal);
        var path = $"/users/synthetic-account-a/consents/{consent}/withdrawal";
        Assert.Equal((400, ProviderErrorCodes.AdministrationMalformed), Is(await console.PostAsync(path)));
        Assert.Equal(400, (await console.PostAsync(path, new() { ["reason"] = "because", ["order_digest"] = Digest })).Status);
        Assert.Equal((404, ProviderErrorCodes.ConsentUnknown), Is(await console.PostAsync($"/users/synthetic-account-b/consents/{consent}/withdrawal", Order())));
        Assert.Equal(204, (await console.PostAsync(path, Order(), AdminConsole.Operator)).Status);
        Assert.Equal(204, (await console.PostAsync(path, Order(), AdminConsole.Operator)).Status);

        Assert.False((bool)(await world.IntrospectAsync(token)).Json["active"]!);
        var line = Assert.Single(await console.TrailAsync(), one => one.Event == AuditEventKind.ConsentWithdrawn);
        Assert.Equal((AdminConsole.Operator, "written-order", Digest), (line.Agents[0].Id, line.Reason, line.ObjectId));

        static JsonObject Order() => new() { ["reason"] = "written-order", ["order_digest"] = Digest };
    }

    [Fact]
    public async Task Request_Cancelled_TheClientHearsNo()
    {
        var (console, _) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        await world.Ehr.AuthorizeAsync();

        var listed = (await console.GetAsync("/requests", AdminConsole.Reader)).Expect(200);
        Assert.Equal(2, listed.Json["requests"]!.AsArray().Count);
        Assert.DoesNotContain("WXYZ", listed.Text, StringComparison.Ordinal);
        var id = world.Announced.First().Id;
        Assert.Equal(204, (await console.PostAsync($"/requests/{id}/cancellation", actor: AdminConsole.Operator)).Status);
        Assert.Equal(204, (await console.PostAsync($"/requests/{id}/cancellation", actor: AdminConsole.Operator)).Status);
        Assert.Equal("access_denied", (await world.Ehr.PollAsync(asked["auth_req_id"])).Error);
        Assert.Single((await console.GetAsync("/requests")).Json["requests"]!.AsArray());
        Assert.Equal((404, ProviderErrorCodes.AdministrationUnknown), Is(await console.PostAsync("/requests/unknown/cancellation")));
        var line = Assert.Single(await console.TrailAsync(), one => one.Event == AuditEventKind.RequestCancelled);
        Assert.Equal((AdminConsole.Operator, id), (line.Agents[0].Id, line.RequestId));
        world.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((409, ProviderErrorCodes.RequestNotPending), Is(await console.PostAsync($"/requests/{world.Announced.Last().Id}/cancellation")));
    }

    [Fact]
    public async Task Audit_ReadInPages_IsTheWholeTrailAndItsReportHolds()
    {
        var (console, phone) = await StartAsync();
        using var disposed = console;
        await using var world = console.World;
        await AdministrationClientTests.TokenAsync(world, phone);
        var head = await world.Store.FindAuditHeadAsync(TenantId.Single);

        List<string> events = [];
        for (var from = 1L; from <= head.Length; from += 3)
        {
            var page = (await console.GetAsync($"/audit-events?from={from}&limit=3")).Expect(200);
            Assert.Equal("application/fhir+json", page.Wire.MediaType);
            events.AddRange(page.Json["entry"]!.AsArray().Select(one => (string)one!["resource"]!["id"]!));
        }

        Assert.Equal(Enumerable.Range(1, (int)head.Length).Select(place => $"audit-{place}"), events.Take((int)head.Length));
        var report = (await console.GetAsync($"/audit-report?length={head.Length}&digest={head.Digest}&at={Uri.EscapeDataString(head.At!.Value.ToString("O"))}")).Expect(200);
        Assert.True((bool)report.Json["whole"]!);
        var other = (await console.GetAsync($"/audit-report?length={head.Length}&digest={Digest}&at={Uri.EscapeDataString(head.At.Value.ToString("O"))}")).Expect(200);
        Assert.Equal((false, ProviderErrorCodes.AuditForked), ((bool)other.Json["whole"]!, other["code"]));
        Assert.Equal(400, (await console.GetAsync("/audit-report?length=1")).Status);
        Assert.Equal(400, (await console.GetAsync("/audit-events?from=0")).Status);
        Assert.Contains(await console.TrailAsync(), line => line.Event == AuditEventKind.AuditRead && line.Agents[0].Id == AdminConsole.Officer);
    }

    private static (int Status, string? Code) Is(AdminAnswer answer) => (answer.Status, answer.Code);

    private static async Task<(AdminConsole Console, Phone Phone)> StartAsync()
    {
        var console = await AdminConsole.StartAsync();
        await console.World.PutAccountAsync("synthetic-account-a");
        var phone = new Phone(console.World, "synthetic-account-a");
        Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);
        return (console, phone);
    }
}
