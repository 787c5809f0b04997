using MedId.Core;
using MedId.Fido.Uaf;
using MedId.Testing;

namespace MedId.Provider.Tests;

public sealed class LifeCycleTests
{
    private static readonly LifeCycleActor Clerk = LifeCycleActor.Clerk("synthetic-clerk", "synthetic-org");

    /// <summary>The table, written down once more and by hand: a change of one cell has to be meant.</summary>
    [Theory]
    [InlineData(DeviceState.Active, "Suspended - Lost - Expired Replaced Revoked Suspended", ProviderErrorCodes.DeviceActive)]
    [InlineData(DeviceState.Suspended, "- Active Lost - Expired Replaced Revoked -", ProviderErrorCodes.DeviceSuspended)]
    [InlineData(DeviceState.Lost, "- - - Suspended - Replaced Revoked -", ProviderErrorCodes.DeviceLost)]
    [InlineData(DeviceState.Expired, "- - Lost - - Replaced Revoked -", ProviderErrorCodes.DeviceExpired)]
    [InlineData(DeviceState.Replaced, "- - - - - - - -", ProviderErrorCodes.DeviceReplaced)]
    [InlineData(DeviceState.Revoked, "- - - - - - - -", ProviderErrorCodes.DeviceRevoked)]
    public void DeviceTransitions_EveryCell_IsStateOrCode(DeviceState from, string row, string code)
    {
        var cells = DeviceTransitions.All.Where(cell => cell.From == from).OrderBy(cell => cell.Event).ToList();
        Assert.Equal(row, string.Join(' ', cells.Select(cell => cell.To?.ToString() ?? "-")));
        Assert.All(cells, cell =>
        {
            var decided = DeviceTransitions.Decide(from, cell.Event);
            Assert.Equal((cell.To is null ? code : null, cell.To ?? default), (decided.Error?.Code, decided.Value));
            Assert.Equal(cell.Code, decided.Error?.Code);
        });
    }

    [Theory]
    [InlineData(AccountStatus.Established, "Active - - Archived -", ProviderErrorCodes.AccountEstablished)]
    [InlineData(AccountStatus.Active, "- Suspended - Archived -", ProviderErrorCodes.AccountActive)]
    [InlineData(AccountStatus.Suspended, "- - Active Archived -", ProviderErrorCodes.AccountSuspended)]
    [InlineData(AccountStatus.Archived, "- - - - Established", ProviderErrorCodes.AccountArchived)]
    public void AccountTransitions_EveryCell_IsStateOrCode(AccountStatus from, string row, string code)
    {
        var cells = AccountTransitions.All.Where(cell => cell.From == from).OrderBy(cell => cell.Event).ToList();
        Assert.Equal(row, string.Join(' ', cells.Select(cell => cell.To?.ToString() ?? "-")));
        Assert.All(cells, cell => Assert.Equal(cell.To is null ? code : null, AccountTransitions.Decide(from, cell.Event).Error?.Code));
    }

    [Fact]
    public void Tables_EveryStateAndEvent_StandsOnce()
    {
        Assert.Equal(6 * 8, DeviceTransitions.All.DistinctBy(cell => (cell.From, cell.Event)).Count());
        Assert.Equal(4 * 5, AccountTransitions.All.DistinctBy(cell => (cell.From, cell.Event)).Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => DeviceTransitions.CodeOf((DeviceState)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => AccountTransitions.CodeOf((AccountStatus)9));
        Assert.Equal([DeviceState.Active, DeviceState.Expired, DeviceState.Replaced], Enum.GetValues<DeviceState>().Where(DeviceTransitions.ConsentsStand));
    }

    [Theory]
    [InlineData(DeviceState.Suspended, DeviceEvent.Suspend, ProviderErrorCodes.DeviceSuspended)]
    [InlineData(DeviceState.Lost, DeviceEvent.ReportLost, ProviderErrorCodes.DeviceLost)]
    [InlineData(DeviceState.Revoked, DeviceEvent.Revoke, ProviderErrorCodes.DeviceRevoked)]
    [InlineData(DeviceState.Expired, DeviceEvent.Expire, ProviderErrorCodes.DeviceExpired)]
    public async Task Acts_OfADeviceThatMayNotAct_BeginNotAndEndNot(DeviceState state, DeviceEvent happened, string code)
    {
        var world = await ProviderWorld.WithAccountAsync();
        var handle = (await world.EnrolAsync()).Value!.Token!;
        var request = await world.OpenRequestAsync();
        var open = (await world.Acts.BeginOpenAsync(request.Id)).Value!;
        var signIn = (await world.Acts.BeginSignInAsync(handle)).Value!;

        Assert.Equal(state, (await ChangeAsync(world, happened)).Value!.State);

        Assert.Equal(code, (await world.Acts.BeginSignInAsync(handle)).Error?.Code);
        foreach (var act in new[] { open, signIn })
        {
            Assert.Equal(code, (await world.Acts.CompleteAsync(world.Phone.Authenticate(act.UafRequest, ProviderWorld.Facet), null)).Error?.Code);
        }

        await world.Store.AddRequestAsync(request with { Id = "later", AuthReqIdDigest = "later" }, 8);
        Assert.Equal(code, (await world.Acts.BeginOpenAsync("later")).Error?.Code);
        Assert.Equal(code, (await ChangeAsync(world, happened)).Error?.Code);
    }

    [Fact]
    public async Task Counter_ThatDidNotMoveOn_SuspendsTheDeviceThatSigned()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var handle = (await world.EnrolAsync()).Value!.Token!;
        var other = new SoftwareUafAuthenticator(world.Model);
        var ticket = (await world.Desk.IssueTicketAsync(ProviderWorld.PatientA, ProviderWorld.Proofed)).Value!;
        var enrol = (await world.Acts.BeginEnrolmentAsync(ticket, ProviderWorld.PushAddress)).Value!;
        Assert.Null((await world.Acts.CompleteAsync(other.Register(enrol.UafRequest, ProviderWorld.Facet), ticket)).Error);

        await SignInAsync(world, handle);
        var act = (await world.Acts.BeginSignInAsync(handle)).Value!;
        Assert.Equal(UafErrorCodes.CounterNotAdvanced, (await world.Acts.CompleteAsync(world.Phone.Authenticate(act.UafRequest, ProviderWorld.Facet, UafFault.OldCounter), null)).Error?.Code);

        var devices = await world.Store.ListDevicesAsync(TenantId.Single, ProviderWorld.PatientA);
        Assert.Equal([DeviceState.Active, DeviceState.Suspended], devices.Select(device => device.State));
        Assert.Equal(ProviderErrorCodes.DeviceSuspended, (await world.Acts.BeginSignInAsync(handle)).Error?.Code);
    }

    [Fact]
    public async Task IssueTicket_AtTheDesk_RecordsClerkInstitutionAndLevel()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var desk = Desk(world);

        var ticket = (await desk.IssueTicketAsync(ProviderWorld.PatientA, Clerk, ProofingLevel.Substantial)).Value!;
        var act = (await world.Acts.BeginEnrolmentAsync(ticket, ProviderWorld.PushAddress)).Value!;
        Assert.Null((await world.Acts.CompleteAsync(world.Phone.Register(act.UafRequest, ProviderWorld.Facet), ticket)).Error);

        var expected = new ProofingRecord { Method = ProofingRecord.ReceptionDesk, Level = ProofingLevel.Substantial, At = ProviderWorld.Start, InstitutionId = "synthetic-org", ClerkId = "synthetic-clerk" };
        Assert.Equal(expected, Assert.Single(await world.Store.ListDevicesAsync(TenantId.Single, ProviderWorld.PatientA)).Proofing);
        var line = Assert.Single(await world.Store.ListLifeCycleAsync(TenantId.Single, ProviderWorld.PatientA));
        Assert.Equal((LifeCycleEntry.Enrolled, Clerk, expected), (line.Event, line.Actor, line.Proofing));
        Assert.DoesNotContain("synthetic-clerk", line.ToString() + expected + line.Actor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IssueTicket_WithoutClerkOrLevel_IsMisuse()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var desk = Desk(world);

        await Assert.ThrowsAsync<ArgumentException>(async () => await desk.IssueTicketAsync(ProviderWorld.PatientA, Clerk, ProofingLevel.Unstated));
        await Assert.ThrowsAsync<ArgumentException>(async () => await desk.IssueTicketAsync(ProviderWorld.PatientA, LifeCycleActor.Op, ProofingLevel.High));
        await Assert.ThrowsAsync<ArgumentException>(async () => await desk.ChangeDeviceAsync(ProviderWorld.PatientA, "x", DeviceEvent.Suspend, LifeCycleActor.Person("x")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await desk.ChangeDeviceAsync(ProviderWorld.PatientA, "x", DeviceEvent.Replace, Clerk));
        await Assert.ThrowsAsync<ArgumentException>(async () => await desk.ChangeAccountAsync(ProviderWorld.PatientA, AccountEvent.Suspend, LifeCycleActor.Op));
        Assert.Throws<ArgumentException>(() => LifeCycleActor.Clerk(" ", "org"));
        Assert.Throws<ArgumentException>(() => LifeCycleActor.Administrator(string.Empty));
    }

    [Fact]
    public async Task Recovery_ByAWeakerCheckThanWhatWasLost_IsRefused()
    {
        var world = await ProviderWorld.WithAccountAsync();
        Assert.Null((await world.EnrolAsync()).Error);
        Assert.Null((await ChangeAsync(world, DeviceEvent.ReportLost)).Error);
        var desk = Desk(world);

        Assert.Equal(ProofingLevel.High, (await desk.RecoveryLevelAsync(ProviderWorld.PatientA)).Value);
        Assert.Equal(ProviderErrorCodes.ProofingTooWeak, (await desk.IssueTicketAsync(ProviderWorld.PatientA, Clerk, ProofingLevel.Substantial)).Error?.Code);
        Assert.Null((await desk.IssueTicketAsync(ProviderWorld.PatientA, Clerk, ProofingLevel.High)).Error);
        Assert.Equal(ProviderErrorCodes.DeviceUnknown, (await desk.IssueTicketAsync(ProviderWorld.PatientA, Clerk, ProofingLevel.High, replaces: "unknown")).Error?.Code);
        Assert.Equal(ProviderErrorCodes.AccountUnknown, (await desk.RecoveryLevelAsync("unknown")).Error?.Code);
    }

    [Fact]
    public async Task Recovery_OfAHardwareKeyThatWasBoundUnproofed_AsksForSubstantial()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var ticket = (await world.Desk.IssueTicketAsync(ProviderWorld.PatientA)).Value!;
        var act = (await world.Acts.BeginEnrolmentAsync(ticket, ProviderWorld.PushAddress)).Value!;
        Assert.Null((await world.Acts.CompleteAsync(world.Phone.Register(act.UafRequest, ProviderWorld.Facet), ticket)).Error);

        Assert.True(Assert.Single(await world.Store.ListDevicesAsync(TenantId.Single, ProviderWorld.PatientA)).HardwareBound);
        Assert.Equal(ProofingLevel.Substantial, (await Desk(world).RecoveryLevelAsync(ProviderWorld.PatientA)).Value);
        Assert.Equal(ProviderErrorCodes.ProofingTooWeak, (await world.Desk.IssueTicketAsync(ProviderWorld.PatientA)).Error?.Code);
    }

    [Fact]
    public async Task Revoke_LastDevice_AsksForAChoice()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var handle = (await world.EnrolAsync()).Value!.Token!;
        var token = await SignInAsync(world, handle);
        var devices = new DeviceLifeCycle(world.Store, world.Options, world.Time);
        var id = (await devices.ListAsync(token)).Value![0].Id;

        Assert.Equal(ProviderErrorCodes.LastDevice, (await devices.RevokeAsync(token, id)).Error?.Code);
        var revoked = (await devices.RevokeAsync(token, id, LastDeviceChoice.IssueTicket)).Value!;

        var request = Assert.Single(DeregistrationRequest.Parse(revoked.Deregistration!).Value.DistinctBy(one => one.Header.Operation));
        Assert.Equal(revoked.Device.KeyId, request.Authenticators[0].KeyId?.Value);
        Assert.DoesNotContain(revoked.Ticket!, revoked.ToString(), StringComparison.Ordinal);
        Assert.Null((await world.Acts.BeginEnrolmentAsync(revoked.Ticket!, ProviderWorld.PushAddress)).Error);
        Assert.Equal(ProviderErrorCodes.DeviceTokenRefused, (await devices.ListAsync(token)).Error?.Code);
    }

    [Theory]
    [InlineData("父のスマホ", true)]
    [InlineData("📱", true)]
    [InlineData("a", true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("a\u0000", false)]
    [InlineData("a\u202Eb", false)]
    [InlineData("a\u2028b", false)]
    [InlineData("\uE000", false)]
    public async Task Rename_Name_IsOneThatCanBeShown(string name, bool accepted)
    {
        var world = await ProviderWorld.WithAccountAsync();
        var token = await SignInAsync(world, (await world.EnrolAsync()).Value!.Token!);
        var devices = new DeviceLifeCycle(world.Store, world.Options, world.Time);
        var id = (await devices.ListAsync(token)).Value![0].Id;

        Assert.Equal(accepted ? null : ProviderErrorCodes.DeviceNameRefused, (await devices.RenameAsync(token, id, name)).Error?.Code);

        Assert.Equal(accepted ? name : null, (await devices.ListAsync(token)).Value![0].Name);
        Assert.Equal(ProviderErrorCodes.DeviceNameRefused, (await devices.RenameAsync(token, id, "a" + (char)0xD800)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.DeviceNameRefused, (await devices.RenameAsync(token, id, new string('x', DeviceLifeCycle.LongestName + 1))).Error?.Code);
    }

    [Fact]
    public async Task Change_EventsThatAreNotThePersons_AreMisuse()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var devices = new DeviceLifeCycle(world.Store, world.Options, world.Time);

        foreach (var happened in new[] { DeviceEvent.Expire, DeviceEvent.Replace, DeviceEvent.Revoke, DeviceEvent.SuspectClone })
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await devices.ChangeAsync("token", "id", happened));
        }
    }

    [Fact]
    public async Task Announce_OnlyDeviceThatMayAct_IsTheOneThatRings()
    {
        var world = await ProviderWorld.WithAccountAsync();
        Assert.Null((await world.EnrolAsync()).Error);
        Assert.Null((await ChangeAsync(world, DeviceEvent.Suspend)).Error);

        var decision = await world.Opener.OpenAsync(world.Validated(await world.EvidenceAsync()));

        Assert.Equal(ProviderErrorCodes.NoDevice, decision.Refusal!.Error.Code);
    }

    private static LifeCycleDesk Desk(ProviderWorld world) => new(world.Store, world.Options, world.Desk, world.Time);

    private static async Task<MedIdResult<Device>> ChangeAsync(ProviderWorld world, DeviceEvent happened) => await world.Store.ChangeDeviceAsync(new()
    {
        Tenant = TenantId.Single,
        AccountId = ProviderWorld.PatientA,
        DeviceId = (await world.Store.ListDevicesAsync(TenantId.Single, ProviderWorld.PatientA))[0].Id,
        Event = happened,
        Actor = Clerk,
        At = world.Time.GetUtcNow(),
        LeavesNone = true,
    });

    private static async Task<string> SignInAsync(ProviderWorld world, string handle)
    {
        var act = (await world.Acts.BeginSignInAsync(handle)).Value!;
        return (await world.Acts.CompleteAsync(world.Phone.Authenticate(act.UafRequest, ProviderWorld.Facet), null)).Value!.Token!;
    }
}
