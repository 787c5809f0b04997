using System.Net;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Provider;
using MedId.TestSupport;

namespace MedId.Push.Firebase.Tests;

/// <summary>The channel against a double that judges assertions by jose and messages by a schema.</summary>
[Trait("Peer", "node")]
public sealed class FirebaseNotifierTests(FcmDouble fcm) : IClassFixture<FcmDouble>, IDisposable
{
    private const string Id = "opaque-0001";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    // The double judges by its own clock, so ours begins there and only goes on.
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UtcNow);

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Deliver_ToADevice_SendsADataMessageWithTheOpaqueIdAndNothingElse()
    {
        fcm.Require();
        using var push = Notifier();
        Assert.Equal(DeviceDeliveryKind.Sent, (await push.DeliverAsync(To("device-plain"))).Kind);
        var message = (await SentToAsync("device-plain")).Single();
        Assert.Equal($$"""{"id":"{{Id}}"}""", message["data"]!.ToJsonString());
        Assert.Equal(["token", "data", "android", "apns"], message.Select(member => member.Key));
        Assert.Equal("""{"priority":"HIGH","ttl":"300s"}""", message["android"]!.ToJsonString());
        Assert.Equal("""{"aps":{"content-available":1}}""", message["apns"]!["payload"]!.ToJsonString());
        Assert.Equal(
            $$"""{"apns-push-type":"background","apns-priority":"5","apns-expiration":"{{_time.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds()}}"}""", message["apns"]!["headers"]!.ToJsonString());
        Assert.Empty((await fcm.SeenAsync())["wrong"]!.AsArray());
    }

    [Fact]
    public async Task Deliver_OfWhatIsOnlyTold_WakesNoScreen()
    {
        fcm.Require();
        using var push = Notifier(options => options.AppleAlertKey = "REQUEST_WAITS");
        Assert.Equal(DeviceDeliveryKind.Sent, (await push.DeliverAsync(To("device-told") with { Urgent = false })).Kind);
        Assert.Equal(DeviceDeliveryKind.Sent, (await push.DeliverAsync(To("device-asked"))).Kind);
        var told = (await SentToAsync("device-told")).Single();
        Assert.Equal(("NORMAL", "5"), ((string?)told["android"]!["priority"], (string?)told["apns"]!["headers"]!["apns-priority"]));
        var asked = (await SentToAsync("device-asked")).Single();
        Assert.Equal(("HIGH", "10"), ((string?)asked["android"]!["priority"], (string?)asked["apns"]!["headers"]!["apns-priority"]));
        Assert.Equal("""{"aps":{"alert":{"loc-key":"REQUEST_WAITS"},"mutable-content":1}}""", asked["apns"]!["payload"]!.ToJsonString());
        Assert.Empty((await fcm.SeenAsync())["wrong"]!.AsArray());
    }

    [Theory]
    [InlineData(-1, "0s")]
    [InlineData(0.9, "0s")]
    [InlineData(29 * 86400, "2419200s")]
    public async Task Deliver_LifeOfAMessage_IsWhatFcmTakes(double secondsLeft, string ttl)
    {
        fcm.Require();
        using var push = Notifier();
        var token = "device-ttl-" + secondsLeft.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(DeviceDeliveryKind.Sent, (await push.DeliverAsync(To(token) with { ExpiresAt = _time.GetUtcNow().AddSeconds(secondsLeft) })).Kind);
        Assert.Equal(ttl, (string?)(await SentToAsync(token)).Single()["android"]!["ttl"]);
    }

    [Theory]
    [InlineData("unregistered", DeviceDeliveryKind.Unregistered, FirebaseErrorCodes.Unregistered)]
    [InlineData("invalid-token", DeviceDeliveryKind.Unregistered, FirebaseErrorCodes.TokenInvalid)]
    [InlineData("invalid-token-short", DeviceDeliveryKind.Unregistered, FirebaseErrorCodes.TokenInvalid)]
    [InlineData("invalid-field", DeviceDeliveryKind.Refused, FirebaseErrorCodes.MessageRefused)]
    [InlineData("no-details", DeviceDeliveryKind.Refused, FirebaseErrorCodes.MessageRefused)]
    [InlineData("not-json", DeviceDeliveryKind.Refused, FirebaseErrorCodes.MessageRefused)]
    [InlineData("sender-mismatch", DeviceDeliveryKind.Refused, FirebaseErrorCodes.SenderMismatch)]
    [InlineData("forbidden", DeviceDeliveryKind.Refused, FirebaseErrorCodes.Forbidden)]
    [InlineData("third-party", DeviceDeliveryKind.Refused, FirebaseErrorCodes.ThirdPartyAuthentication)]
    [InlineData("no-project", DeviceDeliveryKind.Refused, FirebaseErrorCodes.AnswerUnexpected)]
    [InlineData("unavailable", DeviceDeliveryKind.TryAgain, FirebaseErrorCodes.Unavailable)]
    [InlineData("internal", DeviceDeliveryKind.TryAgain, FirebaseErrorCodes.Unavailable)]
    [InlineData("bad-gateway", DeviceDeliveryKind.TryAgain, FirebaseErrorCodes.Unavailable)]
    [InlineData("redirect", DeviceDeliveryKind.TryAgain, FirebaseErrorCodes.AnswerUnexpected)]
    public async Task Deliver_Fault_IsJudgedByItsName(string fault, DeviceDeliveryKind kind, string code)
    {
        fcm.Require();
        using var push = Notifier();
        var delivery = await push.DeliverAsync(To(fault));
        Assert.Equal((kind, code, null), (delivery.Kind, delivery.Code, delivery.RetryAt));
    }

    [Theory]
    [InlineData("quota", FirebaseErrorCodes.QuotaExceeded, 60, 60)]
    [InlineData("quota-seconds", FirebaseErrorCodes.QuotaExceeded, 90, 90)]
    [InlineData("quota-date", FirebaseErrorCodes.QuotaExceeded, 80, 95)]
    [InlineData("quota-week", FirebaseErrorCodes.QuotaExceeded, 3600, 3600)]
    [InlineData("unavailable-seconds", FirebaseErrorCodes.Unavailable, 30, 30)]
    [InlineData("unavailable-date", FirebaseErrorCodes.Unavailable, 20, 35)]
    public async Task Deliver_ToldToWait_SaysUntilWhen(string fault, string code, int least, int most)
    {
        fcm.Require();
        using var push = Notifier();
        var delivery = await push.DeliverAsync(To(fault));
        Assert.Equal((DeviceDeliveryKind.TryAgain, code), (delivery.Kind, delivery.Code));
        Assert.InRange((delivery.RetryAt!.Value - _time.GetUtcNow()).TotalSeconds, least, most);
    }

    [Fact]
    public async Task Deliver_NoAnswerInTime_IsTriedAgain()
    {
        fcm.Require();
        using var push = new FirebaseNotifier(_http, () => fcm.Account(), Options(options => options.Timeout = TimeSpan.FromMilliseconds(300)));
        Assert.Equal(FirebaseErrorCodes.Unavailable, (await push.DeliverAsync(To("slow"))).Code);
    }

    [Fact]
    public async Task Deliver_TokenRevoked_IsRenewedOnceAndSent()
    {
        fcm.Require();
        using var push = Notifier();
        Assert.True(await push.NotifyAsync("fcm:device-one", Id));
        var before = await TokensAsync();
        await fcm.RevokeAsync();
        Assert.True(await push.NotifyAsync("fcm:device-one", Id));
        Assert.Equal(before + 1, await TokensAsync());
    }

    [Fact]
    public async Task Deliver_TokenRefusedAlsoWhenNew_IsNotRenewedForEver()
    {
        fcm.Require();
        using var push = Notifier();
        var before = await TokensAsync();
        var delivery = await push.DeliverAsync(To("unauthenticated"));
        Assert.Equal((DeviceDeliveryKind.TryAgain, FirebaseErrorCodes.Unauthenticated), (delivery.Kind, delivery.Code));
        Assert.Equal(before + 2, await TokensAsync());
    }

    [Fact]
    public async Task Deliver_ManyAtOnce_FetchOneToken()
    {
        fcm.Require();
        using var push = Notifier();
        var before = await TokensAsync();
        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => push.NotifyAsync("fcm:device-many-" + number, Id).AsTask()));
        Assert.All(sent, Assert.True);
        Assert.Equal(before + 1, await TokensAsync());
    }

    [Fact]
    public async Task Deliver_TokenNearItsEnd_IsRenewedBefore()
    {
        fcm.Require();
        using var push = Notifier();
        await push.NotifyAsync("fcm:device-near", Id);
        var before = await TokensAsync();
        _time.Advance(TimeSpan.FromSeconds(3599 - 300) - TimeSpan.FromTicks(1));
        await push.NotifyAsync("fcm:device-near", Id);
        Assert.Equal(before, await TokensAsync());
        _time.Advance(TimeSpan.FromTicks(1));

        // The assertion says the instant of our clock, which the double does not believe: what counts is that a new token was asked for, and that the old one served on.
        var complaints = (await fcm.SeenAsync())["complaints"]!.AsArray().Count;
        Assert.True(await push.NotifyAsync("fcm:device-near", Id));
        Assert.Equal(complaints + 1, (await fcm.SeenAsync())["complaints"]!.AsArray().Count);
    }

    [Fact]
    public async Task Deliver_AnotherKeyOfTheAccount_AsksForANewTokenByIt()
    {
        fcm.Require();
        var key = fcm.Key;
        using var push = new FirebaseNotifier(_http, () => fcm.Account(key), Options(), _time);
        await push.NotifyAsync("fcm:device-rotation", Id);
        key = fcm.NextKey;
        Assert.True(await push.NotifyAsync("fcm:device-rotation", Id));
        var last = (await fcm.SeenAsync())["assertions"]!.AsArray()[^1]!;
        Assert.Equal("key-2", (string?)last["kid"]);
        Assert.InRange((int)last["life"]!, 60, 3600);
    }

    [Theory]
    [InlineData("refused", FirebaseErrorCodes.TokenRefused)]
    [InlineData("unavailable", FirebaseErrorCodes.TokenUnavailable)]
    [InlineData("not-json", FirebaseErrorCodes.TokenMalformed)]
    [InlineData("no-type", FirebaseErrorCodes.TokenMalformed)]
    [InlineData("html", FirebaseErrorCodes.TokenMalformed)]
    public async Task Deliver_NoToken_WaitsForOne(string fault, string code)
    {
        fcm.Require();
        using var push = Notifier();
        await fcm.TokenAsync(fault);
        try
        {
            var delivery = await push.DeliverAsync(To("device-x"));
            Assert.Equal((DeviceDeliveryKind.TryAgain, code), (delivery.Kind, delivery.Code));
        }
        finally
        {
            await fcm.TokenAsync();
        }

        Assert.True(await push.NotifyAsync("fcm:device-x", Id));
    }

    [Fact]
    public async Task Deliver_ServerAway_IsTriedAgain()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.RS256);
        using var push = new FirebaseNotifier(_http, () => new("synthetic", "a@b.example", key, "http://127.0.0.1:1/token"), Options());
        Assert.Equal(FirebaseErrorCodes.TokenUnavailable, (await push.DeliverAsync(To("device"))).Code);
    }

    [Theory]
    [InlineData("fcm:")]
    [InlineData("FCM:token")]
    [InlineData("http://127.0.0.1/push")]
    [InlineData("fcm:with space")]
    [InlineData("fcm:トークン")]
    public async Task Deliver_AddressOfAnotherForm_LeavesNothing(string address)
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.RS256);
        using var push = new FirebaseNotifier(_http, () => new("synthetic", "a@b.example", key, "http://127.0.0.1:1/token"), Options());
        var delivery = await push.DeliverAsync(To("x") with { PushAddress = address });
        Assert.Equal((DeviceDeliveryKind.Refused, FirebaseErrorCodes.AddressMalformed), (delivery.Kind, delivery.Code));
    }

    [Theory]
    [InlineData("from")]
    [InlineData("google.id")]
    [InlineData("gcm_id")]
    [InlineData("")]
    public void New_DataKeyOfFcms_IsRefused(string key) =>
        Assert.Throws<ArgumentException>(() => new FirebaseNotifier(_http, () => null!, Options(options => options.DataKey = key)));

    [Fact]
    public void New_PlainHttp_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new FirebaseNotifier(_http, () => null!, new() { Endpoint = "http://fcm.example" }));

    private DeviceAnnouncement To(string token) =>
        new() { PushAddress = "fcm:" + token, Id = Id, Urgent = true, ExpiresAt = _time.GetUtcNow().AddMinutes(5) };

    private FirebaseOptions Options(Action<FirebaseOptions>? configure = null)
    {
        var options = new FirebaseOptions { Endpoint = fcm.Origin.Length > 0 ? fcm.Origin : "http://127.0.0.1:1", AllowHttpOnLoopback = true };
        configure?.Invoke(options);
        return options;
    }

    private FirebaseNotifier Notifier(Action<FirebaseOptions>? configure = null) => new(_http, () => fcm.Account(), Options(configure), _time);

    private async Task<int> TokensAsync() => (await fcm.SeenAsync())["assertions"]!.AsArray().Count;

    private async Task<IReadOnlyList<JsonObject>> SentToAsync(string token) =>
        [.. (await fcm.SeenAsync())["sends"]!.AsArray().Select(one => one!["message"]!.AsObject()).Where(one => (string?)one["token"] == token)];
}
