using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Pre-registered consent over HTTP: two statements beside the request, no act of the phone, and the phone told.</summary>
public class PreConsentTests
{
    private const string Acr = "urn:example:pre-registered";
    private const string Framework = "https://trust.example/framework";
    private const string Assessor = "https://assessor.example";
    private readonly ECDsa _assessor = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PreConsent_BothStatements_OpensWithoutTheDeviceAndTellsIt(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite, Provider = Classes, More = builder => Offer(builder, published: false) });
        await using var _ = world;
        await world.Store.AddStandingConsentAsync(Standing());

        var asked = (await AskAsync(world)).Expect(200);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        var tokens = (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);

        Assert.Equal($"openid {OpWorld.Medication}", tokens["scope"]);
        Assert.Equal(Acr, (string?)Jwt.Claims(tokens["access_token"])["acr"]);
        var (_, requestId) = Assert.Single(world.Announced);
        var read = (await phone.NoticeAsync(requestId, Phone.Token(await phone.OpenAsync(requestId)))).Expect(200);
        Assert.Equal("事前の同意により情報が提供されました", (string?)read.Json["notice"]!["title"]);
        var ground = read.Json["told"]!["ground"]!;
        Assert.Equal(("pre-registered", "synthetic-standing-consent"), ((string?)ground["kind"], (string?)ground["standing_consent"]));
        Assert.Equal(["trust-statement", "face-to-face"], ground["evidence"]!.AsArray().Select(one => (string?)one!["kind"]));

        // Taking the consent back that was given beforehand ends what was made from it.
        Assert.Equal(WithdrawalOutcome.Withdrawn, await world.Store.WithdrawStandingConsentAsync(TenantId.Single, "synthetic-standing-consent", "synthetic-account-a", world.Time.GetUtcNow()));
        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"])).Text);
    }

    [Fact]
    public async Task PreConsent_AssessorPublishesItsKeys_TheyAreFetched()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync(new() { Provider = Classes, More = builder => Offer(builder, published: true) });
        await using var __ = world;
        await world.Store.AddStandingConsentAsync(Standing());

        var unreachable = await AskAsync(world);
        Assert.Equal((503, "temporarily_unavailable"), (unreachable.Status, unreachable["error"]));
        Assert.Contains("provider.trust_undetermined", world.Said, StringComparison.Ordinal);
        world.Doctors.Publish(Assessor + "/jwks", new() { ["keys"] = new JsonArray(Jwt.PublicJwk(_assessor, "assessor-key")) });
        world.Time.Advance(TimeSpan.FromMinutes(2));
        (await AskAsync(world)).Expect(200);
    }

    [Fact]
    public async Task PreConsent_NoConsentBeforehand_AsksTheDevice()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Provider = Classes, More = builder => Offer(builder, published: false) });
        await using var _ = world;

        var asked = (await AskAsync(world)).Expect(200);
        world.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("authorization_pending", (await world.Ehr.PollAsync(asked["auth_req_id"]))["error"]);
        var requestId = Assert.Single(world.Announced).Id;
        Assert.False((await phone.NoticeAsync(requestId, Phone.Token(await phone.OpenAsync(requestId)))).Expect(200).Json.AsObject().ContainsKey("told"));
    }

    [Theory]
    [InlineData("another patient", 400, "invalid_request", "provider.face_to_face_foreign")]
    [InlineData("forged assessor", 400, "invalid_request", "provider.trust_statement_untrusted")]
    [InlineData("no presence", 400, "invalid_request", "provider.face_to_face_missing")]
    [InlineData("criterion", 403, "access_denied", "provider.trust_criteria_missing")]
    public async Task PreConsent_BadStatement_IsRefusedAndNobodyIsAsked(string change, int status, string error, string code)
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync(new() { Provider = Classes, More = builder => Offer(builder, published: false) });
        await using var __ = world;
        await world.Store.AddStandingConsentAsync(Standing());
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var answer = await AskAsync(world, change, stranger);

        Assert.Equal((status, error), (answer.Status, answer["error"]));
        Assert.Contains(code, world.Said, StringComparison.Ordinal);
        Assert.Empty(world.Announced);
    }

    [Fact]
    public async Task Start_PolicyWithoutFramework_IsNamed()
    {
        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(new() { More = builder => builder.AddPreRegisteredConsent(_ => { }, Trust(published: false)) }));

        Assert.Contains("Policy.Frameworks is empty", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("no class says pre-registered", thrown.Message, StringComparison.Ordinal);
    }

    internal static AcrRequirement Class(string acr, string protocol) =>
        new() { Acr = acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = AuthenticatorAssuranceLevel.None, Protocols = [protocol] };

    private static void Classes(ProviderOptions options) => options.AcrTable = new([.. options.AcrTable!.Rows, Class(Acr, "pre-registered")]);

    private static StandingConsent Standing() => new()
    {
        Tenant = TenantId.Single,
        Id = "synthetic-standing-consent",
        Subject = "synthetic-account-a",
        Kind = StandingConsentKind.PreRegistered,
        Resource = OpWorld.Resource,
        Recipients = [],
        TrustFramework = Framework,
        Scopes = [OpWorld.Medication],
        Purposes = ["TREAT"],
        Access = TimeSpan.FromMinutes(20),
        GivenAt = OpWorld.Start,
        ValidUntil = OpWorld.Start + TimeSpan.FromDays(180),
        Notice = new() { Version = "1", TextsVersion = "synthetic", Language = "ja", Notice = "{}", Choice = "{}", Digest = "synthetic" },
        Act = new()
        {
            Protocol = "fido-uaf",
            Authenticator = "FFFF#0001",
            KeyIdDigest = "synthetic",
            SignedContent = "synthetic",
            Assertion = "synthetic",
            At = OpWorld.Start,
            Acr = OpWorld.Trial,
            Amr = ["pop"],
            Assurance = "nist-800-63-4/AAL2",
        },
    };

    private TrustFramework Trust(bool published) => new()
    {
        Id = Framework,
        JapaneseName = "架空の審査の枠組み",
        EnglishName = "Synthetic framework",
        RequiredCriteria = ["security-audit"],
        Assessors =
        [
            published
                ? new() { Issuer = Assessor, JwksUri = Assessor + "/jwks" }
                : new() { Issuer = Assessor, Keys = JsonWebKeySet.Parse(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["keys"] = new JsonArray(Jwt.PublicJwk(_assessor, "assessor-key")) })).Value },
        ],
    };

    private void Offer(MedIdProviderBuilder builder, bool published) =>
        builder.AddPreRegisteredConsent(options => options.Policy = new PreConsentPolicy { Frameworks = [Framework] }, Trust(published));

    private Task<WireAnswer> AskAsync(OpWorld world, string change = "", ECDsa? stranger = null) => world.Ehr.AuthorizeAsync(claims =>
    {
        var now = world.Time.GetUtcNow().ToUnixTimeSeconds();
        var trust = new JsonObject
        {
            ["iss"] = Assessor,
            ["sub"] = "ehr-clinic-a",
            ["aud"] = Framework,
            ["iat"] = now,
            ["exp"] = now + 86_400,
            ["jti"] = "synthetic-statement",
            ["framework"] = Framework,
            ["criteria"] = change == "criterion" ? new JsonArray() : new JsonArray("security-audit"),
            ["name"] = "架空クリニックの電子カルテ",
        };
        var presence = new JsonObject
        {
            ["iss"] = "ehr-clinic-a",
            ["sub"] = "ehr-clinic-a",
            ["aud"] = world.Issuer,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["method"] = "insurance-card",
            ["checked_at"] = now,
            ["checked_by"] = "synthetic-clerk",
            ["institution"] = "urn:example:synthetic-organization",
            ["patient_hint"] = FaceToFaceBinding.HintDigest(change == "another patient" ? "login-of-another" : (string)claims["login_hint"]!),
            ["practitioner"] = new JsonObject { ["iss"] = DoctorOp.Issuer, ["sub"] = "synthetic-doctor" },
            ["resource"] = OpWorld.Resource,
        };
        var details = new JsonObject
        {
            ["type"] = AuthorizationDetails.ConsentType,
            ["trust_statement"] = Jwt.Sign(change == "forged assessor" ? stranger! : _assessor, "ES256", "trust-statement+jwt", trust, "assessor-key"),
        };
        if (change != "no presence")
        {
            details["face_to_face"] = world.Ehr.Sign(presence, "face-to-face+jwt");
        }

        claims["acr_values"] = $"{Acr} {OpWorld.Trial}";
        claims["authorization_details"] = new JsonArray(details);
    });
}
