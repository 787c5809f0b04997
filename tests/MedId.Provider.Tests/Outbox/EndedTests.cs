using MedId.Core;

namespace MedId.Provider.Tests;

public class EndedTests
{
    [Fact]
    public async Task Tell_PartyAway_IsToldWhenItIsBackAndPhonesOnce()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        scene.PartyIsAway = true;
        var consent = await scene.WithdrawAsync(await scene.ConsentAsync());
        Assert.Empty(scene.Told);
        Assert.Equal(2, scene.Sent.Count(sent => sent.Id == consent.Id));
        await scene.RunAfterAsync(2);
        scene.PartyIsAway = false;
        await scene.RunAfterAsync(3);
        Assert.Empty(scene.Told);
        await scene.RunAfterAsync(1);
        var news = Assert.Single(scene.Told);
        Assert.Equal((consent.Id, consent.Recipient.ClientId, consent.Resource, consent.WithdrawnAt), (news.ConsentId, news.ClientId, news.Resource, news.At));
        Assert.Equal(2, scene.Sent.Count(sent => sent.Id == consent.Id));
        Assert.Equal(0, await scene.RunAfterAsync(3600));
    }

    [Fact]
    public async Task Tell_NodeDiedAfterTheWithdrawal_AnotherOneTells()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1);
        await scene.WithdrawAsync(await scene.ConsentAsync(), tellsAtOnce: false);
        await scene.RunAfterAsync(2);
        Assert.Single(scene.Told);
    }

    [Fact]
    public async Task Tell_ActingDevice_IsNotTold()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        var acting = await scene.DeviceAsync(OutboxScene.NewAddress);
        var consent = await scene.WithdrawAsync(await scene.ConsentAsync(), tellsAtOnce: false);
        scene.Channel = _ => DeviceDelivery.TryAgain();
        Assert.Equal(1, await scene.Reach.TellAsync([consent], acting.Id));
        scene.Channel = null;
        await scene.RunAfterAsync(2);
        Assert.All(scene.Addresses, address => Assert.Equal(OutboxScene.OldAddress, address));
        Assert.Equal(2, scene.Sent.Count(sent => sent.Id == consent.Id));
    }

    [Fact]
    public async Task LostDevice_PartiesOfItsConsentsAreTold()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        var consent = await scene.ConsentAsync();
        await ChangeAsync(scene, DeviceEvent.ReportLost);
        await scene.RunAfterAsync(2);
        Assert.Equal(consent.Id, Assert.Single(scene.Told).ConsentId);
        Assert.Equal([OutboxScene.OldAddress], scene.Sent.Where(sent => sent.Id == consent.Id).Select(sent => sent.PushAddress));
    }

    [Fact]
    public async Task SuspendedDeviceResumedAtOnce_NobodyIsTold()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        await scene.ConsentAsync();
        await ChangeAsync(scene, DeviceEvent.Suspend);
        await ChangeAsync(scene, DeviceEvent.Resume);
        await scene.RunAfterAsync(2);
        Assert.Empty(scene.Told);
    }

    [Fact]
    public async Task Wire_EveryKind_CarriesOpaqueIdsOnly()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        scene.Channel = address => address == OutboxScene.NewAddress ? DeviceDelivery.TryAgain("synthetic.unavailable") : DeviceDelivery.Sent;
        var asked = await scene.AskAsync();
        var consent = await scene.ConsentAsync();
        scene.PartyIsAway = true;
        await scene.WithdrawAsync(consent);
        for (var minute = 0; minute < 10; minute++)
        {
            await scene.RunAfterAsync(30);
        }

        scene.PartyIsAway = false;
        await scene.RunAfterAsync(600);
        Assert.NotEmpty(scene.Sent);
        Assert.NotEmpty(scene.Told);
        string[] opaque = [asked.Id, consent.Id];
        Assert.All(scene.Sent, sent => Assert.Contains(sent.Id, opaque));
        Assert.All(scene.Sent, sent => Assert.Equal(sent.Id, sent.ToString()));
        Assert.All(scene.Told, news => Assert.Equal(consent.Id, news.ConsentId));

        // What waits in the store names nobody either.
        var third = await scene.AskAsync();
        var message = (await scene.World.Store.TakeMessageAsync(TenantId.Single, "announce:" + third.Id, scene.World.Time.GetUtcNow(), TimeSpan.FromSeconds(60)))!;
        Assert.All(
            (string[])["架空", "marked", "127.0.0.1", "synthetic-doctor", "synthetic-org", "MedicationRequest", "WXYZ"],
            personal => Assert.DoesNotContain(personal, message.Body + message, StringComparison.Ordinal));
    }

    private static async Task ChangeAsync(OutboxScene scene, DeviceEvent happened) => Assert.Null((await scene.World.Store.ChangeDeviceAsync(new()
    {
        Tenant = TenantId.Single,
        AccountId = ProviderWorld.PatientA,
        DeviceId = (await scene.DeviceAsync(OutboxScene.NewAddress)).Id,
        Event = happened,
        Actor = LifeCycleActor.Op,
        At = scene.World.Time.GetUtcNow(),
    })).Error);
}
