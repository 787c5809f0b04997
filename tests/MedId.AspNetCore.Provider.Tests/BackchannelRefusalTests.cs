using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Each refusal of the OP's own that an EHR can meet at the backchannel endpoint, with its error and status.</summary>
public class BackchannelRefusalTests
{
    [Theory]
    [InlineData("none", 400, "invalid_request", ProviderErrorCodes.PractitionerEvidenceMissing)]
    [InlineData("no JWT", 400, "invalid_request", ProviderErrorCodes.PractitionerEvidenceMalformed)]
    [InlineData("unknown issuer", 400, "invalid_request", ProviderErrorCodes.PractitionerEvidenceUntrusted)]
    [InlineData("foreign key", 400, "invalid_request", ProviderErrorCodes.PractitionerEvidenceUntrusted)]
    [InlineData("other OP", 400, "invalid_request", ProviderErrorCodes.PractitionerEvidenceForeign)]
    [InlineData("other client", 400, "invalid_request", ProviderErrorCodes.PractitionerEvidenceForeign)]
    [InlineData("ended", 400, "invalid_request", ProviderErrorCodes.PractitionerEvidenceExpired)]
    [InlineData("too long", 400, "invalid_request", ProviderErrorCodes.PractitionerEvidenceExpired)]
    [InlineData("no name", 400, "invalid_request", ProviderErrorCodes.PractitionerEvidenceIncomplete)]
    [InlineData("purpose", 400, "invalid_request", ProviderErrorCodes.PurposeNotAccepted)]
    [InlineData("scope", 400, "invalid_scope", ProviderErrorCodes.ScopeNotAccepted)]
    [InlineData("resource", 400, "invalid_target", ProviderErrorCodes.PatientNotKnownAtResource)]
    [InlineData("no resource", 400, "invalid_target", ProviderErrorCodes.PatientNotKnownAtResource)]
    public async Task Authorize_OneDefect_IsRefusedWithItsErrorAndAnnouncesNothing(string defect, int status, string error, string code)
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync();
        await using var disposed = world;
        using var foreignKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = world.Time.GetUtcNow().ToUnixTimeSeconds();

        var answer = await world.Ehr.AuthorizeAsync(claims =>
        {
            switch (defect)
            {
                case "none":
                    claims.Remove("actor_token");
                    claims.Remove("actor_token_type");
                    break;
                case "no JWT":
                    claims["actor_token"] = "nonsense";
                    break;
                case "unknown issuer":
                    Evidence(claims, evidence => evidence["iss"] = "https://nobody.example");
                    break;
                case "foreign key":
                    claims["actor_token"] = world.Doctors.Evidence(world.Issuer, "ehr-clinic-a", key: foreignKey);
                    break;
                case "other OP":
                    Evidence(claims, evidence => evidence["aud"] = "https://elsewhere.example");
                    break;
                case "other client":
                    Evidence(claims, evidence => evidence["azp"] = "ehr-clinic-b");
                    break;
                case "ended":
                    Evidence(claims, evidence => (evidence["iat"], evidence["exp"]) = (now - 600, now - 301));
                    break;
                case "too long":
                    Evidence(claims, evidence => evidence["exp"] = now + 301);
                    break;
                case "no name":
                    Evidence(claims, evidence => evidence["extensions"]!["ihe_iua"]!.AsObject().Remove("subject_name"));
                    break;
                case "purpose":
                    Evidence(claims, evidence => evidence["extensions"]!["ihe_iua"]!["purpose_of_use"]![0]!["code"] = "HMARKT");
                    break;
                case "scope":
                    claims["scope"] = $"openid {OpWorld.Basic} patient/Nonsense.read";
                    break;
                case "resource":
                    claims["resource"] = OpWorld.OtherResource;
                    break;
                case "no resource":
                    claims.Remove("resource");
                    break;
            }
        });

        Assert.Equal((status, error, code), (answer.Status, answer.Error, answer.Code));
        Assert.Equal(("application/json", "no-store"), (answer.MediaType, answer.CacheControl));
        Assert.Empty(world.Announced);

        void Evidence(JsonObject claims, Action<JsonObject> change) => claims["actor_token"] = world.Doctors.Evidence(world.Issuer, "ehr-clinic-a", change);
    }

    [Fact]
    public async Task Authorize_EvidenceUsedBefore_IsReplayed()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = true });
        await using var disposed = world;
        var evidence = world.Doctors.Evidence(world.Issuer, "ehr-clinic-a");
        (await world.Ehr.AuthorizeAsync(claims => claims["actor_token"] = evidence)).Expect(200);

        var answer = await world.Ehr.AuthorizeAsync(claims => claims["actor_token"] = evidence);

        Assert.Equal((400, "invalid_request", ProviderErrorCodes.PractitionerEvidenceReplayed), (answer.Status, answer.Error, answer.Code));
    }

    [Fact]
    public async Task Authorize_EvidenceBesideTheSignedRequestOrWithoutOne_IsNoEvidence()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync();
        await using var disposed = world;
        var evidence = world.Doctors.Evidence(world.Issuer, "ehr-clinic-a");
        var request = world.Ehr.Sign(world.Ehr.RequestClaims(change: claims => claims.Remove("actor_token")), "JWT");

        Assert.Equal("ciba.request_parameter_outside", (await world.Ehr.FormAsync("/bc-authorize", [new("request", request), new("actor_token", evidence)])).Code);
        Assert.Equal("ciba.request_unsigned", (await world.Ehr.FormAsync("/bc-authorize", [new("scope", "openid"), new("login_hint", "x"), new("actor_token", evidence)])).Code);
    }

    [Fact]
    public async Task Authorize_PersonWithoutDevice_IsRefusedBeforehand()
    {
        await using var world = await OpWorld.StartAsync();
        await world.PutAccountAsync("synthetic-account-b");

        var answer = await world.Ehr.AuthorizeAsync(account: "synthetic-account-b");

        Assert.Equal((403, "access_denied", ProviderErrorCodes.NoDevice), (answer.Status, answer.Error, answer.Code));
    }

    [Fact]
    public async Task Authorize_PersonSuspendedMeanwhile_IsRefusedBeforehand()
    {
        var devices = 0;
        var (world, _) = await OpWorld.StartWithPhoneAsync(new()
        {
            // Between the hint's resolution and the notice the person is suspended.
            Before = (verb, store) => _ = verb == nameof(IAccountStore.FindAccountAsync) && ++devices == 2 ? Suspend(store) : false,
        });
        await using var disposed = world;

        var answer = await world.Ehr.AuthorizeAsync();

        Assert.Equal((403, "access_denied", ProviderErrorCodes.AccountSuspended), (answer.Status, answer.Error, answer.Code));
    }

    [Fact]
    public async Task Authorize_PushBroken_StandsAndOnlyWarns()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        world.Push.Broken = true;

        (await world.Ehr.AuthorizeAsync()).Expect(200);

        Assert.Contains(world.Log.Lines, line => line.Contains("ciba.notification_failed", StringComparison.Ordinal));
        Assert.DoesNotContain(world.Log.Lines, line => line.Contains(phone.PushAddress, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Authorize_FourthOpenRequest_IsRefused()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync();
        await using var disposed = world;
        for (var i = 0; i < 3; i++)
        {
            (await world.Ehr.AuthorizeAsync()).Expect(200);
        }

        var answer = await world.Ehr.AuthorizeAsync();

        Assert.Equal((403, "access_denied", "ciba.too_many_pending"), (answer.Status, answer.Error, answer.Code));
    }

    internal static bool Suspend(IProviderStore store) =>
        store.SetAccountStatusAsync(Core.TenantId.Single, "synthetic-account-a", AccountStatus.Suspended, OpWorld.Start).AsTask().GetAwaiter().GetResult();
}
