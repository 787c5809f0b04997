using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider.Tests;

public class AnnouncementTests
{
    [Fact]
    public async Task Notify_FirstAttempt_IsMadeAtOnceToTheNewestDevice()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        var request = await scene.AskAsync();
        var sent = Assert.Single(scene.Sent);
        Assert.Equal((OutboxScene.NewAddress, request.Id, true, request.ExpiresAt), (sent.PushAddress, sent.Id, sent.Urgent, sent.ExpiresAt));
        Assert.Equal(0, await scene.RunAfterAsync(44.9));
    }

    [Fact]
    public async Task Announce_NobodyOpensIt_NextDeviceIsAnnouncedToOnce()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        await scene.AskAsync();
        await scene.RunAfterAsync(45);
        Assert.Equal([OutboxScene.NewAddress, OutboxScene.OldAddress], scene.Addresses);
        await scene.RunAfterAsync(45);
        await scene.RunAfterAsync(45);
        Assert.Equal(2, scene.Sent.Count);
        Assert.Empty(scene.GivenUp);
    }

    [Fact]
    public async Task Announce_OpenedByADevice_IsTheReceipt()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        var request = await scene.AskAsync();
        await scene.World.ProveAsync(request.Id);
        await scene.RunAfterAsync(60);
        Assert.Single(scene.Sent);
    }

    [Fact]
    public async Task Announce_ReceiptOfTheChannel_EndsIt()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        var request = await scene.AskAsync();
        var receipts = new AnnouncementReceipts(scene.World.Store, scene.World.Options);
        Assert.True(await receipts.ReceivedAsync(request.Id));
        Assert.False(await receipts.ReceivedAsync(request.Id));
        await scene.RunAfterAsync(60);
        Assert.Single(scene.Sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Announce_DecidedOrOver_NobodyIsAskedAgain(bool denied)
    {
        var scene = await OutboxScene.WithPhonesAsync(configure: options => options.Outbox.FallbackAfter = denied ? TimeSpan.FromSeconds(45) : TimeSpan.FromMinutes(5));
        var request = await scene.AskAsync();
        if (denied)
        {
            Assert.True(await scene.World.Store.TryDenyRequestAsync(TenantId.Single, request.Id, scene.World.Time.GetUtcNow()));
        }

        await scene.RunAfterAsync(300);
        Assert.Single(scene.Sent);
        Assert.Empty(scene.GivenUp);
    }

    [Fact]
    public async Task Announce_ChannelNotReadyYet_IsSentAgainWithGrowingPausesAndNoOtherDeviceRings()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        scene.Channel = _ => DeviceDelivery.TryAgain("synthetic.unavailable");
        await scene.AskAsync();
        foreach (var (pause, attempts) in ((double, int)[])[(1.9, 1), (0.1, 2), (3.9, 2), (0.1, 3), (7.9, 3)])
        {
            await scene.RunAfterAsync(pause);
            Assert.Equal(attempts, scene.Sent.Count);
        }

        scene.Channel = null;
        await scene.RunAfterAsync(0.1);
        await scene.RunAfterAsync(20);
        Assert.All(scene.Addresses, address => Assert.Equal(OutboxScene.NewAddress, address));
        Assert.Equal(4, scene.Sent.Count);
    }

    [Fact]
    public async Task Announce_ChannelSaysWhen_IsNotAskedBefore()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1);
        var until = scene.World.Time.GetUtcNow().AddSeconds(40);
        scene.Channel = _ => DeviceDelivery.TryAgain("synthetic.quota", until);
        await scene.AskAsync();
        await scene.RunAfterAsync(39);
        Assert.Single(scene.Sent);
        await scene.RunAfterAsync(1);
        Assert.Equal(2, scene.Sent.Count);
    }

    [Fact]
    public async Task Announce_OneDeviceAwayTooLong_TheNextOneIsReachedAndTheFirstLeftInPeace()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        scene.Channel = address => address == OutboxScene.NewAddress ? DeviceDelivery.TryAgain("synthetic.unavailable") : DeviceDelivery.Sent;
        await scene.AskAsync();
        while (!scene.Addresses.Contains(OutboxScene.OldAddress))
        {
            Assert.NotEmpty(scene.Sent);
            await scene.RunAfterAsync(5);
        }

        var before = scene.Sent.Count;
        await scene.RunAfterAsync(100);
        Assert.Equal(before, scene.Sent.Count);
    }

    [Fact]
    public async Task Announce_AddressReachesNobody_IsClearedWithALineAndTheNextDeviceIsTriedAtOnce()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        var device = await scene.DeviceAsync(OutboxScene.NewAddress);
        scene.Channel = address => address == OutboxScene.NewAddress ? DeviceDelivery.Unregistered("synthetic.unregistered") : DeviceDelivery.Sent;
        await scene.AskAsync();
        Assert.Equal([OutboxScene.NewAddress, OutboxScene.OldAddress], scene.Addresses);
        var cleared = await scene.World.Store.FindDeviceAsync(TenantId.Single, device.Id);
        Assert.Equal((string.Empty, DeviceState.Active), (cleared!.PushAddress, cleared.State));
        var lines = await scene.World.Store.ListLifeCycleAsync(TenantId.Single, ProviderWorld.PatientA);
        Assert.Equal((LifeCycleEntry.PushAddressCleared, LifeCycleActor.Op, device.Id), (lines[^1].Event, lines[^1].Actor, lines[^1].DeviceId));
        var audit = await scene.World.Store.ListAuditAsync(TenantId.Single, 1, 1000);
        Assert.DoesNotContain(audit, entry => entry.ToString()!.Contains("phone-of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Announce_NoDeviceTakesIt_IsGivenUpWithItsCode()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        scene.Channel = _ => DeviceDelivery.Refused("synthetic.refused");
        await scene.AskAsync();
        await scene.RunAsync();
        Assert.Equal(2, scene.Sent.Count);
        Assert.Equal([(OutboxKinds.Announce, ProviderErrorCodes.AnnouncementUndeliverable)], scene.GivenUp);
        Assert.NotEmpty((await scene.DeviceAsync(OutboxScene.NewAddress)).PushAddress);
    }

    [Fact]
    public async Task Announce_NobodyTookItUntilTheEnd_IsGivenUpAsExpired()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1);
        scene.Channel = _ => DeviceDelivery.TryAgain();
        await scene.AskAsync();
        for (var second = 0; second < 300 && scene.GivenUp.Count == 0; second++)
        {
            await scene.RunAfterAsync(1);
        }

        Assert.Equal([(OutboxKinds.Announce, ProviderErrorCodes.OutboxExpired)], scene.GivenUp);
    }

    [Fact]
    public async Task Announce_ChannelThrows_TheCallerHearsItAndItIsSentAgain()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1);
        scene.Channel = _ => throw new IOException("synthetic");
        await Assert.ThrowsAsync<IOException>(scene.AskAsync);
        scene.Channel = null;
        await scene.RunAfterAsync(2);
        Assert.Equal(2, scene.Sent.Count);
    }

    [Fact]
    public async Task Announce_NodeDiedBeforeTheFirstAttempt_AnotherOneAnnounces()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1);
        await scene.World.OpenRequestAsync();
        Assert.Equal(0, await scene.RunAfterAsync(1.9));
        await scene.RunAfterAsync(0.1);
        Assert.Single(scene.Sent);
    }

    [Fact]
    public async Task Announce_NodeDiedWhileSending_AnotherOneAnnouncesWhenTheLeaseIsOver()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1);
        var request = await scene.World.OpenRequestAsync();
        Assert.NotNull(await scene.World.Store.TakeMessageAsync(TenantId.Single, "announce:" + request.Id, scene.World.Time.GetUtcNow(), TimeSpan.FromSeconds(60)));
        await scene.RunAfterAsync(59);
        Assert.Empty(scene.Sent);
        await scene.RunAfterAsync(1);
        Assert.Single(scene.Sent);
    }

    [Fact]
    public async Task Announce_ManyNodesAtOnce_OneAnnounces()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1);
        await scene.World.OpenRequestAsync();
        scene.World.Time.Advance(TimeSpan.FromSeconds(3));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(scene.RunAsync, TestContext.Current.CancellationToken)));
        Assert.Single(scene.Sent);
    }

    [Fact]
    public async Task PersonWithoutReachableDevice_IsNoFailure()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1);
        await scene.World.Store.ClearPushAddressAsync(TenantId.Single, (await scene.DeviceAsync(OutboxScene.NewAddress)).Id, OutboxScene.NewAddress, scene.World.Time.GetUtcNow());
        await scene.AskAsync();
        Assert.Equal(0, await scene.RunAfterAsync(10));
        Assert.Empty(scene.GivenUp);
    }
}
