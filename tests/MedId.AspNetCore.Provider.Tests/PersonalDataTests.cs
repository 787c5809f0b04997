using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Provider;
using MedId.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Marked personal values go through every flow; afterwards they are looked for wherever something is left behind.</summary>
[Collection(nameof(PersonalDataTests))]
public class PersonalDataTests
{
    private static readonly Marker Hint = new("login hint", "marked-insurer-number-5517");
    private static readonly Marker WrongHint = new("unknown login hint", "marked-mistyped-number-8843");
    private static readonly Marker UserCode = new("user code", "marked-user-code-6620");
    private static readonly Marker WrongCode = new("wrong user code", "marked-wrong-code-1090");
    private static readonly Marker Patient = new("FHIR Patient id", "marked-fhir-patient-3312");
    private static readonly Marker DoctorName = new("doctor's name", "印の付いた医師 𠮷田");
    private static readonly Marker Institution = new("institution", "印の付いた架空医院");
    private static readonly Marker DoctorSubject = new("doctor's subject", "marked-doctor-subject-7714");
    private static readonly Marker PushAddress = new("push address", "marked-push-address-4406");
    private static readonly Marker RefusedAddress = new("refused push address", "marked-refused-address-9928");
    private static readonly Marker Binding = new("binding message", "MARKED-BINDING-2085");

    private static readonly Marker DeviceName = new("device's name", "印の付いた端末の名前 📱");
    private static readonly Marker Clerk = new("clerk", "marked-clerk-6051");
    private static readonly Marker Desk = new("clerk's institution", "marked-desk-3827");

    private static readonly Marker[] Markers =
        [Hint, WrongHint, UserCode, WrongCode, Patient, DoctorName, Institution, DoctorSubject, PushAddress, RefusedAddress, Binding, DeviceName, Clerk, Desk];

    [Fact]
    public async Task EveryFlow_AtTraceLevel_LeavesNoPersonalValueBehind()
    {
        using var traces = new Traces();
        await using var world = await OpWorld.StartAsync(Passkey.Settings(new()
        {
            Sqlite = true,
            Trace = true,
            Provider = options => options.Reuse = ConsentReuse.RefreshToken,
            Ciba = ciba => ciba.MaxPendingOfSubject = 100,
        }));
        world.Doctors.DoctorName = DoctorName.Value;
        world.Doctors.Organization = Institution.Value;
        world.Doctors.Subject = DoctorSubject.Value;
        await world.PutAccountAsync("synthetic-account-a", Hint.Value, UserCode.Value, Patient.Value);
        var phone = new Phone(world, "synthetic-account-a") { PushAddress = "http://127.0.0.1:5999/" + PushAddress.Value };

        var secrets = await WalkAsync(world, phone);
        await LiveAsync(world, phone);
        await RefuseAsync(world, phone);

        // What is to be looked for did go through, or nothing is shown by not finding it.
        Assert.NotEmpty(traces.Activities);
        traces.Observe();
        Assert.Contains(traces.Measurements, line => line.Contains("medid.provider.refusals", StringComparison.Ordinal));
        Assert.Contains(world.Log.Lines, line => line.Contains("Request starting", StringComparison.Ordinal));
        Assert.Contains(world.Log.Lines, line => line.StartsWith("MedId.", StringComparison.Ordinal));

        Marker[] all = [.. Markers, .. secrets];
        var database = Files(world.DatabaseFolder);
        Assert.Contains(database, file => file.Name.EndsWith("-wal", StringComparison.Ordinal) && file.Bytes.Length > 0);
        Absent(all, database);
        await world.StopAsync();
        Absent(all, Files(world.DatabaseFolder));
        Absent(all, world.Log.Lines.Select(line => ("log", Encoding.UTF8.GetBytes(line))));
        Absent(all, traces.Activities.Select(line => ("activity", Encoding.UTF8.GetBytes(line))));
        Absent(all, traces.Measurements.Select(line => ("measurement", Encoding.UTF8.GetBytes(line))));
    }

    [Fact]
    public void Marker_InEachForm_IsFound()
    {
        foreach (var marker in Markers)
        {
            var utf8 = Encoding.UTF8.GetBytes(marker.Value);
            foreach (var text in new[]
            {
                marker.Value, Uri.EscapeDataString(marker.Value), Convert.ToHexString(utf8), Convert.ToHexStringLower(utf8), Uri.EscapeDataString(marker.Value).ToLowerInvariant(),
                new JsonObject { ["x"] = marker.Value }.ToJsonString(), Convert.ToBase64String(utf8), Convert.ToBase64String([1, .. utf8, 2]), Convert.ToBase64String([1, 2, .. utf8, 3, 4]),
                System.Buffers.Text.Base64Url.EncodeToString([1, .. utf8, 2]), Convert.ToBase64String(Encoding.Unicode.GetBytes("x" + marker.Value)),
            })
            {
                Assert.NotNull(marker.FindIn("before " + text + " after"));
            }

            Assert.NotNull(marker.FindIn(Encoding.Unicode.GetBytes("before " + marker.Value)));
            Assert.Null(marker.FindIn("before " + marker.Value[..^3] + " after"));
        }
    }

    /// <summary>The good flows, with each hint. Returns what is no person's but opens something: tokens, handles, tickets.</summary>
    private static async Task<Marker[]> WalkAsync(OpWorld world, Phone phone)
    {
        var secrets = new List<Marker>();
        var ticket = Secret("ticket", await world.TicketAsync("synthetic-account-a"));
        Assert.Equal(1200, (await phone.EnrolAsync(ticket)).UafStatus);
        Secret("account handle", phone.Handle!);
        var idToken = string.Empty;
        foreach (var kind in (string[])["login_hint", "id_token_hint", "login_hint_token"])
        {
            var asked = (await world.Ehr.AuthorizeAsync(claims => Marked(world, claims, kind, idToken))).Expect(200);
            Secret("auth_req_id", asked["auth_req_id"]);
            var request = world.Announced.Last().Id;
            var deviceToken = Secret("device token", Phone.Token(await phone.OpenAsync(request)));
            var read = (await phone.NoticeAsync(request, deviceToken)).Expect(200);
            Assert.All([DoctorName, Institution, DoctorSubject, Binding], marker => Assert.NotNull(marker.FindIn(read.Body)));
            Assert.Equal("authorization_pending", (await world.Ehr.PollAsync(asked["auth_req_id"])).Error);
            var chosen = await phone.ChooseAsync(request, deviceToken, OpWorld.Basic);
            Assert.Equal(1200, (await phone.SignAsync(chosen, read.Json["notice"]!)).UafStatus);
            var tokens = (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);
            Assert.Equal(Patient.Value, tokens["patient"]);
            idToken = tokens["id_token"];
            foreach (var name in (string[])["access_token", "id_token", "refresh_token"])
            {
                Secret(name, tokens[name].Split('.')[^1]);
            }

            Assert.NotNull(DoctorName.FindIn((await world.IntrospectAsync(tokens["access_token"])).Body));
            (await world.IntrospectAsync(tokens["access_token"], signed: true)).Expect(200);
            (await world.GetAsync("/userinfo", tokens["access_token"])).Expect(200);
            var refreshed = (await world.Ehr.RefreshAsync(tokens["refresh_token"])).Expect(200);
            Assert.Equal("invalid_grant", (await world.Ehr.RefreshAsync(tokens["refresh_token"])).Error);
            await world.Ehr.RevokeAsync(refreshed["access_token"]);
        }

        var history = Secret("history token", Phone.Token(await phone.SignInAsync()));
        var consents = (await phone.ConsentsAsync(history)).Expect(200);
        Assert.NotNull(DoctorName.FindIn(consents.Body));
        Assert.Equal(204, (await phone.WithdrawAsync((string)consents.Json["consents"]![0]!["id"]!, history)).Status);
        return [.. secrets];

        string Secret(string name, string value)
        {
            secrets.Add(new(name, value));
            return value;
        }
    }

    /// <summary>The life of devices: names, clerks, suspensions, a passkey beside the phone, its faults.</summary>
    private static async Task LiveAsync(OpWorld world, Phone phone)
    {
        var token = Phone.Token(await phone.SignInAsync());
        var id = (string)(await world.GetAsync("/device/devices", token)).Expect(200).Json["devices"]![0]!["id"]!;
        Assert.Equal(204, (await world.PostJsonAsync($"/device/devices/{id}/name", new JsonObject { ["name"] = DeviceName.Value }.ToJsonString(), token)).Status);
        Assert.NotNull(DeviceName.FindIn((await world.GetAsync("/device/devices", token)).Body));
        Assert.Equal(400, (await world.PostJsonAsync($"/device/devices/{id}/name", new JsonObject { ["name"] = DeviceName.Value + "\u202e" }.ToJsonString(), token)).Status);
        var desk = world.Services.GetRequiredService<LifeCycleDesk>();
        var clerk = LifeCycleActor.Clerk(Clerk.Value, Desk.Value);
        Assert.Null((await desk.ChangeDeviceAsync("synthetic-account-a", id, DeviceEvent.Suspend, clerk)).Error);
        Assert.Equal(ProviderErrorCodes.DeviceSuspended, (await phone.SignInAsync()).Code);
        Assert.Null((await desk.ChangeDeviceAsync("synthetic-account-a", id, DeviceEvent.Resume, clerk)).Error);
        Assert.Equal(Clerk.Value, (await world.Store.ListLifeCycleAsync(TenantId.Single, "synthetic-account-a"))[^1].Actor.Id);
        var passkey = new Passkey(world, "synthetic-account-a");
        (await passkey.EnrolAsync((await desk.IssueTicketAsync("synthetic-account-a", clerk, ProofingLevel.Substantial)).Value)).Expect(200);
        await world.Ehr.AuthorizeAsync(claims => Marked(world, claims, "login_hint", string.Empty));
        var waiting = (await passkey.SignInAsync()).Expect(200).Json["requests"]![0]!;
        foreach (var fault in (Fido2Fault[])[Fido2Fault.TamperedSignature, Fido2Fault.OtherOrigin, Fido2Fault.OtherChallenge, Fido2Fault.NoUserVerification])
        {
            Assert.Equal(400, (await passkey.ConsentAsync((string)waiting["request"]!, (string)waiting["device_token"]!, [OpWorld.Basic], fault)).Status);
        }

        (await passkey.ConsentAsync((string)waiting["request"]!, (string)waiting["device_token"]!, [OpWorld.Basic])).Expect(200);
    }

    /// <summary>The flows that end badly: refusals, tampering, a push channel that throws, a sweep, a suspension.</summary>
    private static async Task RefuseAsync(OpWorld world, Phone phone)
    {
        Assert.Equal("ciba.user_code_wrong", (await Ask(claims => claims["login_hint"] = WrongHint.Value)).Code);
        Assert.Equal("ciba.user_code_wrong", (await Ask(claims => claims["user_code"] = WrongCode.Value)).Code);
        Assert.Equal("ciba.scope_not_allowed", (await Ask(claims => claims["scope"] = "openid " + WrongHint.Value)).Code);
        Assert.Equal("ciba.binding_message_refused", (await Ask(claims => claims["binding_message"] = Binding.Value + "\u202e")).Code);
        Assert.Equal("ciba.resource_refused", (await Ask(claims => claims["resource"] = "https://" + WrongHint.Value)).Code);
        Assert.Equal("ciba.acr_unknown", (await Ask(claims => claims["acr_values"] = WrongHint.Value)).Code);
        Assert.Equal(ProviderErrorCodes.PurposeNotAccepted, (await Ask(claims => claims["actor_token"] = world.Doctors.Evidence(
            world.Issuer, "ehr-clinic-a", evidence => evidence["extensions"]!["ihe_iua"]!["purpose_of_use"]![0]!["code"] = WrongCode.Value))).Code);
        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceUntrusted, (await Ask(claims => claims["actor_token"] = world.Doctors.Evidence(
            world.Issuer, "ehr-clinic-a", evidence => evidence["iss"] = "https://" + WrongCode.Value))).Code);
        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceReplayed, (await AskTwice()).Code);
        Assert.Equal("ciba.login_hint_token_invalid", (await Ask(claims => Marked(
            world, claims, "login_hint_token", string.Empty, token => token["iss"] = "https://" + WrongHint.Value))).Code);
        Assert.Equal("ciba.id_token_hint_invalid", (await Ask(claims => Marked(world, claims, "id_token_hint", WrongHint.Value))).Code);
        world.Push.Broken = true;
        (await Ask(_ => { })).Expect(200);
        world.Push.Broken = false;

        Assert.Equal(ProviderErrorCodes.PushAddressRefused, (await new Phone(world, "synthetic-account-a") { PushAddress = "ftp://127.0.0.1/" + RefusedAddress.Value }.EnrolAsync()).Code);
        Assert.Equal(ProviderErrorCodes.TicketUnknown, (await phone.EnrolAsync(WrongCode.Value)).Code);
        Assert.Equal(ProviderErrorCodes.NoDevice, (await phone.UafRequestAsync("Auth", new() { ["act"] = "sign-in", ["account"] = WrongHint.Value })).Code);
        Assert.Equal(400, (await world.SendFormAsync("/token", [new(WrongHint.Value, UserCode.Value), new(WrongHint.Value, "x")])).Status);
        Assert.Equal(401, (await world.SendFormAsync("/token", [new("client_id", WrongHint.Value)], request => request.Headers.Authorization = Ehr.BasicHeader(WrongHint.Value, WrongCode.Value))).Status);
        Assert.Equal(1400, (await world.PostJsonAsync("/uaf/response", new JsonObject { [WrongHint.Value] = UserCode.Value }.ToJsonString(), mediaType: Phone.UafMediaType)).UafStatus);
        Assert.Equal(1498, (await phone.UafResponseAsync(new JsonObject { [WrongHint.Value] = UserCode.Value }.ToJsonString())).UafStatus);

        foreach (var fault in (UafFault[])[UafFault.TamperedSignature, UafFault.OtherTransaction, UafFault.OtherChallenge, UafFault.OtherFacet, UafFault.OtherServerData, UafFault.UnknownKey])
        {
            (await Ask(_ => { })).Expect(200);
            Assert.NotEqual(1200, (await phone.ConsentAsync(world.Announced.Last().Id, [OpWorld.Basic], fault)).UafStatus);
        }

        (await Ask(_ => { })).Expect(200);
        var id = world.Announced.Last().Id;
        var token = Phone.Token(await phone.OpenAsync(id));
        Assert.Equal(ProviderErrorCodes.ChoiceRefused, (await phone.ChooseAsync(id, token, WrongHint.Value)).Code);
        Assert.Equal(401, (await phone.NoticeAsync(id, WrongHint.Value)).Status);
        Assert.Equal(204, (await phone.DenyAsync(id, token)).Status);
        await world.Store.SetAccountStatusAsync(TenantId.Single, "synthetic-account-a", AccountStatus.Suspended, world.Time.GetUtcNow());
        Assert.Equal("ciba.user_code_wrong", (await Ask(_ => { })).Code);
        world.Time.Advance(TimeSpan.FromDays(2));
        await world.Store.SweepAsync(world.Time.GetUtcNow());

        Task<WireAnswer> Ask(Action<JsonObject> change) => world.Ehr.AuthorizeAsync(claims =>
        {
            Marked(world, claims, "login_hint", string.Empty);
            change(claims);
        });

        async Task<WireAnswer> AskTwice()
        {
            var evidence = world.Doctors.Evidence(world.Issuer, "ehr-clinic-a");
            await Ask(claims => claims["actor_token"] = evidence);
            return await Ask(claims => claims["actor_token"] = evidence);
        }
    }

    private static void Marked(OpWorld world, JsonObject claims, string kind, string idToken, Action<JsonObject>? change = null)
    {
        claims.Remove("login_hint");
        claims.Remove("user_code");
        claims["binding_message"] = Binding.Value;
        claims[kind] = kind switch
        {
            "login_hint" => Hint.Value,
            "id_token_hint" => idToken,
            _ => world.LoginHintToken(new() { ["format"] = "opaque", ["id"] = Hint.Value }, change),
        };
        if (kind == "login_hint")
        {
            claims["user_code"] = UserCode.Value;
        }
    }

    private static (string Name, byte[] Bytes)[] Files(string folder) => [.. Directory.GetFiles(folder).Select(path =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return (Path.GetFileName(path), bytes);
    })];

    private static void Absent(Marker[] markers, IEnumerable<(string Name, byte[] Bytes)> places)
    {
        var found = from place in places
                    from marker in markers
                    let form = marker.FindIn(place.Bytes)
                    where form is not null
                    select $"{form} in {place.Name}{(place.Bytes.Length < 5000 ? ": " + Encoding.UTF8.GetString(place.Bytes) : string.Empty)}";
        Assert.Equal(string.Empty, string.Join('\n', found.Distinct()));
    }
}
