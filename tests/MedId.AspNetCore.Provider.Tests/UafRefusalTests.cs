using System.Text.Json.Nodes;
using MedId.Fido.Uaf;
using MedId.Provider;
using MedId.Testing;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>What a phone hears on the UAF transport: HTTP 200, a UAF status code, and the refusal's code.</summary>
public class UafRefusalTests
{
    [Theory]
    [InlineData("Dereg", """{"act":"open","request":"x"}""")]
    [InlineData("Auth", "{}")]
    [InlineData("Auth", """{"act":"consent","request":"x"}""")]
    [InlineData("Auth", """{"act":"open"}""")]
    [InlineData("Auth", """{"act":"open","request":7}""")]
    [InlineData("Auth", """{"act":"sign-in"}""")]
    [InlineData("Reg", """{"act":"open","request":"x"}""")]
    [InlineData("Reg", """{"ticket":"x"}""")]
    [InlineData("Reg", """{"ticket":"x","push_address":"http://127.0.0.1/","act":"open"}""")]
    [InlineData("Auth", "[]")]
    [InlineData("Auth", "not json")]
    [InlineData("Auth", """{"act":"open","act":"open","request":"x"}""")]
    [InlineData("Auth", """{"act":"open","request":{"deep":{"er":1}}}""")]
    public async Task Request_ContextThatNamesNoAct_IsMalformed(string op, string context)
    {
        await using var world = await OpWorld.StartAsync();

        var answer = await world.PostJsonAsync("/uaf/request", new JsonObject { ["op"] = op, ["context"] = context }.ToJsonString(), mediaType: Phone.UafMediaType);

        Refused(answer, UafStatusCodes.BadRequest, ProviderErrorCodes.DeviceMessageMalformed);
    }

    [Fact]
    public async Task Enrol_TicketThatIsNotOpen_IsRefusedWithItsReason()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var used = await world.TicketAsync("synthetic-account-a");
        Assert.Equal(1200, (await Other().EnrolAsync(used)).UafStatus);
        var ended = await world.TicketAsync("synthetic-account-a");

        Refused(await Other().EnrolAsync("nonsense"), 1401, ProviderErrorCodes.TicketUnknown);
        Refused(await Other().EnrolAsync(used), 1401, ProviderErrorCodes.TicketReplayed);
        world.Time.Advance(TimeSpan.FromHours(24));
        Refused(await Other().EnrolAsync(ended), 1401, ProviderErrorCodes.TicketExpired);

        Phone Other() => new(world, "synthetic-account-a") { Authenticator = new(world.Model) };
    }

    [Fact]
    public async Task Enrol_AnotherTicketAtTheEnd_IsForeign()
    {
        await using var world = await OpWorld.StartAsync();
        await world.PutAccountAsync("synthetic-account-a");
        var phone = new Phone(world, "synthetic-account-a");
        var (one, other) = (await world.TicketAsync("synthetic-account-a"), await world.TicketAsync("synthetic-account-a"));
        var asked = await phone.UafRequestAsync("Reg", new() { ["ticket"] = one, ["push_address"] = phone.PushAddress });
        var signed = phone.Authenticator.Register(asked["uafRequest"], OpWorld.Facet);

        Refused(await phone.UafResponseAsync(signed, new() { ["ticket"] = other }), 1401, ProviderErrorCodes.TicketForeign);
        Refused(await phone.UafResponseAsync(signed, new() { ["ticket"] = one }), 1491, ProviderErrorCodes.CeremonyUnknown);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/push")]
    [InlineData("no address")]
    public async Task Enrol_AddressOfNoChannel_IsRefused(string address)
    {
        await using var world = await OpWorld.StartAsync();
        await world.PutAccountAsync("synthetic-account-a");

        Refused(await new Phone(world, "synthetic-account-a") { PushAddress = address }.EnrolAsync(), 1403, ProviderErrorCodes.PushAddressRefused);
    }

    [Fact]
    public async Task Enrol_PersonSuspendedMeanwhile_IsRefused()
    {
        await using var world = await OpWorld.StartAsync();
        await world.PutAccountAsync("synthetic-account-a");
        var ticket = await world.TicketAsync("synthetic-account-a");
        BackchannelRefusalTests.Suspend(world.Store);

        Refused(await new Phone(world, "synthetic-account-a").EnrolAsync(ticket), 1401, ProviderErrorCodes.AccountSuspended);
    }

    [Fact]
    public async Task SignIn_HandleNobodyWasGiven_FindsNoDevice()
    {
        await using var world = await OpWorld.StartAsync();

        Refused(await new Phone(world, "x").UafRequestAsync("Auth", new() { ["act"] = "sign-in", ["account"] = "nonsense" }), 1401, ProviderErrorCodes.NoDevice);
    }

    [Fact]
    public async Task Open_RequestUnknownDecidedOrEnded_IsRefused()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        await phone.GrantAsync();
        var decided = world.Announced.Last().Id;
        await world.Ehr.AuthorizeAsync();
        var ending = world.Announced.Last().Id;

        Refused(await phone.OpenAsync("nonsense"), 1404, ProviderErrorCodes.RequestNotPending);
        Refused(await phone.OpenAsync(decided), 1404, ProviderErrorCodes.RequestNotPending);
        world.Time.Advance(TimeSpan.FromSeconds(120));
        Refused(await phone.OpenAsync(ending), 1408, ProviderErrorCodes.RequestExpired);
    }

    [Fact]
    public async Task Open_ByAnotherPersonsPhone_IsRefused()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync();
        await using var disposed = world;
        await world.PutAccountAsync("synthetic-account-b");
        var other = new Phone(world, "synthetic-account-b");
        Assert.Equal(1200, (await other.EnrolAsync()).UafStatus);
        await world.Ehr.AuthorizeAsync();

        var answer = await other.OpenAsync(world.Announced.Last().Id);

        Refused(answer, 1481, UafErrorCodes.KeyUnknown);
    }

    [Fact]
    public async Task Response_AnsweredTwiceOrLate_IsUnknown()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        await world.Ehr.AuthorizeAsync();
        var id = world.Announced.Last().Id;
        var asked = await phone.UafRequestAsync("Auth", new() { ["act"] = "open", ["request"] = id });
        var signed = phone.Authenticator.Authenticate(asked["uafRequest"], OpWorld.Facet);
        Assert.Equal(1200, (await phone.UafResponseAsync(signed)).UafStatus);
        Refused(await phone.UafResponseAsync(signed), 1491, ProviderErrorCodes.CeremonyUnknown);
        asked = await phone.UafRequestAsync("Auth", new() { ["act"] = "sign-in", ["account"] = phone.Handle });
        signed = phone.Authenticator.Authenticate(asked["uafRequest"], OpWorld.Facet);
        world.Time.Advance(TimeSpan.FromMinutes(2));

        Refused(await phone.UafResponseAsync(signed), 1491, ProviderErrorCodes.CeremonyUnknown);
    }

    [Theory]
    [InlineData(UafFault.TamperedSignature, 1498, UafErrorCodes.SignatureInvalid)]
    [InlineData(UafFault.OtherFacet, 1498, UafErrorCodes.FacetUntrusted)]
    [InlineData(UafFault.OtherChallenge, 1491, UafErrorCodes.ChallengeMismatch)]
    [InlineData(UafFault.OtherTransaction, 1498, UafErrorCodes.TransactionMismatch)]
    [InlineData(UafFault.OtherMode, 1498, UafErrorCodes.Mode)]
    [InlineData(UafFault.UnknownKey, 1481, UafErrorCodes.KeyUnknown)]
    [InlineData(UafFault.OldCounter, 1498, UafErrorCodes.CounterNotAdvanced)]
    public async Task Consent_FaultyAct_IsRefusedAndTheRequestStaysPending(UafFault fault, int status, string code)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var asked = (await world.Ehr.AuthorizeAsync())["auth_req_id"];

        Refused(await phone.ConsentAsync(world.Announced.Last().Id, fault: fault), status, code);

        // A counter that went back means that there may be a copy of the key: nothing waits for such a device.
        Assert.Equal(fault == UafFault.OldCounter ? "access_denied" : "authorization_pending", (await world.Ehr.PollAsync(asked)).Error);
    }

    [Fact]
    public async Task Consent_ClassAboveTheEvidence_IsUnacceptable()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Attestation = SoftwareUafAttestation.Surrogate });
        await using var _ = world;
        await world.Ehr.AuthorizeAsync(claims => claims["acr_values"] = "urn:example:aal3");

        Refused(await phone.ConsentAsync(world.Announced.Last().Id), 1492, ProviderErrorCodes.AcrNotMet);
    }

    [Theory]
    [InlineData(nameof(IDeviceStore.TryAdvanceCounterAsync))]
    [InlineData(nameof(IApprovalStore.TryApproveAsync))]
    public async Task Act_CounterMovedMeanwhile_IsUnacceptable(string verb)
    {
        var armed = false;
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Before = (called, store) => _ = armed && called == verb && MoveCounter(store) });
        await using var disposed = world;
        await world.Ehr.AuthorizeAsync();
        var id = world.Announced.Last().Id;
        if (verb == nameof(IDeviceStore.TryAdvanceCounterAsync))
        {
            armed = true;
            Refused(await phone.OpenAsync(id), 1498, ProviderErrorCodes.CounterMoved);
            return;
        }

        var token = Phone.Token(await phone.OpenAsync(id));
        var notice = (await phone.NoticeAsync(id, token)).Json["notice"]!;
        var chosen = await phone.ChooseAsync(id, token, OpWorld.Basic);
        armed = true;
        Refused(await phone.SignAsync(chosen, notice), 1498, ProviderErrorCodes.CounterMoved);

        static bool MoveCounter(IProviderStore store)
        {
            var device = store.ListDevicesAsync(Core.TenantId.Single, "synthetic-account-a").AsTask().GetAwaiter().GetResult()[0];
            return store.TryAdvanceCounterAsync(new() { Tenant = Core.TenantId.Single, Model = device.Model, KeyId = device.KeyId, Expected = device.SignCounter, Next = device.SignCounter + 1000, At = OpWorld.Start }).AsTask().GetAwaiter().GetResult();
        }
    }

    [Fact]
    public async Task Consent_PersonSuspendedMeanwhile_IsRefused()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new()
        {
            Before = (verb, store) => _ = verb == nameof(IApprovalStore.TryApproveAsync) && BackchannelRefusalTests.Suspend(store),
        });
        await using var disposed = world;
        await world.Ehr.AuthorizeAsync();

        Refused(await phone.ConsentAsync(world.Announced.Last().Id), 1401, ProviderErrorCodes.AccountSuspended);
    }

    private static void Refused(WireAnswer answer, int status, string code)
    {
        Assert.Equal((200, status, code), (answer.Status, answer.UafStatus, answer.Code));
        Assert.Equal((Phone.UafMediaType, "no-store"), (answer.MediaType, answer.CacheControl));
        Assert.Null(answer.Json["uafRequest"]);
        Assert.Null(answer.Json["additionalTokens"]);
    }
}
