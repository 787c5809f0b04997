using System.Collections.Concurrent;
using System.Net;
using System.Text;
using MedId.Consent;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>What the two parties of a consent hold of it, and how a withdrawal reaches everybody.</summary>
public sealed class ConsentArtefactTests
{
    private static OpSettings Publishing(PartyEndpoints? parties = null, bool sqlite = false) => new()
    {
        Sqlite = sqlite,
        Provider = options => options.Reuse = MedId.Core.ConsentReuse.RefreshToken,
        More = builder =>
        {
            builder.AddConsentArtefacts(artefacts =>
            {
                artefacts.Jurisdiction = "JP";
                artefacts.NoticeUri = new("https://op.example/notice/ja");
            });
            if (parties is not null)
            {
                builder.AddConsentEndedEndpoints(
                    _ => new HttpClient(parties),
                    new Dictionary<string, Uri> { ["ehr-clinic-a"] = new("https://ehr.example/ended"), [OpWorld.Resource] = new("https://api.example/ended") });
            }
        },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Withdrawal_ReachesEverybodyAtOnce(bool sqlite)
    {
        using var parties = new PartyEndpoints();
        var (world, phone) = await OpWorld.StartWithPhoneAsync(Publishing(parties, sqlite));
        await using var _ = world;
        var second = new Phone(world, "synthetic-account-a") { PushAddress = "http://127.0.0.1:5998/push" };
        await second.EnrolAsync();
        var tokens = await phone.GrantAsync();
        var consent = Jwt.Claims(tokens["access_token"])["consent_id"]!.GetValue<string>();
        Assert.Equal(ArtefactStatus.Given, (await AsRecipientAsync(world, consent)).Status);
        Assert.Equal(ArtefactStatus.Given, (await AsResourceServerAsync(world, consent)).Status);
        world.Push.Announced.Clear();

        var token = Phone.Token(await phone.SignInAsync());
        Assert.Equal(204, (await phone.WithdrawAsync(consent, token)).Status);

        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"])).Text);
        Assert.Equal("invalid_grant", (await world.Ehr.RefreshAsync(tokens["refresh_token"]))["error"]);
        foreach (var artefact in new[] { await AsRecipientAsync(world, consent), await AsResourceServerAsync(world, consent) })
        {
            Assert.Equal((ArtefactStatus.Withdrawn, (DateTimeOffset?)world.Time.GetUtcNow()), (artefact.Status, artefact.StatusAt));
        }

        // The other phone is told, the one that acted is not; the parties get the opaque id and nothing else.
        Assert.Equal([("http://127.0.0.1:5998/push", consent)], world.Push.Announced);
        Assert.Equal(
            [("https://api.example/ended", $$"""{"consent_id":"{{consent}}"}"""), ("https://ehr.example/ended", $$"""{"consent_id":"{{consent}}"}""")],
            parties.Received.OrderBy(one => one.Address, StringComparer.Ordinal));

        // Once more: nothing has changed, nobody is told again.
        Assert.Equal(204, (await phone.WithdrawAsync(consent, token)).Status);
        Assert.Equal(2, parties.Received.Count);
    }

    [Fact]
    public async Task Withdrawal_WithPartiesThatAreDown_StandsAllTheSame()
    {
        using var parties = new PartyEndpoints { Status = HttpStatusCode.ServiceUnavailable };
        var (world, phone) = await OpWorld.StartWithPhoneAsync(Publishing(parties));
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        var consent = Jwt.Claims(tokens["access_token"])["consent_id"]!.GetValue<string>();

        Assert.Equal(204, (await phone.WithdrawAsync(consent, Phone.Token(await phone.SignInAsync()))).Status);

        Assert.Equal(2, parties.Received.Count);
        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"])).Text);
    }

    [Fact]
    public async Task Artefact_OfAConsentAtItsEnd_SaysExpired()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(Publishing());
        await using var _ = world;
        var consent = Jwt.Claims((await phone.GrantAsync())["access_token"])["consent_id"]!.GetValue<string>();
        var until = (await AsRecipientAsync(world, consent)).ExpiresAt!.Value;

        world.Time.Advance(until - world.Time.GetUtcNow() - TimeSpan.FromTicks(1));
        Assert.Equal(ArtefactStatus.Given, (await AsRecipientAsync(world, consent)).Status);
        world.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(ArtefactStatus.Expired, (await AsRecipientAsync(world, consent)).Status);
    }

    [Fact]
    public async Task Artefact_OfAConsentWhoseDeviceIsLost_SaysInvalid()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(Publishing());
        await using var _ = world;
        var consent = Jwt.Claims((await phone.GrantAsync())["access_token"])["consent_id"]!.GetValue<string>();
        var device = Assert.Single(await world.Store.ListDevicesAsync(Core.TenantId.Single, "synthetic-account-a"));
        var desk = world.Services.GetRequiredService<LifeCycleDesk>();
        Assert.True((await desk.ChangeDeviceAsync("synthetic-account-a", device.Id, DeviceEvent.ReportLost, LifeCycleActor.Clerk("synthetic-clerk", "synthetic-desk"))).Succeeded);

        Assert.Equal(ArtefactStatus.Invalid, (await AsRecipientAsync(world, consent)).Status);
    }

    [Theory]
    [InlineData("iso-27560", ArtefactFormat.Iso27560)]
    [InlineData("fhir-r4", ArtefactFormat.FhirR4)]
    public async Task Artefact_InEachFormat_IsSignedByTheOp(string name, ArtefactFormat format)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(Publishing());
        await using var _ = world;
        var consent = Jwt.Claims((await phone.GrantAsync())["access_token"])["consent_id"]!.GetValue<string>();

        var answer = (await world.Ehr.FormAsync("/consent-artefact", [new("consent_id", consent), new("format", name)])).Expect(200);

        Assert.Equal(("application/jose", "no-store"), (answer.MediaType, answer.CacheControl));
        Assert.Equal(consent, Verified(world, answer, format).Id);
    }

    [Fact]
    public async Task Artefact_ForAnybodyElse_DoesNotExist()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(Publishing());
        await using var _ = world;
        var consent = Jwt.Claims((await phone.GrantAsync())["access_token"])["consent_id"]!.GetValue<string>();

        var answers = new[]
        {
            await world.PsEhr.FormAsync("/consent-artefact", [new("consent_id", consent)]),
            await ResourceServerAsync(world, consent, "other-api"),
            await world.Ehr.FormAsync("/consent-artefact", [new("consent_id", "no-such-consent")]),
        };

        // One answer to all of them: whether there is such a consent stays unknown.
        Assert.All(answers, answer => Assert.Equal((404, ProviderErrorCodes.ArtefactUnknown), (answer.Status, answer["error_description"])));
        Assert.Single(answers.Select(answer => answer.Text).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Artefact_WithoutAuthentication_IsRefused()
    {
        await using var world = await OpWorld.StartAsync(Publishing());
        Assert.Equal(401, (await world.SendFormAsync("/consent-artefact", [new("consent_id", "x")])).Status);
    }

    [Fact]
    public async Task Artefact_WhereNoneArePublished_DoesNotExist()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var consent = Jwt.Claims((await phone.GrantAsync())["access_token"])["consent_id"]!.GetValue<string>();
        Assert.Equal(404, (await world.Ehr.FormAsync("/consent-artefact", [new("consent_id", consent)])).Status);
    }

    [Theory]
    [InlineData("meity")]
    [InlineData("ISO-27560")]
    public async Task Artefact_InAFormatThatIsNotThere_IsRefused(string format)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(Publishing());
        await using var _ = world;
        var consent = Jwt.Claims((await phone.GrantAsync())["access_token"])["consent_id"]!.GetValue<string>();
        var answer = await world.Ehr.FormAsync("/consent-artefact", [new("consent_id", consent), new("format", format)]);
        Assert.Equal((400, ProviderErrorCodes.ArtefactFormatRefused), (answer.Status, answer["error_description"]));
    }

    private static async Task<ConsentArtefact> AsRecipientAsync(OpWorld world, string consent) =>
        Verified(world, (await world.Ehr.FormAsync("/consent-artefact", [new("consent_id", consent)])).Expect(200), ArtefactFormat.Iso27560);

    private static async Task<ConsentArtefact> AsResourceServerAsync(OpWorld world, string consent) =>
        Verified(world, (await ResourceServerAsync(world, consent, "health-record-api")).Expect(200), ArtefactFormat.Iso27560);

    private static Task<WireAnswer> ResourceServerAsync(OpWorld world, string consent, string client) => world.SendFormAsync(
        "/consent-artefact", [new("consent_id", consent)], request => request.Headers.Authorization = Ehr.BasicHeader(client, OpWorld.Secret));

    private static ConsentArtefact Verified(OpWorld world, WireAnswer answer, ArtefactFormat format)
    {
        var policy = new ArtefactVerificationPolicy
        {
            Signers = [new() { Role = ArtefactSignerRole.Collector, Keys = JsonWebKeySet.Of(world.OpKey.ToJwk()) }],
            Required = [ArtefactSignerRole.Collector],
        };
        var verification = ArtefactVerifier.VerifyJws([Encoding.ASCII.GetString(answer.Body)], policy, world.Time.GetUtcNow(), format);
        Assert.True(verification.IsAccepted, verification.Error?.ToString());
        return verification.Content!;
    }

    private sealed class PartyEndpoints : HttpMessageHandler
    {
        public HttpStatusCode Status { get; init; } = HttpStatusCode.NoContent;

        public ConcurrentQueue<(string Address, string Body)> Received { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Received.Enqueue((request.RequestUri!.AbsoluteUri, await request.Content!.ReadAsStringAsync(cancellationToken)));
            return new(Status);
        }
    }
}
