using MedId.Core;
using MedId.OAuth.Server;
using MedId.TestSupport;

namespace MedId.Provider.Tests;

public class ClientAuthenticationLimitTests
{
    private readonly InMemoryProviderStore _store = new();
    private readonly ManualTimeProvider _time = new(ProviderWorld.Start);
    private readonly ProviderOptions _options = new();

    [Fact]
    public async Task MayTry_TooManyFailuresOfAClientAtAnAddress_ThatClientIsNotHeardFromThereOnAnyNode()
    {
        _options.Limits.FailuresOfClientAtAddress = 3;
        var (one, other) = (Node(), Node());
        for (var failure = 0; failure < 3; failure++)
        {
            Assert.True(await one.MayTryAsync(From("192.0.2.1"), "client-a"));
            await one.FailedAsync(From("192.0.2.1"), "client-a");
        }

        Assert.False(await one.MayTryAsync(From("192.0.2.1"), "client-a"));
        Assert.False(await other.MayTryAsync(From("192.0.2.1"), "client-a"));
        Assert.True(await one.MayTryAsync(From("192.0.2.2"), "client-a"));
        Assert.True(await one.MayTryAsync(From("192.0.2.1"), "client-b"));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await one.MayTryAsync(From("192.0.2.1"), "client-a"));
    }

    [Fact]
    public async Task MayTry_TooManyFailuresOfAnAddress_NobodyIsHeardFromThere()
    {
        _options.Limits.FailuresOfAddress = 3;
        var node = Node();
        foreach (var client in (string?[])["client-a", "client-b", null])
        {
            await node.FailedAsync(From("192.0.2.1"), client);
        }

        Assert.False(await node.MayTryAsync(From("192.0.2.1"), "client-c"));
        Assert.False(await node.MayTryAsync(From("192.0.2.1"), clientId: null));
        Assert.True(await node.MayTryAsync(From("192.0.2.2"), "client-a"));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    public async Task MayTry_OtherAddressOfTheSameNetwork_IsTheSamePlace(string fails, string tries, bool same)
    {
        _options.Limits.FailuresOfAddress = 3;
        var node = Node();
        for (var failure = 0; failure < 3; failure++)
        {
            await node.FailedAsync(From(fails), "client-a");
        }

        Assert.Equal(!same, await node.MayTryAsync(From(tries), "client-a"));
    }

    [Fact]
    public async Task MayTry_ClientGuessedAtFromEverywhere_OnlyAddressesThatNeverFailedAreHeard()
    {
        _options.Limits.FailuresOfClient = 3;
        var node = Node();
        foreach (var address in (string[])["192.0.2.1", "192.0.2.2", "192.0.2.3"])
        {
            await node.FailedAsync(From(address), "client-a");
        }

        Assert.False(await node.MayTryAsync(From("192.0.2.1"), "client-a"));
        Assert.True(await node.MayTryAsync(From("192.0.2.9"), "client-a"));
    }

    [Fact]
    public async Task MayTry_FailureOnAnotherNode_IsKnownAfterTwoSeconds()
    {
        _options.Limits.FailuresOfClientAtAddress = 1;
        var (one, other) = (Node(), Node());
        Assert.True(await one.MayTryAsync(From("192.0.2.1"), "client-a"));
        await other.FailedAsync(From("192.0.2.1"), "client-a");
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await one.MayTryAsync(From("192.0.2.1"), "client-a"));
    }

    [Fact]
    public async Task MayTry_LimitsLifted_EverybodyIsHeard()
    {
        _options.Limits.Lift();
        var node = Node();
        for (var failure = 0; failure < 300; failure++)
        {
            await node.FailedAsync(From("192.0.2.1"), "client-a");
        }

        Assert.True(await node.MayTryAsync(From("192.0.2.1"), "client-a"));
    }

    private static OAuthRequest From(string address) => new() { Tenant = TenantId.Single, Form = OAuthForm.Read("application/x-www-form-urlencoded", "a=b"u8.ToArray()).Value!, Address = address };

    private ClientAuthenticationLimits Node() => new(_store, _options, _time);
}
