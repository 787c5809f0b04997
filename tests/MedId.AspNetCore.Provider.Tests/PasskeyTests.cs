using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido2;
using MedId.Provider;
using MedId.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Enrolment and step 4 by a passkey, over real HTTP.</summary>
public class PasskeyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Walk_EnrolSignInReadChooseSign_ApprovesAndTheRecordIsCheckedLater(bool sqlite)
    {
        var (world, passkey) = await Passkey.StartAsync(Passkey.Settings(new() { Sqlite = sqlite }));
        await using var _ = world;
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Empty(world.Announced);

        var signedIn = (await passkey.SignInAsync()).Expect(200);
        Assert.Equal(("application/json", "no-store", "sign-in"), (signedIn.MediaType, signedIn.CacheControl, signedIn["act"]));
        var waiting = Assert.Single(signedIn.Json["requests"]!.AsArray())!;
        var (request, token) = ((string)waiting["request"]!, (string)waiting["device_token"]!);
        var done = (await passkey.ConsentAsync(request, token)).Expect(200);
        Assert.Equal("""{"act":"consent"}""", done.Text);

        var tokens = (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);
        Assert.Equal($"openid {OpWorld.Basic} {OpWorld.Medication}", tokens["scope"]);
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(tokens["id_token"].Split('.')[1]))!;
        Assert.Equal(["swk", "user", "mfa"], claims["amr"]!.AsArray().Select(one => (string?)one));

        // Later, from the record alone: the text is notice and choice, the challenge is its hash, the signature is over authenticatorData and the hash of clientDataJSON.
        var consent = Assert.Single(await world.Store.ListConsentsAsync(TenantId.Single, "synthetic-account-a"));
        Assert.Equal("fido2", consent.Act.Protocol);
        Assert.EndsWith("\n" + consent.Notice.Digest, consent.Act.SignedContent, StringComparison.Ordinal);
        Assert.Equal(consent.Notice.Digest, Canonical.Sha256($$"""{"choice":{{consent.Notice.Choice}},"notice":{{consent.Notice.Notice}}}"""));
        var assertion = JsonNode.Parse(Base64Url.DecodeFromChars(consent.Act.Assertion))!;
        var clientData = Base64Url.DecodeFromChars((string)assertion["clientDataJSON"]!);
        Assert.Equal(Canonical.Sha256(consent.Act.SignedContent), (string?)JsonNode.Parse(clientData)!["challenge"]);
        byte[] signed = [.. Base64Url.DecodeFromChars((string)assertion["authenticatorData"]!), .. SHA256.HashData(clientData)];
        var key = CoseKey.Read(Base64Url.DecodeFromChars(consent.Act.PublicKey!), out var consumed).Value!;
        Assert.True(key.Key.Verify(key.Signature, signed, Base64Url.DecodeFromChars((string)assertion["signature"]!)));
        signed[0] ^= 1;
        Assert.False(key.Key.Verify(key.Signature, signed, Base64Url.DecodeFromChars((string)assertion["signature"]!)));
    }

    [Fact]
    public async Task Open_OfOneRequest_GivesATokenForItOnly()
    {
        var (world, passkey) = await Passkey.StartAsync();
        await using var _ = world;
        await world.Ehr.AuthorizeAsync();
        var request = (await world.Store.ListPendingRequestsAsync(TenantId.Single, "synthetic-account-a", OpWorld.Start)).Single().Id;

        var opened = (await passkey.OpenAsync(request)).Expect(200);

        Assert.Equal("open", opened["act"]);
        (await world.GetAsync("/device/requests/" + request, opened["device_token"])).Expect(200);
        Assert.Equal((401, ProviderErrorCodes.DeviceTokenRefused), Answer(await world.GetAsync("/device/consents", opened["device_token"])));
        Assert.Equal((409, ProviderErrorCodes.RequestNotPending), Answer(await passkey.OpenAsync("unknown")));
    }

    [Fact]
    public async Task Options_OfEachCeremony_AreTheStandardsJson()
    {
        var (world, passkey) = await Passkey.StartAsync();
        await using var _ = world;
        var creation = (await world.PostJsonAsync("/webauthn/registration/options", new JsonObject { ["ticket"] = await world.TicketAsync("synthetic-account-a") }.ToJsonString())).Expect(200);
        var options = PublicKeyCredentialCreationOptions.Parse(creation.Json["publicKey"]!.ToJsonString()).Value!;
        Assert.Equal(("op.example", "Synthetic OP", "none", "required", "required"), (options.Rp.Id, options.Rp.Name, options.Attestation, options.AuthenticatorSelection!.ResidentKey, options.AuthenticatorSelection.UserVerification));
        Assert.Equal(passkey.Authenticator.Credentials[0].Id, StrictBase64Url.Encode(Assert.Single(options.ExcludeCredentials!).Id.Span));
        Assert.DoesNotContain("synthetic-account-a", creation.Text, StringComparison.Ordinal);
        Assert.Equal(120, (int)creation.Json["expires_in"]!);

        var signIn = PublicKeyCredentialRequestOptions.Parse((await passkey.OptionsAsync(new() { ["act"] = "sign-in" })).Json["publicKey"]!.ToJsonString()).Value!;
        Assert.Equal(("op.example", "required", 0), (signIn.RpId, signIn.UserVerification, signIn.AllowCredentials?.Count ?? 0));
        await world.Ehr.AuthorizeAsync();
        var request = (await world.Store.ListPendingRequestsAsync(TenantId.Single, "synthetic-account-a", OpWorld.Start)).Single().Id;
        var open = PublicKeyCredentialRequestOptions.Parse((await passkey.OptionsAsync(new() { ["act"] = "open", ["request"] = request })).Json["publicKey"]!.ToJsonString()).Value!;
        Assert.Equal(passkey.Authenticator.Credentials[0].Id, StrictBase64Url.Encode(Assert.Single(open.AllowCredentials!).Id.Span));
    }

    [Theory]
    [InlineData(Fido2Fault.OtherChallenge, 400, Fido2ErrorCodes.ChallengeMismatch)]
    [InlineData(Fido2Fault.OtherOrigin, 400, Fido2ErrorCodes.OriginUnexpected)]
    [InlineData(Fido2Fault.OtherRpId, 400, Fido2ErrorCodes.RpIdHashMismatch)]
    [InlineData(Fido2Fault.NoUserVerification, 400, Fido2ErrorCodes.UserNotVerified)]
    [InlineData(Fido2Fault.TamperedSignature, 400, Fido2ErrorCodes.SignatureInvalid)]
    [InlineData(Fido2Fault.ForeignKey, 400, Fido2ErrorCodes.SignatureInvalid)]
    [InlineData(Fido2Fault.OtherCredentialId, 400, Fido2ErrorCodes.CredentialNotAllowed)]
    [InlineData(Fido2Fault.OtherUserHandle, 400, Fido2ErrorCodes.UserHandleMismatch)]
    [InlineData(Fido2Fault.DuplicateMember, 400, Fido2ErrorCodes.ResponseMalformed)]
    public async Task Consent_FaultyAct_IsRefusedAndTheRequestStaysPending(Fido2Fault fault, int status, string code)
    {
        var (world, passkey) = await Passkey.StartAsync();
        await using var _ = world;
        var asked = (await world.Ehr.AuthorizeAsync())["auth_req_id"];
        var (request, token) = await WaitingAsync(passkey);

        var refused = await passkey.ConsentAsync(request, token, fault: fault);

        Refused(refused, status, fault == Fido2Fault.DuplicateMember ? ProviderErrorCodes.DeviceMessageMalformed : code);
        Assert.Equal("authorization_pending", (await world.Ehr.PollAsync(asked)).Error);
    }

    [Theory]
    [InlineData(Fido2Fault.CounterNotAdvanced)]
    [InlineData(Fido2Fault.CounterReset)]
    public async Task SignIn_CounterThatDidNotMoveOn_SuspendsThePasskey(Fido2Fault fault)
    {
        var (world, passkey) = await Passkey.StartAsync();
        await using var _ = world;
        await passkey.SignInAsync();
        await passkey.SignInAsync();

        Refused(await passkey.SignInAsync(fault), 400, Fido2ErrorCodes.CounterNotAdvanced);
        Refused(await passkey.SignInAsync(), 409, ProviderErrorCodes.DeviceSuspended);

        var line = (await world.Store.ListLifeCycleAsync(TenantId.Single, "synthetic-account-a"))[^1];
        Assert.Equal(("SuspectClone", "Active", "Suspended", LifeCycleActorKind.Op), (line.Event, line.From, line.To, line.Actor.Kind));
    }

    [Fact]
    public async Task SignIn_CounterThatDidNotMoveOnWhereSuspensionIsOff_IsRefusedOnly()
    {
        var (world, passkey) = await Passkey.StartAsync(Passkey.Settings(new() { Provider = options => options.SuspendsSuspectedClones = false }));
        await using var _ = world;
        await passkey.SignInAsync();

        Refused(await passkey.SignInAsync(Fido2Fault.CounterNotAdvanced), 400, Fido2ErrorCodes.CounterNotAdvanced);
        Assert.Equal(DeviceState.Active, (await world.Store.ListDevicesAsync(TenantId.Single, "synthetic-account-a"))[0].State);
    }

    [Fact]
    public async Task Answer_SentTwice_IsTakenOnce()
    {
        var (world, passkey) = await Passkey.StartAsync();
        await using var _ = world;
        var asked = await passkey.OptionsAsync(new() { ["act"] = "sign-in" });
        var credential = passkey.Authenticator.Get(asked.Json["publicKey"]!.ToJsonString(), new(Passkey.Origin));

        (await passkey.SendAsync(asked["ceremony"], credential)).Expect(200);
        Refused(await passkey.SendAsync(asked["ceremony"], credential), 400, ProviderErrorCodes.CeremonyUnknown);
        asked = await passkey.OptionsAsync(new() { ["act"] = "sign-in" });
        credential = passkey.Authenticator.Get(asked.Json["publicKey"]!.ToJsonString(), new(Passkey.Origin));
        world.Time.Advance(TimeSpan.FromMinutes(2));
        Refused(await passkey.SendAsync(asked["ceremony"], credential), 400, ProviderErrorCodes.CeremonyUnknown);
    }

    [Fact]
    public async Task Answer_OfAnotherCeremony_IsNotTaken()
    {
        var (world, passkey) = await Passkey.StartAsync();
        await using var _ = world;
        var phone = new Phone(world, "synthetic-account-a");
        Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);

        // A UAF act answered by a passkey, and the other way round.
        var uaf = await phone.UafRequestAsync("Auth", new() { ["act"] = "sign-in", ["account"] = phone.Handle });
        var id = (string)JsonNode.Parse(uaf["uafRequest"])![0]!["header"]!["serverData"]!;
        var signIn = await passkey.OptionsAsync(new() { ["act"] = "sign-in" });
        Refused(await passkey.SendAsync(id, passkey.Authenticator.Get(signIn.Json["publicKey"]!.ToJsonString(), new(Passkey.Origin))), 400, ProviderErrorCodes.CeremonyUnknown);
        var ticket = await world.TicketAsync("synthetic-account-a");
        var asked = (await world.PostJsonAsync("/webauthn/registration/options", new JsonObject { ["ticket"] = ticket }.ToJsonString())).Expect(200);
        signIn = await passkey.OptionsAsync(new() { ["act"] = "sign-in" });
        Refused(await passkey.SendAsync(asked["ceremony"], passkey.Authenticator.Get(signIn.Json["publicKey"]!.ToJsonString(), new(Passkey.Origin))), 400, ProviderErrorCodes.CeremonyUnknown);
    }

    [Fact]
    public async Task SignIn_PasskeyOfTwoPeople_EachSeesTheirOwnOnly()
    {
        var (world, passkey) = await Passkey.StartAsync();
        await using var _ = world;
        await world.PutAccountAsync("synthetic-account-b");
        var other = new Passkey(world, "synthetic-account-b");
        (await other.EnrolAsync()).Expect(200);
        await world.Ehr.AuthorizeAsync();

        Assert.Single((await passkey.SignInAsync()).Json["requests"]!.AsArray());
        Assert.Empty((await other.SignInAsync()).Json["requests"]!.AsArray());
        var (request, token) = await WaitingAsync(passkey);
        var chosen = (await passkey.ChooseAsync(request, token, OpWorld.Basic)).Expect(200);
        var mine = JsonNode.Parse(chosen.Json["publicKey"]!.ToJsonString())!.AsObject();
        mine.Remove("allowCredentials");
        Refused(await passkey.SendAsync(chosen["ceremony"], other.Authenticator.Get(mine.ToJsonString(), new(Passkey.Origin))), 400, Fido2ErrorCodes.CredentialNotAllowed);
    }

    [Fact]
    public async Task Enrol_TicketsAndKeysThatDoNotFit_AreRefusedWithTheirReason()
    {
        var (world, passkey) = await Passkey.StartAsync();
        await using var _ = world;
        Refused(await passkey.EnrolAsync("nonsense"), 403, ProviderErrorCodes.TicketUnknown);
        var (one, other) = (await world.TicketAsync("synthetic-account-a"), await world.TicketAsync("synthetic-account-a"));
        var second = new Passkey(world, "synthetic-account-a");
        var asked = (await world.PostJsonAsync("/webauthn/registration/options", new JsonObject { ["ticket"] = one }.ToJsonString())).Expect(200);
        var credential = second.Authenticator.Create(asked.Json["publicKey"]!.ToJsonString(), new(Passkey.Origin));
        Refused(await second.RegisterAsync(asked["ceremony"], other, credential), 403, ProviderErrorCodes.TicketForeign);
        Refused(await second.RegisterAsync(asked["ceremony"], one, credential), 400, ProviderErrorCodes.CeremonyUnknown);
        Refused(await second.EnrolAsync(one, Fido2Fault.NoUserVerification), 400, Fido2ErrorCodes.UserNotVerified);
        (await second.EnrolAsync(one)).Expect(200);
        Refused(await new Passkey(world, "synthetic-account-a").EnrolAsync(one), 403, ProviderErrorCodes.TicketReplayed);
    }

    [Fact]
    public async Task Enrol_BackupEligibleWhereDeviceBoundIsAsked_IsRefused()
    {
        var world = await OpWorld.StartAsync(Passkey.Settings(configure: passkeys => passkeys.Backup = BackupPolicy.RequireDeviceBound));
        await using var _ = world;
        await world.PutAccountAsync("synthetic-account-a");
        var synced = new Passkey(world, "synthetic-account-a") { Authenticator = new(new() { Format = VirtualFido2Format.PackedSelf, BackupEligible = true, BackedUp = true }, world.Time) };

        Refused(await synced.EnrolAsync(), 400, Fido2ErrorCodes.BackupEligibilityRefused);
    }

    [Fact]
    public async Task Enrol_AttestationThatNobodyTrusts_IsRefused()
    {
        var world = await OpWorld.StartAsync(Passkey.Settings(configure: passkeys => passkeys.Attestation = new() { Anchors = [] }));
        await using var _ = world;
        await world.PutAccountAsync("synthetic-account-a");
        var packed = new Passkey(world, "synthetic-account-a") { Authenticator = new(new() { Format = VirtualFido2Format.Packed }, world.Time) };

        var refused = await packed.EnrolAsync();

        Assert.Equal(400, refused.Status);
        Assert.StartsWith("fido2.attestation", refused.Code, StringComparison.Ordinal);
        Assert.Empty(await world.Store.ListDevicesAsync(TenantId.Single, "synthetic-account-a"));
    }

    [Fact]
    public async Task Consent_SuspendedBetweenChoiceAndSignature_IsRefused()
    {
        var (world, passkey) = await Passkey.StartAsync();
        await using var _ = world;
        await world.Ehr.AuthorizeAsync();
        var (request, token) = await WaitingAsync(passkey);
        var chosen = (await passkey.ChooseAsync(request, token, OpWorld.Basic)).Expect(200);
        await world.Services.GetRequiredService<LifeCycleDesk>().ChangeDeviceAsync(
            "synthetic-account-a", passkey.DeviceId!, DeviceEvent.ReportLost, LifeCycleActor.Clerk("synthetic-clerk", "synthetic-desk"));

        Refused(await passkey.AnswerAsync(chosen), 409, ProviderErrorCodes.DeviceLost);
        Refused(await passkey.ChooseAsync(request, token, OpWorld.Basic), 401, ProviderErrorCodes.DeviceTokenRefused);
    }

    [Fact]
    public async Task Consent_SuspendedInsideTheLastStep_IsRefusedByTheStore()
    {
        var armed = false;
        var (world, passkey) = await Passkey.StartAsync(Passkey.Settings(new() { Before = (verb, store) => { if (armed && verb == nameof(IApprovalStore.TryApproveAsync)) { Suspend(store); } } }));
        await using var _ = world;
        await world.Ehr.AuthorizeAsync();
        var (request, token) = await WaitingAsync(passkey);
        armed = true;

        // The suspension cancelled the request as well, and the store judges requests before devices.
        Refused(await passkey.ConsentAsync(request, token), 409, ProviderErrorCodes.RequestNotPending);

        static bool Suspend(IProviderStore store)
        {
            var device = store.ListDevicesAsync(TenantId.Single, "synthetic-account-a").AsTask().GetAwaiter().GetResult()[0];
            return store.ChangeDeviceAsync(new() { Tenant = TenantId.Single, AccountId = device.AccountId, DeviceId = device.Id, Event = DeviceEvent.Suspend, Actor = LifeCycleActor.Op, At = OpWorld.Start })
                .AsTask().GetAwaiter().GetResult().Succeeded;
        }
    }

    [Theory]
    [InlineData("/webauthn/registration/options", "{}")]
    [InlineData("/webauthn/registration/options", """{"ticket":1}""")]
    [InlineData("/webauthn/registration", """{"ceremony":"x","ticket":"y"}""")]
    [InlineData("/webauthn/authentication/options", """{"act":"consent","request":"x"}""")]
    [InlineData("/webauthn/authentication/options", """{"act":"other"}""")]
    [InlineData("/webauthn/authentication", """{"ceremony":"x","credential":"text"}""")]
    [InlineData("/webauthn/authentication", "[]")]
    [InlineData("/webauthn/authentication", "")]
    public async Task Message_NotOfTheForm_IsMalformed(string path, string body)
    {
        await using var world = await OpWorld.StartAsync(Passkey.Settings());

        Refused(await world.PostJsonAsync(path, body), 400, ProviderErrorCodes.DeviceMessageMalformed);
    }

    [Fact]
    public async Task Message_LongerThanAnyResponse_IsNotRead()
    {
        await using var world = await OpWorld.StartAsync(Passkey.Settings());

        Refused(await world.PostJsonAsync("/webauthn/authentication", new string(' ', 320 * 1024) + "{}"), 400, ProviderErrorCodes.DeviceMessageMalformed);
    }

    [Fact]
    public async Task RelatedOrigins_Configured_ArePublishedAndAccepted()
    {
        var world = await OpWorld.StartAsync(Passkey.Settings(configure: passkeys => passkeys.RelatedOrigins.Add("https://clinic.example")));
        await using var _ = world;
        await world.PutAccountAsync("synthetic-account-a");

        var document = (await world.GetAsync("/.well-known/webauthn")).Expect(200);

        Assert.Equal(("application/json", """{"origins":["https://clinic.example"]}"""), (document.MediaType, document.Text));
        (await new Passkey(world, "synthetic-account-a") { ClientOrigin = "https://clinic.example" }.EnrolAsync()).Expect(200);
        Refused(await new Passkey(world, "synthetic-account-a") { ClientOrigin = "https://other.example" }.EnrolAsync(), 400, Fido2ErrorCodes.OriginUnexpected);
    }

    [Fact]
    public async Task Routes_WithoutPasskeys_AreNotThere()
    {
        await using var world = await OpWorld.StartAsync();

        Assert.Equal(404, (await world.PostJsonAsync("/webauthn/authentication/options", "{}")).Status);
        Assert.Equal(404, (await world.GetAsync("/.well-known/webauthn")).Status);
    }

    [Fact]
    public async Task Walk_OpWithoutUafAndPush_IsWhole()
    {
        var settings = Passkey.Settings();
        var (world, passkey) = await Passkey.StartAsync(settings with
        {
            More = builder =>
            {
                settings.More!(builder);
                builder.Services.RemoveAll<IDeviceNotifier>();
                builder.Services.PostConfigure<ProviderOptions>(options =>
                {
                    (options.Metadata, options.Policy) = (null, null);
                    options.Facets.Clear();
                    options.PushAddressSchemes.Clear();
                });
            },
        });
        await using var _ = world;
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        var (request, token) = await WaitingAsync(passkey);

        (await passkey.ConsentAsync(request, token)).Expect(200);

        (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);
        Assert.Equal(404, (await world.GetAsync("/uaf/facets")).Status);
        await world.Ehr.AuthorizeAsync();
        (request, token) = await WaitingAsync(passkey);
        Refused(await world.PostJsonAsync($"/device/requests/{request}/choice", $$"""{"confirmed":true,"granted":["{{OpWorld.Basic}}"]}""", token), 403, ProviderErrorCodes.NoDevice);
    }

    [Fact]
    public async Task Start_PasskeysThatAreHalfConfigured_NamesEachMistake()
    {
        var error = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => OpWorld.StartAsync(new() { More = builder => builder.AddFido2(_ => { }) }));

        foreach (var wrong in new[] { "RpId", "RpName", "Origins is empty", "Attestation is not set" })
        {
            Assert.Contains("Passkeys: " + wrong, error.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<(string Request, string Token)> WaitingAsync(Passkey passkey)
    {
        var waiting = (await passkey.SignInAsync()).Expect(200).Json["requests"]![0]!;
        return ((string)waiting["request"]!, (string)waiting["device_token"]!);
    }

    private static (int, string?) Answer(WireAnswer answer) => (answer.Status, answer.Code);

    private static void Refused(WireAnswer answer, int status, string code)
    {
        Assert.Equal((status, code), Answer(answer));
        Assert.Equal(("application/problem+json", "no-store"), (answer.MediaType, answer.CacheControl));
    }
}
