using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Breaking the glass over HTTP: what the EHR sends, what the phone reads afterwards, what the API is told.</summary>
public class BreakGlassTests : IBreakGlassObserver
{
    private const string Acr = "urn:example:break-glass";
    private const string Allergy = "patient/AllergyIntolerance.read";
    private readonly List<BrokenGlass> _told = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BreakGlass_FromRequestToWithdrawal_GivesWhatTheContractSays(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite, Provider = Classes, More = Offer });
        await using var _ = world;

        var asked = (await AskAsync(world)).Expect(200);
        var (_, requestId) = Assert.Single(world.Announced);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        var tokens = (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);

        // Nobody authenticated: no auth_time, no methods, and the class says so.
        var claims = Jwt.Claims(tokens["access_token"]);
        Assert.Equal($"openid {Allergy} btg", (string?)claims["scope"]);
        Assert.Equal(Acr, (string?)claims["acr"]);
        Assert.False(claims.AsObject().ContainsKey("auth_time"));
        Assert.False(tokens.Json.AsObject().ContainsKey("refresh_token"));
        var introspected = (await world.IntrospectAsync(tokens["access_token"])).Expect(200);
        Assert.Equal((true, Acr, $"openid {Allergy} btg"), ((bool)introspected.Json["active"]!, introspected["acr"], introspected["scope"]));

        // RFC 9396 §7, §9: what was granted is told to both, without the words that were between doctor and patient.
        var granted = $$$"""[{"type":"medid_consent","consent_id":"{{{introspected["consent_id"]}}}","break_glass":{"reason_code":"unconscious"}}]""";
        Assert.Equal(granted, tokens.Json["authorization_details"]!.ToJsonString());
        Assert.Equal(granted, introspected.Json["authorization_details"]!.ToJsonString());
        Assert.Equal("BTG", (string?)introspected.Json["act"]!["extensions"]!["ihe_iua"]!["purpose_of_use"]![0]!["code"]);

        // The phone is told afterwards, reads what was opened and why, and has nothing to choose.
        var read = (await phone.NoticeAsync(requestId, Phone.Token(await phone.OpenAsync(requestId)))).Expect(200);
        Assert.Equal("緊急のため情報が閲覧されました", (string?)read.Json["notice"]!["title"]);
        Assert.Equal(Canonical.Sha256(Canonical.Of(read.Json["notice"]!)), read["notice_digest"]);
        var told = read.Json["told"]!;
        Assert.Equal(("given", "break-glass", "unconscious"), ((string?)told["status"], (string?)told["ground"]!["kind"], (string?)told["ground"]!["reason_code"]));
        Assert.Equal("意識がない: 架空の救急", (string?)told["ground"]!["reason"]);
        Assert.Equal("架空の根拠", (string?)told["ground"]!["legal_basis"]);
        Assert.Equal([Allergy, "btg"], told["granted"]!.AsArray().Select(one => (string?)one));
        Assert.Equal((string?)told["consent"], Assert.Single(_told).Consent.Id);

        // Withdrawal ends it at once.
        var token = Phone.Token(await phone.SignInAsync());
        var entry = Assert.Single((await phone.ConsentsAsync(token)).Expect(200).Json["consents"]!.AsArray())!;
        Assert.Equal("break-glass", (string?)entry["ground"]!["kind"]);
        Assert.Contains("told", entry["events"]!.AsArray().Select(line => (string?)line!["event"]));
        Assert.Equal(204, (await phone.WithdrawAsync((string)told["consent"]!, token)).Status);
        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"])).Text);
    }

    [Fact]
    public async Task BreakGlass_WithoutPhoneAndUserCode_Opens()
    {
        await using var world = await OpWorld.StartAsync(new() { Provider = Classes, More = Offer, Ciba = ciba => ciba.UserCodeRequiredFor = [MedId.Ciba.Server.HintKind.LoginHint] });
        await world.PutAccountAsync("synthetic-account-a");

        var asked = (await AskAsync(world, claims => claims.Remove("user_code"))).Expect(200);
        world.Time.Advance(TimeSpan.FromSeconds(5));

        (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);
    }

    [Theory]
    [InlineData("no reason", 400, "invalid_request", "provider.break_glass_reason_missing")]
    [InlineData("no scope", 400, "invalid_request", "provider.break_glass_scope_missing")]
    [InlineData("trial class", 403, "access_denied", "provider.break_glass_not_offered")]
    [InlineData("purpose", 403, "access_denied", "provider.break_glass_purpose_refused")]
    [InlineData("offline", 400, "invalid_scope", "provider.break_glass_scope_refused")]
    [InlineData("reason too long", 400, "invalid_authorization_details", "provider.authorization_details_refused")]
    public async Task BreakGlass_OneChange_IsRefusedOnTheWire(string change, int status, string error, string code)
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync(new() { Provider = Classes, More = Offer });
        await using var __ = world;

        var answer = await AskAsync(world, claims =>
        {
            _ = change switch
            {
                "no reason" => claims.Remove("authorization_details"),
                "no scope" => Set(claims, "scope", "openid " + Allergy),
                "trial class" => Set(claims, "acr_values", OpWorld.Trial),
                "purpose" => Set(claims, "actor_token", world.Doctors.Evidence(world.Issuer, "ehr-clinic-a")),
                "offline" => Set(claims, "scope", $"openid {Allergy} btg offline_access"),
                _ => Set(claims, "authorization_details", Details(new string('a', 1001))),
            };
        });

        Assert.Equal((status, error), (answer.Status, answer["error"]));
        Assert.Contains(code, world.Said, StringComparison.Ordinal);
        Assert.Empty(world.Announced);
    }

    [Theory]
    [InlineData("class", "break-glass")]
    [InlineData("options", "BreakGlassOptions")]
    public async Task Start_SomethingMissing_IsNamed(string missing, string named)
    {
        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(new()
        {
            Provider = missing == "class" ? null : Classes,
            More = builder => builder.AddBreakGlass(missing == "options" ? _ => { } : Configure, _ => this),
        }));

        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
    }

    public ValueTask GlassBrokenAsync(BrokenGlass broken, CancellationToken cancellationToken = default)
    {
        _told.Add(broken);
        return ValueTask.CompletedTask;
    }

    private static void Classes(ProviderOptions options) => options.AcrTable = new([.. options.AcrTable!.Rows, PreConsentTests.Class(Acr, "break-glass")]);

    private static void Configure(BreakGlassOptions options)
    {
        options.Clients.Add("ehr-clinic-a");
        options.Roles.Add(new("https://example.org/roles", "physician"));
        options.Reasons.Add(new("unconscious", "意識がない", "Unconscious"));
        options.Scopes.Add(Allergy);
        options.JapaneseLegalBasis = "架空の根拠";
        options.EnglishLegalBasis = "Synthetic basis";
    }

    private static JsonArray Details(string reason = "架空の救急") => new(new JsonObject
    {
        ["type"] = AuthorizationDetails.ConsentType,
        ["break_glass"] = new JsonObject { ["reason_code"] = "unconscious", ["reason"] = reason },
    });

    private static bool Set(JsonObject claims, string name, JsonNode value)
    {
        claims[name] = value;
        return true;
    }

    private static Task<WireAnswer> AskAsync(OpWorld world, Action<JsonObject>? change = null) => world.Ehr.AuthorizeAsync(claims =>
    {
        claims["scope"] = $"openid {Allergy} btg";
        claims["acr_values"] = Acr;
        claims["authorization_details"] = Details();
        claims["actor_token"] = world.Doctors.Evidence(world.Issuer, "ehr-clinic-a", evidence => evidence["extensions"]!["ihe_iua"]!["purpose_of_use"]![0]!["code"] = "BTG");
        change?.Invoke(claims);
    });

    private void Offer(MedIdProviderBuilder builder) => builder.AddBreakGlass(Configure, _ => this);
}
