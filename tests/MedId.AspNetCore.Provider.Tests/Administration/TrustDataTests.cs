using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests.Administration;

/// <summary>Whom the OP believes, changed while it runs.</summary>
public sealed class TrustDataTests
{
    private static string Issuer => "/practitioner-issuers/" + Key(DoctorOp.Issuer);

    [Fact]
    public async Task PractitionerIssuer_SuspendedAndTakenOut_CountsAtOnce()
    {
        using var console = await AdminConsole.StartAsync();
        await using var world = console.World;
        await world.PutAccountAsync("synthetic-account-a");
        Assert.Equal(1200, (await new Phone(world, "synthetic-account-a").EnrolAsync()).UafStatus);
        (await world.Ehr.AuthorizeAsync()).Expect(200);

        // An entry stands before the configuration.
        var put = (await console.PutAsync(Issuer, new() { ["issuer"] = DoctorOp.Issuer, ["jwks_uri"] = DoctorOp.Issuer + "/jwks", ["status"] = "suspended" }, match: 0)).Expect(201);
        Assert.Equal(("suspended", 1L), (put["status"], put.Version));
        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceUntrusted, (await world.Ehr.AuthorizeAsync()).Code);
        Assert.Equal(DoctorOp.Issuer, (string?)(await console.GetAsync("/practitioner-issuers")).Json["practitioner_issuers"]![0]!["content"]!["issuer"]);
        (await console.PutAsync(Issuer, new() { ["issuer"] = DoctorOp.Issuer, ["jwks_uri"] = "https://elsewhere.example/jwks" }, match: 1)).Expect(200);
        Assert.NotEqual(200, (await world.Ehr.AuthorizeAsync()).Status);
        Assert.Equal((412, ProviderErrorCodes.AdministrationConflict), Is(await console.DeleteAsync(Issuer, 1)));
        Assert.Equal(204, (await console.DeleteAsync(Issuer, 2)).Status);
        Assert.Equal(204, (await console.DeleteAsync(Issuer, 2)).Status);
        (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Equal(
            ["practitioner-issuer-put", "practitioner-issuer-put", "practitioner-issuer-removed"],
            (await console.TrailAsync()).Where(line => line.Event == AuditEventKind.TrustChanged).Select(line => line.Reason));
    }

    [Theory]
    [InlineData("""{"issuer":"https://other.example","jwks_uri":"https://other.example/jwks"}""")]
    [InlineData("""{"issuer":"https://doctors.example"}""")]
    [InlineData("""{"issuer":"https://doctors.example","jwks":{"keys":[]}}""")]
    [InlineData("""{"issuer":"https://doctors.example","jwks_uri":"http://doctors.example/jwks"}""")]
    [InlineData("""{"issuer":"https://doctors.example","jwks_uri":"https://doctors.example/jwks","status":"unknown"}""")]
    public async Task PractitionerIssuer_ThatNobodyCanRelyOn_IsRefused(string body)
    {
        using var console = await AdminConsole.StartAsync();
        await using var world = console.World;

        var answer = await console.PutAsync("/practitioner-issuers/" + Key("https://doctors.example"), JsonNode.Parse(body)!.AsObject(), match: 0);
        Assert.Equal((400, ProviderErrorCodes.TrustRefused), Is(answer));
        Assert.Equal(400, (await console.PutAsync("/practitioner-issuers/not=base64url", [], match: 0)).Status);
        Assert.Equal((404, ProviderErrorCodes.AdministrationUnknown), Is(await console.GetAsync("/practitioner-issuers/" + Key("https://nobody.example"))));
        Assert.Equal(404, (await console.DeleteAsync("/practitioner-issuers/" + Key("https://nobody.example"), 1)).Status);
    }

    [Fact]
    public async Task TrustFramework_Put_IsWhatTheSourceFinds()
    {
        var known = new TrustFramework { Id = "https://framework.example/a", JapaneseName = "枠組み", EnglishName = "Framework", Assessors = [new() { Issuer = "https://assessor.example", JwksUri = "https://assessor.example/jwks" }] };
        using var console = await AdminConsole.StartAsync();
        await using var world = console.World;
        var settings = world.Services.GetRequiredService<SettingCache>();
        var source = new SettingTrustFrameworks(new TrustFrameworks(known), settings);
        Assert.Same(known, await source.FindAsync(known.Id));

        var path = "/trust-frameworks/" + Key("https://framework.example/b");
        var body = new JsonObject
        {
            ["id"] = "https://framework.example/b",
            ["name"] = "Another framework",
            ["name#ja"] = "別の枠組み",
            ["assessors"] = new JsonArray(new JsonObject { ["issuer"] = "https://assessor.example", ["jwks_uri"] = "https://assessor.example/jwks" }),
            ["required_criteria"] = new JsonArray("encryption"),
            ["longest_statement_seconds"] = 86400,
            ["suspensions"] = new JsonArray(new JsonObject { ["client_id"] = "ehr-clinic-a", ["from"] = "2026-11-01T00:00:00Z" }),
        };
        (await console.PutAsync(path, body, match: 0)).Expect(201);
        var found = (await source.FindAsync("https://framework.example/b"))!;
        Assert.Equal(("別の枠組み", TimeSpan.FromDays(1), "ehr-clinic-a"), (found.NameIn("ja"), found.LongestStatement, found.Suspensions[0].ClientId));
        Assert.Equal(["https://framework.example/a", "https://framework.example/b"], (await source.ListAsync()).Select(one => one.Id));
        body["status"] = "suspended";
        (await console.PutAsync(path, (JsonObject)body.DeepClone(), match: 1)).Expect(200);
        Assert.Null(await source.FindAsync("https://framework.example/b"));
        body.Remove("assessors");
        Assert.Equal((400, ProviderErrorCodes.TrustRefused), Is(await console.PutAsync(path, body, match: 2)));
        Assert.Equal(403, (await console.PutAsync(path, [], AdminConsole.Operator, 2)).Status);
    }

    private static string Key(string id) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(id));

    private static (int Status, string? Code) Is(AdminAnswer answer) => (answer.Status, answer.Code);
}
