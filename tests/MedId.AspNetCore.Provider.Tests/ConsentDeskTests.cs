using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Consent at a reception desk over real HTTP: the desk records, the EHR reads at once, the person takes it back. Everybody is invented.</summary>
public class ConsentDeskTests
{
    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private const string Digest = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    [Theory]
    [InlineData("paper", false)]
    [InlineData("paper", true)]
    [InlineData("oral", false)]
    [InlineData("oral", true)]
    public async Task Desk_RecordedConsent_OpensAtOnceUntilThePersonTakesItBack(string method, bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(Settings(sqlite));
        await using var _ = world;

        var recorded = (await DeskAsync(world, Consent(method))).Expect(200);
        var (_, told) = Assert.Single(world.Announced);
        Assert.Equal(recorded["id"], told);

        var asked = (await AskAsync(world, method)).Expect(200);
        var tokens = (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);
        var claims = Jwt.Claims(tokens["access_token"]);
        Assert.Equal(("urn:example:" + method, $"openid {OpWorld.Basic} {OpWorld.Medication}"), ((string?)claims["acr"], (string?)claims["scope"]));
        Assert.Null(claims["auth_time"]);
        var consent = (await world.Store.FindConsentAsync(TenantId.Single, (string)claims["consent_id"]!))!;
        Assert.Equal((method, recorded["id"]), (consent.Act.Protocol, consent.Ground!.StandingConsentId));
        Assert.Equal((method == "paper" ? "paper-form" : "oral-witness", "synthetic-clinic"), (consent.Ground.Evidence.Single().Kind, consent.Ground.Evidence.Single().Issuer));
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);

        var token = Phone.Token(await phone.SignInAsync());
        var listed = Assert.Single((await world.GetAsync("/device/standing", token)).Expect(200).Json["standing"]!.AsArray())!;
        Assert.Equal(("given", "架空クリニック"), ((string?)listed["status"], (string?)listed["notice"]!["attested"]!["institution"]));
        Assert.DoesNotContain("synthetic-clerk", listed.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("synthetic-nurse", listed.ToJsonString(), StringComparison.Ordinal);
        Assert.InRange((await world.PostJsonAsync($"/device/standing/{recorded["id"]}/withdrawal", "{}", token)).Status, 200, 204);
        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"])).Text);

        // From then on the device is asked as ever.
        var again = (await AskAsync(world, method)).Expect(200);
        Assert.Equal("authorization_pending", (await world.Ehr.PollAsync(again["auth_req_id"]))["error"]);
    }

    // A material change asks again, also whoever agreed beforehand: that agreement was to something else.
    [Theory]
    [InlineData("P5Y", "P10Y", true)]
    [InlineData("P5Y", "P5Y", false)]
    public async Task Desk_ChangeOfWhatIsSaidSince_AsksThePersonWhenItIsMaterial(string before, string after, bool asks)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(Settings(notices: [Version(1, "2026-01-01T00:00:00Z", before), Version(2, "2026-11-21T09:30:00Z", after)]));
        await using var _ = world;
        (await DeskAsync(world, Consent("paper"))).Expect(200);

        // What is said about the recipient stands in the notice that the person finds in the list.
        var listed = Assert.Single((await world.GetAsync("/device/standing", Phone.Token(await phone.SignInAsync()))).Expect(200).Json["standing"]!.AsArray())!;
        Assert.Equal($$"""{"changes":[],"statements":[{"item":"retention","text":"{{before}}のあいだ保存します。"}],"version":1}""", listed["notice"]!["recipients"]![0]!["about"]!.ToJsonString(Plain));
        Assert.NotNull((await world.Ehr.PollAsync((await AskAsync(world, "paper")).Expect(200)["auth_req_id"])).Expect(200)["access_token"]);

        world.Time.Advance(TimeSpan.FromMinutes(30));
        var later = await world.Ehr.PollAsync((await AskAsync(world, "paper")).Expect(200)["auth_req_id"]);

        Assert.Equal(asks ? "authorization_pending" : null, later.Json["error"]?.GetValue<string>());
    }

    [Fact]
    public async Task Desk_WhatIsWrong_IsRefusedByName()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync(Settings());
        await using var __ = world;

        Assert.Equal((403, ProviderErrorCodes.DeskUnknown), Answer(await DeskAsync(world, Consent("paper"), desk: world.PsEhr)));
        Assert.Equal((400, ProviderErrorCodes.DeskMethodRefused), Answer(await DeskAsync(world, Consent("posted-notice"))));
        Assert.Equal((400, ProviderErrorCodes.DeskWitnessRefused), Answer(await DeskAsync(world, Consent("paper"), clerk: string.Empty)));
        foreach (var member in new[] { "person", "method", "resource", "recipients", "scopes", "purposes", "access_seconds", "valid_until", "form_version", "taken_at" })
        {
            var consent = Consent("paper");
            consent.Remove(member);
            Assert.Equal((400, ProviderErrorCodes.DeviceMessageMalformed), Answer(await DeskAsync(world, consent)));
        }

        Assert.Equal(401, (await world.SendFormAsync("/desk/consents", [new("clerk", "synthetic-clerk"), new("consent", Consent("paper").ToJsonString())], null, null)).Status);
        Assert.Empty(await world.Store.ListStandingConsentsAsync(TenantId.Single, "synthetic-account-a"));
        Assert.Empty(world.Announced);
    }

    [Fact]
    public async Task Start_MistakesOfTheDesks_AreNamed()
    {
        foreach (var (settings, said) in new (OpSettings, string)[]
        {
            (Settings(configure: options => options.Desks.Clear()), "ConsentDesks.Desks: at least one"),
            (Settings(configure: options => options.Desks[0] = options.Desks[0] with { Serves = [] }), "ConsentDesks.Desks: at least one"),
            (Settings(configure: options => options.Desks.Add(options.Desks[0])), "a client is one desk"),
            (Settings(configure: options => options.LongestValidity = TimeSpan.FromDays(366) + TimeSpan.FromTicks(1)), "ConsentDesks.LongestValidity"),
            (Settings(configure: options => options.LongestAccess = TimeSpan.Zero), "ConsentDesks.LongestAccess"),
            (Settings(configure: options => options.OldestAct = TimeSpan.FromDays(90) + TimeSpan.FromTicks(1)), "ConsentDesks.OldestAct"),
            (Settings(classes: ["oral"]), "names the protocol paper"),
            (Settings(classes: ["paper"]), "names the protocol oral"),
        })
        {
            Assert.Contains(said, (await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(settings))).Message, StringComparison.Ordinal);
        }
    }

    private static OpSettings Settings(bool sqlite = false, Action<ConsentDeskOptions>? configure = null, string[]? classes = null, RecipientNotice[]? notices = null) => new()
    {
        Sqlite = sqlite,
        Provider = options =>
        {
            options.AcrTable = new([.. options.AcrTable!.Rows, .. (classes ?? ["paper", "oral"]).Select(word => PreConsentTests.Class("urn:example:" + word, word))]);
            foreach (var notice in notices ?? [])
            {
                options.Notices.Add(notice);
            }
        },
        More = builder => builder.AddConsentDesks(options =>
        {
            options.Desks.Add(new() { ClientId = "ehr-clinic-a", InstitutionId = "synthetic-clinic", Institution = "架空クリニック", Serves = ["ehr-clinic-a"] });
            configure?.Invoke(options);
        }),
    };

    private static RecipientNotice Version(int version, string from, string retention) => new()
    {
        ClientId = "ehr-clinic-a",
        Version = version,
        PublishedAt = DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
        Controllers = ["synthetic-clinic"],
        Purposes = ["TREAT"],
        Data = ["*"],
        Retention = [retention],
        Contacts = ["contact-" + version],
        Statements = [new("notice_retention", $"{retention}のあいだ保存します。", $"Kept for {retention}.")],
    };

    private static JsonObject Consent(string method)
    {
        var consent = new JsonObject
        {
            ["person"] = "login-of-synthetic-account-a",
            ["method"] = method,
            ["resource"] = OpWorld.Resource,
            ["recipients"] = new JsonArray("ehr-clinic-a"),
            ["scopes"] = new JsonArray(OpWorld.Basic, OpWorld.Medication),
            ["purposes"] = new JsonArray("TREAT"),
            ["access_seconds"] = 600,
            ["valid_until"] = "2026-12-21T09:00:00Z",
            ["form_version"] = "2026-1",
            ["taken_at"] = "2026-11-20T09:00:00Z",
        };
        consent[method == "oral" ? "witness" : "scan_digest"] = method == "oral" ? "synthetic-nurse" : Digest;
        return consent;
    }

    private static Task<WireAnswer> DeskAsync(OpWorld world, JsonObject consent, string clerk = "synthetic-clerk", Ehr? desk = null) =>
        (desk ?? world.Ehr).FormAsync("/desk/consents", [.. clerk.Length > 0 ? new KeyValuePair<string, string>[] { new("clerk", clerk) } : [], new("consent", consent.ToJsonString())]);

    private static Task<WireAnswer> AskAsync(OpWorld world, string method) => world.Ehr.AuthorizeAsync(claims => claims["acr_values"] = "urn:example:" + method);

    private static (int Status, string? Code) Answer(WireAnswer answer) => (answer.Status, answer.Code);
}
