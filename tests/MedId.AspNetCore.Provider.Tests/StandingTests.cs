using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using MedId.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Consents given beforehand on a person's own device, over real HTTP. Synthetic.</summary>
public class StandingTests
{
    private const string Account = "synthetic-account-a";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Give_ForNamedRecipients_RecordsWhatWasShownAndSigned(bool sqlite)
    {
        var (world, phone) = await StartAsync(sqlite);
        await using var _ = world;
        var token = Phone.Token(await phone.SignInAsync());

        var offer = (await ComposeAsync(world, token, Composition())).Expect(200);

        var notice = offer.Json["notice"]!;
        Assert.Equal("no-store", offer.CacheControl);
        Assert.Equal(Canonical.Sha256(Canonical.Of(notice)), offer["notice_digest"]);
        Assert.Equal("架空クリニックの電子カルテ", (string?)notice["recipients"]![0]!["name"]);
        Assert.Equal("アクセスのたびに端末で確認することはありません。アクセスの後に、その都度お知らせします。", (string?)notice["not_asked"]);
        Assert.Equal("一回につき10分の間、情報を読み出せます。", (string?)notice["access"]);
        Assert.Equal("2026-12-21T09:00:00Z", (string?)notice["valid_until"]);
        Assert.Equal(offer["draft"], (string?)notice["consent"]);
        var answer = await SignAsync(world, phone, token, offer, [OpWorld.Basic]);
        Assert.Equal(1200, answer.UafStatus);
        Assert.Null(answer.Json["additionalTokens"]?.AsArray().FirstOrDefault());

        var listed = Assert.Single((await world.GetAsync("/device/standing", token)).Expect(200).Json["standing"]!.AsArray())!;
        Assert.Equal("given", (string?)listed["status"]);
        Assert.Equal(Canonical.Of(notice), Canonical.Of(listed["notice"]));
        Assert.Equal($$"""{"button":"agree","confirmed":true,"granted":["{{OpWorld.Basic}}"],"refused":["{{OpWorld.Medication}}"]}""", listed["choice"]!.ToJsonString());
        Assert.Equal($"MedId standing v1; kind=pre-registered; sha-256={(string?)listed["digest"]}", (string?)listed["signed"]);
        // Nothing was opened from it yet, and its person reads a name all the same, not an identifier.
        var shown = Assert.Single((await world.GetAsync("/device/dashboard", token)).Expect(200).Json["standing"]!.AsArray())!;
        Assert.Equal(("架空クリニックの電子カルテ", null), ((string?)shown["recipients"]![0]!["name"], shown["trust_framework_name"]));
        var stored = Assert.Single(await world.Store.ListStandingConsentsAsync(TenantId.Single, Account));
        Assert.Equal([OpWorld.Basic], stored.Scopes);
        Assert.Equal(["ehr-clinic-a"], stored.Recipients);
        Assert.Equal((await world.Store.ListDevicesAsync(TenantId.Single, Account))[0].Id, stored.DeviceId);
    }

    [Fact]
    public async Task Give_ForATrustFramework_NamesItInWords()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var token = Phone.Token(await phone.SignInAsync());
        var asked = Composition();
        asked.Remove("recipients");
        asked["trust_framework"] = "https://trust.example/hospitals";

        var offer = (await ComposeAsync(world, token, asked)).Expect(200);

        Assert.Equal("架空の信頼枠組み", (string?)offer.Json["notice"]!["trust_framework"]!["name"]);
        Assert.Equal(1200, (await SignAsync(world, phone, token, offer, [OpWorld.Basic, OpWorld.Medication])).UafStatus);
        Assert.Equal("https://trust.example/hospitals", Assert.Single(await world.Store.ListStandingConsentsAsync(TenantId.Single, Account)).TrustFramework);
        var shown = Assert.Single((await world.GetAsync("/device/dashboard", token)).Expect(200).Json["standing"]!.AsArray())!;
        Assert.Equal(("https://trust.example/hospitals", "架空の信頼枠組み"), ((string?)shown["trust_framework"], (string?)shown["trust_framework_name"]));
    }

    [Fact]
    public async Task Give_InEnglish_IsShownInEnglish()
    {
        await using var world = await OpWorld.StartAsync(Settings());
        await world.PutAccountAsync(Account, language: "en");
        var phone = new Phone(world, Account);
        Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);

        var notice = (await ComposeAsync(world, Phone.Token(await phone.SignInAsync()), Composition())).Expect(200).Json["notice"]!;

        Assert.Equal("Synthetic EHR", (string?)notice["recipients"]![0]!["name"]);
        Assert.Equal("Each use opens the information for 10 minutes.", (string?)notice["access"]);
        Assert.Equal("Your device will not ask you each time. You will be told after each access.", (string?)notice["not_asked"]);
    }

    [Theory]
    [InlineData("""{"recipients":["unknown"]}""", 400, ProviderErrorCodes.RecipientUnknown)]
    [InlineData("""{"recipients":[]}""", 400, ProviderErrorCodes.RecipientUnknown)]
    [InlineData("""{"recipients":["health-record-api"]}""", 400, ProviderErrorCodes.RecipientUnknown)]
    [InlineData("""{"recipients":["ehr-clinic-a","ehr-clinic-a"]}""", 400, ProviderErrorCodes.RecipientUnknown)]
    [InlineData("""{"trust_framework":"https://trust.example/hospitals"}""", 400, ProviderErrorCodes.RecipientUnknown)]
    [InlineData("""{"recipients":[],"trust_framework":"https://trust.example/unknown"}""", 400, ProviderErrorCodes.RecipientUnknown)]
    [InlineData("""{"valid_until":"2026-11-21T09:00:00Z"}""", 400, ProviderErrorCodes.StandingBeyondBounds)]
    [InlineData("""{"valid_until":"2027-02-19T09:00:01Z"}""", 400, ProviderErrorCodes.StandingBeyondBounds)]
    [InlineData("""{"access_seconds":0}""", 400, ProviderErrorCodes.StandingBeyondBounds)]
    [InlineData("""{"access_seconds":-1}""", 400, ProviderErrorCodes.StandingBeyondBounds)]
    [InlineData("""{"access_seconds":3601}""", 400, ProviderErrorCodes.StandingBeyondBounds)]
    [InlineData("""{"kind":"one-time-code"}""", 400, ProviderErrorCodes.RecipientUnknown)]
    [InlineData("""{"kind":"one-time-code","recipients":[]}""", 400, ProviderErrorCodes.StandingBeyondBounds)]
    [InlineData("""{"kind":"paper"}""", 400, ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"scopes":["openid"]}""", 400, ProviderErrorCodes.ScopeNotAccepted)]
    [InlineData("""{"scopes":["patient/Patient.read","btg"]}""", 400, ProviderErrorCodes.ScopeNotAccepted)]
    [InlineData("""{"scopes":["patient/Patient.read","patient/Patient.read"]}""", 400, ProviderErrorCodes.ScopeNotAccepted)]
    [InlineData("""{"scopes":[]}""", 400, ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"purposes":["NOTHING"]}""", 400, ProviderErrorCodes.PurposeNotAccepted)]
    [InlineData("""{"purposes":[]}""", 400, ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"resource":"https://other-api.example/fhir"}""", 400, ProviderErrorCodes.PatientNotKnownAtResource)]
    [InlineData("""{"valid_until":"2026-12-21T09:00:00+09:00"}""", 400, ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"access_seconds":"600"}""", 400, ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"access_seconds":99999999999}""", 400, ProviderErrorCodes.DeviceMessageMalformed)]
    public async Task Compose_BeyondWhatTheOpAllows_IsRefused(string change, int status, string code)
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var asked = Composition();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            asked[name] = value!.DeepClone();
        }

        var refused = await ComposeAsync(world, Phone.Token(await phone.SignInAsync()), asked);

        Assert.Equal((status, code), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("valid_until", "2027-02-19T09:00:00Z")]
    [InlineData("valid_until", "2026-11-21T09:00:01Z")]
    [InlineData("access_seconds", 3600)]
    [InlineData("access_seconds", 1)]
    public async Task Compose_AtTheBound_IsOffered(string name, object value)
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var asked = Composition();
        asked[name] = JsonValue.Create(value);

        (await ComposeAsync(world, Phone.Token(await phone.SignInAsync()), asked)).Expect(200);
    }

    [Fact]
    public async Task Compose_WithoutASignIn_IsRefused()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;

        Assert.Equal((401, ProviderErrorCodes.DeviceTokenRefused), Answer(await ComposeAsync(world, null, Composition())));
        Assert.Equal((401, ProviderErrorCodes.DeviceTokenRefused), Answer(await world.GetAsync("/device/standing")));
        Assert.Equal((401, ProviderErrorCodes.DeviceTokenRefused), Answer(await world.PostJsonAsync("/device/standing/x/withdrawal", "{}")));
        Assert.Equal((401, ProviderErrorCodes.DeviceTokenRefused), Answer(await world.PostJsonAsync("/device/standing/drafts/x/choice", """{"confirmed":true,"granted":["a"]}""")));
        Assert.NotNull(phone.Handle);
    }

    [Theory]
    [InlineData("""{"confirmed":false,"granted":["patient/Patient.read"]}""")]
    [InlineData("""{"confirmed":true,"granted":[]}""")]
    [InlineData("""{"confirmed":true,"granted":["patient/Observation.read"]}""")]
    public async Task Choose_NotWhatWasShownOrNotConfirmed_IsRefusedAndLeavesTheDraft(string choice)
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var token = Phone.Token(await phone.SignInAsync());
        var offer = (await ComposeAsync(world, token, Composition())).Expect(200);

        Assert.Equal((400, ProviderErrorCodes.ChoiceRefused), Answer(await world.PostJsonAsync($"/device/standing/drafts/{offer["draft"]}/choice", choice, token)));

        Assert.Equal(1200, (await SignAsync(world, phone, token, offer, [OpWorld.Basic])).UafStatus);
        Assert.Equal((400, ProviderErrorCodes.CeremonyUnknown), Answer(await ChooseAsync(world, token, offer, [OpWorld.Basic])));
    }

    [Fact]
    public async Task Choose_AnotherPersonsDraft_IsUnknownAndLeftToItsOwner()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        await world.PutAccountAsync("synthetic-account-b");
        var other = new Phone(world, "synthetic-account-b");
        Assert.Equal(1200, (await other.EnrolAsync()).UafStatus);
        var token = Phone.Token(await phone.SignInAsync());
        var offer = (await ComposeAsync(world, token, Composition())).Expect(200);

        Assert.Equal((400, ProviderErrorCodes.CeremonyUnknown), Answer(await ChooseAsync(world, Phone.Token(await other.SignInAsync()), offer, [OpWorld.Basic])));

        Assert.Equal(1200, (await SignAsync(world, phone, token, offer, [OpWorld.Basic])).UafStatus);
    }

    [Fact]
    public async Task Choose_DraftPastItsEnd_IsUnknown()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var offer = (await ComposeAsync(world, Phone.Token(await phone.SignInAsync()), Composition())).Expect(200);
        world.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal((400, ProviderErrorCodes.CeremonyUnknown), Answer(await ChooseAsync(world, Phone.Token(await phone.SignInAsync()), offer, [OpWorld.Basic])));
    }

    [Fact]
    public async Task Sign_AnotherTransaction_GivesNothing()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var token = Phone.Token(await phone.SignInAsync());
        var offer = (await ComposeAsync(world, token, Composition())).Expect(200);

        Assert.NotEqual(1200, (await SignAsync(world, phone, token, offer, [OpWorld.Basic], UafFault.OtherTransaction)).UafStatus);

        Assert.Empty(await world.Store.ListStandingConsentsAsync(TenantId.Single, Account));
    }

    [Fact]
    public async Task Withdraw_OwnConsent_EndsIt()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var token = Phone.Token(await phone.SignInAsync());
        var offer = (await ComposeAsync(world, token, Composition())).Expect(200);
        Assert.Equal(1200, (await SignAsync(world, phone, token, offer, [OpWorld.Basic])).UafStatus);

        Assert.Equal(204, (await world.PostJsonAsync($"/device/standing/{offer["draft"]}/withdrawal", "{}", token)).Status);
        Assert.Equal(204, (await world.PostJsonAsync($"/device/standing/{offer["draft"]}/withdrawal", "{}", token)).Status);

        var listed = Assert.Single((await world.GetAsync("/device/standing", token)).Json["standing"]!.AsArray())!;
        Assert.Equal(("withdrawn", "2026-11-21T09:00:00Z"), ((string?)listed["status"], (string?)listed["withdrawn_at"]));
        Assert.Equal((404, ProviderErrorCodes.ConsentUnknown), Answer(await world.PostJsonAsync("/device/standing/unknown/withdrawal", "{}", token)));
    }

    [Fact]
    public async Task Give_NotOffered_HasNoEndpoint()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;

        Assert.Equal(404, (await ComposeAsync(world, Phone.Token(await phone.SignInAsync()), Composition())).Status);
    }

    [Fact]
    public async Task Compose_KindThatIsNotOffered_IsRefused()
    {
        var settings = Settings();
        var (world, phone) = await OpWorld.StartWithPhoneAsync(settings with { Provider = settings.Provider, More = builder => builder.AddOneTimeCodes(options => options.Clients.Add("ehr-clinic-a")) });
        await using var _ = world;

        Assert.Equal((403, ProviderErrorCodes.StandingNotOffered), Answer(await ComposeAsync(world, Phone.Token(await phone.SignInAsync()), Composition())));
    }

    [Fact]
    public async Task Start_BeyondWhatIsAllowed_NamesTheSetting()
    {
        foreach (var (settings, said) in new (OpSettings, string)[]
        {
            (Settings(standing => standing.LongestValidity = TimeSpan.FromDays(366) + TimeSpan.FromTicks(1)), "StandingConsents.LongestValidity"),
            (Settings(standing => standing.LongestValidity = TimeSpan.MaxValue), "StandingConsents.LongestValidity"),
            (Settings(standing => standing.LongestAccess = TimeSpan.Zero), "StandingConsents.LongestAccess"),
            (Settings(codes: codes => codes.Clients.Clear()), "OneTimeCodes.Clients"),
            (Settings(codes: codes => codes.Digits = 5), "OneTimeCodes.Digits"),
            (Settings(codes: codes => codes.Digits = 13), "OneTimeCodes.Digits"),
            (Settings(codes: codes => codes.Lifetime = TimeSpan.FromHours(1) + TimeSpan.FromTicks(1)), "OneTimeCodes.Lifetime"),
            (Settings(codes: codes => codes.Attempts = 0), "OneTimeCodes.Attempts"),
            (Settings(codes: codes => codes.AttemptWindow = TimeSpan.Zero), "OneTimeCodes.AttemptWindow"),
            (Settings(classes: ["one-time-code"]), "no class of AcrTable names the protocol pre-registered"),
            (Settings(classes: ["pre-registered"]), "no class of AcrTable names the protocol one-time-code"),
        })
        {
            var failed = await Assert.ThrowsAnyAsync<Exception>(() => OpWorld.StartAsync(settings));
            Assert.Contains(said, failed.Message, StringComparison.Ordinal);
        }
    }

    internal static OpSettings Settings(Action<StandingConsentOptions>? standing = null, Action<OneTimeCodeOptions>? codes = null, string[]? classes = null, bool sqlite = false, bool trace = false) => new()
    {
        Sqlite = sqlite,
        Trace = trace,
        Provider = options => options.AcrTable = new(
        [
            .. options.AcrTable!.Rows,
            .. (classes ?? ["pre-registered", "one-time-code"]).Select(word =>
                new AcrRequirement { Acr = "urn:example:" + word, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = AuthenticatorAssuranceLevel.None, Protocols = [word] }),
        ]),
        More = builder => builder
            .AddStandingConsents(standing)
            .AddOneTimeCodes(options =>
            {
                options.Clients.Add("ehr-clinic-a");
                codes?.Invoke(options);
            })
            .Services.AddSingleton<ITrustFrameworkSource>(new TrustFrameworks(new TrustFramework
            {
                Id = "https://trust.example/hospitals",
                JapaneseName = "架空の信頼枠組み",
                EnglishName = "A synthetic framework",
                Assessors = [new() { Issuer = "https://assessor.example", Keys = JsonWebKeySet.Empty }],
            })),
    };

    internal static JsonObject Composition() => new()
    {
        ["kind"] = "pre-registered",
        ["resource"] = OpWorld.Resource,
        ["recipients"] = new JsonArray("ehr-clinic-a"),
        ["scopes"] = new JsonArray(OpWorld.Basic, OpWorld.Medication),
        ["purposes"] = new JsonArray("TREAT"),
        ["valid_until"] = "2026-12-21T09:00:00Z",
        ["access_seconds"] = 600,
    };

    internal static Task<WireAnswer> ComposeAsync(OpWorld world, string? token, JsonObject asked) => world.PostJsonAsync("/device/standing/drafts", asked.ToJsonString(), token);

    /// <summary>Chooses, recomputes what is to be signed, signs.</summary>
    internal static async Task<WireAnswer> SignAsync(OpWorld world, Phone phone, string token, WireAnswer offer, string[] granted, UafFault fault = UafFault.None)
    {
        var notice = offer.Json["notice"]!;
        var chosen = (await ChooseAsync(world, token, offer, granted)).Expect(200);
        var digest = Canonical.Sha256(Canonical.Of(new JsonObject { ["choice"] = JsonNode.Parse(chosen["choice"]), ["notice"] = notice.DeepClone() }));
        Assert.Equal(digest, chosen["digest"]);
        Assert.Equal(Canonical.Sha256($"MedId standing v1\n{chosen["nonce"]}\n{digest}"), (string?)JsonNode.Parse(chosen["uafRequest"])![0]!["challenge"]);
        Assert.Equal($"MedId standing v1; kind={(string?)notice["kind"]}; sha-256={digest}", Phone.Transaction(chosen));
        return await phone.UafResponseAsync(phone.Authenticator.Authenticate(chosen["uafRequest"], OpWorld.Facet, fault));
    }

    private static Task<WireAnswer> ChooseAsync(OpWorld world, string token, WireAnswer offer, string[] granted) => world.PostJsonAsync(
        $"/device/standing/drafts/{offer["draft"]}/choice",
        new JsonObject { ["confirmed"] = true, ["granted"] = new JsonArray([.. granted.Select(scope => (JsonNode)scope)]) }.ToJsonString(),
        token);

    private static Task<(OpWorld World, Phone Phone)> StartAsync(bool sqlite = false) => OpWorld.StartWithPhoneAsync(Settings(sqlite: sqlite));

    private static (int Status, string? Code) Answer(WireAnswer answer) => (answer.Status, answer.Code);
}
