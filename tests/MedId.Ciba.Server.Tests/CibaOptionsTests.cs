using MedId.OAuth.Server;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

public sealed class CibaOptionsTests
{
    private static readonly OAuthServerOptions Server = new() { Issuer = TestServer.Issuer };

    [Fact]
    public void Validate_Defaults_Stand()
    {
        Assert.Empty(new CibaOptions().Validate(Server));
        Assert.Equal("https://op.example/bc-authorize", new CibaOptions().EndpointOf(Server));
    }

    public static TheoryData<Action<CibaOptions>, string> Wrong { get; } = new()
    {
        { o => o.BackchannelAuthenticationEndpoint = "http://op.example/bc", "BackchannelAuthenticationEndpoint" },
        { o => o.MaximumExpiry = TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(1), "MaximumExpiry" },
        { o => o.DefaultExpiry = TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1), "DefaultExpiry" },
        { o => o.DefaultExpiry = TimeSpan.FromMilliseconds(1500), "DefaultExpiry" },
        { o => o.Interval = TimeSpan.Zero, "Interval" },
        { o => o.MaxSignedRequestLifetime = TimeSpan.FromMinutes(61), "MaxSignedRequestLifetime" },
        { o => o.IdTokenHintMaxAge = TimeSpan.Zero, "IdTokenHintMaxAge" },
        { o => o.MaxPendingOfSubject = 0, "MaxPendingOfSubject" },
        { o => o.LongPollHold = TimeSpan.FromSeconds(31), "LongPollHold" },
        { o => o.LongPollHold = TimeSpan.FromSeconds(-1), "LongPollHold" },
        { o => o.MaxHeldPollsOfClient = 0, "MaxHeldPollsOfClient" },
        { o => o.NotificationTimeout = TimeSpan.FromSeconds(31), "NotificationTimeout" },
        { o => o.DeliveryModes = [], "DeliveryModes" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_OneOptionWrong_IsNamed(Action<CibaOptions> change, string option)
    {
        var options = new CibaOptions();
        change(options);
        Assert.Contains(option, Assert.Single(options.Validate(Server)), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TestOp(change));
    }

    [Fact]
    public void UserIdentification_CodesAskedForAndNobodyToVerify_NamesWhatIsMissing()
    {
        var op = new TestOp();
        var thrown = Assert.Throws<ArgumentException>(() => new UserIdentification(op, op.Server.Keys, op.Server.Store, op.Server.Options, op.Options));
        Assert.Contains(nameof(IUserCodeVerifier), thrown.Message, StringComparison.Ordinal);
        Assert.False(new UserIdentification(op, op.Server.Keys, op.Server.Store, op.Server.Options, new() { UserCodeRequiredFor = [] }).TakesUserCodes);
    }
}
