namespace MedId.Provider.Tests;

public class PushChannelTests
{
    [Fact]
    public async Task Of_Several_EachAddressGoesToTheChannelOfItsScheme()
    {
        var (one, two) = (new Channel(), new Channel());
        var both = PushChannels.Of([new(["fcm"], one), new(["https", "fcm"], two)]);
        Assert.True(await both.NotifyAsync("fcm:a", "id"));
        Assert.Equal(DeviceDeliveryKind.Sent, (await both.DeliverAsync(To("https://push.example/b"))).Kind);
        Assert.Equal(["fcm:a"], one.Addresses);
        Assert.Equal(["https://push.example/b"], two.Addresses);
    }

    [Theory]
    [InlineData("mailto:a@b.example")]
    [InlineData("")]
    [InlineData(":x")]
    public async Task Of_NobodysScheme_IsRefused(string address)
    {
        var both = PushChannels.Of([new(["fcm"], new Channel()), new(["https"], new Channel())]);
        Assert.Equal((DeviceDeliveryKind.Refused, ProviderErrorCodes.PushChannelUnknown), ((await both.DeliverAsync(To(address))).Kind, (await both.DeliverAsync(To(address))).Code));
        Assert.False(await both.NotifyAsync(address, "id"));
    }

    [Fact]
    public void Of_One_IsThatOneAndNoneIsMisuse()
    {
        var only = new Channel();
        Assert.Same(only, PushChannels.Of([new([], only)]));
        Assert.Throws<ArgumentException>(() => PushChannels.Of([]));
    }

    private static DeviceAnnouncement To(string address) => new() { PushAddress = address, Id = "id", Urgent = true, ExpiresAt = ProviderWorld.Start };

    private sealed class Channel : IDeviceNotifier
    {
        public List<string> Addresses { get; } = [];

        public ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default)
        {
            Addresses.Add(pushAddress);
            return ValueTask.FromResult(true);
        }
    }
}
