using MedId.Fido.Uaf;
using MedId.Provider;
using MedId.Testing;

namespace MedId.Provider.Tests;

public class EnrolmentTests
{
    [Fact]
    public async Task Complete_GoodAct_BindsKeyAndPushAddressAndConsumesTheTicket()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var outcome = await world.EnrolAsync();

        var device = Assert.Single(await world.Store.ListDevicesAsync(world.Options.Tenant, ProviderWorld.PatientA));
        Assert.Equal(ProviderWorld.PushAddress, device.PushAddress);
        Assert.NotNull(device.TrustAnchor);
        Assert.Equal(CeremonyKind.Enrol, outcome.Value!.Kind);
        Assert.NotNull(outcome.Value.Token);
        Assert.DoesNotContain(outcome.Value.Token, outcome.Value.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Begin_Challenge_CoversTicketAndPushAddress()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var ticket = (await world.Desk.IssueTicketAsync(ProviderWorld.PatientA)).Value!;
        var act = (await world.Acts.BeginEnrolmentAsync(ticket, ProviderWorld.PushAddress)).Value!;
        var asked = RegistrationRequest.Parse(act.UafRequest).Value![0];

        Assert.Equal(Challenge.Enrol(act.Nonce, ticket, ProviderWorld.PushAddress), asked.Challenge);
        Assert.NotEqual(Challenge.Enrol(act.Nonce, ticket, ProviderWorld.PushAddress + "x"), asked.Challenge);
    }

    [Fact]
    public async Task Begin_TicketNobodyGave_IsUnknown() =>
        Assert.Equal(ProviderErrorCodes.TicketUnknown, (await (await ProviderWorld.WithAccountAsync()).Acts.BeginEnrolmentAsync("nonsense", ProviderWorld.PushAddress)).Error?.Code);

    [Fact]
    public async Task Begin_TicketUsedBefore_IsReplayed()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var ticket = (await world.Desk.IssueTicketAsync(ProviderWorld.PatientA)).Value!;
        var act = (await world.Acts.BeginEnrolmentAsync(ticket, ProviderWorld.PushAddress)).Value!;
        var second = (await world.Acts.BeginEnrolmentAsync(ticket, ProviderWorld.PushAddress)).Value!;
        Assert.True((await world.Acts.CompleteAsync(world.Phone.Register(act.UafRequest, ProviderWorld.Facet), ticket)).Succeeded);

        Assert.Equal(ProviderErrorCodes.TicketReplayed, (await world.Acts.BeginEnrolmentAsync(ticket, ProviderWorld.PushAddress)).Error?.Code);
        var other = new SoftwareUafAuthenticator(world.Model);
        Assert.Equal(ProviderErrorCodes.TicketReplayed, (await world.Acts.CompleteAsync(other.Register(second.UafRequest, ProviderWorld.Facet), ticket)).Error?.Code);
        Assert.Single(await world.Store.ListDevicesAsync(world.Options.Tenant, ProviderWorld.PatientA));
    }

    [Fact]
    public async Task Begin_TicketAtItsEnd_IsExpired()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var ticket = (await world.Desk.IssueTicketAsync(ProviderWorld.PatientA)).Value!;
        world.Time.Advance(world.Options.TicketLifetime);

        Assert.Equal(ProviderErrorCodes.TicketExpired, (await world.Acts.BeginEnrolmentAsync(ticket, ProviderWorld.PushAddress)).Error?.Code);
    }

    [Fact]
    public async Task Complete_AnotherTicket_IsForeignAndBurnsTheAct()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var other = (await world.Desk.IssueTicketAsync(ProviderWorld.PatientA)).Value!;

        Assert.Equal(ProviderErrorCodes.TicketForeign, (await world.EnrolAsync(otherTicket: other)).Error?.Code);
        Assert.Empty(await world.Store.ListDevicesAsync(world.Options.Tenant, ProviderWorld.PatientA));
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/push")]
    [InlineData("not a url")]
    [InlineData("")]
    public async Task Begin_AddressOfNoChannel_IsRefused(string address) =>
        Assert.Equal(ProviderErrorCodes.PushAddressRefused, (await (await ProviderWorld.WithAccountAsync()).EnrolAsync(push: address)).Error?.Code);

    [Fact]
    public async Task Complete_AppNotOnTheList_IsRefused() =>
        Assert.Equal(UafErrorCodes.FacetUntrusted, (await (await ProviderWorld.WithAccountAsync()).EnrolAsync(facet: "android:apk-key-hash-sha256:BBBB")).Error?.Code);

    [Fact]
    public async Task Complete_AnsweredTwice_IsUnknownTheSecondTime()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var ticket = (await world.Desk.IssueTicketAsync(ProviderWorld.PatientA)).Value!;
        var act = (await world.Acts.BeginEnrolmentAsync(ticket, ProviderWorld.PushAddress)).Value!;
        var answer = world.Phone.Register(act.UafRequest, ProviderWorld.Facet);
        Assert.True((await world.Acts.CompleteAsync(answer, ticket)).Succeeded);

        Assert.Equal(ProviderErrorCodes.CeremonyUnknown, (await world.Acts.CompleteAsync(answer, ticket)).Error?.Code);
    }

    [Fact]
    public async Task Complete_AfterTheActsEnd_IsUnknown()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var ticket = (await world.Desk.IssueTicketAsync(ProviderWorld.PatientA)).Value!;
        var act = (await world.Acts.BeginEnrolmentAsync(ticket, ProviderWorld.PushAddress)).Value!;
        world.Time.Advance(world.Options.CeremonyLifetime);

        Assert.Equal(ProviderErrorCodes.CeremonyUnknown, (await world.Acts.CompleteAsync(world.Phone.Register(act.UafRequest, ProviderWorld.Facet), ticket)).Error?.Code);
    }

    [Fact]
    public async Task IssueTicket_SuspendedAccount_IsRefused()
    {
        var world = await ProviderWorld.WithAccountAsync();
        await world.Store.SetAccountStatusAsync(world.Options.Tenant, ProviderWorld.PatientA, AccountStatus.Suspended, world.Time.GetUtcNow());

        Assert.Equal(ProviderErrorCodes.AccountSuspended, (await world.Desk.IssueTicketAsync(ProviderWorld.PatientA)).Error?.Code);
    }

    [Fact]
    public async Task BeginSignIn_HandleNobodyWasGiven_FindsNoDevice() =>
        Assert.Equal(ProviderErrorCodes.NoDevice, (await (await ProviderWorld.EnrolledAsync()).Acts.BeginSignInAsync("nonsense")).Error?.Code);
}
