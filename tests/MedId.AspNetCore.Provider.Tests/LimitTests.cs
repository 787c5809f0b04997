using MedId.OAuth.Server;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Limits over HTTP, and the worker that every host has.</summary>
public class LimitTests
{
    [Fact]
    public async Task Token_WrongSecretTooOften_NotEvenTheRightOneIsTaken()
    {
        await using var world = await OpWorld.StartAsync(new() { Provider = options => options.Limits.FailuresOfClientAtAddress = 3 });
        for (var failure = 0; failure < 3; failure++)
        {
            Assert.Equal((401, "oauth_server.client_authentication_failed"), await AskAsync(world, "a-wrong-secret"));
        }

        Assert.Equal((401, OAuthServerErrorCodes.ClientAuthenticationLimited), await AskAsync(world, OpWorld.Secret));
        world.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((400, "oauth_server.grant_type_unsupported"), await AskAsync(world, OpWorld.Secret));
    }

    [Fact]
    public async Task Backchannel_PersonAskedTooOften_IsAccessDenied()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync(new() { Provider = options => options.Limits.RequestsOfPerson = 1 });
        await using var __ = world;
        (await world.Ehr.AuthorizeAsync()).Expect(200);
        var refused = await world.Ehr.AuthorizeAsync();
        Assert.Equal((403, "access_denied"), (refused.Status, refused["error"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Worker_ChannelWasAway_AnnouncesWhenItIsBack(bool sqlite)
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite, Provider = options => options.Outbox.PollInterval = TimeSpan.FromMilliseconds(100) });
        await using var __ = world;
        world.Push.Broken = true;
        (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Empty(world.Announced);
        world.Push.Broken = false;
        world.Time.Advance(TimeSpan.FromSeconds(3));
        for (var attempt = 0; attempt < 100 && world.Announced.IsEmpty; attempt++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Single(world.Announced);
        Assert.DoesNotContain(world.Log.Lines, line => line.Contains("cannot reach http", StringComparison.Ordinal));
    }

    private static async Task<(int, string)> AskAsync(OpWorld world, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token") { Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "synthetic")]) };
        request.Headers.Authorization = Ehr.BasicHeader("ehr-clinic-c", secret);
        using var answer = await world.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return ((int)answer.StatusCode, (string)body["error_description"]!);
    }
}
